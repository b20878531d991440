/**
 * A stored resource as the text of an answer. What is stored is sent as it stands, with the base URL put into it and what
 * is derived put into it or behind it; only a projection makes it be parsed.
 */
import { isJsonObject } from "../json.ts"
import type { JsonObject } from "../json.ts"
import type {
  Reading,
  ReadRow,
  RelatedResource,
  ResourceStore,
  ShownResource,
  StoredResource,
} from "../store/resource-store.ts"
import type { Addressing } from "./filter/expressions.ts"
import { createProjection } from "./projection.ts"
import type { Projection, RequestedAttributes } from "./projection.ts"
import type { ValueSource } from "./placement.ts"
import { derivesManager } from "./shape.ts"
import type { AttributeShape, ResourceShape } from "./shape.ts"
import { parseDocument, withBase } from "./stored-form.ts"
import { fromDocument, toDocument } from "./values.ts"

/** Where the resources around one are found. */
export type Relations = Pick<ResourceStore, "members" | "containers" | "findAny" | "groupTexts">

/** What rendering needs beside the resource. */
export interface RenderContext {
  readonly store: Relations
  readonly addressing: Addressing
}

/** The URL of a resource. */
export function locationOf({ type, id }: Pick<StoredResource, "type" | "id">, addressing: Addressing): string {
  return `${addressing.collectionUrl(type)}/${id}`
}

/** How resources of a type are shown. */
export interface View extends Reading {
  readonly shape: ResourceShape
  readonly projection: Projection
}

/** The view that a request asks for. @throws ScimError 400 invalidValue */
export function createView(shape: ResourceShape, requested: RequestedAttributes): View {
  const projection = createProjection(shape, requested)
  const isShown = (source: ValueSource): boolean => {
    return shape.related.some((one) => one.source === source && projection.includes(one))
  }
  return {
    shape,
    projection,
    withContainers: isShown("groups"),
    asDocuments: projection.keepsStored && !isShown("members"),
  }
}

/** The JSON text of a resource, read as the view needs it; `written` are attributes that the request set. */
export function renderResource(
  context: RenderContext,
  view: View,
  shown: ShownResource,
  written?: ReadonlySet<AttributeShape>,
): string {
  return typeof shown === "string" ? withBase(shown, context.addressing.base) : renderRow(context, view, shown, written)
}

function renderRow(context: RenderContext, view: View, row: ReadRow, written?: ReadonlySet<AttributeShape>): string {
  const [stored, , , , manager] = row
  const text = withBase(stored, context.addressing.base)
  const document = manager === null ? text : withManagerIn(context, view.shape, text, manager)
  if (!view.projection.keepsStored || document === undefined) return renderProjected(context, view, row, text, written)
  const related = relatedTo(view).map((attribute) => relatedText(context, attribute, row))
  const appended = related.join("")
  return appended === "" ? document : `${document.slice(0, -1)}${appended}}`
}

function renderProjected(
  context: RenderContext,
  view: View,
  row: ReadRow,
  text: string,
  written?: ReadonlySet<AttributeShape>,
): string {
  const { shape, projection } = view
  const [, , , , manager] = row
  const document = parseDocument(text)
  const values = new Map([...fromDocument(shape, document), [shape.meta, document["meta"] ?? null]])
  for (const attribute of relatedTo(view)) {
    const references = referencesOf(context, attribute, row)
    if (references.length > 0) values.set(attribute, references)
  }
  for (const [attribute, value] of values) {
    if (manager !== null && isJsonObject(value) && derivesManager(attribute)) {
      values.set(attribute, withManager(context, value, manager))
    }
  }
  return JSON.stringify(toDocument(shape, projection.project(values, written)))
}

/** The memberships that are part of the view. */
function relatedTo({ shape, projection }: View): readonly AttributeShape[] {
  return shape.related.filter((attribute) => projection.includes(attribute))
}

/** The memberships of a resource as members of its JSON object, with the comma in front; empty where there are none. */
function relatedText(context: RenderContext, attribute: AttributeShape, row: ReadRow): string {
  const render = (): string => {
    const references = referencesOf(context, attribute, row)
    return references.length === 0 ? "" : `,${JSON.stringify(attribute.name)}:${JSON.stringify(references)}`
  }
  const containers = attribute.source === "groups" ? row[5] : null
  if (containers === null) return render()
  return context.store.groupTexts.recall(`${attribute.name} ${context.addressing.base} ${containers}`, render)
}

function referencesOf(
  { store, addressing }: RenderContext,
  attribute: AttributeShape,
  [, seq, , , , containers]: ReadRow,
): readonly JsonObject[] {
  if (attribute.source === "members") return store.members(seq).map((one) => toReference(attribute, one, addressing))
  return containers === null ? [] : store.containers(seq).map((one) => toReference(attribute, one, addressing))
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

/** The text with the manager's name and URL put into it; undefined where their place in it is not certain. */
function withManagerIn(context: RenderContext, shape: ResourceShape, text: string, id: string): string | undefined {
  const [attribute, ...others] = shape.managers
  if (attribute === undefined || others.length > 0) return undefined
  const stored = { value: id }
  const place = `${JSON.stringify(attribute.name)}:${JSON.stringify(stored)}`
  const start = text.indexOf(place)
  // Inside a text the quotes would stand behind backslashes; an extension of somebody's own may have another manager.
  if (start === -1 || text.includes(place, start + 1)) return undefined
  const derived = `${JSON.stringify(attribute.name)}:${JSON.stringify(withManager(context, stored, id))}`
  return `${text.slice(0, start)}${derived}${text.slice(start + place.length)}`
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
