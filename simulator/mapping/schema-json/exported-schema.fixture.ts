/** A synchronization schema as Graph exports it, for tests. */

export const USER_OBJECT = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

/** In Graph's shapes, with members that no documentation lists (MAP-701 to -707). */
export function exported() {
  return {
    "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#…/schema/$entity",
    id: "scim.1",
    version: "v1.2",
    synchronizationRules: [
      {
        id: "rule-2",
        name: "INBOUND",
        priority: 0,
        sourceDirectoryName: "customappsso",
        targetDirectoryName: "Azure Active Directory",
        objectMappings: [{ sourceObjectName: "User", targetObjectName: "User", attributeMappings: [] }],
      },
      {
        id: "03f7d90d-bf71-41b1-bda6-aaf0ddbee5d8",
        name: "USERGROUP_OUTBOUND_USERGROUP",
        priority: 1,
        editable: true,
        groupFilter: null,
        sourceDirectoryName: "Azure Active Directory",
        targetDirectoryName: "customappsso",
        metadata: [{ key: "supportsProvisionOnDemand", value: "true" }],
        objectMappings: [
          {
            name: "Provision Azure Active Directory Users",
            enabled: true,
            flowTypes: "Add,Update, Delete",
            sourceObjectName: "User",
            targetObjectName: USER_OBJECT,
            metadata: [{ key: "EscrowBehavior", value: '"Default"' }],
            scope: {
              groups: [
                {
                  name: "Sales only",
                  clauses: [
                    { sourceOperandName: "department", operatorName: "EQUALS", targetOperand: { values: ["Sales"] } },
                  ],
                },
              ],
              inputFilterGroups: [],
              categoryFilterGroups: [],
            },
            attributeMappings: [
              {
                targetAttributeName: "userName",
                defaultValue: null,
                exportMissingReferences: false,
                flowBehavior: "FlowWhenChanged",
                flowType: "Always",
                matchingPriority: 1,
                source: {
                  expression: "[userPrincipalName]",
                  name: "userPrincipalName",
                  type: "Attribute",
                  parameters: [],
                },
              },
              {
                targetAttributeName: "locale",
                defaultValue: "en_US",
                flowBehavior: "FlowWhenChanged",
                flowType: "ObjectAddOnly",
                matchingPriority: 0,
                source: null,
              },
              {
                targetAttributeName: "title",
                source: { name: "jobTitle", type: "Attribute" },
              },
            ],
          },
        ],
      },
    ],
    directories: [
      {
        id: "d1",
        name: "Azure Active Directory",
        objects: [
          { name: "User", attributes: [{ name: "userPrincipalName" }, { name: "jobTitle" }, { name: "department" }] },
        ],
      },
      {
        id: "d2",
        name: "customappsso",
        objects: [
          {
            name: USER_OBJECT,
            attributes: [
              { name: "userName", type: "String", required: true, caseExact: false, anchor: false },
              { name: "locale", type: "String", caseExact: true },
              { name: "title", type: "String", multivalued: false, flowNullValues: true },
            ],
          },
        ],
      },
    ],
  }
}

/** The export with its outbound object mapping changed. */
export function changed(change: (mapping: ReturnType<typeof outbound>, whole: ReturnType<typeof exported>) => void) {
  const whole = exported()
  change(outbound(whole), whole)
  return whole
}

function outbound(whole: ReturnType<typeof exported>) {
  const mapping = whole.synchronizationRules[1]?.objectMappings[0]
  if (mapping === undefined || !("scope" in mapping)) throw new TypeError("the fixture has an outbound mapping")
  return mapping
}
