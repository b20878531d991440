import { describe, expect, it } from "vitest"
import { defaultMappings, exampleMappings } from "../defaults.ts"
import { exported } from "./exported-schema.fixture.ts"
import { loadMappings } from "./load.ts"
import { saveMappings } from "./save.ts"

describe("saving", () => {
  it.each([
    ["MAP-601", defaultMappings],
    ["MAP-603", exampleMappings],
  ])("%s a set saved and loaded again is the same", (_fact, mappings) => {
    const { mappings: loaded, warnings } = loadMappings(JSON.parse(JSON.stringify(saveMappings(mappings()))))
    expect(loaded).toEqual(mappings())
    expect(warnings).toEqual([])
  })

  it("MAP-707 GRAPH-704 a new document has Graph's names and metadata", () => {
    expect(saveMappings(defaultMappings())).toMatchObject({
      synchronizationRules: [
        {
          id: "03f7d90d-bf71-41b1-bda6-aaf0ddbee5d8",
          name: "USERGROUP_OUTBOUND_USERGROUP",
          sourceDirectoryName: "Azure Active Directory",
          targetDirectoryName: "customappsso",
          objectMappings: [
            { sourceObjectName: "User", flowTypes: "Add, Update, Delete", scope: null },
            {
              sourceObjectName: "Group",
              metadata: expect.arrayContaining([{ key: "OriginalJoiningProperty", value: "displayName" }]),
            },
          ],
        },
      ],
    })
  })

  it("MAP-707 over a loaded document, what the mappings do not hold stays as it was", () => {
    const json = exported()
    const { mappings, document } = loadMappings(json)
    const saved = saveMappings({ ...mappings, user: { ...mappings.user, scope: [] } }, document)
    const { synchronizationRules, ...rest } = saved
    expect(rest).toEqual({
      "@odata.context": json["@odata.context"],
      id: "scim.1",
      version: "v1.2",
      directories: json.directories,
    })
    expect(synchronizationRules[0]).toEqual(json.synchronizationRules[0])
    expect(synchronizationRules[1]).toMatchObject({
      groupFilter: null,
      metadata: [{ key: "supportsProvisionOnDemand", value: "true" }],
      objectMappings: [
        {
          scope: null,
          metadata: [{ key: "EscrowBehavior", value: '"Default"' }],
          attributeMappings: [
            { targetAttributeName: "userName", exportMissingReferences: false, matchingPriority: 1 },
            { targetAttributeName: "locale", source: null, defaultValue: "en_US" },
            {
              targetAttributeName: "title",
              source: { expression: "[jobTitle]", name: "jobTitle", type: "Attribute", parameters: [] },
            },
          ],
        },
      ],
    })
  })
})
