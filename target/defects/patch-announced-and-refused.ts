import { defect } from "./defect.ts"
import { refuse } from "./rewriting.ts"

export const patchAnnouncedAndRefused = defect({
  name: "patch-announced-and-refused",
  title: "PATCH is announced in ServiceProviderConfig and answered with 501",
  seen: "a ServiceProviderConfig copied from an example; RFC7644-4-07",
  level: "must",
  wrap: (next) => async (request) =>
    request.method === "PATCH" ? refuse(501, "PATCH is not supported.") : next(request),
})
