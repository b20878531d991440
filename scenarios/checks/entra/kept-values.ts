/** Which of the values that were sent the endpoint keeps, for checks that cannot ask for more than that. */
import { isNoValue, isObject, readPath, sameValue } from "../../path-value.ts"
import type { Answer, CheckContext, Json } from "../context.ts"
import type { Expect } from "../../expect.ts"
import { causeOfLoss } from "./patching.ts"
import type { Operation } from "./requests.ts"

/** Values by their SCIM path. */
export type Values = Readonly<Record<string, Json>>

/**
 * Judges what came back of what was sent. An attribute that is missing costs a warning: people can leave it out of their
 * mappings. One that came back altered is sent again in every cycle (WIRE-078, documented).
 */
export function expectKept(expect: Expect, read: Answer, sent: Values): void {
  for (const [path, value] of Object.entries(sent)) {
    const held = readPath(read.json, path)
    if (isNoValue(held)) {
      expect(read).toHaveValue(path, value, {
        code: "attribute-dropped",
        severity: "warning",
        advice: `Store ${path}, or have people remove it from their attribute mappings.`,
      })
    } else if (!sameValue(held, value)) {
      const isBooleanAsText = typeof value === "boolean" && typeof held === "string"
      expect(read).toHaveValue(path, value, {
        code: isBooleanAsText ? "boolean-as-text" : "value-altered",
        fact: isBooleanAsText ? "WIRE-207" : "WIRE-078",
        advice: `Return ${path} exactly as it was sent.`,
      })
    }
  }
}

/** What a PATCH was to write. */
export interface Written {
  /** The resource before. */
  readonly before: Answer
  readonly operations: readonly Operation[]
  readonly values: Values
}

/** Judges what a PATCH that was accepted has made of each value of the resource at `path`. */
export async function expectWritten(
  { scim, expect }: Pick<CheckContext, "scim" | "expect">,
  path: string,
  read: Answer,
  { before, operations, values }: Written,
): Promise<void> {
  const isLost = (name: string): boolean => {
    const held = readPath(read.json, name)
    return isNoValue(held) || sameValue(held, readPath(before.json, name))
  }
  const areAllLost = Object.keys(values).every(isLost)
  for (const [name, value] of Object.entries(values)) {
    const loss = lossOf(operations, name)
    if (!isLost(name)) expect(read).toHaveValue(name, value, { code: "value-altered", fact: "WIRE-078" })
    else expect(read).toHaveValue(name, value, { code: areAllLost ? await causeOfLoss({ scim }, path, loss) : loss })
  }
}

/** The kind of fault that loses a value, by the way in which it was written. */
function lossOf(operations: readonly Operation[], name: string): string {
  if (name.includes("[")) return "value-path-not-applied"
  const hasPath = operations.some(({ path }) => path === name)
  if (!hasPath && /[.:]/.test(name)) return "flattened-keys-not-expanded"
  return name.startsWith("urn:") ? "urn-path-not-applied" : "patch-without-effect"
}

/** Those values whose attribute the endpoint was seen to keep: what it dropped is the business of the create. */
export function onlyKept(read: Answer, values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([path]) => !isNoValue(readPath(read.json, path))))
}

/** The operations without what they write to other attributes than those. */
export function onlyWriting(operations: readonly Operation[], values: Values): readonly Operation[] {
  return operations.flatMap((operation): readonly Operation[] => {
    const { path, value } = operation
    if (path !== undefined) return path in values ? [operation] : []
    const kept = isObject(value) ? Object.entries(value).filter(([key]) => key in values) : []
    return kept.length === 0 ? [] : [{ ...operation, value: Object.fromEntries(kept) }]
  })
}
