import { ENTERPRISE_USER_URN, GROUP_URN, USER_URN } from "../../protocol/index.ts"
import type { JsonValue } from "../json.ts"
import { defect } from "./defect.ts"
import { bodyOf, listIn, refuse, routeOf } from "./rewriting.ts"

const KNOWN: ReadonlySet<JsonValue> = new Set([USER_URN, GROUP_URN, ENTERPRISE_USER_URN])

export const unknownSchemaUrnRefused = defect({
  name: "unknown-schema-urn-refused",
  title: "A body whose schemas name an unknown URN is refused",
  seen: "strict validation of schemas; Entra adds a URN of its own to groups (WIRE-161)",
  level: "entra",
  wrap: (next) => async (request) => {
    const body = routeOf(request).startsWith("POST /") ? await bodyOf(request) : {}
    const unknown = listIn(body, "schemas").find((urn) => !KNOWN.has(urn))
    return unknown === undefined
      ? next(request)
      : refuse(400, `${JSON.stringify(unknown)} is unknown.`, "invalidSyntax")
  },
})
