import { defect } from "./defect.ts"
import { changeList, changeResources, textIn } from "./rewriting.ts"

export const mailInLowerCase = defect({
  name: "mail-in-lower-case",
  title: "E-mail addresses come back in lower case",
  seen: "addresses normalised on write; WIRE-078: the same PATCH in every cycle",
  level: "entra",
  wrap: (next) => async (request) =>
    changeResources(await next(request), (resource) =>
      changeList(resource, "emails", (email) => ({ ...email, value: textIn(email, "value").toLowerCase() })),
    ),
})
