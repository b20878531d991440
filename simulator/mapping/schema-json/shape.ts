/**
 * Graph's synchronizationSchema as it is read (MAP-701 to -707, documented): the members that the engine uses; all others are let
 * through, since exports carry more than any documentation lists (MAP-908).
 */
import * as z from "zod"

/** Names and texts may be absent or null in Graph's JSON. */
const optionalText = z.string().nullish()

/** MAP-703. The expression is authoritative, the parameters repeat it; `{name, type}` alone occurs too (MAP-708). */
const source = z.looseObject({
  expression: optionalText,
  name: optionalText,
  type: z.enum(["Attribute", "Constant", "Function"]),
})

/** MAP-307 and MAP-308. */
const attributeMapping = z.looseObject({
  targetAttributeName: z.string().min(1),
  source: source.nullish(),
  defaultValue: optionalText,
  flowType: z.enum(["Always", "ObjectAddOnly", "MultiValueAddOnly", "ValueAddOnly", "AttributeAddOnly"]).nullish(),
  flowBehavior: z.enum(["FlowWhenChanged", "FlowAlways"]).nullish(),
  matchingPriority: z.int().nonnegative().nullish(),
})

/** SCOPE-02. */
const clause = z.looseObject({
  sourceOperandName: z.string(),
  operatorName: z.string(),
  targetOperand: z.looseObject({ values: z.array(z.string()).nullish() }).nullish(),
})
const filterGroup = z.looseObject({ name: optionalText, clauses: z.array(clause).nullish() })
const scope = z.looseObject({
  groups: z.array(filterGroup).nullish(),
  inputFilterGroups: z.array(filterGroup).nullish(),
  categoryFilterGroups: z.array(filterGroup).nullish(),
})

/** MAP-705. `flowTypes` is written with and without blanks. */
const objectMapping = z.looseObject({
  name: optionalText,
  enabled: z.boolean().nullish(),
  sourceObjectName: z.string(),
  targetObjectName: z.string(),
  flowTypes: optionalText,
  scope: scope.nullish(),
  attributeMappings: z.array(attributeMapping).nullish(),
})

/** MAP-702. */
const rule = z.looseObject({
  name: optionalText,
  priority: z.int().nullish(),
  sourceDirectoryName: optionalText,
  targetDirectoryName: optionalText,
  objectMappings: z.array(objectMapping).nullish(),
})

/** MAP-4xx, the attribute list. */
const attribute = z.looseObject({
  name: z.string(),
  type: z.enum(["String", "Boolean", "Integer", "DateTime", "Binary", "Reference"]).nullish(),
  multivalued: z.boolean().nullish(),
  required: z.boolean().nullish(),
  caseExact: z.boolean().nullish(),
})
const directory = z.looseObject({
  name: optionalText,
  objects: z.array(z.looseObject({ name: z.string(), attributes: z.array(attribute).nullish() })).nullish(),
})

export const synchronizationSchema = z.looseObject({
  synchronizationRules: z.array(rule).min(1),
  directories: z.array(directory).nullish(),
})

export type SynchronizationSchema = z.infer<typeof synchronizationSchema>
export type RuleJson = z.infer<typeof rule>
export type ObjectMappingJson = z.infer<typeof objectMapping>
export type AttributeMappingJson = z.infer<typeof attributeMapping>
export type AttributeJson = z.infer<typeof attribute>
export type FilterGroupJson = z.infer<typeof filterGroup>
export type SourceJson = z.infer<typeof source>
