import { check } from "../../define.ts"

export const version = check({
  id: "rfc7644-3.14-version",
  title: "The ETag equals meta.version, and changes when the user changes and not otherwise",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.14", level: "must" },
  facts: ["RFC7644-3.14-01", "RFC7644-3.14-02", "RFC7644-3.14-03", "RFC7643-3.1-18"],
  needs: ["users", "patch", "etag"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Clients skip what has the version they know: a tag that stays keeps them on old data for ever.",
  fix: "Derive the tag from the stored version, send it as ETag with every single resource, and repeat it in meta.version.",
  defects: ["etag-constant", "etag-missing", "etag-of-the-time"],
  async run({ scim, expect }) {
    const { id } = await scim.givenUser()
    const first = await scim.get(`/Users/${id}`)
    const tag = first.header("etag")
    if (!expect(first).toHaveStatus(200, { code: "created-not-readable" })) return
    if (!expect(first).toHaveHeader("etag", undefined, { code: "etag-missing" }) || tag === undefined) return
    expect(first).toHaveValue("meta.version", tag, { code: "etag-differs-from-version", severity: "warning" })
    const again = await scim.get(`/Users/${id}`)
    expect(again).toHaveHeader("etag", tag, { code: "etag-changes-without-change" })

    await scim.patchOps(`/Users/${id}`, [{ op: "replace", path: "displayName", value: "After" }])
    const after = await scim.get(`/Users/${id}`)
    expect.that(after.header("etag") !== tag, {
      code: "etag-constant",
      message: "The ETag is the same after a change",
      expected: `another tag than ${tag}`,
      actual: `ETag: ${after.header("etag") ?? "none"}`,
      exchanges: [first.exchange, after.exchange],
    })
  },
})

export const notModified = check({
  id: "rfc7644-3.14-not-modified",
  title: "If-None-Match with the current tag is answered with 304 and no body",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.14", level: "must" },
  facts: ["RFC7644-3.14-04", "RFC9110-13.1.2-01"],
  needs: ["users", "etag"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Clients that ask whether anything changed get everything every time.",
  fix: "Compare If-None-Match with the tag, weakly, and answer 304 where it matches.",
  defects: ["if-none-match-ignored"],
  async run({ scim, expect, skip }) {
    const { id } = await scim.givenUser()
    const tag = (await scim.get(`/Users/${id}`)).header("etag")
    if (tag === undefined) return skip("the endpoint sent no ETag")
    const again = await scim.get(`/Users/${id}`, { headers: { "if-none-match": tag } })
    expect(again).toHaveStatus(304, { code: "if-none-match-ignored" })
  },
})

export const staleWrite = check({
  id: "rfc7644-3.14-stale-write",
  title: "A write with an old tag in If-Match is refused with 412 and changes nothing",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.14", level: "must" },
  facts: ["RFC7644-3.14-05", "RFC7644-3.14-06"],
  needs: ["users", "patch", "etag"],
  clients: ["rfc"],
  confidence: "documented",
  why: "If-Match is how two clients avoid overwriting one another. Where it is ignored, the later one undoes the earlier one's change unseen.",
  fix: "Compare If-Match with the current tag before you write, in the same transaction, and answer 412 where it differs.",
  defects: ["if-match-ignored"],
  async run({ scim, expect, skip }) {
    const { id } = await scim.givenUser({ displayName: "Before" })
    const old = (await scim.get(`/Users/${id}`)).header("etag")
    if (old === undefined) return skip("the endpoint sent no ETag")
    const change = (value: string) => [{ op: "replace", path: "displayName", value }]
    const current = await scim.patchOps(`/Users/${id}`, change("First"), { headers: { "if-match": old } })
    if (!expect(current).toHaveStatus([200, 204], { code: "if-match-refused" })) return
    const stale = await scim.patchOps(`/Users/${id}`, change("Second"), { headers: { "if-match": old } })
    expect(stale).toHaveStatus(412, { code: "if-match-ignored" })
    const read = await scim.get(`/Users/${id}`)
    expect(read).toHaveValue("displayName", "First", { code: "if-match-ignored" })
  },
})
