/** Pages by cursor (RFC 9865). */
import * as fc from "fast-check"
import { afterAll, describe, expect, it } from "vitest"
import type { JsonObject, JsonValue } from "../json.ts"
import { column, createTestTarget, group, textOf, user } from "../testing.ts"
import type { Answer } from "../testing.ts"

const TITLES = ["Dr", undefined, "Ms", "dr", undefined, "Mr", "Ms"]
const { target, send } = createTestTarget({
  seed: [
    ...TITLES.map((title, index) => user(`p${index}`, { id: `u${index}`, ...(title !== undefined && { title }) })),
    { ...group("team", ["u0"]), id: "g0" },
  ],
})
afterAll(() => target.close())

function errorOf({ status, json }: Answer): readonly unknown[] {
  return [status, json["scimType"]]
}

/** The ids of every page, walked from the first to the last. */
async function walk(path: string): Promise<readonly (readonly unknown[])[]> {
  const pages: (readonly unknown[])[] = []
  let cursor: unknown = ""
  while (typeof cursor === "string") {
    const answer = await send("GET", `${path}&cursor=${cursor}`)
    expect(answer.status).toBe(200)
    pages.push(column(answer, "id"))
    cursor = answer.json["nextCursor"]
  }
  return pages
}

describe("pages by cursor", () => {
  it("RFC9865-2-01 RFC9865-2-02 begin with an empty cursor and end without a next one", async () => {
    const first = await send("GET", "/Users?cursor&count=4")
    expect(first.json).toMatchObject({ totalResults: 7, itemsPerPage: 4 })
    expect(first.json).not.toHaveProperty("startIndex")
    expect(column(first, "id")).toEqual(["u0", "u1", "u2", "u3"])
    const last = await send("GET", `/Users?count=4&cursor=${textOf(first, "nextCursor")}`)
    expect(column(last, "id")).toEqual(["u4", "u5", "u6"])
    expect(last.json).not.toHaveProperty("nextCursor")
  })

  it("RFC9865-2-04 are named by characters that need no escaping", async () => {
    const { json } = await send("GET", '/Users?cursor&count=1&sortBy=title&filter=userName sw "p"')
    expect(json["nextCursor"]).toMatch(/^[A-Za-z0-9._~-]+$/)
  })

  it("RFC9865-2-03 RFC9865-2-07 lead forward only, and say on every page how many matches there are", async () => {
    let cursor: JsonValue | undefined = ""
    for (let page = 0; page < 3; page += 1) {
      const { json } = await send("GET", `/Users?count=3&cursor=${JSON.stringify(cursor).slice(1, -1)}`)
      expect(json).not.toHaveProperty("previousCursor")
      expect(json["totalResults"]).toBe(7)
      cursor = json["nextCursor"]
    }
  })

  it("RFC9865-2.1-02 never time out: a year later a cursor goes on, and no cursorTimeout is announced", async () => {
    const year = createTestTarget({ seed: [user("a", { id: "a" }), user("b", { id: "b" })] })
    const first = await year.send("GET", "/Users?cursor&count=1")
    year.clock.nowMs += 365 * 86_400_000
    expect(column(await year.send("GET", `/Users?count=1&cursor=${textOf(first, "nextCursor")}`), "id")).toEqual(["b"])
    const { pagination } = (await year.send("GET", "/ServiceProviderConfig")).json
    expect(pagination).not.toHaveProperty("cursorTimeout")
    year.target.close()
  })

  it("RFC9865-2-05 hold nothing where nothing is wanted", async () => {
    const none = await send("GET", "/Users?cursor&count=0")
    expect([none.json["totalResults"], column(none, "id")]).toEqual([7, []])
    expect(column(await send("GET", "/Users?cursor&count=-3"), "id")).toEqual([])
  })

  it("RFC9865-2-06 RFC9865-2-08 give every match once and no more than was asked", async () => {
    expect(await walk("/Users?count=3")).toEqual([["u0", "u1", "u2"], ["u3", "u4", "u5"], ["u6"]])
    expect(await walk("/Users?count=2&filter=title pr")).toEqual([["u0", "u2"], ["u3", "u5"], ["u6"]])
    expect(await walk("?count=7")).toEqual([["u0", "u1", "u2", "u3", "u4", "u5", "u6"], ["g0"]])
  })

  it.each([
    ["ascending", ["u0", "u3", "u5", "u2", "u6", "u1", "u4"]],
    ["descending", ["u1", "u4", "u2", "u6", "u5", "u0", "u3"]],
  ])("RFC9865-2.2-01 are sorted: %s", async (order, ids) => {
    for (const count of [1, 2, 3, 5]) {
      expect((await walk(`/Users?sortBy=title&sortOrder=${order}&count=${count}`)).flat()).toEqual(ids)
    }
  })

  it("RFC9865-2-08 skip nobody where somebody on an earlier page is deleted meanwhile", async () => {
    const own = createTestTarget({ seed: ["a", "b", "c", "d"].map((name) => user(name, { id: name })) })
    const first = await own.send("GET", "/Users?cursor&count=2")
    await own.send("DELETE", "/Users/a")
    const second = await own.send("GET", `/Users?count=2&cursor=${textOf(first, "nextCursor")}`)
    expect(column(second, "id")).toEqual(["c", "d"])
    own.target.close()
  })

  it("RFC9865-3-01 are asked for by POST /.search", async () => {
    const asked: JsonObject = { schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], count: 6 }
    const first = await send("POST", "/Users/.search", { ...asked, cursor: "" })
    const rest = await send("POST", "/Users/.search", { ...asked, cursor: textOf(first, "nextCursor") })
    expect(column(rest, "id")).toEqual(["u6"])
    expect(errorOf(await send("POST", "/Users/.search", { ...asked, cursor: 7 }))).toEqual([400, "invalidValue"])
  })

  it("RFC9865-2.4-01 RFC9865-2.4-02 are not the default", async () => {
    expect((await send("GET", "/Users?count=2")).json).toMatchObject({ startIndex: 1, itemsPerPage: 2 })
    expect((await send("GET", "/Users?count=2")).json).not.toHaveProperty("nextCursor")
  })

  it("RFC9865-4-01 RFC9865-4-02 are announced", async () => {
    expect((await send("GET", "/ServiceProviderConfig")).json["pagination"]).toEqual({
      cursor: true,
      index: true,
      defaultPaginationMethod: "index",
      defaultPageSize: 100,
      maxPageSize: 500,
    })
  })
})

