/** Somebody to disable, and why he is active still. */
import type { Answer, CheckContext, CreatedResource, JsonObject } from "../context.ts"
import { causeOfLoss } from "./patching.ts"

/** Creates a user who is active. Skips the case where the endpoint does not keep `active`: what that means has its own check. */
export async function givenActiveUser(
  { scim, skip }: Pick<CheckContext, "scim" | "skip">,
  attributes: JsonObject = {},
): Promise<CreatedResource> {
  const user = await scim.givenUser({ ...attributes, active: true })
  const { status, object } = await scim.get(`/Users/${user.id}`)
  return status === 200 && object["active"] === undefined ? skip("the endpoint keeps no active") : user
}

/** Whether a disable has worked; skips the case where it has not: a check of its own says so. */
export function mustBeInactive({ skip }: Pick<CheckContext, "skip">, read: Answer): void {
  if (read.object["active"] !== false) skip("disabling the user had no effect")
}

/**
 * The code of a disable that was answered with success and left the user active: "boolean-as-text", "patch-without-effect",
 * "disable-without-effect" where nothing disables, "boolean-string-misread" where a Boolean does and a text does not; else
 * `code`. Disables the user to find out.
 */
export async function whyStillActive(
  { scim }: { readonly scim: Pick<CheckContext["scim"], "get" | "patchOps"> },
  path: string,
  read: Answer,
  code: string,
): Promise<string> {
  async function isDisabledBy(value: boolean | string): Promise<boolean> {
    await scim.patchOps(path, [{ op: "replace", path: "active", value }])
    return (await scim.get(path)).object["active"] === false
  }
  if (typeof read.object["active"] === "string") return "boolean-as-text"
  if (!(await isDisabledBy(false))) return causeOfLoss({ scim }, path, "disable-without-effect")
  await isDisabledBy(true)
  return (await isDisabledBy("False")) ? code : "boolean-string-misread"
}
