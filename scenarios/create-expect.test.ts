import { describe, expect, it } from "vitest"

import type { Finding } from "../reports/index.ts"
import { toAnswer } from "./answer.ts"
import { createExpect } from "./create-expect.ts"
import type { FindingDefaults } from "./findings.ts"

const rfcMust: FindingDefaults = {
  id: "a-case",
  title: "Something holds",
  requirement: { source: "rfc", ref: "7644 §3.3", level: "must" },
  confidence: "documented",
  fix: "Fix it.",
}

function setUp(defaults: Partial<FindingDefaults> = {}) {
  const findings: Finding[] = []
  return { findings, given: createExpect({ ...rfcMust, ...defaults }, (finding) => findings.push(finding)) }
}

function answer(status: number, body: unknown = null, headers: Record<string, string[]> = {}, query = "") {
  const request = { method: "GET", url: `http://localhost/scim/v2/Users${query}`, headers: {}, body: null }
  return toAnswer(request, { status, headers, body: body === null ? null : JSON.stringify(body) }, "a-case#3")
}

const ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
const LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"

describe("findings", () => {
  it("says what was asked, expected and answered, and names the exchange", () => {
    const { findings, given } = setUp()
    const refusal = answer(400, {
      schemas: [ERROR],
      status: "400",
      scimType: "invalidFilter",
      detail: "no such operator",
    })
    expect(given(refusal).toHaveStatus([200, 204])).toBe(false)
    expect(findings).toEqual([
      {
        code: "a-case",
        message: "GET /Users answered 400 instead of 200 or 204",
        headline: "Not so: “Something holds”",
        expected: "status 200 or 204",
        actual: "status 400, invalidFilter: no such operator",
        advice: "Fix it.",
        confidence: "documented",
        exchanges: ["a-case#3"],
        severity: "failure",
      },
    ])
  })

  it("calls a server error by its name, whatever the case was looking for", () => {
    const { findings, given } = setUp()
    given(answer(500, {})).toHaveStatus(400, { code: "invalid-filter-ignored", message: "The filter is ignored" })
    expect(findings).toMatchObject([
      {
        code: "server-error",
        headline: "A request is answered with a server error",
        advice: expect.stringMatching(/^Find the exception/),
      },
    ])
  })

  it.each([
    ["must", "documented", "failure"],
    ["entra", "observed", "failure"],
    ["entra", "inferred", "warning"],
    ["should", "documented", "warning"],
    ["may", "documented", "note"],
  ] as const)("a broken %s requirement on a fact that is %s gives a %s", (level, confidence, severity) => {
    const { findings, given } = setUp({ requirement: { source: "entra", ref: "", level }, confidence })
    given.fail({ code: "c", message: "m", expected: "e", actual: "a" })
    expect(findings[0]?.severity).toBe(severity)
  })

  it("a hint may raise or lower it, but an inferred fact never fails", () => {
    const { findings, given } = setUp({ requirement: { source: "rfc", ref: "", level: "should" } })
    const draft = { code: "c", message: "m", expected: "e", actual: "a" }
    given.fail({ ...draft, severity: "failure" })
    given.fail({ ...draft, severity: "failure", confidence: "inferred", fact: "WIRE-001", advice: "Do." })
    given.note({ ...draft, severity: "failure" })
    expect(findings.map(({ severity }) => severity)).toEqual(["failure", "warning", "note"])
    expect(findings[1]).toMatchObject({ fact: "WIRE-001", advice: "Do.", confidence: "inferred" })
  })

  it("`that` records unless the condition holds, and says whether it did", () => {
    const { findings, given } = setUp()
    const draft = { code: "c", message: "m", expected: "e", actual: "a" }
    expect(given.that(true, draft)).toBe(true)
    expect(given.that(false, draft)).toBe(false)
    expect(findings).toHaveLength(1)
  })
})

