/** The attribute lists of a schema's directories: names, types and flags of source and target attributes (MAP-4xx). */
import type { AttributeMapping } from "../model.ts"
import type { FoundMapping } from "./find-mapping.ts"
import type { AttributeJson, ObjectMappingJson, RuleJson, SynchronizationSchema } from "./shape.ts"

type ListedType = Pick<AttributeMapping, "targetType" | "multiValued" | "required" | "caseExact">

export interface AttributeTypes {
  /** Whether the file lists the target object's attributes at all. */
  readonly isListed: boolean
  /** What the list says of a target, spelt exactly or in another case; null where it is not listed. */
  find(target: string): ListedType | null
}

/** The list of the target object that a mapping writes. */
export function attributeTypes(
  schema: SynchronizationSchema,
  rule: RuleJson,
  mapping: ObjectMappingJson,
): AttributeTypes {
  const attributes = attributesOf(schema, rule.targetDirectoryName, mapping.targetObjectName)
  return {
    isListed: attributes.length > 0,
    find: (target) => {
      const exact = attributes.find(({ name }) => name === target)
      const listed = exact ?? attributes.find(({ name }) => name.toLowerCase() === target.toLowerCase())
      return listed === undefined ? null : toListedType(listed)
    },
  }
}

/** The names of the source object's attributes, or null where the file does not list them. */
export function sourceAttributeNames(
  schema: SynchronizationSchema,
  { rule, mapping }: FoundMapping,
): readonly string[] | null {
  const names = attributesOf(schema, rule.sourceDirectoryName, mapping.sourceObjectName).map(({ name }) => name)
  return names.length === 0 ? null : names
}

function attributesOf(
  schema: SynchronizationSchema,
  directoryName: string | null | undefined,
  objectName: string,
): readonly AttributeJson[] {
  const directory = (schema.directories ?? []).find(({ name }) => name === directoryName)
  return directory?.objects?.find(({ name }) => name === objectName)?.attributes ?? []
}

function toListedType({ type, multivalued, required, caseExact }: AttributeJson): ListedType {
  return {
    targetType: type ?? "String",
    multiValued: multivalued ?? false,
    ...(required === true && { required }),
    ...(caseExact === true && { caseExact }),
  }
}
