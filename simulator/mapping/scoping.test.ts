import { describe, expect, it } from "vitest"
import { defaultMappings } from "./defaults.ts"
import { sourceObject } from "./evaluation-context.fixture.ts"
import type { MappedValue, ObjectMapping, ScopingFilter } from "./model.ts"
import { SCOPING_OPERATORS, findScopingOperator, type ScopingSwitches } from "./scoping-operators.ts"
import { evaluateScope } from "./scoping.ts"

function scoped(scope: readonly ScopingFilter[], more: Partial<ObjectMapping> = {}): ObjectMapping {
  return { ...defaultMappings().user, scope, ...more }
}

function filter(
  name: string,
  ...clauses: (readonly [attribute: string, operator: string, ...values: string[]])[]
): ScopingFilter {
  return { name, clauses: clauses.map(([attribute, operator, ...values]) => ({ attribute, operator, values })) }
}

function passes(
  value: MappedValue,
  operator: string,
  values: readonly string[],
  switches: ScopingSwitches = {},
): boolean {
  const mapping = scoped([filter("f", ["department", operator, ...values])])
  return evaluateScope(mapping, sourceObject({ department: value }), switches).outcome === "inScope"
}

const DOMAIN = String.raw`.*\@domain.com`

describe("clauses, by the truth table", () => {
  it.each([
    ["SV-01 SCOPE-04", "Sales", "EQUALS", "Sales", true],
    ["SV-02 SCOPE-04", "sales", "EQUALS", "Sales", false],
    ["SV-03 SCOPE-06", null, "EQUALS", "Sales", false],
    ["SV-04 SCOPE-04", "Sales", "NOT EQUALS", "Sales", false],
    ["SV-05 SCOPE-04", "HR", "NOT EQUALS", "Sales", true],
    ["SV-06 SCOPE-06 ENG-FILTER-04", null, "NOT EQUALS", "Sales", false],
    ["SV-07 SCOPE-04", "Pre-Sales", "Includes", "Sales", true],
    ["SV-08 SCOPE-04", "Pre-sales", "Includes", "Sales", false],
    ["SV-09 SCOPE-04", "a@domain.com", "REGEX MATCH", DOMAIN, true],
    ["SV-10 SCOPE-04", "a@Domain.com", "REGEX MATCH", DOMAIN, false],
    ["SV-11 SCOPE-04", "a@other.com", "NOT REGEX MATCH", DOMAIN, true],
    ["SV-12 SCOPE-06", null, "NOT REGEX MATCH", DOMAIN, false],
    ["SV-13 SCOPE-08", "42", "REGEX MATCH", "([1-9][0-9])", true],
    ["SV-14 SCOPE-08 ENG-FILTER-09", "1424", "REGEX MATCH", "([1-9][0-9])", false],
    ["SV-15 SCOPE-08", "1500000", "REGEX MATCH", "(1[0-9][0-9][0-9][0-9][0-9][0-9])", true],
    ["SCOPE-08", "2000000", "REGEX MATCH", "(1[0-9]{6})", false],
    ["SCOPE-08", "a\n", "REGEX MATCH", "a", false],
    ["SV-16 SCOPE-04", "True", "IS TRUE", "", true],
    ["SCOPE-04", "False", "IS TRUE", "", false],
    ["SCOPE-04", "False", "IS FALSE", "", true],
    ["SV-17 SCOPE-06", null, "IS FALSE", "", false],
    ["SV-18 SCOPE-06", null, "IS NULL", "", true],
    ["SV-19 SCOPE-06", "", "IS NULL", "", true],
    ["SCOPE-06", "x", "IS NULL", "", false],
    ["SCOPE-06", "x", "IS NOT NULL", "", true],
    ["SCOPE-06", null, "IS NOT NULL", "", false],
    ["SV-20 SCOPE-04", "5", "GREATER_THAN", "5", false],
    ["SV-20 SCOPE-04", "5", "GREATER_THAN_OR_EQUALS", "5", true],
    ["SV-21 SCOPE-04", "10", "GREATER_THAN", "9", true],
    ["ENG-FILTER-03", "-10", "GREATER_THAN", "9", false],
    ["ENG-FILTER-03", "ten", "GREATER_THAN_OR_EQUALS", "9", false],
    ["SV-22 SCOPE-04", "user@contoso.com", "ENDS_WITH", "@contoso.com", true],
    ["SCOPE-04", "user@Contoso.com", "ENDS_WITH", "@contoso.com", false],
    ["SCOPE-07", "True", "EQUALS", "True", true],
    ["SCOPE-07", "True", "EQUALS", "true", false],
    ["SCOPE-09", "US", "&", "US,CA", true],
    ["SCOPE-09", "DE", "&", "US,CA", false],
    ["SCOPE-09", "DE", "!&", "US,CA", true],
    ["SCOPE-09 SCOPE-06", null, "!&", "US,CA", false],
  ])("%s %j %s %s: %s", (_id, value, operator, operand, expected) => {
    expect(passes(value, operator, [operand])).toBe(expected)
  })

  it("SCOPE-08 ENG-FILTER-09 a switch lets a pattern match any part", () => {
    expect(passes("1424", "REGEX MATCH", ["([1-9][0-9])"], { unanchoredRegex: true })).toBe(true)
    expect(passes("1424", "NOT REGEX MATCH", ["([1-9][0-9])"], { unanchoredRegex: true })).toBe(false)
  })

  it("SCOPE-09 a switch tests bits between integers, and only there", () => {
    expect(passes("514", "&", ["2"], { bitwiseAmpersand: true })).toBe(true)
    expect(passes("512", "&", ["2"], { bitwiseAmpersand: true })).toBe(false)
    expect(passes("512", "!&", ["2"], { bitwiseAmpersand: true })).toBe(true)
    expect(passes("x", "&", ["xy"], { bitwiseAmpersand: true })).toBe(true)
  })

  it("SCOPE-13 names are read in any spelling; any of several values will do, a negated operator wants none", () => {
    for (const name of ["not_equals", "Not Equals", "NOTEQUALS"])
      expect(findScopingOperator(name)?.name).toBe("NOT EQUALS")
    expect(findScopingOperator("LIKE")).toBeUndefined()
    expect(passes("HR", "EQUALS", ["Sales", "HR"])).toBe(true)
    expect(passes("HR", "NOT EQUALS", ["Sales", "HR"])).toBe(false)
    expect(passes("IT", "NOT EQUALS", ["Sales", "HR"])).toBe(true)
  })

  it("SCOPE-05 every value of a list must pass", () => {
    expect(passes(["a@x", "b@x"], "ENDS_WITH", ["@x"])).toBe(true)
    expect(passes(["a@x", "b@y"], "ENDS_WITH", ["@x"])).toBe(false)
    expect(passes([], "IS NULL", [])).toBe(true)
  })

  it("SCOPE-04 MAP-909 the fourteen operators with Graph's arity", () => {
    expect(SCOPING_OPERATORS.map(({ name, arity }) => `${name} ${arity}`)).toEqual([
      "EQUALS Binary",
      "NOT EQUALS Binary",
      "REGEX MATCH Binary",
      "NOT REGEX MATCH Binary",
      "IS NULL Unary",
      "IS NOT NULL Unary",
      "IS TRUE Unary",
      "IS FALSE Unary",
      "GREATER_THAN Binary",
      "GREATER_THAN_OR_EQUALS Binary",
      "INCLUDES Binary",
      "ENDS_WITH Binary",
      "& Binary",
      "!& Binary",
    ])
  })
})

