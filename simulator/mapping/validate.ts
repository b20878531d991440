/** Checks mappings as a save in the portal does (MAP-221, observed): paths, expressions, matching and filters. */
import { ENTERPRISE_USER_URN, PathSyntaxError, nearest } from "../../protocol/index.ts"
import { sourceAttributes } from "../directory/source-object.ts"
import { nodesOf, type Expression } from "./expression/ast.ts"
import { ExpressionSyntaxError } from "./expression/errors.ts"
import { lintExpression } from "./expression/lint.ts"
import { parseExpression } from "./expression/parser.ts"
import type { AttributeMapping, ObjectMapping, ObjectType, ProvisioningMappings } from "./model.ts"
import { mappingError, mappingWarning, type MappingProblem } from "./problem.ts"
import { unreadableReason } from "./source-attributes.ts"
import { TargetPathError, parseTargetPath, type TargetPath } from "./target-path.ts"
import { validateScoping } from "./validate-scoping.ts"

export interface ValidateOptions {
  /** The attributes that a source object has. Default: those that the directory offers. */
  readonly sourceAttributes?: Readonly<Record<ObjectType, readonly string[]>>
  /** Where each object mapping stands in the file. Default `user` and `group`. */
  readonly at?: { readonly user: string; readonly group: string }
}

/** SCIM attributes that provisioning does not support (MAP-313, documented). */
const UNSUPPORTED_TARGETS: ReadonlySet<string> = new Set(["photos", "password", "entitlements"])

/** Everything wrong or risky in the mappings of a SCIM job. */
export function validateMappings(
  mappings: ProvisioningMappings,
  options: ValidateOptions = {},
): readonly MappingProblem[] {
  const { at = { user: "user", group: "group" } } = options
  const userAttributes = options.sourceAttributes?.User ?? sourceAttributes("User")
  const groupAttributes = options.sourceAttributes?.Group ?? sourceAttributes("Group")
  return [
    ...validateMapping(mappings.user, userAttributes, at.user),
    ...validateMapping(mappings.group, groupAttributes, at.group),
  ]
}

/** Everything wrong or risky in one expression of an Always mapping; paths are `expression`. */
export function validateExpression(text: string, known: readonly string[]): readonly MappingProblem[] {
  const parsed = parsedOrProblem(text, "expression")
  if ("problem" in parsed) return [parsed.problem]
  return expressionProblems(parsed.expression, { known, createOnly: false, path: "expression" })
}

function validateMapping(mapping: ObjectMapping, offered: readonly string[], at: string): readonly MappingProblem[] {
  if (!mapping.enabled && mapping.attributes.length === 0) return []
  const known = [...offered, ...(mapping.unkeptAttributes ?? [])]
  return [
    ...mapping.attributes.flatMap((row, index) => rowProblems(row, known, `${at}.attributeMappings[${index}]`)),
    ...duplicateTargets(mapping, at),
    ...customTargetProblems(mapping, at),
    ...matchingProblems(mapping, at),
    ...validateScoping(mapping, known, at),
  ]
}

function rowProblems(row: AttributeMapping, known: readonly string[], at: string): readonly MappingProblem[] {
  return [...targetProblems(row, `${at}.targetAttributeName`), ...sourceProblems(row, known, `${at}.source.expression`)]
}

function targetProblems({ target }: AttributeMapping, path: string): readonly MappingProblem[] {
  const parsed = targetOrProblem(target, path)
  if ("problem" in parsed) return [parsed.problem]
  const { schema, attribute } = parsed.target
  if (schema !== undefined) return []
  if (attribute.toLowerCase() === "id") return [mappingError(path, "the primary key id cannot be written (MAP-309)")]
  return UNSUPPORTED_TARGETS.has(attribute)
    ? [mappingWarning(path, `Entra's provisioning does not support ${attribute} (MAP-313)`)]
    : []
}

function targetOrProblem(text: string, path: string): { target: TargetPath } | { problem: MappingProblem } {
  try {
    return { target: parseTargetPath(text) }
  } catch (error) {
    if (error instanceof PathSyntaxError) return { problem: mappingError(path, error.message, error.offset) }
    if (error instanceof TargetPathError) return { problem: mappingError(path, error.message) }
    throw error
  }
}

function sourceProblems(row: AttributeMapping, known: readonly string[], path: string): readonly MappingProblem[] {
  if (row.source === null) return row.targetType === "Reference" ? [referenceNeedsDirect(path)] : []
  const parsed = parsedOrProblem(row.source, path)
  if ("problem" in parsed) return [parsed.problem]
  const { expression } = parsed
  if (row.targetType === "Reference" && expression.kind !== "attribute") return [referenceNeedsDirect(path)]
  return expressionProblems(expression, { known, createOnly: row.flowType === "ObjectAddOnly", path })
}

