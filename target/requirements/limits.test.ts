/** What a request may ask at the most: one step further is refused, with the error that docs/target-limits.md names. */
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { BULK_REQUEST_URN, SEARCH_REQUEST_URN } from "../../protocol/index.ts"
import type { JsonObject, JsonValue } from "../json.ts"
import { DEFAULT_LIMITS, withLimits } from "../limits.ts"
import type { Limits } from "../limits.ts"
import { column, createTestTarget, group, patch, user } from "../testing.ts"
import type { Answer, TestTarget } from "../testing.ts"

function refusal({ status, json }: Answer): readonly [number, JsonValue | undefined] {
  return [status, json["scimType"]]
}

/** A target with one limit changed, and ids of users in it. */
async function limited(limits: Partial<Limits>, users = 0): Promise<TestTarget & { ids: readonly string[] }> {
  const target = createTestTarget({ limits })
  const ids: string[] = []
  for (let index = 0; index < users; index += 1) ids.push(await target.create("/Users", user(`u${index}`)))
  return { ...target, ids }
}

describe("a limit", () => {
  it("RFC7644-3.12-07 maxBodyBytes counts bytes, not characters: 413", async () => {
    const { send } = await limited({ maxBodyBytes: 200 })
    expect((await send("POST", "/Users", user("a".repeat(100)))).status).toBe(201)
    expect(refusal(await send("POST", "/Users", user("é".repeat(100))))).toEqual([413, undefined])
  })

  it("RFC7644-3.3-08 maxJsonDepth: 400 invalidSyntax", async () => {
    const { send } = await limited({ maxJsonDepth: 3 })
    const nested = (value: JsonValue): JsonObject => user("ada", { unknown: value })
    expect((await send("POST", "/Users", nested([[]]))).status).toBe(201)
    expect(refusal(await send("POST", "/Users", nested([[[]]])))).toEqual([400, "invalidSyntax"])
  })

  it.each([
    [{ maxFilterLength: 13 }, 'userName eq ""', "invalidPath"],
    [{ maxFilterDepth: 1 }, "((userName pr))", "invalidFilter"],
    [{ maxFilterTerms: 2 }, "id pr or id pr or id pr", "invalidFilter"],
  ] as const)(
    "RFC7644-3.4.2.2-16 RFC7644-3.5.2-07 %j: 400 for the filter %s, in a path too",
    async (limits, filter, inPath) => {
      const { send, ids } = await limited(limits, 1)
      expect(refusal(await send("GET", `/Users?filter=${encodeURIComponent(filter)}`))).toEqual([400, "invalidFilter"])
      const search = { schemas: [SEARCH_REQUEST_URN], filter }
      expect(refusal(await send("POST", "/Users/.search", search))).toEqual([400, "invalidFilter"])
      const path = `emails[${filter.replaceAll(/userName|id/g, "value")}]`
      const change = await send("PATCH", `/Users/${ids[0]}`, patch({ op: "remove", path }))
      expect(refusal(change)).toEqual([400, inPath])
      expect((await send("GET", "/Users?filter=id pr")).status).toBe(200)
    },
  )

  it("RFC7643-5-03 RFC7644-3.4.2.4-11 RFC9865-5.3-01 maxPageSize and defaultPageSize bound the page and are announced", async () => {
    const { send } = await limited({ maxPageSize: 3, defaultPageSize: 2 }, 5)
    expect(column(await send("GET", "/Users?count=5"), "userName")).toHaveLength(3)
    expect(column(await send("GET", "/Users"), "userName")).toHaveLength(2)
    expect(column(await send("GET", "/Users?cursor&count=5"), "userName")).toHaveLength(3)
    expect((await send("GET", "/ServiceProviderConfig")).json).toMatchObject({
      filter: { maxResults: 3 },
      pagination: { maxPageSize: 3, defaultPageSize: 2 },
    })
  })

  it("RFC7644-3.12-07 maxMembers counts what one request names: 413, and nothing of it is done", async () => {
    const { send, create, ids } = await limited({ maxMembers: 2 }, 3)
    expect(refusal(await send("POST", "/Groups", group("all", ids)))).toEqual([413, undefined])
    const path = `/Groups/${await create("/Groups", group("two", ids.slice(0, 2)))}`
    expect(refusal(await send("PUT", path, group("two", ids)))).toEqual([413, undefined])
    const [first, second, third] = ids.map((value) => ({ op: "add", path: "members", value: [{ value }] }))
    const change = patch(first ?? {}, second ?? {}, third ?? {})
    expect(refusal(await send("PATCH", path, change))).toEqual([413, undefined])
    expect((await send("GET", path)).json["members"]).toHaveLength(2)
  })

  it("RFC7644-3.12-12 maxMembers bounds what a path's filter removes: 400 tooMany, and nothing is removed", async () => {
    const { send, create, ids } = await limited({ maxMembers: 2 }, 3)
    const path = `/Groups/${await create("/Groups", group("some", ids.slice(0, 2)))}`
    await send("PATCH", path, patch({ op: "add", path: "members", value: [{ value: ids[2] ?? "" }] }))
    const change = patch({ op: "remove", path: 'members[type eq "User"]' })
    expect(refusal(await send("PATCH", path, change))).toEqual([400, "tooMany"])
    expect((await send("GET", path)).json["members"]).toHaveLength(3)
    expect((await send("PATCH", path, patch({ op: "remove", path: "members" }))).status).toBe(204)
  })

  it("maxElements bounds one list of one resource: 400 invalidValue", async () => {
    const { send, ids } = await limited({ maxElements: 2 }, 1)
    const emails = ["a", "b", "c"].map((value) => ({ value }))
    expect(refusal(await send("POST", "/Users", user("ada", { emails })))).toEqual([400, "invalidValue"])
    const change = (...some: JsonObject[]) =>
      send("PATCH", `/Users/${ids[0]}`, patch({ op: "add", path: "emails", value: some }))
    expect((await change(...emails.slice(0, 2))).status).toBe(200)
    expect(refusal(await change({ value: "c" }))).toEqual([400, "invalidValue"])
    expect((await change({ value: "A" })).status).toBe(200)
    const search = { schemas: [SEARCH_REQUEST_URN], attributes: ["a", "b", "c"] }
    expect(refusal(await send("POST", "/Users/.search", search))).toEqual([400, "invalidValue"])
  })

  it("RFC7644-3.12-07 maxPatchOperations: 413", async () => {
    const { send, ids } = await limited({ maxPatchOperations: 2 }, 1)
    const operation = { op: "add", path: "title", value: "x" }
    expect((await send("PATCH", `/Users/${ids[0]}`, patch(operation, operation))).status).toBe(200)
    const wide = { op: "add", value: { title: "x", displayName: "y" } }
    for (const change of [patch(operation, operation, operation), patch(operation, wide)]) {
      expect(refusal(await send("PATCH", `/Users/${ids[0]}`, change))).toEqual([413, undefined])
    }
    expect((await send("PATCH", `/Users/${ids[0]}`, patch(wide))).status).toBe(200)
  })

  it("RFC7643-5-02 RFC7644-3.7.4-01 maxBulkOperations and maxBulkBytes: 413, and announced", async () => {
    const { send } = await limited({ maxBulkOperations: 1, maxBulkBytes: 400 })
    const create = (bulkId: string): JsonObject => ({ method: "POST", path: "/Users", bulkId, data: user(bulkId) })
    const job = (...Operations: readonly JsonObject[]) =>
      send("POST", "/Bulk", { schemas: [BULK_REQUEST_URN], Operations })
    expect((await job(create("a"))).status).toBe(200)
    expect(refusal(await job(create("b"), create("c")))).toEqual([413, undefined])
    expect(refusal(await job(create("d".repeat(300))))).toEqual([413, undefined])
    expect((await send("GET", "/ServiceProviderConfig")).json["bulk"]).toEqual({
      supported: true,
      maxOperations: 1,
      maxPayloadSize: 400,
    })
    expect((await send("GET", "/Users")).json["totalResults"]).toBe(1)
  })
})

