import { isJsonObject } from "../json.ts"
import { defect } from "./defect.ts"
import { changeResources } from "./rewriting.ts"

/** `2026-01-31T08:00:00.000Z` as `2026-01-31 08:00:00`. */
function local(time: unknown): string {
  return String(time).slice(0, 19).replace("T", " ")
}

export const timesInLocalFormat = defect({
  name: "times-in-local-format",
  title: "Times in meta are written as the database prints them, with a blank and without a zone",
  seen: "the default text of SQL timestamps; RFC7643-2.3.5-01",
  level: "must",
  wrap: (next) => async (request) =>
    changeResources(await next(request), (resource) => {
      const { meta } = resource
      if (!isJsonObject(meta)) return resource
      const times = { created: local(meta["created"]), lastModified: local(meta["lastModified"]) }
      return { ...resource, meta: { ...meta, ...times } }
    }),
})
