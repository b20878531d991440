import { defect } from "./defect.ts"
import { changeParameters } from "./rewriting.ts"

export const excludedAttributesIgnored = defect({
  name: "excluded-attributes-ignored",
  title: "The excludedAttributes parameter is ignored",
  seen: "WIRE-160: members returned despite the exclusion surface as multiple entries",
  level: "must",
  wrap: (next) => async (request) =>
    next(await changeParameters(request, (parameters) => parameters.delete("excludedAttributes"))),
})
