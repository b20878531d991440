/** What an administrator may get wrong: refused with the place and the reason, before anything is sent, and nothing is changed. */
import { describe, expect, it } from "vitest"
import { defaultMappings } from "../mapping/defaults.ts"
import type { AttributeMapping, ProvisioningMappings, ScopingClause } from "../mapping/model.ts"
import { MappingError } from "../mapping/problem.ts"
import { loadMappings, parseMappings } from "../mapping/schema-json/load.ts"
import { saveMappings } from "../mapping/schema-json/save.ts"
import { worldWithAda } from "./job.fixture.ts"

function withRow(more: Partial<AttributeMapping>): ProvisioningMappings {
  const { user, group } = defaultMappings()
  const attributes = user.attributes.map((row) => (row.target === "title" ? { ...row, ...more } : row))
  return { user: { ...user, attributes }, group }
}

function withClause(clause: ScopingClause): ProvisioningMappings {
  const { user, group } = defaultMappings()
  return { user: { ...user, scope: [{ name: "f", clauses: [clause] }] }, group }
}

const AT_ROW = "user.attributeMappings[3]"
const AT_CLAUSE = "user.scope.groups[0].clauses[0]"

const WRONG: readonly (readonly [string, ProvisioningMappings, string, RegExp])[] = [
  ["MAP-221 an expression", withRow({ source: "Join(" }), `${AT_ROW}.source.expression`, /position 6/],
  ["MAP-221 an attribute", withRow({ source: "[jobTitel]" }), `${AT_ROW}.source.expression`, /Did you mean jobTitle/],
  ["MAP-401 a target", withRow({ target: "emails[" }), `${AT_ROW}.targetAttributeName`, /./],
  ["MAP-310 a target twice", withRow({ target: "userName" }), `${AT_ROW}.targetAttributeName`, /row 0 already/],
  [
    "RES-18 FN-SELECTUNIQUEVALUE-3 a function",
    withRow({ source: 'SelectUniqueValue("a", "b")' }),
    `${AT_ROW}.source.expression`,
    /./,
  ],
  [
    "SCOPE-13 an operator",
    withClause({ attribute: "department", operator: "EQUAL", values: ["x"] }),
    `${AT_CLAUSE}.operatorName`,
    /Did you mean EQUALS/,
  ],
  [
    "ENG-FILTER-07 an operand",
    withClause({ attribute: "department", operator: "GREATER_THAN", values: ["-1"] }),
    `${AT_CLAUSE}.targetOperand.values[0]`,
    /not negative/,
  ],
  [
    "ENG-FILTER-05 a filter's attribute",
    withClause({ attribute: "manager", operator: "IS NULL", values: [] }),
    `${AT_CLAUSE}.sourceOperandName`,
    /scoping filter/,
  ],
]

describe("mappings and filters", () => {
  it.each(WRONG)(
    "%s: refused with its place, nothing is sent, and the job goes on with what it had",
    async (_what, mappings, path, reason) => {
      const world = worldWithAda()
      const attempt = () => world.job.updateMappings(mappings)
      expect(attempt).toThrow(MappingError)
      try {
        attempt()
      } catch (error) {
        const problems = error instanceof MappingError ? error.problems : []
        expect(problems.map((problem) => problem.path)).toContain(path)
        expect(problems.map((problem) => problem.message).join("\n")).toMatch(reason)
      }
      expect(world.target.requests).toEqual([])
      expect(world.job.audit().map((entry) => entry.activityDisplayName)).not.toContain(
        "Update attribute mappings or scope",
      )
      await world.job.start()
      expect(world.target.resources.get("u1")).toMatchObject({ userName: "ada@orchard.example" })
    },
  )

  it.each(WRONG)("%s: refused in a schema file too, with the place in it", (_what, mappings, path, reason) => {
    const document = saveMappings(mappings.user.scope.length > 0 ? mappings : defaultMappings())
    const json = mappings.user.scope.length > 0 ? document : withRawRow(document, mappings)
    const found = problemsOf(() => loadMappings(json))
    expect(found.map((problem) => problem.path)).toContain(
      path.replace(/^user/, "$.synchronizationRules[0].objectMappings[0]"),
    )
    expect(found.map((problem) => problem.message).join("\n")).toMatch(reason)
  })
})

describe("schema files", () => {
  it.each([
    ["{", "$", /not JSON/],
    ["[]", "$", /./],
    ['{"synchronizationRules":[]}', "$.synchronizationRules", /./],
    [
      '{"synchronizationRules":[{"objectMappings":[{"sourceObjectName":7}]}]}',
      "$.synchronizationRules[0].objectMappings[0].sourceObjectName",
      /string/,
    ],
  ])("MAP-221 %s: refused with the place", (text, path, reason) => {
    const found = problemsOf(() => parseMappings(text))
    expect(found[0]?.path).toBe(path)
    expect(found[0]?.message).toMatch(reason)
  })
})

function problemsOf(work: () => unknown): MappingError["problems"] {
  try {
    work()
  } catch (error) {
    if (error instanceof MappingError) return error.problems
    throw error
  }
  return []
}

/** The schema with the row of title as somebody may have typed it into a file. */
function withRawRow(document: ReturnType<typeof saveMappings>, { user }: ProvisioningMappings): unknown {
  const row = user.attributes[3]
  return {
    ...document,
    directories: [],
    synchronizationRules: document.synchronizationRules.map((rule) => ({
      ...rule,
      objectMappings: (rule.objectMappings ?? []).map((mapping, index) =>
        index > 0
          ? mapping
          : {
              ...mapping,
              attributeMappings: (mapping.attributeMappings ?? []).map((one, place) =>
                place === 3
                  ? { ...one, targetAttributeName: row?.target, source: { type: "Function", expression: row?.source } }
                  : one,
              ),
            },
      ),
    })),
  }
}
