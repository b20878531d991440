import { describe, expect, it } from "vitest"
import { ERROR_URN } from "../../protocol/index.ts"
import { column, createTestTarget, TEST_BASE_URL, TEST_TOKEN, textOf, user } from "../testing.ts"
import type { Answer } from "../testing.ts"

const { send, create, target } = createTestTarget({ limits: { maxBodyBytes: 2000 } })
const id = await create("/Users", user("ada", { displayName: "Ada + Ünï" }))

describe("errors", () => {
  it.each<[string, number, string | undefined, () => Promise<Answer>]>([
    ["RFC7644-3.12-04 RFC7644-3.12-15", 400, "invalidSyntax", async () => send("POST", "/Users", "{")],
    ["RFC7644-3.12-11", 400, "invalidFilter", async () => send("GET", "/Users?filter=x")],
    ["RFC7644-3.12-18", 400, "invalidValue", async () => send("POST", "/Users", user(""))],
    ["RFC7644-3.12-05", 404, undefined, async () => send("GET", "/NoSuchEndpoint")],
    ["RFC7644-3.12-05", 404, undefined, async () => send("GET", "/Users/nobody")],
    ["RFC7644-3.12-06", 409, "uniqueness", async () => send("POST", "/Users", user("ADA"))],
    ["RFC7644-3.12-07", 413, undefined, async () => send("POST", "/Users", user("x".repeat(3000)))],
    ["RFC7644-3.12-09 RFC7644-3.11-01 RFC7644-3.11-03", 501, undefined, async () => send("GET", "/Me")],
    ["RFC9110-9.1-01 RFC9110-15.5.6-01", 405, undefined, async () => send("PUT", "/Users", {})],
    ["RFC9110-12.5.1-01", 406, undefined, async () => send("GET", "/Users", undefined, { accept: "image/png" })],
    [
      "RFC7644-3.8-07 RFC9110-15.5.16-01",
      415,
      undefined,
      async () => send("POST", "/Users", "x", { "content-type": "text/plain" }),
    ],
  ])(
    "RFC7644-3.12-01 RFC7644-3.12-02 RFC7644-3.12-03 RFC7644-3.2-03 RFC7644-3.1-01 %s: %i %s",
    async (_ids, status, scimType, ask) => {
      const { status: given, json, headers } = await ask()
      expect(given).toBe(status)
      expect(headers.get("content-type")).toBe("application/scim+json")
      expect(json).toEqual({
        schemas: [ERROR_URN],
        status: String(status),
        ...(scimType !== undefined && { scimType }),
        detail: json["detail"],
      })
      expect(json["detail"]).toMatch(/^\w.{10,}/)
    },
  )

  it("RFC7644-3.12-07 names the limit", async () => {
    expect((await send("POST", "/Users", user("x".repeat(3000)))).json["detail"]).toContain("2000 bytes")
  })

  it("RFC7644-3.12-08 RFC7644-7.7-02 answers its own failure with 500 and no word about it, and tells the operator", async () => {
    const failures: unknown[] = []
    const broken = createTestTarget({ onUnexpected: (error) => void failures.push(error) })
    broken.target.close()
    const answer = await broken.send("GET", "/Users")
    expect([answer.status, answer.json]).toEqual([
      500,
      { schemas: [ERROR_URN], status: "500", detail: "The server failed; the request may be repeated." },
    ])
    expect(failures).toHaveLength(1)
  })

  it.each([
    ["/Users", "DELETE", "GET, HEAD, POST"],
    [`/Users/${id}`, "POST", "GET, HEAD, PUT, PATCH, DELETE"],
    ["/Groups", "PATCH", "GET, HEAD, POST"],
    ["/Users", "OPTIONS", "GET, HEAD, POST"],
    ["/Users", "PURGE", "GET, HEAD, POST"],
  ])("RFC9110-9.1-01 RFC9110-15.5.6-01 %s does not allow %s", async (path, method, allowed) => {
    const answer = await send(method, path)
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, allowed])
  })
})