describe("a bad cursor", () => {
  it("RFC9865-2.1-01 RFC9865-5.2-02 is refused alike, whether foreign, altered or made up", async () => {
    const cursor = textOf(await send("GET", "/Users?cursor&count=2"), "nextCursor")
    const answers = [
      await send("GET", `/Users?count=2&filter=title pr&cursor=${cursor}`),
      await send("GET", `/Groups?count=2&cursor=${cursor}`),
      await send("GET", `/Users?count=2&cursor=${cursor.slice(0, -4)}AAAA`),
      await send("GET", "/Users?count=2&cursor=nothing"),
    ]
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers.map(errorOf)).toEqual(answers.map(() => [400, "invalidCursor"]))
  })

  it("RFC9865-2.1-01 is never a failure of the server", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 40 }), async (cursor) => {
        fc.pre(cursor !== "")
        const answer = await send("GET", `/Users?cursor=${encodeURIComponent(cursor)}`)
        expect(errorOf(answer)).toEqual([400, "invalidCursor"])
      }),
      { numRuns: 200 },
    )
  })

  it("RFC9865-2.1-03 and a bad count have keywords of their own", async () => {
    expect(errorOf(await send("GET", "/Users?cursor&count=many"))).toEqual([400, "invalidCount"])
    const cursor = textOf(await send("GET", "/Users?cursor&count=2"), "nextCursor")
    expect(errorOf(await send("GET", `/Users?count=3&cursor=${cursor}`))).toEqual([400, "invalidCount"])
  })

  it("RFC9865-5.2-01 gives no rights: without a token it is 401", async () => {
    const cursor = textOf(await send("GET", "/Users?cursor&count=2"), "nextCursor")
    const answer = await send("GET", `/Users?count=2&cursor=${cursor}`, undefined, { authorization: "Bearer other" })
    expect(answer.status).toBe(401)
  })
})
