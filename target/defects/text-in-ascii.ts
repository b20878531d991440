import { defect } from "./defect.ts"
import { changeRequest } from "./rewriting.ts"

export const textInAscii = defect({
  name: "text-in-ascii",
  title: "Letters beyond ASCII are stored as question marks",
  seen: "columns and connections with a one-byte character set; no peer of ours tests it",
  level: "must",
  wrap: (next) => async (request) => {
    const text = await request.clone().text()
    const ascii = text.replaceAll(/\P{ASCII}/gu, "?")
    return ascii === text ? next(request) : next(await changeRequest(request, { body: JSON.parse(ascii) }))
  },
})