describe("limits as an option", () => {
  it("change what they name and leave the rest", () => {
    expect(withLimits({ maxElements: 7 })).toEqual({ ...DEFAULT_LIMITS, maxElements: 7 })
    expect(withLimits({ maxPageSize: 7 }).defaultPageSize).toBe(7)
  })

  it.each([
    [{ maxElement: 7 }, "There is no limit called maxElement: did you mean maxElements?."],
    [{ constructor: 7 }, "There is no limit called constructor."],
    [{ maxElements: 0 }, "maxElements must be a whole number from 1 to 9007199254740991."],
    [{ maxElements: 1.5 }, "maxElements must be a whole number from 1 to 9007199254740991."],
    [{ maxFilterDepth: 101 }, "maxFilterDepth must be a whole number from 1 to 100."],
  ] as const)("%j is refused", (limits, message) => {
    expect(() => withLimits(limits)).toThrow(new RangeError(message))
  })

  it("are all in docs/target-limits.md, with their defaults", () => {
    const page = readFileSync(new URL("../../docs/target-limits.md", import.meta.url), "utf8")
    const rows = [...page.matchAll(/^\| `(\w+)` +\| +([\d,]+) /gm)]
    const listed = rows.map(([, name, value = ""]) => [name, Number(value.replaceAll(",", ""))])
    expect(listed).toEqual(Object.entries(DEFAULT_LIMITS))
  })
})
