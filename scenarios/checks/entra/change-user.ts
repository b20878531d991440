/** Changes a user as Entra does, and judges what became of each value. */
import type { CheckContext, JsonObject } from "../context.ts"
import { expectWritten, onlyKept, onlyWriting, type Values } from "./kept-values.ts"
import { patchAndRead, type Refusal } from "./patching.ts"
import type { ByDialect } from "./requests.ts"

export interface UserChange {
  /** What the user is created with: a value for every attribute that changes, to see which of them the endpoint keeps. */
  readonly given: JsonObject
  readonly operations: ByDialect
  /** What must be there afterwards. */
  readonly values: Values
  readonly refusal: Refusal
}

/**
 * Creates a user, changes what the endpoint keeps of it, and expects every value to have arrived. What it does not keep is
 * left out, as a customer would leave it out of the mapping: a single unknown attribute may fail the whole PATCH.
 */
export async function changeUser(
  context: Pick<CheckContext, "scim" | "expect" | "dialect" | "skip" | "step">,
  { given, operations, values, refusal }: UserChange,
): Promise<void> {
  const { scim, dialect, skip, step } = context
  step("create the user")
  const { id } = await scim.givenUser(given)
  const path = `/Users/${id}`
  const before = await scim.get(path)
  const kept = onlyKept(before, values)
  if (Object.keys(kept).length === 0) skip("the endpoint keeps none of the attributes that this changes")

  step("change it, and read it again")
  const sent = onlyWriting(operations[dialect], kept)
  const read = await patchAndRead(context, path, sent, refusal)
  if (read !== undefined) await expectWritten(context, path, read, { before, operations: sent, values: kept })
}
