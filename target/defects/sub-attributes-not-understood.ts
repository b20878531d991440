import { defect } from "./defect.ts"
import { changeParameters, parametersOf } from "./rewriting.ts"

export const subAttributesNotUnderstood = defect({
  name: "sub-attributes-not-understood",
  title: "Names with a dot in attributes= select nothing",
  seen: "names compared with the keys of the object; RFC7644-3.4.2.5-03",
  level: "must",
  wrap: (next) => async (request) => {
    const named = parametersOf(request).get("attributes")
    if (named === null) return next(request)
    const plain = named.split(",").filter((name) => !/^[\w$-]+\./.test(name))
    return next(
      await changeParameters(request, (parameters) => parameters.set("attributes", ["id", ...plain].join(","))),
    )
  },
})
