import { describe, expect, it } from "vitest"
import { createTestTarget, group, user } from "../testing.ts"

describe("retrieve", () => {
  it("RFC7644-3.4.1-01 RFC7644-3.4-01 RFC7644-3.4.1-05 gives a resource by its id, with its URL in Location", async () => {
    const { send, create } = createTestTarget()
    const id = await create("/Users", user("ada", { displayName: "Ada King", password: "s3cret" }))
    const answer = await send("GET", `/Users/${id}`)
    expect(answer.status).toBe(200)
    expect(Object.keys(answer.json).toSorted()).toEqual(["displayName", "id", "meta", "schemas", "userName"])
    expect(answer.headers.get("location")).toBe(`https://example.com/v2/Users/${id}`)
  })

  it.each(["nobody", "__proto__", "constructor", "%00", "%E0%A4%A", "a%2Fb", "%F0%9F%9A%80", "bulkId:1"])(
    "RFC7644-3.4.1-02 answers 404 with a SCIM error for the unknown id %s",
    async (id) => {
      const { send } = createTestTarget()
      const answer = await send("GET", `/Users/${id}`)
      expect(answer.status).toBe(404)
      expect(answer.json).toMatchObject({
        schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
        status: "404",
      })
    },
  )

  it("RFC7644-3.4.1-03 RFC7643-3.1-07 does not find a user by userName, nor by its id in another case", async () => {
    const { send } = createTestTarget({ ids: { next: () => "abcdef" } })
    expect((await send("POST", "/Users", user("ada"))).json["id"]).toBe("abcdef")
    expect((await send("GET", "/Users/ada")).status).toBe(404)
    expect((await send("GET", "/Users/ABCDEF")).status).toBe(404)
  })

  it("RFC7644-3.4.1-04 does not find a user among the groups", async () => {
    const { send, create } = createTestTarget()
    const id = await create("/Users", user("ada"))
    expect((await send("GET", `/Groups/${id}`)).status).toBe(404)
    expect((await send("DELETE", `/Groups/${id}`)).status).toBe(404)
    const groupId = await create("/Groups", group("engineers"))
    expect((await send("GET", `/Users/${groupId}`)).status).toBe(404)
  })

  it("RFC9110-9.3.2-01 answers HEAD like GET, without a body", async () => {
    const { send, create } = createTestTarget()
    const id = await create("/Users", user("ada"))
    const head = await send("HEAD", `/Users/${id}`)
    expect([head.status, head.headers.get("etag"), head.text]).toEqual([200, 'W/"1"', ""])
    expect((await send("HEAD", "/Users/nobody")).status).toBe(404)
    expect((await send("HEAD", "/Users")).status).toBe(200)
  })
})
