import { describe, expect, it } from "vitest"
import { createTestTarget, patch, user } from "../testing.ts"
import type { Answer, TestTarget } from "../testing.ts"

/** A user of the second version. */
async function withUser(): Promise<TestTarget & { path: string }> {
  const testTarget = createTestTarget()
  const path = `/Users/${await testTarget.create("/Users", user("ada"))}`
  await testTarget.send("PATCH", path, patch({ op: "replace", path: "title", value: "x" }))
  return { ...testTarget, path }
}

describe("entity tags", () => {
  it("RFC7644-3.14-01 RFC7644-3.14-02 RFC7643-3.1-18 RFC7643-3.1-19 RFC9110-8.8.3-01 are weak, quoted, and equal to meta.version", async () => {
    const { send } = createTestTarget()
    const created = await send("POST", "/Users", user("ada"))
    expect(created.headers.get("etag")).toBe('W/"1"')
    const path = `/Users/${JSON.stringify(created.json["id"]).slice(1, -1)}`
    const replaced = await send("PUT", path, user("ada", { title: "x" }))
    for (const answer of [created, replaced, await send("GET", path)]) {
      const tag = answer.headers.get("etag")
      expect(tag).toMatch(/^W\/"[^"]+"$/)
      expect(answer.json["meta"]).toMatchObject({ version: tag })
    }
  })

  it("RFC7644-3.14-03 change when the resource does, and not otherwise", async () => {
    const { send, path } = await withUser()
    const tag = async (): Promise<string | null> => (await send("GET", path)).headers.get("etag")
    expect([await tag(), await tag()]).toEqual(['W/"2"', 'W/"2"'])
    await send("PATCH", path, patch({ op: "add", path: "title", value: "x" }))
    expect(await tag()).toBe('W/"2"')
    await send("PATCH", path, patch({ op: "add", path: "title", value: "y" }))
    expect(await tag()).toBe('W/"3"')
  })
})

describe("If-None-Match", () => {
  it.each(['W/"2"', '"2"', "*", '"1", W/"2"'])(
    "RFC7644-3.14-04 RFC9110-13.1.2-01 RFC9110-15.4.5-01 answers 304 without body for %s",
    async (tag) => {
      const { send, path } = await withUser()
      for (const method of ["GET", "HEAD"]) {
        const answer = await send(method, path, undefined, { "if-none-match": tag })
        expect([answer.status, answer.text, answer.headers.get("etag")]).toEqual([304, "", 'W/"2"'])
      }
    },
  )

  it.each(['W/"1"', "2", 'w/"2"', '"22"'])("RFC7644-3.14-04 answers 200 for %s", async (tag) => {
    const { send, path } = await withUser()
    expect((await send("GET", path, undefined, { "if-none-match": tag })).status).toBe(200)
  })

  it("RFC9110-13.1.2-02 refuses a write to what matches with 412", async () => {
    const { send, path } = await withUser()
    expect((await send("PUT", path, user("ada"), { "if-none-match": "*" })).status).toBe(412)
    expect((await send("GET", path)).json["title"]).toBe("x")
  })
})

describe("If-Match", () => {
  const writes: readonly [string, (t: TestTarget & { path: string }, tag: string) => Promise<Answer>][] = [
    ["PUT", async ({ send, path }, tag) => send("PUT", path, user("ada", { title: "y" }), { "if-match": tag })],
    [
      "PATCH",
      async ({ send, path }, tag) => send("PATCH", path, patch({ op: "remove", path: "title" }), { "if-match": tag }),
    ],
    ["DELETE", async ({ send, path }, tag) => send("DELETE", path, undefined, { "if-match": tag })],
  ]

  it.each(writes)(
    "RFC7644-3.14-05 RFC7644-3.12-06 %s with an old tag is 412, and changes nothing",
    async (_method, write) => {
      const testTarget = await withUser()
      const before = await testTarget.send("GET", testTarget.path)
      const answer = await write(testTarget, 'W/"1"')
      expect([answer.status, answer.json["status"]]).toEqual([412, "412"])
      expect((await testTarget.send("GET", testTarget.path)).text).toBe(before.text)
    },
  )

  it.each(writes)(
    "RFC7644-3.14-06 RFC7644-3.14-07 RFC9110-13.1.1-01 %s goes ahead with the current tag, a list or a star",
    async (_method, write) => {
      for (const tag of ['W/"2"', '"2"', "*", '"x", W/"2"']) {
        expect((await write(await withUser(), tag)).status).toBeLessThan(300)
      }
    },
  )

  it("RFC9110-13.2.1-01 is looked at after existence", async () => {
    const { send } = await withUser()
    expect((await send("PUT", "/Users/nobody", user("x"), { "if-match": "*" })).status).toBe(404)
    expect((await send("DELETE", "/Users/nobody", undefined, { "if-match": 'W/"1"' })).status).toBe(404)
  })

  it("RFC9110-13.1.1-01 holds for reads too", async () => {
    const { send, path } = await withUser()
    expect((await send("GET", path, undefined, { "if-match": 'W/"1"' })).status).toBe(412)
  })

  it("WIRE-040 is never demanded", async () => {
    const { send, path } = await withUser()
    expect((await send("DELETE", path)).status).toBe(204)
  })
})
