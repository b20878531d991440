import { defect } from "./defect.ts"
import { changeBody } from "./rewriting.ts"

export const externalIdInLowerCase = defect({
  name: "external-id-in-lower-case",
  title: "externalId is stored in lower case",
  seen: "normalising all keys alike; externalId is caseExact (RFC7643-3.1-08)",
  level: "must",
  wrap: (next) => async (request) =>
    next(
      await changeBody(request, (body) => {
        const { externalId } = body
        return typeof externalId === "string" ? { ...body, externalId: externalId.toLowerCase() } : body
      }),
    ),
})
