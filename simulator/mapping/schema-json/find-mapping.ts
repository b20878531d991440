/** Finds the object mapping of users or of groups among the rules of a schema (MAP-702, MAP-706). */
import type { ObjectType } from "../model.ts"
import type { ObjectMappingJson, RuleJson, SynchronizationSchema } from "./shape.ts"

export interface FoundMapping {
  readonly rule: RuleJson
  readonly mapping: ObjectMappingJson
  /** JSON path of the object mapping. */
  readonly path: string
}

/** The names that the directory has had (MAP-702, GRAPH-705). Rules from elsewhere, as in a hybrid schema, are not outbound. */
const DIRECTORY_NAMES: ReadonlySet<string> = new Set(["azure active directory", "microsoft entra id"])

/**
 * The object mapping that reads `objectType`: of the rule with the lowest priority number, one that is enabled before one that is
 * not. Null where there is none.
 */
export function findObjectMapping(schema: SynchronizationSchema, objectType: ObjectType): FoundMapping | null {
  const all = schema.synchronizationRules.flatMap((rule, ruleIndex) =>
    (rule.objectMappings ?? []).map((mapping, index) => ({
      rule,
      mapping,
      path: `$.synchronizationRules[${ruleIndex}].objectMappings[${index}]`,
    })),
  )
  const [best] = all
    .filter(
      ({ rule, mapping }) => isOutbound(rule) && mapping.sourceObjectName.toLowerCase() === objectType.toLowerCase(),
    )
    .toSorted((a, b) => (a.rule.priority ?? 0) - (b.rule.priority ?? 0) || rank(a) - rank(b))
  return best ?? null
}

function isOutbound({ sourceDirectoryName }: RuleJson): boolean {
  return typeof sourceDirectoryName !== "string" || DIRECTORY_NAMES.has(sourceDirectoryName.toLowerCase())
}

function rank({ mapping }: FoundMapping): number {
  return mapping.enabled === false ? 1 : 0
}