describe("codes name kinds of fault", () => {
  it.each([
    [500, "server-error"],
    [503, "server-error"],
    [501, "method-not-supported"],
    [405, "method-not-supported"],
    [401, "credentials-refused"],
    [403, "credentials-refused"],
    [415, "media-type-refused"],
    [429, "throttled"],
    [302, "redirected"],
    [404, "a-case"],
  ])("status %i is %s", (status, code) => {
    const { findings, given } = setUp()
    given(answer(status)).toHaveStatus(200)
    expect(findings[0]?.code).toBe(code)
  })

  it("a search that finds too many ignores its filter, or several share what was sought; one that finds too few misses", () => {
    const { findings, given } = setUp()
    const list = (...names: string[]) => {
      const Resources = names.map((userName) => ({ userName }))
      return { schemas: [LIST], totalResults: names.length, Resources }
    }
    given(answer(200, list("x", "y"), {}, "?filter=userName+eq+%22x%22")).toBeListOf(1)
    given(answer(200, list("x", "X"), {}, "?filter=userName+eq+%22x%22")).toBeListOf(1)
    given(answer(200, list("x", "x"), {}, "?filter=userName+sw+%22x%22")).toBeListOf(1)
    given(answer(200, list(), {}, "?filter=userName+eq+%22x%22")).toBeListOf(1)
    given(answer(200, list("x", "y"))).toBeListOf(1)
    expect(findings.map(({ code }) => code)).toEqual([
      "filter-ignored",
      "several-matches",
      "filter-ignored",
      "filter-misses",
      "a-case",
    ])
    expect(findings[0]?.message).toBe('GET /Users?filter=userName eq "x" found 2 instead of 1')
  })
})

describe("matchers", () => {
  it("toBeListOf takes a ListResponse only, and Resources may be absent where there are none", () => {
    const { findings, given } = setUp()
    expect(given(answer(200, { schemas: [LIST], totalResults: 0 })).toBeListOf(0)).toBe(true)
    expect(given(answer(200, [{ id: "1" }])).toBeListOf(1)).toBe(false)
    expect(given(answer(200, { schemas: [LIST], totalResults: 1 })).toBeListOf(1)).toBe(false)
    expect(findings.map(({ code }) => code)).toEqual(["list-response", "a-case"])
  })

  it("toBeScim wants the media type, whatever its parameters", () => {
    const { findings, given } = setUp()
    expect(given(answer(200, {}, { "content-type": ["Application/SCIM+JSON; charset=utf-8"] })).toBeScim()).toBe(true)
    expect(given(answer(200, {}, { "content-type": ["application/json"] })).toBeScim()).toBe(false)
    expect(given(answer(200)).toBeScim()).toBe(false)
    expect(findings.map(({ code }) => code)).toEqual(["media-type", "media-type"])
  })

  it("RFC7644-3.12 toBeScimError wants status as text, equal to the HTTP status, and one of the scimTypes", () => {
    const { findings, given } = setUp()
    const error = { schemas: [ERROR], status: "409", scimType: "uniqueness" }
    expect(given(answer(409, error)).toBeScimError(409, "uniqueness")).toBe(true)
    expect(given(answer(409, error)).toBeScimError([400, 409])).toBe(true)
    expect(given(answer(409, { ...error, status: 409 })).toBeScimError(409)).toBe(false)
    expect(given(answer(409, { status: "409" })).toBeScimError(409)).toBe(false)
    expect(given(answer(409, { ...error, scimType: "mutability" })).toBeScimError(409, ["uniqueness"])).toBe(false)
    expect(given(answer(500, "oops")).toBeScimError(409)).toBe(false)
    expect(findings.map(({ code }) => code)).toEqual(["status-not-string", "error-form", "scim-type", "server-error"])
  })

  it("toHaveValue and toHaveNoValue read SCIM paths", () => {
    const { findings, given } = setUp()
    const body = answer(200, { name: { givenName: "Ada" }, emails: [] })
    expect(given(body).toHaveValue("name.givenName", "Ada")).toBe(true)
    expect(given(body).toHaveNoValue("emails")).toBe(true)
    expect(given(body).toHaveValue("name.givenName", "Grace")).toBe(false)
    expect(given(body).toHaveValue("title", "Grower")).toBe(false)
    expect(given(body).toHaveNoValue("name.givenName")).toBe(false)
    expect(findings.map(({ code }) => code)).toEqual([
      "value-differs:name.givenName",
      "value-missing:title",
      "value-present:name.givenName",
    ])
    expect(findings[1]).toMatchObject({ expected: 'title = "Grower"', actual: "no title" })
  })

  it("toHaveHeader wants a header, or one with this value", () => {
    const { findings, given } = setUp()
    const created = answer(201, {}, { location: ["http://localhost/scim/v2/Users/1"] })
    expect(given(created).toHaveHeader("Location")).toBe(true)
    expect(given(created).toHaveHeader("Location", /\/Users\/1$/)).toBe(true)
    expect(given(created).toHaveHeader("Location", "/Users/1")).toBe(false)
    expect(given(created).toHaveHeader("ETag")).toBe(false)
    expect(findings.map(({ code }) => code)).toEqual(["location-wrong", "etag-missing"])
  })
})
