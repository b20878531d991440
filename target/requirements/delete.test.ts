import { describe, expect, it } from "vitest"
import { createTestTarget, group, patch, textOf, user } from "../testing.ts"

describe("delete", () => {
  it("RFC7644-3.6-01 RFC9110-15.3.5-01 answers 204 without body and type", async () => {
    const { send, create } = createTestTarget()
    const answer = await send("DELETE", `/Users/${await create("/Users", user("ada"))}`)
    expect([answer.status, answer.text, answer.headers.get("content-type")]).toEqual([204, "", null])
  })

  it("RFC7644-3.6-02 RFC7644-3.6-03 leaves nothing that could be read, changed or found", async () => {
    const { send, create } = createTestTarget()
    const path = `/Users/${await create("/Users", user("ada", { externalId: "e1", emails: [{ value: "a@x" }] }))}`
    await send("DELETE", path)
    expect((await send("GET", path)).status).toBe(404)
    expect((await send("PUT", path, user("ada"))).status).toBe(404)
    expect((await send("PATCH", path, patch({ op: "remove", path: "title" }))).status).toBe(404)
    expect((await send("DELETE", path)).json).toMatchObject({ status: "404" })
    for (const filter of ['userName eq "ada"', 'externalId eq "e1"', 'emails.value eq "a@x"', "id pr"]) {
      expect((await send("GET", `/Users?filter=${encodeURIComponent(filter)}`)).json["totalResults"]).toBe(0)
    }
  })

  it("RFC7644-3.6-04 frees the name for another", async () => {
    const { send, create } = createTestTarget()
    const first = await create("/Users", user("ada"))
    await send("DELETE", `/Users/${first}`)
    const again = await send("POST", "/Users", user("ada"))
    expect(again.status).toBe(201)
    expect(textOf(again, "id")).not.toBe(first)
  })

  it("RFC7644-3.6-05 takes a user out of its groups, which changes them", async () => {
    const { send, create } = createTestTarget()
    const [ada, bob] = [await create("/Users", user("ada")), await create("/Users", user("bob"))]
    const path = `/Groups/${await create("/Groups", group("engineers", [ada, bob]))}`
    const other = `/Groups/${await create("/Groups", group("others", [bob]))}`
    await send("DELETE", `/Users/${ada}`)
    const after = await send("GET", path)
    expect(after.json["members"]).toMatchObject([{ value: bob }])
    expect(after.headers.get("etag")).toBe('W/"2"')
    expect((await send("GET", other)).headers.get("etag")).toBe('W/"1"')
  })

  it("takes a group's memberships with it", async () => {
    const { send, create } = createTestTarget()
    const ada = await create("/Users", user("ada"))
    await send("DELETE", `/Groups/${await create("/Groups", group("engineers", [ada]))}`)
    expect((await send("GET", `/Users/${ada}`)).json).not.toHaveProperty("groups")
  })

  it("RFC7644-3.6-06 WIRE-182 answers 404 for an unknown id", async () => {
    const { send } = createTestTarget()
    expect((await send("DELETE", "/Users/nobody")).status).toBe(404)
    expect((await send("DELETE", "/Groups/nobody")).status).toBe(404)
  })
})