describe("filters", () => {
  const source = sourceObject({ state: "New York", department: "Engineering", employeeId: "1500000", jobTitle: "Dev" })

  it("SCOPE-01 ENG-FILTER-01 without a filter everything is in scope", () => {
    expect(evaluateScope(scoped([]), source)).toEqual({ outcome: "inScope", filters: [] })
  })

  it("SV-24 SCOPE-01 clauses are joined by AND, and the result says which failed", () => {
    const clauses = filter("both", ["department", "EQUALS", "Engineering"], ["state", "EQUALS", "Texas"])
    expect(evaluateScope(scoped([clauses]), source)).toEqual({
      outcome: "outOfScope",
      filters: [
        {
          name: "both",
          passed: false,
          clauses: [
            { clause: clauses.clauses[0], passed: true },
            { clause: clauses.clauses[1], passed: false },
          ],
        },
      ],
    })
  })

  it("SV-23 SCOPE-01 filters are joined by OR", () => {
    const mapping = scoped([filter("no", ["state", "EQUALS", "Texas"]), filter("yes", ["state", "EQUALS", "New York"])])
    expect(evaluateScope(mapping, source)).toMatchObject({
      outcome: "inScope",
      filters: [
        { name: "no", passed: false },
        { name: "yes", passed: true },
      ],
    })
  })

  it("SCOPE-12 the documented composite example reads source attributes", () => {
    const mapping = scoped([
      filter(
        "example",
        ["state", "EQUALS", "New York"],
        ["department", "EQUALS", "Engineering"],
        ["employeeId", "REGEX MATCH", "(1[0-9][0-9][0-9][0-9][0-9][0-9])"],
        ["jobTitle", "IS NOT NULL"],
      ),
    ])
    expect(evaluateScope(mapping, source).outcome).toBe("inScope")
    expect(evaluateScope(mapping, sourceObject({ state: "New York", department: "Engineering" })).outcome).toBe(
      "outOfScope",
    )
  })

  it("SCOPE-02 SCOPE-03 the experimental sets keep objects from being read or mapped", () => {
    const fails = [filter("f", ["state", "EQUALS", "Texas"])]
    const holds = [filter("f", ["state", "EQUALS", "New York"])]
    expect(evaluateScope(scoped([], { inputScope: fails }), source).outcome).toBe("notRead")
    expect(evaluateScope(scoped([], { categoryScope: fails }), source).outcome).toBe("notMapped")
    expect(evaluateScope(scoped(fails, { inputScope: holds, categoryScope: holds }), source).outcome).toBe("outOfScope")
    expect(evaluateScope(scoped(holds, { inputScope: holds, categoryScope: holds }), source).outcome).toBe("inScope")
  })
})
