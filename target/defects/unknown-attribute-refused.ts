import { defect } from "./defect.ts"
import { operationsOf } from "./patch-changes.ts"
import { bodyOf, refuse, routeOf } from "./rewriting.ts"

export const unknownAttributeRefused = defect({
  name: "unknown-attribute-refused",
  title: "A body with an attribute that the endpoint does not know is refused as a whole",
  seen: "kortix-ai/suna#7302: one mapping too many, and the disable beside it was lost",
  level: "should",
  wrap: (next) => async (request) => {
    const isWrite = /^(POST|PATCH) \/Users/.test(routeOf(request))
    const values = isWrite ? [await bodyOf(request), ...(await operationsOf(request)).map(({ value }) => value)] : []
    const unknown = values
      .flatMap((value) => (typeof value === "object" && value !== null ? Object.keys(value) : []))
      .find((name) => name.startsWith("urn:") && !name.includes(":enterprise:"))
    return unknown === undefined ? next(request) : refuse(400, `${unknown} is unknown.`, "invalidSyntax")
  },
})