describe("media types", () => {
  it.each([
    [undefined, "application/scim+json"],
    ["*/*", "application/scim+json"],
    ["application/*", "application/scim+json"],
    ["application/scim+json", "application/scim+json"],
    ["application/json", "application/json"],
    ["application/json;q=0.5, application/scim+json", "application/scim+json"],
    ["application/scim+json;q=0, */*", "application/json"],
    ["text/html, application/xhtml+xml, */*;q=0.8", "application/scim+json"],
    ["APPLICATION/SCIM+JSON; charset=utf-8", "application/scim+json"],
  ])(
    "RFC7644-3.8-02 RFC7644-3.8-03 RFC7644-3.8-04 RFC7644-8.1-01 RFC9110-12.5.1-02 WIRE-036 WIRE-037 Accept %s is answered with %s",
    async (accept, expected) => {
      const answer = await send("GET", `/Users/${id}`, undefined, accept === undefined ? {} : { accept })
      expect([answer.status, answer.headers.get("content-type")]).toEqual([200, expected])
    },
  )

  it.each([
    "application/scim+json",
    "application/scim+json; charset=utf-8",
    "Application/SCIM+JSON; Charset=UTF-8",
    'application/json; charset="utf-8"',
  ])("RFC7644-3.8-05 RFC7644-3.8-06 RFC9110-8.3.1-01 WIRE-035 takes bodies of type %s", async (contentType) => {
    const answer = await send("POST", "/Users", user("typed"), { "content-type": contentType })
    expect(answer.status).toBe(201)
    await send("DELETE", `/Users/${textOf(answer, "id")}`)
  })

  it.each(["text/plain", "application/xml", "application/json; charset=utf-16", ""])(
    "RFC7644-3.8-07 refuses bodies of type %j",
    async (contentType) => {
      expect((await send("POST", "/Users", user("x"), { "content-type": contentType })).status).toBe(415)
    },
  )

  it("RFC9967-2.5.1.1-03 answers as ever where an asynchronous answer is preferred", async () => {
    const answer = await send("POST", "/Users", user("prefers"), { prefer: "respond-async" })
    expect([answer.status, answer.headers.get("preference-applied"), answer.json["userName"]]).toEqual([
      201,
      null,
      "prefers",
    ])
    expect((await send("GET", "/ServiceProviderConfig")).json).not.toHaveProperty("securityEvents")
  })

  it("takes a body without a type", async () => {
    const body = new TextEncoder().encode(JSON.stringify(user("untyped")))
    const headers = { authorization: `Bearer ${TEST_TOKEN}` }
    const response = await target.fetch(new Request(`${TEST_BASE_URL}/Users`, { method: "POST", headers, body }))
    expect(response.status).toBe(201)
  })

  it("RFC7644-3.8-08 knows no .scim suffix", async () => {
    expect((await send("GET", `/Users/${id}.scim`)).status).toBe(404)
  })

  it("RFC7644-3.8-01 speaks UTF-8", async () => {
    expect((await send("GET", `/Users/${id}`)).json["displayName"]).toBe("Ada + Ünï")
    const response = await target.fetch(
      new Request(`${TEST_BASE_URL}/Users/${id}`, { headers: { authorization: `Bearer ${TEST_TOKEN}` } }),
    )
    expect(new TextDecoder("utf-8", { fatal: true }).decode(await response.arrayBuffer())).toContain("Ünï")
  })
})

describe("URLs", () => {
  it("RFC7644-1.2-01 decodes a query once", async () => {
    const plus = encodeURIComponent('displayName eq "Ada + Ünï"')
    expect(column(await send("GET", `/Users?filter=${plus}`), "id")).toEqual([id])
    expect((await send("GET", `/Users?filter=${encodeURIComponent(plus)}`)).status).toBe(400)
  })

  it("RFC7644-3.10-01 RFC7644-3.10-02 takes attribute names with their URN, and core ones without, everywhere", async () => {
    const urn = "URN:ietf:params:scim:schemas:core:2.0:USER"
    for (const name of ["displayName", "DISPLAYNAME", `${urn}:displayName`]) {
      const answer = await send("GET", `/Users?filter=${name} sw "Ada"&sortBy=${name}&attributes=${name}`)
      expect(column(answer, "displayName")).toEqual(["Ada + Ünï"])
    }
  })

  it("takes a slash at the end", async () => {
    expect((await send("GET", "/Users/")).status).toBe(200)
  })
})
