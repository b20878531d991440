import { describe, expect, it } from "vitest"

import { TransportError, type HttpResponse } from "../../protocol/index.ts"
import { createAnswerOracle } from "./answer-oracle.ts"

const BASE = "http://localhost/scim/v2"
const LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
const ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

type Ask = { method: string; path: string; body?: unknown; token?: string }

function oracleOf(allows: readonly string[] = []) {
  const oracle = createAnswerOracle({ baseUrl: BASE, accepts: (token) => token === "valid", allows })
  let count = 0
  function tell({ method, path, body, token = "valid" }: Ask, outcome: HttpResponse | TransportError, faulted = false) {
    count += 1
    oracle.observe({
      id: `c#${count}`,
      sender: "job",
      faulted,
      outcome,
      request: {
        method,
        url: `${BASE}${path}`,
        headers: { authorization: `Bearer ${token}` },
        body: body === undefined ? null : JSON.stringify(body),
      },
    })
  }
  return { tell, codes: () => oracle.findings().map(({ code }) => code), findings: () => oracle.findings() }
}

function scim(status: number, body: unknown = null): HttpResponse {
  return {
    status,
    headers: { "content-type": ["application/scim+json"] },
    body: body === null ? null : JSON.stringify(body),
  }
}
const list = (...Resources: unknown[]) => scim(200, { schemas: [LIST], totalResults: Resources.length, Resources })
const scimError = (status: number) => scim(status, { schemas: [ERROR], status: String(status), detail: "no" })

const search = { method: "GET", path: "/Users?filter=userName+eq+%22ada%40example.com%22" }
const create = { method: "POST", path: "/Users", body: { userName: "ada@example.com" } }
const ada = { id: "u-1", userName: "ada@example.com", active: true }

describe("what Entra is content with", () => {
  it("finds nothing wrong with a good endpoint's life of a user and a group", () => {
    const { tell, codes } = oracleOf()
    tell(search, list())
    tell(create, scim(201, ada))
    tell(search, list({ ...ada, userName: "ADA@example.com" }))
    tell({ method: "GET", path: "/Users/u-1" }, scim(200, { ...ada, [ENTERPRISE]: { manager: { value: "u-2" } } }))
    tell({ method: "PATCH", path: "/Users/u-1", body: { Operations: [] } }, scim(204))
    tell({ method: "PATCH", path: "/Users/u-1", body: { Operations: [] } }, scim(200))
    tell({ method: "GET", path: "/Groups?excludedAttributes=members&filter=displayName+eq+%22x%22" }, list())
    tell({ method: "GET", path: "/Groups/g-1?excludedAttributes=members" }, scim(200, { id: "g-1" }))
    tell({ method: "DELETE", path: "/Users/u-1" }, scim(204))
    tell({ method: "DELETE", path: "/Users/u-1" }, scimError(404))
    tell({ method: "GET", path: "/Users/u-1" }, scimError(404))
    tell(create, scimError(409))
    tell({ ...search, token: "expired" }, scimError(401))
    expect(codes()).toEqual([])
  })

  it("judges neither faults nor what the case itself asks", () => {
    const { tell, codes } = oracleOf()
    tell(search, scim(503), true)
    tell(create, new TransportError("reset", "lost"), true)
    expect(codes()).toEqual([])
  })
})

