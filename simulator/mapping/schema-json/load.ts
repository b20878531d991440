/**
 * Loads the mappings of a SCIM job from Graph's synchronizationSchema JSON, as `GET …/schema` or the portal's export gives it.
 * Whatever Entra would refuse to save is refused here, with the place in the file.
 */
import { ENTERPRISE_USER_URN, GROUP_URN } from "../../../protocol/index.ts"
import { isSourceAttribute, sourceAttributes } from "../../directory/source-object.ts"
import { sourceAttributesOf } from "../matching.ts"
import type {
  AttributeMapping,
  ObjectAction,
  ObjectMapping,
  ObjectType,
  ProvisioningMappings,
  ScopingFilter,
} from "../model.ts"
import { MappingError, assertUsable, mappingError, mappingWarning, type MappingProblem } from "../problem.ts"
import { validateMappings } from "../validate.ts"
import { attributeTypes, sourceAttributeNames, type AttributeTypes } from "./attribute-list.ts"
import { findObjectMapping, type FoundMapping } from "./find-mapping.ts"
import {
  synchronizationSchema,
  type AttributeMappingJson,
  type FilterGroupJson,
  type SourceJson,
  type SynchronizationSchema,
} from "./shape.ts"

/** A loaded schema. */
export interface LoadedSchema {
  readonly mappings: ProvisioningMappings
  /** The file's content, for {@link ./save.ts} to write back what the mappings do not hold. */
  readonly document: SynchronizationSchema
  readonly warnings: readonly MappingProblem[]
}

/** Reads mappings from text. @throws MappingError with all problems, each with its JSON path */
export function parseMappings(text: string): LoadedSchema {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new MappingError([mappingError("$", `not JSON: ${error instanceof Error ? error.message : String(error)}`)])
  }
  return loadMappings(json)
}

/** Reads mappings from parsed JSON. @throws MappingError with all problems, each with its JSON path */
export function loadMappings(json: unknown): LoadedSchema {
  const document = checkedShape(json)
  const user = findObjectMapping(document, "User")
  const group = findObjectMapping(document, "Group")
  if (user === null) {
    throw new MappingError([mappingError("$.synchronizationRules", "no object mapping reads the source object User")])
  }
  const read = { user: toMapping(user, "User", document), group: groupMapping(group, document) }
  const problems = validateMappings(read, {
    sourceAttributes: {
      User: readableNames(user, "User", document),
      Group: readableNames(group, "Group", document),
    },
    at: { user: user.path, group: group?.path ?? "group" },
  })
  const unlisted = [...unlistedTargets(user, "User", document), ...unlistedTargets(group, "Group", document)]
  const all = [...unlisted, ...problems]
  assertUsable(all)
  const mappings = { user: withUnkept(read.user), group: withUnkept(read.group) }
  const warnings = [...all, ...unkeptWarnings(mappings.user, user), ...unkeptWarnings(mappings.group, group)]
  return { mappings, document, warnings }
}

/** What a mapping may read: the file's own list where it has one, since a tenant knows its attributes better. */
function readableNames(
  found: FoundMapping | null,
  objectType: ObjectType,
  document: SynchronizationSchema,
): readonly string[] {
  const listed = found === null ? null : sourceAttributeNames(document, found)
  return listed ?? sourceAttributes(objectType)
}

function checkedShape(json: unknown): SynchronizationSchema {
  const result = synchronizationSchema.safeParse(json)
  if (result.success) return result.data
  const [first, ...others] = result.error.issues.map(({ path, message }) => mappingError(toJsonPath(path), message))
  throw new MappingError([first ?? mappingError("$", "not a synchronization schema"), ...others])
}

function toJsonPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : `${text}.${String(part)}`),
    "$",
  )
}

/** A schema without groups provisions none, as with the portal's group mapping switched off (MAP-311). */
function groupMapping(found: FoundMapping | null, document: SynchronizationSchema): ObjectMapping {
  if (found !== null) return toMapping(found, "Group", document)
  return {
    name: "no group mapping",
    enabled: false,
    objectType: "Group",
    targetObjectName: GROUP_URN,
    actions: [],
    scope: [],
    attributes: [],
  }
}

