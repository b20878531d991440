import { describe, expect, it } from "vitest"
import type { HttpRequest, HttpResponse, Transport } from "../../protocol/index.ts"
import { findLeftovers, removeLeftover } from "./leftovers.ts"

const RUN_ID = "kqv3m1x"
const USERS = [
  { id: "1", userName: "user-kqv3m1x-some-case-1@example.com" },
  { id: "2", userName: "ada@example.com" },
  { id: "3/../2", userName: "user-kqv3m1x-some-case-2@example.com" },
  { id: "4", userName: "kqv3m1x" },
  { id: "5" },
]
const GROUPS = [{ id: "g", displayName: "group-kqv3m1x-some-case-3" }]

type FilterHabit = "works" | "refused" | "ignored" | "finds nothing"

function endpoint(habit: FilterHabit, asked: HttpRequest[] = []): Transport {
  return (request) => {
    asked.push(request)
    const url = new URL(request.url)
    const everything = url.pathname === "/scim/Users" ? USERS : GROUPS
    const filter = url.searchParams.get("filter")
    if (filter !== null && habit === "refused") return answer(400, {})
    const needle = /co "(.*)"/.exec(filter ?? "")?.[1]
    const matching =
      needle === undefined || habit === "ignored"
        ? everything
        : everything.filter((item) => habit === "works" && JSON.stringify(item).includes(needle))
    const start = Number(url.searchParams.get("startIndex")) - 1
    return answer(200, { totalResults: matching.length, Resources: matching.slice(start, start + 2) })
  }
}

function answer(status: number, body: unknown): Promise<HttpResponse> {
  return Promise.resolve({ status, headers: {}, body: JSON.stringify(body) })
}

const searchOf = (transport: Transport) => ({
  transport,
  baseUrl: "http://localhost/scim",
  headers: { authorization: "Bearer t" },
  runId: RUN_ID,
})

describe("findLeftovers", () => {
  it.each(["works", "refused", "ignored", "finds nothing"] as const)(
    "finds only the run's own where the filter: %s",
    async (habit) => {
      expect(await findLeftovers(searchOf(endpoint(habit)))).toEqual([
        { path: "/Groups/g", name: "group-kqv3m1x-some-case-3" },
        { path: "/Users/1", name: "user-kqv3m1x-some-case-1@example.com" },
        { path: "/Users/3%2F..%2F2", name: "user-kqv3m1x-some-case-2@example.com" },
      ])
    },
  )

  it("goes on without groups where there are none", async () => {
    const transport: Transport = (request) =>
      request.url.includes("/Groups") ? answer(404, {}) : endpoint("works")(request)
    expect((await findLeftovers(searchOf(transport))).map(({ path }) => path)).toEqual([
      "/Users/1",
      "/Users/3%2F..%2F2",
    ])
  })

  it.each([401, 500])("says what was asked and answered when it gets %i", async (status) => {
    await expect(findLeftovers(searchOf(() => answer(status, {})))).rejects.toThrow(
      expect.objectContaining({
        code: "ENV_TARGET",
        message: `GET /Groups answered ${status} and no list of resources`,
      }),
    )
  })

  it("gives up on a directory without end", async () => {
    const endless: Transport = () => answer(200, { totalResults: 1e9, Resources: [{ id: "a" }] })
    await expect(findLeftovers(searchOf(endless))).rejects.toThrow("holds more than 10000 resources")
  })
})

describe("removeLeftover", () => {
  it.each([
    [204, undefined],
    [404, undefined],
    [500, "DELETE /Users/1 answered 500"],
  ])("%i", async (status, failure) => {
    const asked: HttpRequest[] = []
    const transport: Transport = (request) => {
      asked.push(request)
      return answer(status, {})
    }
    expect(await removeLeftover(searchOf(transport), { path: "/Users/1", name: "n" })).toBe(failure)
    expect(asked.map(({ method, url, headers }) => `${method} ${url} ${headers["authorization"]}`)).toEqual([
      "DELETE http://localhost/scim/Users/1 Bearer t",
    ])
  })
})