describe("what Entra needs", () => {
  it.each<[string, string, Ask, HttpResponse | TransportError]>([
    ["WIRE-203 404 for a search without a hit", "empty-search-not-200", search, scimError(404)],
    ["WIRE-203 400 for a search", "search-refused", search, scimError(400)],
    ["WIRE-061 500 for a search", "server-error", search, scimError(500)],
    ["WIRE-203 an array instead of a ListResponse", "list-response", search, scim(200, [ada])],
    ["WIRE-203 a bare resource instead of a ListResponse", "list-response", search, scim(200, ada)],
    ["WIRE-074 somebody else is found", "filter-ignored", search, list({ id: "u-9", userName: "admin" })],
    ["WIRE-074 everybody is found", "filter-ignored", search, list(ada, { id: "u-9", userName: "admin" })],
    ["WIRE-074 two share a name", "several-matches", search, list(ada, { ...ada, id: "u-2" })],
    ["WIRE-202 no id", "id-missing", create, scim(201, { userName: "ada@example.com" })],
    ["WIRE-202 a number for an id", "id-missing", create, scim(201, { ...ada, id: 7 })],
    ["WIRE-202 a create without a body", "id-missing", create, scim(201)],
    ["WIRE-202 another id than asked for", "id-unstable", { method: "GET", path: "/Users/u-7" }, scim(200, ada)],
    ["WIRE-205 200 for a create", "create-status", create, scim(200, ada)],
    ["WIRE-205 400 for a create", "create-refused", create, scimError(400)],
    ["WIRE-205 a read that gives no resource", "resource-form", { method: "GET", path: "/Users/u-1" }, scim(200, [])],
    [
      "WIRE-158 members though they were excluded",
      "members-not-excluded",
      { method: "GET", path: "/Groups/g-1?excludedAttributes=members" },
      scim(200, { id: "g-1", members: [] }),
    ],
    ["WIRE-207 active as text", "boolean-as-text", create, scim(201, { ...ada, active: "True" })],
    ["WIRE-080 manager as text", "manager-form", create, scim(201, { ...ada, [ENTERPRISE]: { manager: "u-2" } })],
    [
      "WIRE-207 active as text in the answer to a PATCH",
      "boolean-as-text",
      { method: "PATCH", path: "/Users/u-1" },
      scim(200, { active: "False" }),
    ],
    ["WIRE-182 a refused delete", "delete-refused", { method: "DELETE", path: "/Users/u-1" }, scimError(400)],
    ["WIRE-205 200 for a delete", "delete-status", { method: "DELETE", path: "/Users/u-1" }, scim(200)],
    ["WIRE-220 no answer", "no-answer", search, new TransportError("timeout", "no answer within 30 s")],
    ["WIRE-225 an expired token that is accepted", "token-not-checked", { ...search, token: "expired" }, list()],
    ["a method that is not there", "method-not-supported", { method: "PATCH", path: "/Users/u-1" }, scimError(405)],
  ])("%s: %s", (_, code, ask, outcome) => {
    const { tell, codes } = oracleOf()
    tell(ask, outcome)
    expect(codes()).toEqual([code])
  })

  it("WIRE-101 names what a refused PATCH wrote to", () => {
    const { tell, findings } = oracleOf()
    const Operations = [
      { op: "Replace", path: 'emails[type eq "work"].value', value: "a" },
      { op: "Replace", value: { active: false, "name.givenName": "Ada", [`${ENTERPRISE}:department`]: "Press" } },
    ]
    tell({ method: "PATCH", path: "/Users/u-1", body: { Operations } }, scimError(400))
    expect(findings()).toMatchObject([
      {
        code: "patch-refused",
        fact: "WIRE-101",
        message: expect.stringContaining(
          `(emails[type eq "work"].value, active, name.givenName, ${ENTERPRISE}:department)`,
        ),
      },
    ])
  })

  it("RES-01 only warns where an empty manager is refused", () => {
    const { tell, findings } = oracleOf()
    const Operations = [{ op: "Replace", path: `${ENTERPRISE}:manager`, value: "" }]
    tell({ method: "PATCH", path: "/Users/u-1", body: { Operations } }, scimError(400))
    expect(findings()).toMatchObject([{ code: "patch-refused", fact: "RES-01", severity: "warning" }])
  })

  it("WIRE-079 a conflict with somebody whom the search did not find", () => {
    const { tell, codes } = oracleOf()
    tell(search, list())
    tell(create, scimError(409))
    expect(codes()).toEqual(["conflict-after-empty-search"])
  })

  it("WIRE-202 an id that changes between answers", () => {
    const { tell, codes } = oracleOf()
    tell(create, scim(201, ada))
    tell(search, list({ ...ada, id: "u-other" }))
    expect(codes()).toEqual(["id-unstable"])
  })

  it("WIRE-037 WIRE-206 warns of another media type and of errors in another form", () => {
    const { tell, findings } = oracleOf()
    tell(search, { ...list(), headers: { "content-type": ["application/json"] } })
    tell(create, { status: 400, headers: {}, body: "Bad Request" })
    expect(findings().map(({ code, severity }) => [code, severity])).toEqual([
      ["media-type", "warning"],
      ["create-refused", undefined],
      ["error-form", "warning"],
    ])
  })

  it("reports a kind of fault once, with the exchanges that show it first", () => {
    const { tell, findings } = oracleOf()
    for (let count = 0; count < 7; count++) tell(search, scimError(404))
    expect(findings()).toMatchObject([{ code: "empty-search-not-200", exchanges: ["c#1", "c#2", "c#3", "c#4", "c#5"] }])
  })

  it("is silent about what the story brings about on purpose", () => {
    const { tell, codes } = oracleOf(["empty-search-not-200"])
    tell(search, scimError(404))
    expect(codes()).toEqual([])
  })
})