function toMapping(
  { mapping, rule }: FoundMapping,
  objectType: ObjectType,
  document: SynchronizationSchema,
): ObjectMapping {
  const types = attributeTypes(document, rule, mapping)
  const inputScope = toFilters(mapping.scope?.inputFilterGroups)
  const categoryScope = toFilters(mapping.scope?.categoryFilterGroups)
  return {
    name: mapping.name ?? mapping.sourceObjectName,
    enabled: mapping.enabled ?? true,
    objectType,
    targetObjectName: mapping.targetObjectName,
    actions: toActions(mapping.flowTypes),
    scope: toFilters(mapping.scope?.groups),
    ...(inputScope.length > 0 && { inputScope }),
    ...(categoryScope.length > 0 && { categoryScope }),
    attributes: (mapping.attributeMappings ?? []).map((row) => toRow(row, types)),
  }
}

/** MAP-705: "Add, Update, Delete", also without blanks; absent means all. */
function toActions(flowTypes: string | null | undefined): readonly ObjectAction[] {
  const all: readonly ObjectAction[] = ["Add", "Update", "Delete"]
  if (flowTypes === null || flowTypes === undefined) return all
  const named = new Set(flowTypes.split(",").map((name) => name.trim().toLowerCase()))
  return all.filter((action) => named.has(action.toLowerCase()))
}

function toRow(row: AttributeMappingJson, types: AttributeTypes): AttributeMapping {
  const target = row.targetAttributeName
  return {
    target,
    ...(types.find(target) ?? inferredType(target)),
    source: toExpression(row.source),
    defaultValue: row.defaultValue ?? null,
    flowType: row.flowType ?? "Always",
    flowBehavior: row.flowBehavior ?? "FlowWhenChanged",
    matchingPriority: row.matchingPriority ?? 0,
  }
}

/** What the types of a SCIM application's attributes are where the file does not list them (MAP-420, documented). */
function inferredType(target: string): Pick<AttributeMapping, "targetType" | "multiValued"> {
  if (target === "active") return { targetType: "Boolean", multiValued: false }
  if (target === "members") return { targetType: "Reference", multiValued: true }
  const isManager = target.toLowerCase() === `${ENTERPRISE_USER_URN}:manager`.toLowerCase()
  return { targetType: isManager ? "Reference" : "String", multiValued: false }
}

/** MAP-703: the expression where there is one, else the name that stands for it; no source is mapping type None. */
function toExpression(source: SourceJson | null | undefined): string | null {
  if (source === null || source === undefined) return null
  if (typeof source.expression === "string" && source.expression !== "") return source.expression
  const name = source.name ?? ""
  if (source.type === "Attribute") return `[${name}]`
  return source.type === "Constant" ? JSON.stringify(name) : name
}

function toFilters(groups: readonly FilterGroupJson[] | null | undefined): readonly ScopingFilter[] {
  return (groups ?? []).map(({ name, clauses }) => ({
    name: name ?? "",
    clauses: (clauses ?? []).map(({ sourceOperandName, operatorName, targetOperand }) => ({
      attribute: sourceOperandName,
      operator: operatorName,
      values: targetOperand?.values ?? [],
    })),
  }))
}

/** A tenant's schema lists more attributes than the simulated directory keeps; those that are mapped are noted with the mapping. */
function withUnkept(mapping: ObjectMapping): ObjectMapping {
  const unkept = [...sourceAttributesOf(mapping)].filter((name) => !isSourceAttribute(mapping.objectType, name))
  return unkept.length === 0 ? mapping : { ...mapping, unkeptAttributes: unkept }
}

function unkeptWarnings(
  { unkeptAttributes = [] }: ObjectMapping,
  found: FoundMapping | null,
): readonly MappingProblem[] {
  if (found === null) return []
  return unkeptAttributes.map((name) =>
    mappingWarning(found.path, `the simulated directory has no ${name}; it reads as empty`),
  )
}

/** MAP-310 (documented): a target must be in the attribute list, where the file has one. */
function unlistedTargets(
  found: FoundMapping | null,
  objectType: ObjectType,
  document: SynchronizationSchema,
): readonly MappingProblem[] {
  if (found === null) return []
  const types = attributeTypes(document, found.rule, found.mapping)
  if (!types.isListed) return []
  return (found.mapping.attributeMappings ?? []).flatMap(({ targetAttributeName: target }, index) => {
    if (types.find(target) !== null) return []
    const path = `${found.path}.attributeMappings[${index}].targetAttributeName`
    return [mappingError(path, `${target} is not in the attribute list of ${objectType} (MAP-310)`)]
  })
}
