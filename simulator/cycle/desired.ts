/**
 * What the target should hold of an object: its mappings evaluated, each value in its JSON type. One row that can't be computed
 * fails the whole object (MAP-223, inferred).
 */
import type { DialectName, Json, JsonObject } from "../dialect/dialect.ts"
import type { WireOptions } from "../dialect/options.ts"
import type { DesiredValue } from "../dialect/difference.ts"
import { ERROR_CODES, type ProvisioningError } from "../dialect/errors.ts"
import { isObject, readValue } from "../dialect/resource-read.ts"
import { targetPath } from "../dialect/target-path.ts"
import { evaluateMappings, type FlowValue, type RolesFlow } from "../mapping/attribute-flow.ts"
import { ExpressionEvaluationError } from "../mapping/expression/errors.ts"
import { roleElements } from "../mapping/functions/app-roles.ts"
import type { AppRoleAssignment } from "../mapping/functions/definition.ts"
import { roleName } from "../mapping/functions/tenant.ts"
import { matchingValues, type MatchingValue } from "../mapping/matching.ts"
import type { SourceObject } from "../mapping/model.ts"
import { toTargetValue } from "../mapping/target-value.ts"
import { type ObjectPlan, SOFT_DELETED } from "./mapping-plan.ts"
import { type EvaluationBasis, ObjectEvaluation } from "./object-evaluation.ts"
import type { SourceEntry } from "./source.ts"

export interface ProjectionOptions {
  readonly plan: ObjectPlan
  readonly dialect: DialectName
  readonly evaluation: EvaluationBasis
  /** What the target holds now; null for a create. */
  readonly current: JsonObject | null
  readonly inScope: boolean
  readonly emptyString: "export" | "skip"
  readonly singleRolePatch: WireOptions["singleRolePatch"]
  /** Entra's quirk with a Switch (FN-SWITCH-5): the source attributes that changed; null where it does not apply. */
  readonly switchDefaultNull: ReadonlySet<string> | null
}

export type Projection =
  | { readonly kind: "values"; readonly values: readonly DesiredValue[] }
  /** A required attribute without a value: the object is not created (ENG-MAP-08). */
  | { readonly kind: "missing"; readonly path: string }
  | { readonly kind: "failed"; readonly error: ProvisioningError }

/** The values for a create or an update, in the order of the mappings. */
export function project(entry: SourceEntry, options: ProjectionOptions): Projection {
  const { plan, current, dialect } = options
  const flow = evaluateMappings(plan.mapping, sourceOf(entry, options.inScope), {
    action: current === null ? "create" : "update",
    context: new ObjectEvaluation(options.evaluation, entry),
    emptyString: options.emptyString,
    ...(options.switchDefaultNull !== null && { switchDefaultNull: { changed: options.switchDefaultNull } }),
    isEmptyInTarget: (path) => current === null || readValue(current, path) === undefined,
  })
  const [error] = flow.errors
  if (error !== undefined) return { kind: "failed", error: mappingError(error.code, error.message) }
  const [missing] = flow.missing
  if (missing !== undefined) return { kind: "missing", path: missing }
  const heldBefore = dialect === "entra" ? current : null
  const isJson = options.singleRolePatch === "json"
  const [firstRolePath] = plan.singleRolePaths
  // Several rows of one role make one operation.
  const asRole = (value: DesiredValue): readonly DesiredValue[] => {
    if (!isJson || heldBefore === null || !plan.singleRolePaths.includes(value.path)) return [value]
    return value.path === firstRolePath ? toSingleRole(value, entry.appRoles(), heldBefore) : []
  }
  return {
    kind: "values",
    values: [
      ...flow.values.map(toDesired).flatMap(asRole),
      ...flow.cleared.map(toCleared),
      ...flow.roles.flatMap((one) => toDesiredRoles(one, heldBefore)),
    ],
  }
}

