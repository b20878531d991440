/** Queries at the server root, over people and groups at once (RFC 7644 §3.4.2.1). The vectors F-root-* go further. */
import { afterAll, describe, expect, it } from "vitest"
import { column, createTestTarget, group, resourcesIn, user } from "../testing.ts"

const { target, send } = createTestTarget({
  seed: [
    user("ada", { id: "u1", displayName: "Zoë", title: "Countess" }),
    { ...group("Analysts", ["u1"]), id: "g1" },
    user("bob", { id: "u2", displayName: "Bob" }),
    { ...group("Mathematicians"), id: "g2" },
  ],
})
afterAll(() => target.close())

describe("a query at the root", () => {
  it("RFC7644-3.4.2.1-01 covers the resources of all types, in the order of their creation", async () => {
    const { json } = await send("GET", "/")
    expect(json).toMatchObject({ totalResults: 4, startIndex: 1, itemsPerPage: 4 })
    expect(column(await send("GET", ""), "id")).toEqual(["u1", "g1", "u2", "g2"])
  })

  it("RFC7644-3.4.2.1-02 takes an attribute that a type does not have for one without a value", async () => {
    expect(column(await send("GET", "?filter=title pr"), "id")).toEqual(["u1"])
    expect(column(await send("GET", "?filter=not (title pr)"), "id")).toEqual(["g1", "u2", "g2"])
    expect(column(await send("GET", "?sortBy=userName"), "id")).toEqual(["u1", "u2", "g1", "g2"])
  })

  it("RFC7644-3.4.2.1-01 sorts across types, pages and counts", async () => {
    const answer = await send("GET", "?sortBy=displayName&startIndex=2&count=2")
    expect(answer.json["totalResults"]).toBe(4)
    expect(column(answer, "displayName")).toEqual(["Bob", "Mathematicians"])
  })

  it("RFC7644-3.4.3-05 is asked by POST /.search as well", async () => {
    const asked = { schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], filter: 'displayName co "a"' }
    expect(column(await send("POST", "/.search", asked), "id")).toEqual(["g1", "g2"])
  })

  it("shows each resource as its own endpoint does", async () => {
    const [ada, analysts] = resourcesIn(await send("GET", "/"))
    expect(ada).toEqual((await send("GET", "/Users/u1")).json)
    expect(analysts).toEqual((await send("GET", "/Groups/g1")).json)
    const [, shown] = resourcesIn(await send("GET", "?attributes=members"))
    expect(Object.keys(shown ?? {})).toEqual(["schemas", "id", "members"])
  })

  it("RFC7644-3.4.2.3-06 refuses to sort by what no type has", async () => {
    expect((await send("GET", "?sortBy=height")).json).toMatchObject({ status: "400", scimType: "invalidValue" })
  })

  it("takes no other methods", async () => {
    const { status, headers } = await send("POST", "/", {})
    expect([status, headers.get("allow")]).toEqual([405, "GET, HEAD"])
  })
})
