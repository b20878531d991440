import { USER_URN } from "../../protocol/index.ts"
import { defect } from "./defect.ts"
import { parametersOf, refuse } from "./rewriting.ts"

export const qualifiedNamesRefused = defect({
  name: "qualified-names-refused",
  title: "Filters with the core schema's URN in front of a name are refused",
  seen: "parsers that stop at the colon; URN paths are only partly looked at by any peer (peers §2.1)",
  level: "must",
  wrap: (next) => async (request) =>
    parametersOf(request).get("filter")?.includes(USER_URN) === true
      ? refuse(400, "The filter cannot be parsed.", "invalidFilter")
      : next(request),
})
