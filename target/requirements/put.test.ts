import { describe, expect, it } from "vitest"
import { ENTERPRISE_USER_URN, USER_URN } from "../../protocol/index.ts"
import { createTestTarget, employee, group, user } from "../testing.ts"
import { vectorSchemas } from "../vectors.ts"

const HARNESS_URN = "urn:example:params:scim:schemas:extension:harness:2.0:User"

describe("replace", () => {
  it("RFC7644-3.5-01 RFC7644-3.5.1-01 RFC7644-3.5.1-02 RFC7644-3.5.1-08 replaces what is there and clears what is not sent", async () => {
    const { send, create } = createTestTarget()
    const id = await create("/Users", employee("ada", { department: "Engines" }, { nickName: "Countess", title: "x" }))
    const answer = await send("PUT", `/Users/${id}`, user("ada.king", { title: "y" }))
    expect(answer.status).toBe(200)
    expect(answer.headers.get("content-type")).toBe("application/scim+json")
    expect(answer.json).toEqual({
      schemas: [USER_URN],
      id,
      userName: "ada.king",
      title: "y",
      meta: {
        resourceType: "User",
        created: "2026-03-01T12:00:00.000Z",
        lastModified: "2026-03-01T12:00:00.001Z",
        location: `https://example.com/v2/Users/${id}`,
        version: 'W/"2"',
      },
    })
    expect((await send("GET", `/Users/${id}`)).text).toBe(answer.text)
  })

  it("RFC7644-3.5.1-03 clears by null and by an empty list", async () => {
    const { send, create } = createTestTarget()
    const id = await create("/Users", employee("ada", { department: "Engines" }, { emails: [{ value: "a@x" }] }))
    const body = employee("ada", { department: null }, { emails: [], nickName: null })
    const { json } = await send("PUT", `/Users/${id}`, body)
    expect(json).not.toHaveProperty("emails")
    expect(json).not.toHaveProperty([ENTERPRISE_USER_URN])
  })

  it("RFC7644-3.5.1-04 RFC7644-3.5.1-05 lets an immutable attribute take its first value and keep it", async () => {
    const { send, create } = createTestTarget({ schemas: vectorSchemas })
    const id = await create("/Users", user("ada"))
    const withTag = (assetTag: string) => user("ada", { [HARNESS_URN]: { assetTag } })
    expect((await send("PUT", `/Users/${id}`, withTag("A1"))).json[HARNESS_URN]).toEqual({ assetTag: "A1" })
    expect((await send("PUT", `/Users/${id}`, withTag("A1"))).status).toBe(200)
    for (const body of [withTag("A2"), user("ada")]) {
      const refused = await send("PUT", `/Users/${id}`, body)
      expect([refused.status, refused.json["scimType"]]).toEqual([400, "mutability"])
    }
  })

  it("RFC7644-3.5.1-06 ignores read-only values, a foreign id among them", async () => {
    const { send, create } = createTestTarget()
    const id = await create("/Users", user("ada"))
    const groupId = await create("/Groups", group("engineers", [id]))
    const { status, json } = await send(
      "PUT",
      `/Users/${id}`,
      user("ada", { id: "other", meta: { created: "2000-01-01T00:00:00Z" }, groups: [] }),
    )
    expect(status).toBe(200)
    expect(json).toMatchObject({ id, meta: { created: "2026-03-01T12:00:00.000Z" }, groups: [{ value: groupId }] })
  })

  it("RFC7644-3.5.1-07 needs what is required", async () => {
    const { send, create } = createTestTarget()
    const id = await create("/Users", user("ada"))
    const refused = await send("PUT", `/Users/${id}`, { schemas: [USER_URN], title: "x" })
    expect([refused.status, refused.json["scimType"]]).toEqual([400, "invalidValue"])
    expect((await send("GET", `/Users/${id}`)).json["userName"]).toBe("ada")
  })

  it("RFC7644-3.5.1-09 RFC7644-3.12-13 refuses a userName that another has, and lets the own one change its case", async () => {
    const { send, create } = createTestTarget()
    const id = await create("/Users", user("ada"))
    await create("/Users", user("bob"))
    const refused = await send("PUT", `/Users/${id}`, user("BOB"))
    expect([refused.status, refused.json["scimType"]]).toEqual([409, "uniqueness"])
    expect((await send("PUT", `/Users/${id}`, user("ADA"))).json["userName"]).toBe("ADA")
    expect((await send("POST", "/Users", user("ada"))).status).toBe(409)
  })

  it("RFC7644-3.5.1-10 RFC7644-3.2-02 never creates", async () => {
    const { send } = createTestTarget()
    expect((await send("PUT", "/Users/nobody", user("ada"))).status).toBe(404)
    expect((await send("GET", "/Users")).json["totalResults"]).toBe(0)
  })

  it("RFC7644-3.5.1-11 answers 200 for what it has already, and changes no version", async () => {
    const { send, create } = createTestTarget()
    const id = await create(
      "/Users",
      employee("ada", { department: "Engines" }, { emails: [{ value: "a@x", type: "work" }] }),
    )
    const read = await send("GET", `/Users/${id}`)
    const replaced = await send("PUT", `/Users/${id}`, read.text)
    expect([replaced.status, replaced.text]).toEqual([200, read.text])
  })

  it("RFC7643-5-10 sets a new password, returns nothing of it, and counts it as a change", async () => {
    const { send, create } = createTestTarget()
    const id = await create("/Users", user("ada"))
    const answer = await send("PUT", `/Users/${id}`, user("ada", { password: "s3cret" }))
    expect([answer.status, answer.headers.get("etag")]).toEqual([200, 'W/"2"'])
    expect(answer.text).not.toMatch(/password|s3cret/)
  })

  it("replaces the members of a group", async () => {
    const { send, create } = createTestTarget()
    const [ada, bob] = [await create("/Users", user("ada")), await create("/Users", user("bob"))]
    const id = await create("/Groups", group("engineers", [ada]))
    expect((await send("PUT", `/Groups/${id}`, group("engineers", [bob]))).json["members"]).toMatchObject([
      { value: bob },
    ])
    expect((await send("PUT", `/Groups/${id}`, group("engineers"))).json).not.toHaveProperty("members")
  })
})
