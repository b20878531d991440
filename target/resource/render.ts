/**
 * A stored resource as the text of an answer. What is stored is sent as it stands, with meta and what is derived put behind
 * it; only a projection or a manager's name make it be parsed.
 */
import { toRfc3339 } from "../../protocol/index.ts"
import { isJsonObject } from "../json.ts"
import type { JsonObject, JsonValue } from "../json.ts"
import type { RelatedResource, ResourceStore, StoredResource } from "../store/resource-store.ts"
import type { Addressing } from "./filter/expressions.ts"
import type { Projection } from "./projection.ts"
import type { AttributeShape, ResourceShape } from "./shape.ts"
import { fromStored } from "./stored-form.ts"
import { toDocument } from "./values.ts"

/** Where the resources around one are found. */
export type Relations = Pick<ResourceStore, "members" | "containers" | "findAny">

/** What rendering needs beside the resource. */
export interface RenderContext {
  readonly store: Relations
  readonly addressing: Addressing
}

/** The entity tag of a version (RFC 7644 §3.14): weak, since one resource has many representations. */
export function toEntityTag(version: number): string {
  return `W/"${version}"`
}

/** The URL of a resource. */
export function locationOf({ type, id }: Pick<StoredResource, "type" | "id">, addressing: Addressing): string {
  return `${addressing.collectionUrl(type)}/${id}`
}

/** The JSON text of a resource; `written` are attributes that the request set. */
export function renderResource(
  context: RenderContext,
  shape: ResourceShape,
  stored: StoredResource,
  projection: Projection,
  written?: ReadonlySet<AttributeShape>,
): string {
  const isFinal = projection.isDefault && stored.manager === null && !shape.hasRequested
  if (!isFinal) return renderProjected(context, shape, stored, projection, written)
  const appended = [...serverValues(context, shape, stored, projection)].map(
    ([{ name }, value]) => `,${JSON.stringify(name)}:${JSON.stringify(value)}`,
  )
  return `${stored.document.slice(0, -1)}${appended.join("")}}`
}

function renderProjected(
  context: RenderContext,
  shape: ResourceShape,
  stored: StoredResource,
  projection: Projection,
  written?: ReadonlySet<AttributeShape>,
): string {
  const values = new Map([...fromStored(shape, stored), ...serverValues(context, shape, stored, projection)])
  for (const [attribute, value] of values) {
    if (stored.manager !== null && isJsonObject(value) && derivesManager(attribute)) {
      values.set(attribute, withManager(context, value, stored.manager))
    }
  }
  return JSON.stringify(toDocument(shape, projection.project(values, written)))
}

/** What is not in the document: meta, and the memberships where they are asked for. */
function serverValues(
  { store, addressing }: RenderContext,
  shape: ResourceShape,
  stored: StoredResource,
  projection: Projection,
): ReadonlyMap<AttributeShape, JsonValue> {
  const values = new Map<AttributeShape, JsonValue>()
  for (const attribute of shape.attributes) {
    if (attribute.source === "document" || !projection.includes(attribute)) continue
    if (attribute.label === "meta") values.set(attribute, metaOf(stored, addressing))
    const references = relatedOf(store, attribute, stored.seq).map((one) => toReference(attribute, one, addressing))
    if (references.length > 0) values.set(attribute, references)
  }
  return values
}

function relatedOf(store: Relations, { source }: AttributeShape, seq: number): readonly RelatedResource[] {
  if (source === "members") return store.members(seq)
  return source === "groups" ? store.containers(seq) : []
}

function metaOf(stored: StoredResource, addressing: Addressing): JsonObject {
  return {
    resourceType: stored.type,
    created: toRfc3339(stored.created),
    lastModified: toRfc3339(stored.lastModified),
    location: locationOf(stored, addressing),
    version: toEntityTag(stored.version),
  }
}

/** RFC7643-4.1.2-05, -06 and -4.2-02. */
function toReference({ source }: AttributeShape, related: RelatedResource, addressing: Addressing): JsonObject {
  const direction = related.isDirect === 1 ? "direct" : "indirect"
  return {
    value: related.id,
    $ref: locationOf(related, addressing),
    ...(related.display !== null && { display: related.display }),
    type: source === "groups" ? direction : related.type,
  }
}

function derivesManager(attribute: AttributeShape): boolean {
  return [...attribute.subs.values()].some(({ source }) => source === "manager")
}

/** The manager's name and URL, where there is such a person (RFC7643-4.3-02, -03). */
function withManager({ store, addressing }: RenderContext, value: JsonObject, id: string): JsonObject {
  const manager = store.findAny(id)
  if (manager === undefined) return value
  return {
    ...value,
    $ref: locationOf(manager, addressing),
    ...(manager.display !== null && { displayName: manager.display }),
  }
}
