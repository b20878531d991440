/** Ids of the endpoint as placeholders: each object gets a name when its id is first heard. */
import type { HttpResponse } from "../../protocol/index.ts"
import type { ObjectName } from "./plan.ts"
import { isRecord } from "./steps.ts"

/** The reference target's ids: found in a text without knowing where they stand. */
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
const PLACEHOLDER = /\{(?:user|group)\.\d+\}/

export interface Placeholders {
  /** The name of the object with this id, made up at first sight. */
  name(type: "user" | "group", id: string): ObjectName
  nameOf(id: string): ObjectName | undefined
  /** The text with placeholders for known ids, and which objects those are. Throws where the text holds one already. */
  hide(text: string): { readonly text: string; readonly uses: readonly ObjectName[] }
  readonly ids: ReadonlyMap<string, ObjectName>
}

export function createPlaceholders(): Placeholders {
  const ids = new Map<string, ObjectName>()
  const counts = { user: 0, group: 0 }
  return {
    ids,
    name(type, id) {
      const known = ids.get(id)
      if (known !== undefined) return known
      const name: ObjectName = `${type}.${counts[type]++}`
      ids.set(id, name)
      return name
    },
    nameOf: (id) => ids.get(id),
    hide(text) {
      if (PLACEHOLDER.test(text)) throw new RangeError("A request holds a text that looks like a placeholder.")
      const uses = new Set<ObjectName>()
      const hidden = text.replace(ID, (id) => {
        const name = ids.get(id)
        if (name === undefined) return id
        uses.add(name)
        return `{${name}}`
      })
      return { text: hidden, uses: [...uses] }
    },
  }
}

/** The ids of the resources in an answer: of one resource, or of a list. */
export function idsIn(response: HttpResponse): readonly string[] {
  const body: unknown = response.body === null ? null : JSON.parse(response.body)
  if (!isRecord(body)) return []
  const resources = Array.isArray(body["Resources"]) ? body["Resources"] : "totalResults" in body ? [] : [body]
  return resources.filter(isRecord).flatMap(({ id }) => (typeof id === "string" ? [id] : []))
}
