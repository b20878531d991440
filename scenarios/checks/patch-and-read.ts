/** A PATCH, and the look afterwards that no status code replaces. */
import { statusKind } from "../describe.ts"
import { sameValue } from "../path-value.ts"
import type { Answer, CheckContext, JsonObject } from "./context.ts"

/**
 * Sends the operations and reads the resource again. Undefined where nothing more can be learnt, and that is recorded: the
 * PATCH was refused (as `refused`, by default "patch-refused"), or answered with success and changed nothing at all.
 */
export async function patchAndRead(
  { scim, expect }: Pick<CheckContext, "scim" | "expect">,
  path: string,
  operations: readonly unknown[],
  refused = "patch-refused",
): Promise<Answer | undefined> {
  const before = await scim.get(path)
  const patched = await scim.patchOps(path, operations)
  const code = statusKind(patched.status) ?? refused
  if (!expect(patched).toHaveStatus([200, 204], { code })) return undefined
  const after = await scim.get(path)
  if (!expect(after).toHaveStatus(200, { code: "created-not-readable" })) return undefined
  const isChanged = expect.that(!sameValue(contentOf(before), contentOf(after)), {
    code: "patch-without-effect",
    message: "A PATCH that was answered with success has changed nothing",
    expected: "the changes of its operations",
    actual: "the same values as before",
    exchanges: [before.exchange, patched.exchange, after.exchange],
  })
  return isChanged ? after : undefined
}

/** What clients can change: everything but meta. */
function contentOf({ object: { meta: _, ...content } }: Answer): JsonObject {
  return content
}
