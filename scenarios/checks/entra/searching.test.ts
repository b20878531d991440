import { describe, expect, it } from "vitest"

import type { Answer, JsonObject, RequestOptions } from "../context.ts"
import { expectCount, expectOnly, search } from "./searching.ts"
import { answerWith, recordingExpect } from "./testing.ts"

function listOf(...resources: readonly JsonObject[]): Answer {
  const schemas = ["urn:ietf:params:scim:api:messages:2.0:ListResponse"]
  return {
    ...answerWith(200, { schemas, totalResults: resources.length, Resources: [...resources] }),
    request: { method: "GET", url: "http://localhost/scim/v2/Users?filter=userName+eq+%22lena%22" },
  }
}

describe("search", () => {
  it.each([
    ["passes what is answered", 200, 200, 200, []],
    ["goes on with %20 where only + is refused", 400, 200, 200, ["plus-not-decoded"]],
    ["leaves a refusal alone that is not about +", 400, 400, 400, []],
  ])("WIRE-047 %s", async (_, plus, percent, status, codes) => {
    const { expect: expectation, findings } = recordingExpect()
    const find = (_endpoint: string, _filter: string, { encoding = "plus" }: RequestOptions = {}) =>
      Promise.resolve(answerWith(encoding === "plus" ? plus : percent))
    const answer = await search({ scim: { find }, expect: expectation }, "/Users", 'userName eq "lena"')
    expect([answer.status, findings.map(({ code }) => code)]).toEqual([status, codes])
  })
})

describe("expectCount", () => {
  it.each([
    [answerWith(404), "empty-search-not-200"],
    [answerWith(500), "server-error"],
    [answerWith(400), "search-refused"],
    [answerWith(200, { totalResults: "1" }), "list-response"],
    [listOf(), "too-few"],
    [listOf({ userName: "lena" }, { userName: "lena" }), "too-many"],
  ])("names what is wrong (%#)", (answer, code) => {
    const { expect: expectation, findings } = recordingExpect()
    expect(expectCount(expectation, answer, 1, { fewer: "too-few", more: "too-many" })).toBe(false)
    expect(findings.map((finding) => finding.code)).toEqual([code])
  })
})

describe("expectOnly", () => {
  it.each([
    [{ id: "a1", userName: "lena" }, []],
    [{ id: "A1", userName: "lena" }, ["id-unstable"]],
    [{ id: "b2", userName: "lena" }, ["filter-misses"]],
    [{ userName: "lena" }, ["id-missing"]],
  ])("WIRE-202 wants the resource of that id: %j", (resource, codes) => {
    const { expect: expectation, findings } = recordingExpect()
    expect(expectOnly(expectation, listOf(resource), "a1")).toBe(codes.length === 0)
    expect(findings.map(({ code }) => code)).toEqual(codes)
  })
})
