import { defect } from "./defect.ts"
import { changeParameters, parametersOf, refuse } from "./rewriting.ts"

export const queryDecodedTwice = defect({
  name: "query-decoded-twice",
  title: "The query is decoded twice: a plus sign in a name becomes a blank, a percent sign an error",
  seen: "a gateway that decodes before the application does; WIRE-052 calls such names a weak spot",
  level: "must",
  wrap: (next) => async (request) => {
    const filter = parametersOf(request).get("filter")
    if (filter === null) return next(request)
    const decoded = decode(filter)
    if (decoded === undefined) return refuse(400, "The query is malformed.", "invalidFilter")
    return next(await changeParameters(request, (parameters) => parameters.set("filter", decoded)))
  },
})

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll("+", " "))
  } catch {
    return undefined
  }
}
