/** What a PATCH is made of while it runs. */
import type { JsonValue } from "../../json.ts"
import type { ReadingRules } from "../attribute-value.ts"
import type { ElementCondition } from "../filter/condition.ts"
import type { Secrets } from "../secrets.ts"
import type { AttributeShape, ResourceShape } from "../shape.ts"
import type { Values } from "../values.ts"
import type { OperationName } from "./operations.ts"

export interface PatchContext extends ReadingRules {
  readonly shape: ResourceShape
}

/** One step in the history of a group's members. */
export type MemberChange =
  | { readonly kind: "add" | "remove" | "replace"; readonly ids: readonly string[] }
  | { readonly kind: "removeWhere"; readonly attribute: AttributeShape; readonly condition: ElementCondition }

export interface PatchState {
  readonly values: Values
  readonly memberChanges: readonly MemberChange[]
  /** What was given a value: `returned: request` attributes among them are part of the answer (RFC7643-7-15). */
  readonly written: ReadonlySet<AttributeShape>
  /** What leaves no trace in the values. */
  readonly secrets: Secrets
}

/** What an operation does to its target; `value` is absent where the operation had none, null included for `remove`. */
export interface Change {
  readonly op: OperationName
  readonly value: JsonValue | undefined
}
