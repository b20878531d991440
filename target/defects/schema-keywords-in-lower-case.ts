import { defect } from "./defect.ts"
import { routeOf, withText } from "./rewriting.ts"

export const schemaKeywordsInLowerCase = defect({
  name: "schema-keywords-in-lower-case",
  title: "Keywords in /Schemas are written in lower case: readwrite, datetime",
  seen: "enumerations serialised by a framework; Entra wants camel case (WIRE-066)",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    if (!routeOf(request).startsWith("GET /Schemas")) return answer
    const text = await answer.text()
    return withText(
      answer,
      text.replaceAll(/:"(readWrite|readOnly|writeOnly|dateTime)"/g, (keyword) => keyword.toLowerCase()),
    )
  },
})
