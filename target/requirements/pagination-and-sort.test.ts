import { describe, expect, it } from "vitest"
import { USER_URN } from "../../protocol/index.ts"
import { column, createTestTarget, user } from "../testing.ts"
import type { Answer } from "../testing.ts"

describe("pages", async () => {
  const { send, create } = createTestTarget()
  for (const name of ["u1", "u2", "u3", "u4", "u5"]) await create("/Users", user(name))

  /** totalResults, startIndex, itemsPerPage and the names on the page. */
  async function page(parameters: string): Promise<readonly unknown[]> {
    const answer = await send("GET", `/Users?${parameters}`)
    const { totalResults, startIndex, itemsPerPage } = answer.json
    return [totalResults, startIndex, itemsPerPage, column(answer, "userName")]
  }

  it.each([
    ["RFC7644-3.4.2-04 RFC7644-3.4.2.4-01", "startIndex=2&count=1", [5, 2, 1, ["u2"]]],
    ["RFC7644-3.4.2.4-01", "count=2", [5, 1, 2, ["u1", "u2"]]],
    ["RFC7644-3.4.2.4-02", "startIndex=0&count=1", [5, 1, 1, ["u1"]]],
    ["RFC7644-3.4.2.4-02", "startIndex=-5&count=1", [5, 1, 1, ["u1"]]],
    ["RFC7644-3.4.2.4-03 RFC7644-3.4.2.4-06", "count=2", [5, 1, 2, ["u1", "u2"]]],
    ["RFC7644-3.4.2.4-04", "count=-1", [5, 1, 0, []]],
    ["RFC7644-3.4.2.4-05", "count=0", [5, 1, 0, []]],
    ["RFC7644-3.4.2.4-07 WIRE-235", "startIndex=3&count=2", [5, 3, 2, ["u3", "u4"]]],
    ["RFC7644-3.4.2.4-07", "startIndex=5&count=2", [5, 5, 1, ["u5"]]],
    ["RFC7644-3.4.2.4-08", "startIndex=6&count=2", [5, 6, 0, []]],
    ["RFC7644-3.4.2.4-08", "startIndex=99999999999999999999", [5, 2147483647, 0, []]],
  ])("%s: %s", async (_ids, parameters, expected) => {
    expect(await page(parameters)).toEqual(expected)
  })

  it("RFC7644-3.4.2.4-09 gives every resource once over all pages", async () => {
    const seen: unknown[] = []
    for (const startIndex of [1, 3, 5])
      seen.push(...column(await send("GET", `/Users?startIndex=${startIndex}&count=2`), "userName"))
    expect(seen).toEqual(["u1", "u2", "u3", "u4", "u5"])
  })

  it.each(["count=abc", "startIndex=1.5", "count=1e2"])("RFC7644-3.4.2.4-12 refuses %s", async (parameters) => {
    const { status, json } = await send("GET", `/Users?${parameters}`)
    expect([status, json["scimType"]]).toEqual([400, "invalidValue"])
  })
})

describe("the size of a page", () => {
  it("RFC7644-3.4.2.4-10 RFC7644-3.4.2.4-11 is 100 unless asked, and never more than filter.maxResults", async () => {
    const seed = Array.from({ length: 501 }, (_, index) => user(`u${index}`, { id: `id${index}` }))
    const { send } = createTestTarget({ seed })
    expect((await send("GET", "/Users")).json).toMatchObject({ totalResults: 501, itemsPerPage: 100 })
    expect((await send("GET", "/Users?count=501")).json).toMatchObject({ totalResults: 501, itemsPerPage: 500 })
  })
})

describe("sorting", async () => {
  const { send, create, clock } = createTestTarget()
  await create("/Users", user("b", { title: "x", externalId: "b", name: { givenName: "2" } }))
  clock.nowMs += 1000
  await create(
    "/Users",
    user("A", { title: "Y", externalId: "A", emails: [{ value: "z@x" }, { value: "a@x", primary: true }] }),
  )
  clock.nowMs -= 2000
  await create(
    "/Users",
    user("C", { externalId: "C", name: { givenName: "1" }, emails: [{ value: "m@x" }, { value: "0@x" }] }),
  )

  async function sorted(parameters: string): Promise<Answer> {
    return send("GET", `/Users?${parameters}`)
  }

  it.each([
    ["RFC7644-3.4.2.3-01 RFC7644-3.4.2.3-04", "sortBy=userName", ["A", "b", "C"]],
    ["RFC7644-3.4.2.3-01", "sortBy=USERNAME&sortOrder=descending", ["C", "b", "A"]],
    ["RFC7644-3.4.2.3-01", "sortBy=userName&sortOrder=Ascending", ["A", "b", "C"]],
    ["RFC7644-3.4.2.3-02", "sortBy=emails.value", ["A", "C", "b"]],
    ["RFC7644-3.4.2.3-02", "sortBy=emails", ["A", "C", "b"]],
    ["RFC7644-3.4.2.3-03", "sortBy=title", ["b", "A", "C"]],
    ["RFC7644-3.4.2.3-03", "sortBy=title&sortOrder=descending", ["C", "A", "b"]],
    ["RFC7644-3.4.2.3-04", "sortBy=externalId", ["A", "C", "b"]],
    ["RFC7644-3.4.2.3-04", "sortBy=meta.created", ["C", "b", "A"]],
    ["RFC7644-3.4.2.3-05", "sortBy=name.givenName", ["C", "b", "A"]],
    ["RFC7644-3.4.2.3-05", `sortBy=${USER_URN}:name.givenName`, ["C", "b", "A"]],
    ["RFC7644-3.4.2.3-07", "sortOrder=descending", ["b", "A", "C"]],
  ])("%s: %s", async (_ids, parameters, expected) => {
    expect(column(await sorted(parameters), "userName")).toEqual(expected)
  })

  it.each([
    "sortBy=nonexistent",
    "sortBy=name",
    "sortBy=userName&sortOrder=up",
    "sortBy=password",
    "sortBy=groups",
    "sortBy=a..b",
  ])("RFC7644-3.4.2.3-06 refuses %s", async (parameters) => {
    const { status, json } = await sorted(parameters)
    expect([status, json["scimType"]]).toEqual([400, "invalidValue"])
  })

  it("RFC7644-3.4.2.4-09 sorts before it cuts pages", async () => {
    expect(column(await sorted("sortBy=userName&startIndex=2&count=1"), "userName")).toEqual(["b"])
  })
})