/** MAP-421: references are direct mappings (inferred); Switch in particular must not be used (documented). */
function referenceNeedsDirect(path: string): MappingProblem {
  return mappingError(path, "a reference is mapped directly from one attribute, such as [manager] (MAP-421)")
}

function parsedOrProblem(text: string, path: string): { expression: Expression } | { problem: MappingProblem } {
  try {
    return { expression: parseExpression(text) }
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return { problem: mappingError(path, error.message, error.offset) }
    throw error
  }
}

interface ExpressionPlace {
  readonly known: readonly string[]
  readonly createOnly: boolean
  readonly path: string
}

function expressionProblems(
  expression: Expression,
  { known, createOnly, path }: ExpressionPlace,
): readonly MappingProblem[] {
  const unknown = [...nodesOf(expression)].flatMap((node) => {
    if (node.kind !== "attribute") return []
    const reason = unreadableReason(node.name, known)
    return reason === null ? [] : [mappingError(path, withSuggestion(reason, node.name, known), node.at)]
  })
  const findings = lintExpression(expression, { createOnly }).map(({ severity, message, offset }) =>
    severity === "error" ? mappingError(path, message, offset) : mappingWarning(path, message, offset),
  )
  return [...unknown, ...findings]
}

function withSuggestion(reason: string, name: string, known: readonly string[]): string {
  const meant = nearest(name, known)
  return meant === undefined ? reason : `${reason}. Did you mean ${meant}? Attribute names are case-sensitive.`
}

/** MAP-310 (documented): each attribute is a target once. */
function duplicateTargets({ attributes }: ObjectMapping, at: string): readonly MappingProblem[] {
  const first = new Map<string, number>()
  return attributes.flatMap(({ target }, index) => {
    const key = target.toLowerCase()
    const earlier = first.get(key)
    if (earlier === undefined) {
      first.set(key, index)
      return []
    }
    const path = `${at}.attributeMappings[${index}].targetAttributeName`
    return [mappingError(path, `${target} is the target of row ${earlier} already (MAP-310)`)]
  })
}

/** Where "three or more" begins (MAP-403, WIRE-150, documented). */
const UNSUPPORTED_SUB_ATTRIBUTES = 3

/**
 * MAP-406, WIRE-150: custom attributes of a non-gallery application take one plain value by one page of the documentation; another
 * allows more, and the portal lets it be declared. So it is a remark, and it is sent.
 */
function customTargetProblems({ attributes }: ObjectMapping, at: string): readonly MappingProblem[] {
  const rows = attributes.flatMap((row, index) => {
    const target = customTargetOf(row.target)
    const path = `${at}.attributeMappings[${index}].targetAttributeName`
    return target === null ? [] : [{ row, target, path, key: `${target.schema}:${target.attribute}`.toLowerCase() }]
  })
  return rows.flatMap(({ row, target, path, key }) => {
    const isComplex = target.sub !== undefined || target.element !== undefined
    const siblings = rows.filter((other) => other.key === key && other.target.sub !== undefined).length
    if (isComplex && siblings >= UNSUPPORTED_SUB_ATTRIBUTES) {
      return [mappingWarning(path, `a complex attribute with ${siblings} sub-attributes is not supported (MAP-403)`)]
    }
    const kind = isComplex ? "complex" : row.targetType === "Reference" ? "a reference" : "multi-valued"
    if (!isComplex && row.targetType !== "Reference" && !row.multiValued) return []
    return [mappingWarning(path, `a custom attribute that is ${kind} is documented as unsupported (MAP-406)`)]
  })
}

/** A target in a schema that is neither SCIM's core nor the enterprise extension; null for any other. */
function customTargetOf(text: string): (TargetPath & { readonly schema: string }) | null {
  const parsed = targetOrProblem(text, "")
  if ("problem" in parsed) return null
  const { schema } = parsed.target
  if (schema === undefined || schema.toLowerCase() === ENTERPRISE_USER_URN.toLowerCase()) return null
  return { ...parsed.target, schema }
}

/** MAP-225 (documented): an object needs something to be matched by, and it must be a value that a filter can compare. */
function matchingProblems({ attributes, enabled }: ObjectMapping, at: string): readonly MappingProblem[] {
  const unfit = attributes.flatMap(({ matchingPriority, source, targetType }, index) => {
    if (matchingPriority <= 0 || (source !== null && targetType !== "Reference")) return []
    return [
      mappingError(
        `${at}.attributeMappings[${index}].matchingPriority`,
        "a matching attribute needs a source that gives text",
      ),
    ]
  })
  const isMatched = attributes.some(({ matchingPriority }) => matchingPriority > 0)
  if (isMatched || !enabled) return unfit
  return [...unfit, mappingError(`${at}.attributeMappings`, "no attribute is used for matching (MAP-225)")]
}
