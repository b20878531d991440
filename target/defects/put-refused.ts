import { defect } from "./defect.ts"
import { refuse } from "./rewriting.ts"

export const putRefused = defect({
  name: "put-refused",
  title: "PUT is answered with 405",
  seen: "known cause E1 of scim-sanity; servers made for Entra alone have no PUT",
  level: "must",
  wrap: (next) => async (request) => (request.method === "PUT" ? refuse(405, "PUT is not offered.") : next(request)),
})
