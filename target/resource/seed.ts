/** Resources that are there before the first request, with ids, meta and read-only values as given: for tests. */
import { isJsonArray, isJsonObject } from "../json.ts"
import type { JsonObject, JsonValue } from "../json.ts"
import { mustFindSeqs } from "./context.ts"
import type { ResourceContext } from "./context.ts"
import { parseDateTime } from "./date-time.ts"
import { readResource } from "./read-resource.ts"
import type { ResourceShape } from "./shape.ts"
import { withValue } from "./values.ts"
import { insert } from "./write.ts"

/**
 * Stores the resources in their order; members may name one that comes later.
 *
 * @throws Error where a resource has no id or is of no known type, ScimError where it breaks its schema.
 */
export function seedResources(
  context: ResourceContext,
  shapes: readonly ResourceShape[],
  resources: readonly JsonObject[],
): void {
  context.store.atomically(() => {
    const memberships = resources.map((resource) => seedResource(context, shapes, resource))
    for (const { seq, members } of memberships) context.store.addMembers(seq, mustFindSeqs(context, members))
  })
}

function seedResource(
  context: ResourceContext,
  shapes: readonly ResourceShape[],
  resource: JsonObject,
): { readonly seq: number; readonly members: readonly string[] } {
  const { id, meta, schemas } = resource
  const shape = shapes.find(({ type }) => isJsonArray(schemas) && schemas.includes(type.schema))
  if (shape === undefined || typeof id !== "string") throw new Error("A seeded resource needs an id and known schemas.")
  const { values, members } = readResource(shape, resource, { ...context, keepReadOnly: true })
  const created = instantOf(meta, "created") ?? context.clock.now()
  const lastModified = instantOf(meta, "lastModified") ?? created
  const { seq } = insert(context, shape, withValue(values, shape.id, id), { id, created, lastModified })
  return { seq, members }
}

function instantOf(meta: JsonValue | undefined, name: string): number | undefined {
  const text = isJsonObject(meta) ? meta[name] : undefined
  return typeof text === "string" ? parseDateTime(text) : undefined
}
