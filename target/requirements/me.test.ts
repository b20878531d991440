/** /Me stands for the User that a token was made for (RFC 7644 §3.11). */
import { expect, it } from "vitest"
import { createGuardedTarget, textIn } from "../testing-guard.ts"
import { createTestTarget, patch, user } from "../testing.ts"
import type { TestTarget } from "../testing.ts"

const MINE = { authorization: "Bearer mine" }

async function withMe(): Promise<TestTarget & { readonly id: string }> {
  const made = createTestTarget()
  const id = await made.create("/Users", user("ada", { title: "Countess" }))
  made.target.tokens.add("mine", { subject: id })
  return { ...made, id }
}

it("RFC7644-3.11-01 RFC7644-3.11-02 answers as at the permanent URL, which Location names", async () => {
  const { send, id } = await withMe()
  const me = await send("GET", "/Me", undefined, MINE)
  const permanent = await send("GET", `/Users/${id}`)
  expect([me.status, me.text]).toEqual([200, permanent.text])
  expect(me.headers.get("location")).toBe(`https://example.com/v2/Users/${id}`)
  expect((await send("GET", "/Me?attributes=title", undefined, MINE)).json).toMatchObject({ title: "Countess" })
  const unchanged = await send("GET", "/Me", undefined, { ...MINE, "if-none-match": 'W/"1"' })
  expect(unchanged.status).toBe(304)
})

it("RFC7644-3.11-01 takes every change that the resource takes", async () => {
  const { send, id } = await withMe()
  const changed = await send("PATCH", "/Me", patch({ op: "replace", path: "title", value: "Lady" }), MINE)
  expect([changed.status, changed.json["title"]]).toEqual([200, "Lady"])
  const stale = await send("PUT", "/Me", user("ada"), { ...MINE, "if-match": 'W/"1"' })
  expect(stale.status).toBe(412)
  expect((await send("PUT", "/Me", user("ada"), MINE)).headers.get("location")).toContain(`/Users/${id}`)
  expect((await send("GET", `/Users/${id}`)).json).not.toHaveProperty("title")
  const created = await send("POST", "/Me", user("bob"), MINE)
  expect([created.status, created.headers.get("allow")]).toEqual([405, "GET, HEAD, PUT, PATCH, DELETE"])
  expect((await send("DELETE", "/Me", undefined, MINE)).status).toBe(204)
  expect((await send("GET", "/Me", undefined, MINE)).status).toBe(404)
})

it("RFC7644-3.11-03 is 501 for a token that stands for a client", async () => {
  const { send } = await withMe()
  for (const method of ["GET", "PATCH", "DELETE"]) {
    const { status, json } = await send(method, "/Me", method === "PATCH" ? patch() : undefined)
    expect([status, json["detail"]]).toEqual([501, "This token belongs to no user, so there is no /Me for it."])
  }
})

it("RFC7644-3.11-02 is known to tokens that outlive the process, and no right goes with it", async () => {
  const { administer, call, create } = createGuardedTarget()
  const id = await create("/Users", user("ada"))
  const made = await administer("POST", "/tenants/default/tokens", { label: "Ada", role: "read-only", subject: id })
  expect(made.json["subject"]).toBe(id)
  const token = textIn(made, "token")
  const me = await call("GET", "/v2/Me", { token })
  expect([me.status, me.json["userName"]]).toEqual([200, "ada"])
  expect((await call("DELETE", "/v2/Me", { token })).status).toBe(403)
})
