/**
 * Writes mappings as Graph's synchronizationSchema JSON. Over a loaded document only what the mappings hold is replaced: every
 * other member (ids, metadata, other rules, attribute lists) stays as it was.
 */
import { parseExpression } from "../expression/parser.ts"
import type { AttributeMapping, ObjectMapping, ProvisioningMappings, ScopingFilter } from "../model.ts"
import { findObjectMapping } from "./find-mapping.ts"
import { newDocument } from "./new-document.ts"
import type { AttributeMappingJson, FilterGroupJson, ObjectMappingJson, SynchronizationSchema } from "./shape.ts"
import { toSourceTree } from "./source-tree.ts"

/** The schema JSON of `mappings`: over `document` where one was loaded, else a new one with the lists it needs. */
export function saveMappings(mappings: ProvisioningMappings, document?: SynchronizationSchema): SynchronizationSchema {
  const base = document ?? newDocument(mappings)
  const replaced = new Map<ObjectMappingJson, ObjectMapping>()
  for (const mapping of [mappings.user, mappings.group]) {
    const found = findObjectMapping(base, mapping.objectType)
    if (found !== null) replaced.set(found.mapping, mapping)
  }
  const synchronizationRules = base.synchronizationRules.map((rule) => ({
    ...rule,
    objectMappings: (rule.objectMappings ?? []).map((existing) => {
      const mapping = replaced.get(existing)
      return mapping === undefined ? existing : toObjectMapping(mapping, existing)
    }),
  }))
  return { ...base, synchronizationRules }
}

function toObjectMapping(mapping: ObjectMapping, existing: ObjectMappingJson): ObjectMappingJson {
  const rows = new Map((existing.attributeMappings ?? []).map((row) => [row.targetAttributeName, row]))
  return {
    ...existing,
    name: mapping.name,
    enabled: mapping.enabled,
    targetObjectName: mapping.targetObjectName,
    flowTypes: mapping.actions.join(", "),
    scope: toScope(mapping, existing),
    attributeMappings: mapping.attributes.map((row) => toRow(row, rows.get(row.target))),
  }
}

function toRow(row: AttributeMapping, existing: AttributeMappingJson | undefined): AttributeMappingJson {
  return {
    exportMissingReferences: false,
    ...existing,
    targetAttributeName: row.target,
    defaultValue: row.defaultValue,
    flowBehavior: row.flowBehavior,
    flowType: row.flowType,
    matchingPriority: row.matchingPriority,
    source: toSource(row, existing),
  }
}

function toSource(
  { source }: AttributeMapping,
  existing: AttributeMappingJson | undefined,
): AttributeMappingJson["source"] {
  if (source === null) return null
  const isUnchanged = existing?.source?.expression === source
  return isUnchanged ? existing.source : { ...toSourceTree(parseExpression(source)) }
}

/** SCOPE-02: no filter at all is null. */
function toScope(mapping: ObjectMapping, existing: ObjectMappingJson): ObjectMappingJson["scope"] {
  const { scope, inputScope = [], categoryScope = [] } = mapping
  if (scope.length + inputScope.length + categoryScope.length === 0) return null
  return {
    ...existing.scope,
    groups: scope.map(toGroup),
    inputFilterGroups: inputScope.map(toGroup),
    categoryFilterGroups: categoryScope.map(toGroup),
  }
}

function toGroup({ name, clauses }: ScopingFilter): FilterGroupJson {
  return {
    name,
    clauses: clauses.map(({ attribute, operator, values }) => ({
      operatorName: operator,
      sourceOperandName: attribute,
      targetOperand: { values: [...values] },
    })),
  }
}
