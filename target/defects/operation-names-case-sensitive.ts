import { defect } from "./defect.ts"
import { opOf, operationsOf } from "./patch-changes.ts"
import { refuse, textIn } from "./rewriting.ts"

export const operationNamesCaseSensitive = defect({
  name: "operation-names-case-sensitive",
  title: "Add, Replace and Remove in capitals are refused",
  seen: "imulab/go-scim #46, elimity-com/scim #79, langwatch #7121, getsentry/sentry #79354: five projects met it one by one",
  level: "entra",
  wrap: (next) => async (request) => {
    const operations = request.method === "PATCH" ? await operationsOf(request) : []
    const unknown = operations.find((operation) => operation["op"] !== opOf(operation))
    return unknown === undefined
      ? next(request)
      : refuse(400, `${textIn(unknown, "op")} is not an operation.`, "invalidSyntax")
  },
})
