/** Adds discovered attributes to the attribute list of a schema's target directory, so that rows may name them (MAP-310, MAP-408). */
import type { ObjectType } from "../model.ts"
import { findObjectMapping } from "./find-mapping.ts"
import type { AttributeJson, SynchronizationSchema } from "./shape.ts"

/** The schema with the names that its lists lack, as text with one value; whatever is listed stays as it is. */
export function addTargets(
  schema: SynchronizationSchema,
  targets: Readonly<Record<ObjectType, readonly string[]>>,
): SynchronizationSchema {
  return addTo(addTo(schema, "User", targets.User), "Group", targets.Group)
}

function addTo(schema: SynchronizationSchema, objectType: ObjectType, names: readonly string[]): SynchronizationSchema {
  const found = findObjectMapping(schema, objectType)
  if (found === null) return schema
  const { rule, mapping } = found
  const directories = (schema.directories ?? []).map((directory) =>
    directory.name === rule.targetDirectoryName
      ? {
          ...directory,
          objects: (directory.objects ?? []).map((object) =>
            object.name === mapping.targetObjectName
              ? { ...object, attributes: withNames(object.attributes ?? [], names) }
              : object,
          ),
        }
      : directory,
  )
  return { ...schema, directories }
}

function withNames(attributes: readonly AttributeJson[], names: readonly string[]): AttributeJson[] {
  const listed = new Set(attributes.map(({ name }) => name.toLowerCase()))
  const missing = names.filter((name) => !listed.has(name.toLowerCase()))
  return [...attributes, ...missing.map((name) => ({ name, type: "String" as const, multivalued: false }))]
}
