import { defect } from "./defect.ts"
import { changeParameters } from "./rewriting.ts"

export const sortIgnored = defect({
  name: "sort-ignored",
  title: "Sorting is announced and ignored",
  seen: "a ServiceProviderConfig copied from an example; SCIM Verify and WSO2's suite look",
  level: "must",
  wrap: (next) => async (request) => next(await changeParameters(request, (parameters) => parameters.delete("sortBy"))),
})
