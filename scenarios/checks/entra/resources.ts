/** What must be true of a resource that was created, deleted, or given members: one code for each fault, whoever meets it. */
import { statusKind, toText } from "../../describe.ts"
import type { Expect, Hint } from "../../expect.ts"
import { isArray, isObject, memberOf, readPath } from "../../path-value.ts"
import type { Answer, CheckContext } from "../context.ts"
import { textIn } from "../members.ts"
import { refusalCode, type Refusal } from "./patching.ts"

type Endpoint = "/Users" | "/Groups"

/** The resource that a create answered with, read by its id; undefined, with a finding, where there is none to be read. */
export async function readCreated(
  { scim, expect }: Pick<CheckContext, "scim" | "expect">,
  endpoint: Endpoint,
  created: Answer,
  refusal: Refusal,
): Promise<Answer | undefined> {
  const code = statusKind(created.status) ?? refusal.code
  if (!expect(created).toHaveStatus([200, 201], { ...refusal, code })) return undefined
  const id = textIn(created.object, "id")
  if (!expectId(expect, created)) return undefined
  const read = await scim.get(`${endpoint}/${id}`)
  return expect(read).toHaveStatus(200, { code: "created-not-readable" }) ? read : undefined
}

/** Expects an id that is a text and not empty. */
export function expectId(expect: Expect, answer: Answer): boolean {
  return expect.that(textIn(answer.object, "id") !== "", {
    code: "id-missing",
    message: "The answer to a create has no id that is a text",
    expected: 'id = "…"',
    actual: `id = ${toText(answer.object["id"])}`,
    exchanges: [answer.exchange],
  })
}

/** How a duplicate is refused where it is not with 409. */
export function duplicateCode({ status }: Answer): string {
  const isAccepted = status >= 200 && status < 300
  return isAccepted ? "duplicate-accepted" : (statusKind(status) ?? "duplicate-status")
}

/** Deletes a resource; whether that was answered with success. */
export async function deleteAt(
  { scim, expect }: Pick<CheckContext, "scim" | "expect">,
  path: string,
): Promise<boolean> {
  const deleted = await scim.delete(path)
  return expect(deleted).toHaveStatus([200, 204], { code: refusalCode(deleted, "delete-refused") })
}

/** Expects that what was deleted cannot be read. */
export function expectGone(expect: Expect, read: Answer): boolean {
  const isThere = read.status >= 200 && read.status < 300
  const code = isThere ? "deleted-still-there" : (statusKind(read.status) ?? "unknown-id")
  return expect(read).toHaveStatus(404, { code })
}

/** The ids of a group's members, each as often as it is there. */
export function memberIds(read: Answer): readonly string[] {
  const members = readPath(read.json, "members")
  const values = isArray(members)
    ? members.map((member) => (isObject(member) ? memberOf(member, "value") : member))
    : []
  return values.filter((value) => typeof value === "string")
}

/** Expects exactly these members. Their form is a fault of its own; Entra does not read them, so that it merely warns. */
export function expectMembers(expect: Expect, read: Answer, ids: readonly string[], hint: Hint): boolean {
  const members = readPath(read.json, "members")
  const isPlain = isArray(members) && members.some((member) => !isObject(member))
  if (!isPlain) return expect(read).toHaveValue("members.value", ids, hint)
  return expect.that(memberIds(read).toSorted().join() === [...ids].toSorted().join(), {
    code: hint.code ?? "members-differ",
    ...hint,
    message: "The members of the group are not those expected",
    expected: `members ${ids.join(", ")}`,
    actual: `members = ${toText(members)}`,
    exchanges: [read.exchange],
  })
}