/** The values to match by, in their order; none where the object has no value for any of them (ENG-MATCH-02, -03). */
export function matchingFor(
  entry: SourceEntry,
  options: Pick<ProjectionOptions, "plan" | "evaluation">,
): { kind: "values"; values: readonly MatchingValue[] } | { kind: "failed"; error: ProvisioningError } {
  const context = new ObjectEvaluation(options.evaluation, entry)
  try {
    return { kind: "values", values: matchingValues(options.plan.mapping, sourceOf(entry, true), context) }
  } catch (error) {
    if (!(error instanceof ExpressionEvaluationError)) throw error
    return { kind: "failed", error: mappingError(error.code, error.message) }
  }
}

/** What only the job knows: IsSoftDeleted is true for whatever is not in scope (ENG-DEPROV-01), the roles are its application's. */
export function sourceOf(entry: SourceEntry, inScope: boolean): SourceObject {
  return {
    read(name) {
      if (name === SOFT_DELETED) return inScope ? "False" : "True"
      if (name === "appRoleAssignments") return entry.appRoles().map((role) => role.displayName)
      return entry.attributes.read(name)
    },
  }
}

/** How the quirk travels is nowhere shown: as null, since that is what the Switch evaluates to (assumed). */
function toCleared(path: string): DesiredValue {
  return { path, value: null, flowType: "Always", always: false, caseExact: false, redacted: false }
}

function toDesired({
  target,
  targetType,
  value,
  flowType,
  flowBehavior,
  caseExact,
  redacted,
}: FlowValue): DesiredValue {
  return {
    path: target,
    value:
      typeof value === "string"
        ? toTargetValue(value, targetType)
        : value.map((text) => toTargetValue(text, targetType)),
    flowType,
    always: flowBehavior === "FlowAlways",
    caseExact,
    redacted,
  }
}

/**
 * WIRE-140 to -143: a PATCH of the default dialect adds roles as JSON text; only the assertive function takes roles away.
 * `current`: what such a PATCH finds in the target; null for a create and in the other dialect. A role that it shows already
 * under its name is not added again, since its text could never compare equal (inferred).
 */
function toDesiredRoles({ target, value, flowBehavior }: RolesFlow, current: JsonObject | null): DesiredValue[] {
  const isText = current !== null && !value.assertive
  const shown = isText ? namesOf(readValue(current, target)) : []
  const roles = value.roles.filter((role) => !shown.includes(roleName(role)))
  if (isText && roles.length === 0) return []
  return [
    {
      path: target,
      value: roleElements({ ...value, roles }, { stringified: current !== null }),
      flowType: value.assertive ? "Always" : "MultiValueAddOnly",
      always: flowBehavior === "FlowAlways",
      caseExact: true,
      redacted: false,
    },
  ]
}

/**
 * FN-SINGLEAPPROLEASSIGNMENT-3: a PATCH of the default dialect adds the role to `roles` as JSON text. One that the target shows
 * already, by name or as that text, is not added again (inferred).
 */
function toSingleRole(
  value: DesiredValue,
  [role]: readonly AppRoleAssignment[],
  current: JsonObject,
): readonly DesiredValue[] {
  if (role === undefined) return []
  const path = targetPath(value.path).attribute
  const [element] = roleElements({ roles: [role], assertive: false }, { stringified: true })
  const shown = namesOf(readValue(current, path))
  if (element === undefined || shown.includes(roleName(role)) || shown.includes(element["value"] ?? null)) return []
  return [{ ...value, patch: { action: "add", path, value: [element] } }]
}

/** The `value` of each role element that the target holds. */
function namesOf(held: Json | undefined): readonly Json[] {
  const elements = Array.isArray(held) ? held : []
  return elements.flatMap((element: Json) => (isObject(element) ? [element["value"] ?? null] : []))
}

/** Codes of failed expressions are unpublished (MAP-907): the engine's own keep their name, all others are an InternalError. */
function mappingError(code: string, message: string): ProvisioningError {
  const known: readonly string[] = Object.values(ERROR_CODES)
  return {
    code: known.includes(code) ? code : ERROR_CODES.internalError,
    reason: message,
    category: "failure",
    httpStatus: null,
  }
}
