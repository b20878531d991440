/** Bulk jobs (RFC 7644 §3.7). */
import { describe, expect, it } from "vitest"
import { ENTERPRISE_USER_URN } from "../../protocol/index.ts"
import { isJsonArray, isJsonObject } from "../json.ts"
import type { JsonObject, JsonValue } from "../json.ts"
import { column, createTestTarget, employee, group, patch, TEST_BASE_URL, user } from "../testing.ts"
import type { Answer, TestTarget } from "../testing.ts"

function job(operations: readonly JsonValue[], more: JsonObject = {}): JsonObject {
  return { schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], Operations: operations, ...more }
}

function post(bulkId: string, data: JsonObject): JsonObject {
  return { method: "POST", path: "displayName" in data && !("userName" in data) ? "/Groups" : "/Users", bulkId, data }
}

function resultsOf({ status, json }: Answer): readonly JsonObject[] {
  expect(status).toBe(200)
  const { Operations } = json
  return isJsonArray(Operations) ? Operations.filter((result) => isJsonObject(result)) : []
}

async function run({ send }: TestTarget, operations: readonly JsonValue[], more?: JsonObject) {
  return resultsOf(await send("POST", "/Bulk", job(operations, more)))
}

function statuses(results: readonly JsonObject[]): readonly unknown[] {
  return results.map(({ status }) => status)
}

/** The id at the end of a result's location; empty where it has none. */
function idIn(result: JsonObject | undefined): string {
  const location = result?.["location"]
  return typeof location === "string" ? (location.split("/").at(-1) ?? "") : ""
}

async function memberIds({ send }: TestTarget, id: string): Promise<readonly unknown[]> {
  const { members } = (await send("GET", `/Groups/${id}`)).json
  return isJsonArray(members) ? members.map((member) => (isJsonObject(member) ? member["value"] : null)) : []
}

