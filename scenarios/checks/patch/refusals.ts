import { check } from "../../define.ts"

export const readOnlyPatch = check({
  id: "rfc7644-3.5.2-read-only",
  title: "A read-only attribute cannot be patched",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.5.2", level: "must" },
  facts: ["RFC7644-3.5.2-11", "RFC7644-3.5.2-08", "RFC7643-7-09"],
  needs: ["users", "patch"],
  clients: ["rfc"],
  confidence: "documented",
  why: "An id that changes makes another user; a success that changes nothing makes the client believe it did.",
  fix: "Answer 400 with scimType mutability where a path names id, meta or groups.",
  defects: ["read-only-patch-ignored", "created-patchable"],
  async run({ scim, people, expect }) {
    const { id } = await scim.givenUser()
    const created = "2001-02-03T04:05:06Z"
    for (const operation of [
      { op: "replace", path: "id", value: people.guid() },
      { op: "replace", path: "meta.created", value: created },
    ]) {
      const patched = await scim.patchOps(`/Users/${id}`, [operation])
      const isRefused = patched.status === 400
      if (!isRefused && patched.status !== 200 && patched.status !== 204) {
        expect(patched).toHaveStatus(400)
        continue
      }
      const read = await scim.get(`/Users/${id}`)
      if (!expect(read).toHaveStatus(200, { code: isRefused ? "created-not-readable" : "read-only-changed" })) continue
      const isChanged = read.object["id"] !== id || read.text.includes(created.slice(0, 10))
      expect.that(!isChanged, {
        code: "read-only-changed",
        message: `PATCH has changed ${operation.path}`,
        expected: "status 400 with scimType mutability",
        actual: `${operation.path} has the new value`,
        exchanges: [patched.exchange, read.exchange],
      })
      // Nothing was harmed: the client merely was not told.
      if (!isChanged && !isRefused) {
        expect(patched).toBeScimError(400, "mutability", { code: "read-only-ignored", severity: "warning" })
      }
    }
  },
})

export const unknownPath = check({
  id: "rfc7644-3.5.2-unknown-path",
  title: "A path that names no attribute is refused with 400",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.5.2", level: "should" },
  facts: ["RFC7644-3.5.2-07", "RFC7644-3.12-16"],
  needs: ["users", "patch"],
  clients: ["rfc"],
  confidence: "documented",
  why: "A mapping with a slip in its target succeeds for ever and never writes anything.",
  fix: "Answer 400 with scimType invalidPath for a path that no schema of the resource has.",
  defects: ["unknown-path-accepted"],
  async run({ scim, expect }) {
    const { id } = await scim.givenUser()
    const patched = await scim.patchOps(`/Users/${id}`, [{ op: "add", path: "noSuchThing", value: "x" }])
    // Which keyword goes with it is contested (C-33).
    expect(patched).toHaveStatus(400, { code: "unknown-path-accepted" })
  },
})

export const patchUnknownId = check({
  id: "rfc7644-3.5.2-patch-unknown-id",
  title: "A PATCH of an unknown id is answered with 404",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.5.2", level: "must" },
  facts: ["RFC7644-3.5.2-19", "WIRE-076"],
  needs: ["users", "patch"],
  clients: ["rfc", "entra", "entra-optscim"],
  confidence: "documented",
  why: "A success for somebody who is gone: Entra goes on updating nobody, and the person has no account.",
  fix: "Answer 404 where no row was changed.",
  defects: ["patch-unknown-id-accepted"],
  async run({ scim, people, expect }) {
    const operation = { op: "replace", path: "displayName", value: "Nobody" }
    const patched = await scim.patchOps(`/Users/${people.guid()}`, [operation])
    expect(patched).toHaveStatus(404, { code: "unknown-id" })
  },
})
