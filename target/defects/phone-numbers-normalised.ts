import { defect } from "./defect.ts"
import { changeList, changeResources, textIn } from "./rewriting.ts"

export const phoneNumbersNormalised = defect({
  name: "phone-numbers-normalised",
  title: "Telephone numbers come back without their blanks",
  seen: "libraries that store E.164; WIRE-078: the same PATCH in every cycle",
  level: "entra",
  wrap: (next) => async (request) =>
    changeResources(await next(request), (resource) =>
      changeList(resource, "phoneNumbers", (phone) => ({
        ...phone,
        value: textIn(phone, "value").replaceAll(/[^+\d]/g, ""),
      })),
    ),
})