describe("a bulk job", () => {
  it("RFC7644-3.7-01 RFC7644-3.7-02 RFC7644-3.7-03 RFC7644-3.7-04 RFC7644-3.7-09 RFC7644-3.7.3-01 RFC7644-3.7.3-02 reports each operation", async () => {
    const target = createTestTarget()
    const ada = await target.create("/Users", user("ada"))
    const bob = await target.create("/Users", user("bob"))
    const team = await target.create("/Groups", group("team"))
    const answer = await target.send(
      "POST",
      "/Bulk",
      job([
        post("c", user("carol")),
        { method: "PUT", path: `/Users/${ada}`, data: user("ada.king") },
        { method: "PATCH", path: `/Users/${ada}`, data: patch({ op: "add", path: "title", value: "Dr" }) },
        {
          method: "PATCH",
          path: `/Groups/${team}`,
          data: patch({ op: "add", path: "members", value: [{ value: ada }] }),
        },
        { method: "DELETE", path: `/Users/${bob}` },
        { method: "DELETE", path: "/Users/nobody" },
        post("d", user("ADA.KING")),
      ]),
    )
    expect(answer.json["schemas"]).toEqual(["urn:ietf:params:scim:api:messages:2.0:BulkResponse"])
    const results = resultsOf(answer)
    const url = (path: string): string => `${TEST_BASE_URL}${path}`
    const carol = idIn(results[0])
    expect(results.slice(0, 5)).toEqual([
      { method: "POST", bulkId: "c", version: 'W/"1"', location: url(`/Users/${carol}`), status: "201" },
      { method: "PUT", version: 'W/"2"', location: url(`/Users/${ada}`), status: "200" },
      { method: "PATCH", version: 'W/"3"', location: url(`/Users/${ada}`), status: "200" },
      { method: "PATCH", version: 'W/"2"', location: url(`/Groups/${team}`), status: "204" },
      { method: "DELETE", location: url(`/Users/${bob}`), status: "204" },
    ])
    expect(results[5]).toMatchObject({ location: url("/Users/nobody"), status: "404" })
    expect(results[6]).not.toHaveProperty("location")
    expect((await target.send("GET", `/Users/${carol}`)).json["userName"]).toBe("carol")
    expect((await target.send("GET", `/Users/${ada}`)).json).toMatchObject({ userName: "ada.king", title: "Dr" })
    expect((await target.send("GET", `/Users/${bob}`)).status).toBe(404)
    target.target.close()
  })

  it("RFC7644-3.7-05 says of a failed operation what the single request would have said", async () => {
    const target = createTestTarget()
    await target.create("/Users", user("ada"))
    const single = await target.send("POST", "/Users", user("ada"))
    const [result] = await run(target, [post("a", user("ada"))])
    expect(result).toEqual({ method: "POST", bulkId: "a", status: "409", response: single.json })
    target.target.close()
  })

  it("RFC7644-3.7-06 tries every operation, whatever fails before it", async () => {
    const target = createTestTarget()
    const results = await run(target, [
      post("x", { schemas: [], userName: "" }),
      post("b", user("b")),
      post("c", user("c")),
    ])
    expect(statuses(results)).toEqual(["400", "201", "201"])
    target.target.close()
  })

  it("RFC7644-3.7-07 stops after failOnErrors failures and keeps what was done", async () => {
    const target = createTestTarget()
    const operations = [post("a", user("a")), post("b", user("a")), post("c", user("c"))]
    expect(statuses(await run(target, operations, { failOnErrors: 1 }))).toEqual(["201", "409"])
    expect(column(await target.send("GET", "/Users"), "userName")).toEqual(["a"])
    expect((await target.send("POST", "/Bulk", job([], { failOnErrors: 0 }))).json["scimType"]).toBe("invalidValue")
    target.target.close()
  })

  it("RFC7644-3.7-08 needs a bulkId for each POST, and a different one", async () => {
    const target = createTestTarget()
    const results = await run(target, [{ method: "POST", path: "/Users", data: user("a") }])
    expect(results).toMatchObject([{ status: "400", response: { scimType: "invalidSyntax" } }])
    const twice = await target.send("POST", "/Bulk", job([post("a", user("a")), post("a", user("b"))]))
    expect([twice.status, twice.json["scimType"]]).toEqual([400, "invalidValue"])
    expect((await target.send("GET", "/Users")).json["totalResults"]).toBe(0)
    target.target.close()
  })

  it.each([
    ["POST", "/Users/123"],
    ["PUT", "/Users"],
    ["PATCH", "/Groups"],
    ["DELETE", "/Users"],
    ["POST", "/Nowhere"],
    ["POST", "/Bulk"],
    ["POST", "Users"],
    ["POST", ""],
    ["GET", "/Users/123"],
    ["post", "/Users"],
  ])("RFC7644-3.7-10 RFC7644-3.7-14 refuses %s %s, and goes on", async (method, path) => {
    const target = createTestTarget()
    const results = await run(target, [{ method, path, bulkId: "a", data: user("a") }, post("b", user("b"))])
    expect(statuses(results)).toEqual(["400", "201"])
    target.target.close()
  })

  it.each(["POST", "PUT", "PATCH"])("RFC7644-3.7-11 refuses %s without data", async (method) => {
    const target = createTestTarget()
    const id = await target.create("/Users", user("ada"))
    const path = method === "POST" ? "/Users" : `/Users/${id}`
    expect(statuses(await run(target, [{ method, path, bulkId: "a" }]))).toEqual(["400"])
    target.target.close()
  })

  it("RFC7644-3.7-12 checks the version of an operation like If-Match", async () => {
    const target = createTestTarget()
    const id = await target.create("/Users", user("ada"))
    const put = (version: string): JsonObject => ({ method: "PUT", path: `/Users/${id}`, version, data: user("eve") })
    expect(statuses(await run(target, [put('W/"7"'), put('W/"1"')]))).toEqual(["412", "200"])
    target.target.close()
  })

  it.each([
    ["without its schema", { Operations: [] }],
    ["without operations", { schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"] }],
    ["of another form", []],
  ])("RFC7644-3.7-02 is refused %s", async (_what, body) => {
    const { target, send } = createTestTarget()
    const answer = await send("POST", "/Bulk", body)
    expect([answer.status, answer.json["scimType"]]).toEqual([400, "invalidSyntax"])
    target.close()
  })

  it("RFC7644-3.7.4-01 is refused with 413 and the limit where it is too large", async () => {
    const { target, send } = createTestTarget()
    const many = await send(
      "POST",
      "/Bulk",
      job(Array.from({ length: 1001 }, () => ({ method: "DELETE", path: "/Users/1" }))),
    )
    expect([many.status, many.json["detail"]]).toEqual([413, "A job may have 1000 operations at most (maxOperations)."])
    const large = await send("POST", "/Bulk", job([post("a", user("a", { title: "x".repeat(1_048_576) }))]))
    expect([large.status, large.json["detail"]]).toEqual([413, "A body may have 1048576 bytes at most."])
    target.close()
  })
})

describe("references by bulkId", () => {
  it("RFC7644-3.7.2-01 are replaced wherever they stand, extensions included", async () => {
    const target = createTestTarget()
    const results = await run(target, [
      post("boss", user("boss", { displayName: "The Boss" })),
      post("q", employee("ada", { manager: { value: "bulkId:boss" } })),
      post("team", { ...group("team"), members: [{ value: "bulkId:q" }, { $ref: "../Users/bulkId:boss" }] }),
      { method: "PATCH", path: "/Users/bulkId:q", data: patch({ op: "add", path: "title", value: "Dr" }) },
    ])
    expect(statuses(results)).toEqual(["201", "201", "201", "200"])
    const [boss, ada, team] = results.map(idIn)
    expect((await target.send("GET", `/Users/${ada}`)).json).toMatchObject({
      title: "Dr",
      [ENTERPRISE_USER_URN]: { manager: { value: boss, displayName: "The Boss" } },
    })
    expect(await memberIds(target, team ?? "")).toEqual([boss, ada])
    target.target.close()
  })

  it("RFC7644-3.7-13 may come before what they refer to", async () => {
    const target = createTestTarget()
    const before = await target.create("/Groups", group("old"))
    const results = await run(target, [
      post("team", group("team", ["bulkId:a"])),
      {
        method: "PATCH",
        path: `/Groups/${before}`,
        data: patch({ op: "add", path: "members", value: [{ value: "bulkId:a" }] }),
      },
      post("a", user("ada")),
    ])
    expect(statuses(results)).toEqual(["201", "204", "201"])
    expect(results.map(({ bulkId }) => bulkId)).toEqual(["team", undefined, "a"])
    expect(await memberIds(target, idIn(results[0]))).toEqual([idIn(results[2])])
    expect(await memberIds(target, before)).toEqual([idIn(results[2])])
    target.target.close()
  })

  it("RFC7644-3.7.1-01 may go in a circle", async () => {
    const target = createTestTarget()
    const results = await run(target, [
      post("x", group("x", ["bulkId:y"])),
      post("y", group("y", ["bulkId:z", "bulkId:u"])),
      post("u", user("ada")),
      post("z", group("z", ["bulkId:x"])),
    ])
    expect(statuses(results)).toEqual(["201", "201", "201", "201"])
    const [x, y, u, z] = results.map(idIn)
    expect(await memberIds(target, x ?? "")).toEqual([y])
    expect(new Set(await memberIds(target, y ?? ""))).toEqual(new Set([u, z]))
    expect(await memberIds(target, z ?? "")).toEqual([x])
    target.target.close()
  })

  it("RFC7644-3.7.1-01 may go in a circle through extensions, and from one to itself", async () => {
    const target = createTestTarget()
    const results = await run(target, [
      post("a", employee("ada", { manager: { value: "bulkId:b" } }, { password: "s3cret" })),
      post("b", employee("bob", { manager: { value: "bulkId:a" } })),
      post("c", employee("cyd", { manager: { value: "bulkId:c" } })),
    ])
    expect(statuses(results)).toEqual(["201", "201", "201"])
    const ids = results.map(idIn)
    const managers = ids.map(async (id) => (await target.send("GET", `/Users/${id}`)).json[ENTERPRISE_USER_URN])
    const wanted = [ids[1], ids[0], ids[2]].map((value) => ({ manager: { value } }))
    expect(await Promise.all(managers)).toMatchObject(wanted)
    target.target.close()
  })

  it("takes a chain as long as a job may be", async () => {
    const target = createTestTarget()
    const links = Array.from({ length: 1000 }, (_, index) => {
      return post(`b${index}`, group(`g${index}`, index === 999 ? [] : [`bulkId:b${index + 1}`]))
    })
    expect(new Set(statuses(await run(target, links)))).toEqual(new Set(["201"]))
    target.target.close()
  })

  it("RFC7644-3.7.1-01 stand and fall together in a circle", async () => {
    const target = createTestTarget()
    await target.create("/Groups", group("taken"))
    const results = await run(target, [
      post("x", group("x", ["bulkId:y"])),
      post("y", group("taken", ["bulkId:x"])),
      post("z", group("z", ["bulkId:x"])),
    ])
    expect(statuses(results)).toEqual(["409", "409", "409"])
    expect(results[1]).toMatchObject({ response: { scimType: "uniqueness" } })
    expect(column(await target.send("GET", "/Groups"), "displayName")).toEqual(["taken"])
    target.target.close()
  })

  it("RFC7644-3.7.2-02 to what is unknown or failed fail the operation", async () => {
    const target = createTestTarget()
    const results = await run(target, [
      post("bad", user("")),
      post("t", group("t", ["bulkId:bad"])),
      post("n", group("n", ["bulkId:none"])),
      { method: "DELETE", path: "/Users/bulkId:none" },
    ])
    expect(statuses(results)).toEqual(["400", "409", "400", "400"])
    expect((await target.send("GET", "/Groups")).json["totalResults"]).toBe(0)
    target.target.close()
  })
})
