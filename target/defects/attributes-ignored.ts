import { defect } from "./defect.ts"
import { changeParameters } from "./rewriting.ts"

export const attributesIgnored = defect({
  name: "attributes-ignored",
  title: "The attributes parameter is ignored",
  seen: "whole objects serialised whatever was asked; W and P are the only old peers that look",
  level: "must",
  wrap: (next) => async (request) =>
    next(await changeParameters(request, (parameters) => parameters.delete("attributes"))),
})
