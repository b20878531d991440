import { defect } from "./defect.ts"
import { bodyOf, refuse } from "./rewriting.ts"
import { mapActiveTexts } from "./text-booleans.ts"

export const textBooleansRefused = defect({
  name: "text-booleans-refused",
  title: 'active as "True" or "False" is refused',
  seen: "OneUptime #3852, langwatch #7121, FusionAuth #3311: 400, and the user stays active",
  level: "entra",
  wrap: (next) => async (request) => {
    const texts: string[] = []
    mapActiveTexts(await bodyOf(request), (text) => {
      texts.push(text)
      return text
    })
    return texts.length > 0 ? refuse(400, "active must be true or false.", "invalidValue") : next(request)
  },
})
