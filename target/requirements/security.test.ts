import { afterEach, describe, expect, it } from "vitest"
import { ENTERPRISE_USER_URN, PATCH_OP_URN, SEARCH_REQUEST_URN, USER_URN } from "../../protocol/index.ts"
import { column, createTestTarget, patch, user } from "../testing.ts"

describe("secrets", () => {
  it("RFC7643-4.1.1-05 RFC7643-9.2-01 C-55 never come back, and are nowhere in the store", async () => {
    const { send, create } = createTestTarget()
    const id = await create("/Users", user("ada", { password: "s3cret-1" }))
    const path = `/Users/${id}`
    const answers = [
      await send("POST", "/Users?attributes=password", user("bob", { password: "s3cret-1" })),
      await send("PUT", path, user("ada", { password: "s3cret-1" })),
      await send("PATCH", `${path}?attributes=password`, patch({ op: "replace", path: "password", value: "s3cret-1" })),
      await send("PATCH", path, patch({ op: "replace", value: { password: "s3cret-1" } })),
      await send("GET", `${path}?attributes=password,userName`),
      await send("GET", "/Users?attributes=password"),
      await send("POST", "/Users/.search", { schemas: [SEARCH_REQUEST_URN], attributes: ["password"] }),
    ]
    for (const answer of answers) {
      expect(answer.status).toBeLessThan(300)
      expect(answer.text).not.toMatch(/password|s3cret/)
    }
  })

  it("RFC7644-7.7-02 do not appear in errors about them", async () => {
    const { send } = createTestTarget()
    for (const body of [user("ada", { password: { s3cret: 1 } }), user("ada", { password: 7 })]) {
      const answer = await send("POST", "/Users", body)
      expect(answer.status).toBe(400)
      expect(answer.text).not.toContain("s3cret")
    }
  })
})

describe("prototypes", () => {
  afterEach(() => {
    const clean: Record<string, unknown> = {}
    expect([clean["polluted"], clean["x"], Object.keys(Object.prototype)]).toEqual([undefined, undefined, []])
  })

  it.each([
    '{"__proto__":{"polluted":true}}',
    '{"constructor":{"prototype":{"polluted":true}}}',
    '{"name":{"__proto__":{"polluted":true},"givenName":"x"}}',
    `{"${ENTERPRISE_USER_URN}":{"__proto__":{"polluted":true},"department":"x"}}`,
    '{"emails":[{"__proto__":{"polluted":true},"value":"a@x"}]}',
  ])("RFC7644-7.7-01 keeps them out of a body: %s", async (members) => {
    const { send } = createTestTarget()
    const body = `{"schemas":["${USER_URN}"],"userName":"ada",${members.slice(1)}`
    const answer = await send("POST", "/Users", body)
    expect(answer.status).toBe(201)
    expect(answer.text).not.toMatch(/polluted|__proto__|constructor/)
  })

  it.each([
    "__proto__",
    "__proto__.x",
    "constructor",
    "constructor.prototype.x",
    "name.__proto__",
    "name.constructor",
    'emails[type eq "a"].__proto__',
    `${USER_URN}:__proto__`,
  ])("RFC7644-7.7-01 answers 400 to the path %s", async (path) => {
    const { send, create } = createTestTarget()
    const id = await create("/Users", user("ada", { name: { givenName: "Ada" } }))
    const before = await send("GET", `/Users/${id}`)
    for (const op of ["add", "replace"]) {
      const answer = await send("PATCH", `/Users/${id}`, patch({ op, path, value: "polluted" }))
      expect([answer.status, answer.json["scimType"]]).toEqual([400, "invalidPath"])
    }
    const keyed = await send(
      "PATCH",
      `/Users/${id}`,
      `{"schemas":["${PATCH_OP_URN}"],"Operations":[{"op":"add","value":{"${path.replaceAll('"', '\\"')}":{"x":1}}}]}`,
    )
    expect(keyed.status).toBeLessThan(500)
    expect((await send("GET", `/Users/${id}`)).text).toBe(before.text)
  })
})

describe("too much of something", () => {
  it("RFC7644-3.4.2.2-16 answers 400 to a filter that is too deep or too long", async () => {
    const { send } = createTestTarget()
    const deep = `${"(".repeat(2000)}id pr${")".repeat(2000)}`
    const long = Array.from({ length: 2000 }, () => "id pr").join(" or ")
    for (const filter of [deep, `${"not (".repeat(60)}id pr${")".repeat(60)}`, long]) {
      for (const answer of [
        await send("GET", `/Users?filter=${encodeURIComponent(filter)}`),
        await send("POST", "/Users/.search", { schemas: [SEARCH_REQUEST_URN], filter }),
      ]) {
        expect([answer.status, answer.json["scimType"]]).toEqual([400, "invalidFilter"])
      }
    }
  })

  it("answers the longest and the deepest filter that it takes", async () => {
    const { send, create } = createTestTarget()
    const id = await create("/Users", user("ada"))
    const long = Array.from({ length: 99 }, () => "photos pr")
      .concat("userName pr")
      .join(" or ")
    const deep = `${"not (".repeat(48)}emails pr or groups pr or id pr${")".repeat(48)}`
    for (const filter of [long, deep]) {
      expect(column(await send("GET", `/Users?filter=${encodeURIComponent(filter)}`), "id")).toEqual([id])
    }
  })

  it("RFC7644-3.3-08 answers 400 to JSON that is deeper than anything in SCIM", async () => {
    const { send } = createTestTarget()
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`
    const nested = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`
    for (const member of [`"name":${deep}`, `"unknown":${deep}`, `"emails":[${nested}]`]) {
      const answer = await send("POST", "/Users", `{"schemas":["${USER_URN}"],"userName":"ada",${member}}`)
      expect([answer.status, answer.json["scimType"]]).toEqual([400, "invalidSyntax"])
    }
    const deepest = `${"[".repeat(31)}${"]".repeat(31)}`
    const ignored = await send("POST", "/Users", `{"schemas":["${USER_URN}"],"userName":"ada","unknown":${deepest}}`)
    expect(ignored.status).toBe(201)
  })

  it("RFC7644-3.12-07 answers 413 to a body beyond the limit, whether its length is announced or not", async () => {
    const { send } = createTestTarget()
    const answer = await send("POST", "/Users", user("x".repeat(5 * 1024 * 1024)))
    expect([answer.status, answer.json["status"]]).toEqual([413, "413"])
    expect((await send("GET", "/Users")).json["totalResults"]).toBe(0)
  })
})
