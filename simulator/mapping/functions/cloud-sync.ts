/**
 * Functions of Cloud Sync's language only. They are refused in provisioning mappings and evaluated when asked for
 * (FN-LIST-3, RES-19).
 */
import { toLower } from "../dotnet/casing.ts"
import { ExpressionEvaluationError } from "../expression/errors.ts"
import { many, one, type Arguments, type FunctionDefinition } from "./definition.ts"

/** The 1-based number of the first value that contains the text, without regard to case; 0 where none does (inferred). */
function contains(args: Arguments): string {
  const wanted = toLower(args.text(1) ?? "")
  return String(args.values(0).findIndex((value) => toLower(value).includes(wanted)) + 1)
}

/** MAP-222 (documented for Cloud Sync): an error on the object. */
function raise(args: Arguments): never {
  throw new ExpressionEvaluationError("RaisedError", args.name, args.text(0) ?? "")
}

export const CLOUD_SYNC_FUNCTIONS: readonly FunctionDefinition[] = [
  {
    kind: "eager",
    name: "Trim",
    parameters: [one("value")],
    cloudSyncOnly: true,
    evaluate: (args) => args.text(0)?.trim() ?? null,
  },
  {
    kind: "eager",
    name: "Contains",
    parameters: [many("attribute"), one("value")],
    cloudSyncOnly: true,
    evaluate: contains,
  },
  { kind: "eager", name: "Error", parameters: [one("message")], cloudSyncOnly: true, evaluate: raise },
]
