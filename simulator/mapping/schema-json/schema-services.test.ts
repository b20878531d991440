import { describe, expect, it } from "vitest"
import { evaluationContext } from "../evaluation-context.fixture.ts"
import { filterOperators, mappingFunctions, tryExpression } from "./schema-services.ts"

describe("MAP-708 what Graph offers beside a schema", () => {
  it("ENG-FILTER-08 GRAPH-713 the operators of filters, EQUALS as in Graph's sample", () => {
    const operators = filterOperators()
    expect(operators[0]).toEqual({
      name: "EQUALS",
      arity: "Binary",
      multivaluedComparisonType: "All",
      supportedAttributeTypes: ["String", "Integer"],
    })
    expect(operators.filter(({ arity }) => arity === "Unary").map(({ name }) => name)).toEqual([
      "IS NULL",
      "IS NOT NULL",
      "IS TRUE",
      "IS FALSE",
    ])
    expect(operators).toHaveLength(14)
  })

  it("GRAPH-714 the functions with their parameters, those of Graph's sample among them", () => {
    const functions = new Map(mappingFunctions().map(({ name, parameters }) => [name, parameters]))
    const named = (name: string): unknown => functions.get(name)?.map((parameter) => parameter.name)
    expect([named("Append"), named("DefaultDomain"), named("AppRoleAssignments")]).toEqual([
      ["source", "suffix"],
      [],
      ["source"],
    ])
    expect(functions.get("Join")).toEqual([
      { name: "separator", required: true, allowMultipleOccurrences: false, type: "String" },
      { name: "source", required: true, allowMultipleOccurrences: true, type: "String" },
    ])
  })

  it("GRAPH-715 GRAPH-716 an expression tried for an object, as in Graph's sample", () => {
    const properties = [{ key: "preferredLanguage", value: "EN-US" }]
    const tried = tryExpression(
      { expression: 'Replace([preferredLanguage], "-", , , "_", , )', testInputObject: { properties } },
      evaluationContext(),
    )
    expect(tried).toMatchObject({
      parsingSucceeded: true,
      evaluationSucceeded: true,
      evaluationResult: ["EN_US"],
      error: null,
      parsedExpression: {
        name: "Replace",
        type: "Function",
        expression: 'Replace([preferredLanguage], "-", , , "_", , )',
      },
    })
  })

  it("MAP-221 GRAPH-715 tells what does not parse from what cannot be evaluated", () => {
    const properties = [{ key: "mail", value: ["a@b.example", "c@d.example"] }]
    const fail = (expression: string): unknown =>
      tryExpression({ expression, testInputObject: { properties } }, evaluationContext())
    expect(fail("Join(")).toMatchObject({
      parsingSucceeded: false,
      evaluationSucceeded: false,
      parsedExpression: null,
      error: { code: "ParseError", message: expect.stringContaining("position 6") },
    })
    expect(fail('FormatDateTime("never", , "yyyy", "yy")')).toMatchObject({
      parsingSucceeded: true,
      evaluationSucceeded: false,
      evaluationResult: [],
      parsedExpression: { name: "FormatDateTime" },
      error: { code: "InvalidDate" },
    })
  })

  it("GRAPH-715 MAP-201 gives one result a value, and none for null or a dropped attribute", () => {
    const results = (expression: string): unknown =>
      tryExpression(
        { expression, testInputObject: { properties: [{ key: "proxies", value: ["a", "b"] }] } },
        evaluationContext(),
      ).evaluationResult
    expect(results("ToUpper([proxies])")).toEqual(["A", "B"])
    expect(results("[mail]")).toEqual([])
    expect(results("IgnoreFlowIfNullOrEmpty([mail])")).toEqual([])
    expect(tryExpression({ expression: '"x"' }, evaluationContext()).evaluationResult).toEqual(["x"])
  })
})
