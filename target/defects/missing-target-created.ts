import { defect } from "./defect.ts"
import { opOf, operationsOf, pathOf, withOperations } from "./patch-changes.ts"
import { bodyOf } from "./rewriting.ts"

export const missingTargetCreated = defect({
  name: "missing-target-created",
  title: "A replace whose filter selects nothing creates the element",
  seen: "what Entra relies on (WIRE-109); a deviation from the RFC's letter (RES-02)",
  level: "should",
  wrap: (next) => async (request) => {
    const answer = await next(request.clone())
    if (request.method !== "PATCH" || (await bodyOf(answer))["scimType"] !== "noTarget") return answer
    const operations = (await operationsOf(request)).map((operation) => {
      const { name, type, sub } = SELECTION.exec(pathOf(operation))?.groups ?? {}
      if (opOf(operation) !== "replace" || name === undefined || sub === undefined) return operation
      return { op: "add", path: name, value: [{ type: type ?? "work", [sub]: operation["value"] ?? null }] }
    })
    return next(await withOperations(request, operations))
  },
})

/** `emails[type eq "work"].value` */
const SELECTION = /^(?<name>\w+)\[type eq "(?<type>\w+)"\]\.(?<sub>\w+)$/
