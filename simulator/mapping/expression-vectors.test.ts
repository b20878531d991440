import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { ExpressionEvaluationError, ExpressionSyntaxError } from "./expression/errors.ts"
import { evaluateExpression } from "./expression/evaluate.ts"
import { EXPRESSION_LENGTH_MAX, parseExpression } from "./expression/parser.ts"
import { roleElements } from "./functions/app-roles.ts"
import type { AppRoleAssignment, EvaluationContext } from "./functions/definition.ts"
import type { SourceObject } from "./model.ts"
import { sourceAttributes } from "../directory/source-object.ts"
import { evaluationContext } from "./evaluation-context.fixture.ts"
import { validateExpression } from "./validate.ts"

type Input = string | boolean | null | readonly string[] | readonly AppRoleAssignment[]

interface Vector {
  readonly id: string
  readonly expression: string
  readonly inputs: Readonly<Record<string, Input>>
  readonly confidence: string
  readonly expected?: unknown
  readonly expectedPattern?: string
  readonly expectedError?: string
  readonly expectedFlow?: "ignore"
  readonly documentedOutput?: unknown
  readonly context?: { now?: string; existing?: readonly string[]; defaultDomain?: string; operation?: string }
}

interface Choice {
  readonly id: string
  readonly choice: "rule" | "documented"
}

const vectors: readonly Vector[] = read("expression-vectors.json")
const choices: readonly Choice[] = read("expression-choices.json")

/** Functions that RES-18 and RES-19 keep out of provisioning mappings are evaluated all the same. */
const CLOUD_SYNC = new Set(["EV-TRIM-01", "EV-CONVERTFROMBASE64-01", "EV-CONVERTFROMBASE64-02"])

describe("expression-vectors.json", () => {
  it.each(vectors.filter(({ confidence }) => confidence !== "disputed"))("$id $expression", assertVector)

  it("there are 344 vectors, each id once", () => {
    expect(new Set(vectors.map(({ id }) => id)).size).toBe(344)
  })
})

describe("disputed vectors, by the recorded choice", () => {
  const disputed = vectors.filter(({ confidence }) => confidence === "disputed")

  it("MAP-901 MAP-902 MAP-903 MAP-904 FN-DATEDIFF-4 FN-NUMFROMDATE-3 each has a recorded choice, and no other has", () => {
    expect(choices.map(({ id }) => id).sort()).toEqual(disputed.map(({ id }) => id).sort())
  })

  it.each(disputed)("$id $expression", (vector) => {
    const isRule = choices.find(({ id }) => id === vector.id)?.choice === "rule"
    assertVector(isRule ? vector : { ...vector, expected: vector.documentedOutput })
  })
})

function assertVector(vector: Vector): void {
  if (vector.expectedError !== undefined) {
    assertError(vector, vector.expectedError)
    return
  }
  const result = evaluated(vector)
  if (vector.expectedFlow === "ignore") {
    expect(result).toEqual({ kind: "ignore" })
  } else if (result.kind === "roles") {
    expect(roleElements(result, { stringified: vector.context?.operation === "PATCH Add roles" })).toEqual(
      vector.expected,
    )
  } else if (vector.expectedPattern !== undefined) {
    expect(result).toEqual({ kind: "value", value: expect.stringMatching(new RegExp(vector.expectedPattern)) })
  } else {
    expect(result).toEqual({ kind: "value", value: vector.expected })
  }
}

function assertError(vector: Vector, expectedError: string): void {
  switch (expectedError) {
    case "ParseError":
      expect(() => evaluated(vector)).toThrow(ExpressionSyntaxError)
      return
    case "ExpressionTooLong": {
      const text = vector.expression.replace("<10001 characters>", "x".repeat(EXPRESSION_LENGTH_MAX + 1))
      expect(() => parseExpression(text)).toThrow(expect.objectContaining({ code: "ExpressionTooLong" }))
      return
    }
    case "SchemaInvalid":
      expect(validateExpression(vector.expression, sourceAttributes("User"))).toMatchObject([
        { code: "SchemaInvalid", severity: "error" },
      ])
      return
    case "AllCandidatesTaken":
      expect(() => evaluated(vector)).toThrow(expect.objectContaining({ code: "AllCandidatesTaken" }))
      return
    default:
      expect(expectedError).toBe("EvaluationError")
      expect(() => evaluated(vector)).toThrow(ExpressionEvaluationError)
  }
}

function evaluated(vector: Vector) {
  const ast = parseExpression(vector.expression, { cloudSync: CLOUD_SYNC.has(vector.id) })
  return evaluateExpression(ast, sourceOf(vector), contextOf(vector))
}

function sourceOf({ inputs }: Vector): SourceObject {
  return {
    read: (attribute) => {
      const value = inputs[attribute] ?? null
      if (typeof value === "boolean") return value ? "True" : "False"
      if (value === null || typeof value === "string") return value
      return value.filter((one) => typeof one === "string")
    },
  }
}

function contextOf({ inputs, context }: Vector): EvaluationContext {
  const roles = inputs["appRoleAssignments"]
  return evaluationContext({
    ...(context?.now !== undefined && { nowMs: Date.parse(context.now) }),
    defaultDomain: context?.defaultDomain ?? null,
    taken: context?.existing ?? [],
    appRoleAssignments: Array.isArray(roles) ? roles : [],
  })
}

function read(name: string) {
  return JSON.parse(readFileSync(new URL(`../../test/vectors/${name}`, import.meta.url), "utf8"))
}
