import { describe, expect, it } from "vitest"
import { SEARCH_REQUEST_URN, USER_URN } from "../../protocol/index.ts"
import type { JsonObject } from "../json.ts"
import { column, createTestTarget, group, resourcesIn, user } from "../testing.ts"
import type { Answer } from "../testing.ts"

const { send, create } = createTestTarget()
for (const name of ["u1", "u2", "u3"]) await create("/Users", user(name, { title: `title of ${name}` }))
await create("/Groups", group("engineers"))

async function search(body: JsonObject, endpoint = "/Users"): Promise<Answer> {
  return send("POST", `${endpoint}/.search`, { schemas: [SEARCH_REQUEST_URN], ...body })
}

describe("POST /.search", () => {
  it("RFC7644-3.4.3-01 answers 200 with a list and creates nothing", async () => {
    const answer = await search({})
    expect(answer.status).toBe(200)
    expect(answer.text).toBe((await send("GET", "/Users")).text)
    expect((await search({}, "/Groups")).json["totalResults"]).toBe(1)
    expect((await send("GET", "/Users")).json["totalResults"]).toBe(3)
  })

  it("RFC7644-3.4.3-03 RFC7644-3.4.3-04 takes the parameters of a GET as JSON", async () => {
    const answer = await search({
      filter: 'userName sw "u"',
      sortBy: "userName",
      sortOrder: "descending",
      startIndex: 2,
      count: 1,
      attributes: ["title"],
    })
    const got = await send(
      "GET",
      "/Users?filter=userName sw %22u%22&sortBy=userName&sortOrder=descending&startIndex=2&count=1&attributes=title",
    )
    expect(answer.text).toBe(got.text)
    expect(column(answer, "title")).toEqual(["title of u2"])
    expect(Object.keys(resourcesIn(answer)[0] ?? {})).toEqual(["schemas", "id", "title"])
  })

  it("RFC7644-3.4.3-03 takes excludedAttributes", async () => {
    expect(column(await search({ excludedAttributes: ["title", "meta"] }), "title")).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  it.each([{ schemas: [] }, { schemas: [USER_URN] }, { schemas: null }, { schemas: "x" }])(
    "RFC7644-3.4.3-02 RFC7644-3.12-15 refuses a body that is no SearchRequest: %j",
    async (body) => {
      const answer = await send("POST", "/Users/.search", body)
      expect([answer.status, answer.json["scimType"]]).toEqual([400, "invalidSyntax"])
    },
  )

  it.each([
    { filter: 7 },
    { count: "1" },
    { startIndex: 1.5 },
    { attributes: "userName" },
    { attributes: [1] },
    { sortBy: {} },
  ])("RFC7644-3.4.3-03 refuses a member of another type: %j", async (body) => {
    const answer = await search(body)
    expect([answer.status, answer.json["scimType"]]).toEqual([400, "invalidValue"])
  })

  it("RFC7644-3.4.3-06 answers a wrong filter like a GET", async () => {
    const filter = 'userName zz "x"'
    const answer = await search({ filter })
    expect([answer.status, answer.json["scimType"]]).toEqual([400, "invalidFilter"])
    expect(answer.text).toBe((await send("GET", `/Users?filter=${encodeURIComponent(filter)}`)).text)
  })

  it("has no other method", async () => {
    const answer = await send("GET", "/Users/.search")
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"])
  })
})
