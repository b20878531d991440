/**
 * The mappings of a job, prepared once: references apart, what a disable writes, and the source attributes whose change makes
 * the engine look at an object (ENG-DELTA-03, inferred).
 */
import { isSourceAttribute } from "../directory/source-object.ts"
import { attributesIn, nodesOf } from "../mapping/expression/ast.ts"
import { sourceAttributesOf } from "../mapping/matching.ts"
import type {
  AttributeMapping,
  ObjectAction,
  ObjectMapping,
  ObjectType,
  ProvisioningMappings,
} from "../mapping/model.ts"
import { parsedSource, parsedTarget } from "../mapping/parsed-source.ts"

/** The computed attribute behind disable and restore (ENG-DEPROV-01, documented). */
export const SOFT_DELETED = "IsSoftDeleted"

/** A reference: written after the objects exist, with the target's id of the object it points at (ENG-REF-01, documented). */
export interface PlannedReference {
  readonly path: string
  /** The source attribute: `manager`, `members`. */
  readonly sourceAttribute: string
  readonly isMultiValued: boolean
}

export interface ObjectPlan {
  readonly mapping: ObjectMapping
  readonly actions: ReadonlySet<ObjectAction>
  readonly references: readonly PlannedReference[]
  /** Targets of mappings that read IsSoftDeleted: what a disable writes. Empty: disabling sends nothing (ENG-DEPROV-05). */
  readonly softDeletePaths: ReadonlySet<string>
  /** Targets that a single app role is mapped to: `roles[primary eq "True"].value`, `.display` (FN-SINGLEAPPROLEASSIGNMENT-2). */
  readonly singleRolePaths: readonly string[]
  /** Source attributes whose change matters. */
  readonly tracked: ReadonlySet<string>
  /** Source attributes that a Redact keeps out of the log (FN-REDACT-1, documented). */
  readonly redacted: ReadonlySet<string>
  /** Source attributes that the log shows of a create (ENG-LOG-12, observed). */
  readonly shown: readonly string[]
}

export interface MappingPlan {
  readonly User: ObjectPlan
  readonly Group: ObjectPlan
}

/** Throws ExpressionSyntaxError where an expression does not parse. */
export function planMappings(mappings: ProvisioningMappings): MappingPlan {
  return { User: planObject(mappings.user), Group: planObject(mappings.group) }
}

/** The client cannot write them: a row with such a target is never sent (WIRE-145, documented). */
const UNSENT_TARGETS: ReadonlySet<string> = new Set(["entitlements"])

function planObject(given: ObjectMapping): ObjectPlan {
  const mapping = { ...given, attributes: given.attributes.filter(isSent) }
  const references = mapping.attributes.flatMap(toReference)
  const tracked = new Set([...sourceAttributesOf(mapping), "accountEnabled"])
  const readers = mapping.attributes.filter((row) => sourcesOf(row).includes(SOFT_DELETED))
  return {
    mapping,
    actions: new Set(mapping.actions),
    references,
    softDeletePaths: new Set(readers.map((row) => row.target)),
    singleRolePaths: mapping.attributes.filter(isSingleRole).map((row) => row.target),
    tracked,
    redacted: new Set(mapping.attributes.flatMap(redactedBy)),
    shown: shownOf(mapping.objectType, tracked, references),
  }
}

/** What the log of a create shows of the source, mapped or not. */
const ALWAYS_SHOWN = ["objectId", "accountEnabled", "IsSoftDeleted", "appRoleAssignments"] as const

function shownOf(type: ObjectType, tracked: ReadonlySet<string>, references: readonly PlannedReference[]): string[] {
  const hidden = new Set(references.map(({ sourceAttribute }) => sourceAttribute))
  const mapped = [...tracked].filter((name) => !hidden.has(name))
  return [...new Set([...ALWAYS_SHOWN, ...mapped])].filter((name) => isSourceAttribute(type, name))
}

function isSent(row: AttributeMapping): boolean {
  return !UNSENT_TARGETS.has(parsedTarget(row).attribute)
}

function isSingleRole(row: AttributeMapping): boolean {
  const expression = parsedSource(row)
  return expression?.kind === "call" && expression.name === "SingleAppRoleAssignment" && row.target.includes("[")
}

function redactedBy(row: AttributeMapping): readonly string[] {
  const expression = parsedSource(row)
  if (expression === null) return []
  const calls = [...nodesOf(expression)].filter((node) => node.kind === "call" && node.name === "Redact")
  return calls.flatMap(attributesIn)
}

function sourcesOf(row: AttributeMapping): readonly string[] {
  const expression = parsedSource(row)
  return expression === null ? [] : attributesIn(expression)
}

/** MAP-421, inferred: a reference is mapped directly or not at all. */
function toReference(row: AttributeMapping): PlannedReference[] {
  const expression = parsedSource(row)
  if (row.targetType !== "Reference" || expression?.kind !== "attribute") return []
  return [{ path: row.target, sourceAttribute: expression.name, isMultiValued: row.multiValued }]
}
