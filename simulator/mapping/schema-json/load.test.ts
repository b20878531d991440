import { describe, expect, it } from "vitest"
import { evaluateMappings } from "../attribute-flow.ts"
import { evaluationContext, sourceObject } from "../evaluation-context.fixture.ts"
import { MappingError } from "../problem.ts"
import { USER_OBJECT, changed, exported } from "./exported-schema.fixture.ts"
import { loadMappings, parseMappings } from "./load.ts"

function problems(json: unknown) {
  try {
    loadMappings(json)
  } catch (error) {
    if (error instanceof MappingError) return error.problems.map(({ path, message }) => `${path}: ${message}`)
    throw error
  }
  return []
}

const AT = "$.synchronizationRules[1].objectMappings[0]"

describe("loading", () => {
  it("MAP-302 MAP-701 MAP-702 MAP-705 MAP-706 reads the outbound rule of an export", () => {
    const { mappings, warnings } = loadMappings(exported())
    expect(warnings).toEqual([])
    expect(mappings.user).toEqual({
      name: "Provision Azure Active Directory Users",
      enabled: true,
      objectType: "User",
      targetObjectName: USER_OBJECT,
      actions: ["Add", "Update", "Delete"],
      scope: [{ name: "Sales only", clauses: [{ attribute: "department", operator: "EQUALS", values: ["Sales"] }] }],
      attributes: [
        {
          target: "userName",
          targetType: "String",
          multiValued: false,
          required: true,
          source: "[userPrincipalName]",
          defaultValue: null,
          flowType: "Always",
          flowBehavior: "FlowWhenChanged",
          matchingPriority: 1,
        },
        {
          target: "locale",
          targetType: "String",
          multiValued: false,
          caseExact: true,
          source: null,
          defaultValue: "en_US",
          flowType: "ObjectAddOnly",
          flowBehavior: "FlowWhenChanged",
          matchingPriority: 0,
        },
        {
          target: "title",
          targetType: "String",
          multiValued: false,
          source: "[jobTitle]",
          defaultValue: null,
          flowType: "Always",
          flowBehavior: "FlowWhenChanged",
          matchingPriority: 0,
        },
      ],
    })
    expect(mappings.group).toMatchObject({ enabled: false, objectType: "Group", attributes: [] })
  })

  it("MAP-420 MAP-703 without attribute lists, types are those of a SCIM application and sources may be names", () => {
    const whole = changed((mapping) => {
      mapping.attributeMappings.push(
        { targetAttributeName: "active", source: { name: "True", type: "Constant" } },
        { targetAttributeName: `${USER_OBJECT}:manager`, source: { name: "manager", type: "Attribute" } },
      )
    })
    const { mappings } = loadMappings({ ...whole, directories: undefined })
    expect(mappings.user.attributes.slice(3)).toMatchObject([
      { target: "active", targetType: "Boolean", source: '"True"' },
      { target: `${USER_OBJECT}:manager`, targetType: "Reference", multiValued: false, source: "[manager]" },
    ])
  })

  it("MAP-312 MAP-705 flowTypes name the allowed actions; absent, all are", () => {
    const actions = (flowTypes: string | null) =>
      loadMappings(changed((mapping) => Object.assign(mapping, { flowTypes }))).mappings.user.actions
    expect(actions("Update")).toEqual(["Update"])
    expect(actions("Delete, Add")).toEqual(["Add", "Delete"])
    expect(actions(null)).toEqual(["Add", "Update", "Delete"])
    expect(actions("None")).toEqual([])
  })

  it("SCOPE-02 SCOPE-03 the experimental filter sets are kept apart", () => {
    const clause = { sourceOperandName: "jobTitle", operatorName: "IS NULL" }
    const { mappings } = loadMappings(
      changed((mapping) =>
        Object.assign(mapping.scope, {
          inputFilterGroups: [{ name: "in", clauses: [clause] }],
          categoryFilterGroups: [{ clauses: [clause] }],
        }),
      ),
    )
    const clauses = [{ attribute: "jobTitle", operator: "IS NULL", values: [] }]
    expect(mappings.user).toMatchObject({
      inputScope: [{ name: "in", clauses }],
      categoryScope: [{ name: "", clauses }],
    })
  })

  it("MAP-221 expression problems say where in the file and in the text", () => {
    const broken = changed((mapping) => {
      const [first, , third] = mapping.attributeMappings
      Object.assign(first ?? {}, {
        source: { expression: "ToLower([UserPrincipalName])", name: "ToLower", type: "Function" },
      })
      Object.assign(third ?? {}, { source: { expression: "ToLower(", name: "ToLower", type: "Function" } })
    })
    expect(problems(broken)).toEqual([
      `${AT}.attributeMappings[0].source.expression: the source object has no attribute "UserPrincipalName". Did you mean userPrincipalName? Attribute names are case-sensitive.`,
      `${AT}.attributeMappings[2].source.expression: expression does not parse at position 9: expected an attribute, a constant or a function call, found the end`,
    ])
  })

  it("MAP-126 an attribute that only the tenant has is read as empty, with a remark", () => {
    const whole = changed((mapping, { directories }) => {
      Object.assign(directories[0]?.objects[0]?.attributes[1] ?? {}, { name: "employeeHireDate" })
      Object.assign(mapping.attributeMappings[2] ?? {}, { source: { name: "employeeHireDate", type: "Attribute" } })
    })
    expect(loadMappings(whole).warnings).toEqual([
      {
        severity: "warning",
        code: "Warning",
        path: AT,
        message: "the simulated directory has no employeeHireDate; it reads as empty",
      },
    ])
  })

  it("MAP-504 flowNullValues changes nothing outbound", () => {
    const flow = evaluateMappings(
      loadMappings(exported()).mappings.user,
      sourceObject({ userPrincipalName: "a@b.c" }),
      {
        action: "update",
        context: evaluationContext(),
      },
    )
    expect(flow.ignored).toContainEqual({ target: "title", reason: "noValue" })
  })

  it("MAP-310 a target outside the attribute list is refused", () => {
    const whole = changed((mapping) =>
      mapping.attributeMappings.push({
        targetAttributeName: "nickName",
        source: { name: "jobTitle", type: "Attribute" },
      }),
    )
    expect(problems(whole)).toEqual([
      `${AT}.attributeMappings[3].targetAttributeName: nickName is not in the attribute list of User (MAP-310)`,
    ])
  })

  it("SCOPE-04 filter problems say where", () => {
    const whole = changed((mapping) =>
      Object.assign(mapping.scope.groups[0]?.clauses[0] ?? {}, { operatorName: "LIKES" }),
    )
    expect(problems(whole)).toEqual([
      `${AT}.scope.groups[0].clauses[0].operatorName: "LIKES" is not a filter operator.`,
    ])
  })

  it.each([
    ["[]", ["$: Invalid input: expected object, received array"]],
    ["{", [expect.stringMatching(/^\$: not JSON: /)]],
    ['{"synchronizationRules": []}', [expect.stringMatching(/^\$\.synchronizationRules: Too small/)]],
    ['{"synchronizationRules": [{}]}', ["$.synchronizationRules: no object mapping reads the source object User"]],
    [
      '{"synchronizationRules": [{"objectMappings": [{"sourceObjectName": "User", "targetObjectName": "x", "attributeMappings": [{"targetAttributeName": 1}]}]}]}',
      [
        expect.stringMatching(
          /^\$\.synchronizationRules\[0\]\.objectMappings\[0\]\.attributeMappings\[0\]\.targetAttributeName: /,
        ),
      ],
    ],
  ])("MAP-701 %s is no schema", (text, expected) => {
    const load = () => {
      try {
        parseMappings(text)
        return []
      } catch (error) {
        return error instanceof MappingError
          ? error.problems.map(({ path, message }) => `${path}: ${message}`)
          : [error]
      }
    }
    expect(load()).toEqual(expected)
  })
})
