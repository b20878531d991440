import { describe, expect, it } from "vitest"
import { type HttpResponse, TransportError, type TransportFailure } from "../../protocol/index.ts"
import type { Reply } from "./errors.ts"
import {
  interpretCreate,
  interpretDelete,
  interpretProbe,
  interpretRead,
  interpretSearch,
  interpretUpdate,
} from "./interpret.ts"

const PREFIX = "SystemForCrossDomainIdentityManagement"

function answered(status: number, body: unknown = null): Reply {
  const text = body === null || typeof body === "string" ? body : JSON.stringify(body)
  const response: HttpResponse = { status, headers: {}, body: text }
  return { kind: "answered", response }
}

const unanswered = (failure: TransportFailure): Reply => ({
  kind: "unanswered",
  error: new TransportError(failure, "No answer came."),
})

const scimError = (status: number) => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
  status: String(status),
  detail: "no",
})
const list = (...resources: unknown[]) => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
  totalResults: resources.length,
  Resources: resources,
})

/** The error code of an outcome, or how it ended well. */
const codeOf = (outcome: { kind: string; error?: { code: string } }): string => outcome.error?.code ?? outcome.kind

describe("statuses of a write", () => {
  it.each([
    [401, "Unauthorized", "nonServiceFailure"],
    [403, "Unauthorized", "nonServiceFailure"],
    [405, "MethodNotAllowed", "nonServiceFailure"],
    [409, "EntryConflict", "nonServiceFailure"],
    [422, "UnprocessableEntity", "nonServiceFailure"],
    [429, "TooManyRequests", "nonServiceFailure"],
    [500, "InternalServerError", "failure"],
    [502, "InternalServerError", "failure"],
    [503, "InternalServerError", "failure"],
    [501, "NotImplemented", "failure"],
    [302, `${PREFIX}ServiceIncompatible`, "nonServiceFailure"],
    [415, `${PREFIX}ServiceIncompatible`, "nonServiceFailure"],
  ])("ENG-ERR WIRE-222 HTTP %i is %s", (status, code, category) => {
    const outcome = interpretCreate(answered(status, scimError(status)))
    expect(outcome).toMatchObject({ kind: "failed", error: { code, category, httpStatus: status } })
    expect(codeOf(interpretUpdate(answered(status, scimError(status))))).toBe(code)
  })

  it("RES-13 a 400 with a SCIM error is BadRequest, without one the endpoint is incompatible", () => {
    expect(codeOf(interpretUpdate(answered(400, scimError(400))))).toBe(`${PREFIX}BadRequest`)
    expect(codeOf(interpretUpdate(answered(400, "<html>")))).toBe(`${PREFIX}ServiceIncompatible`)
    expect(codeOf(interpretUpdate(answered(400)))).toBe(`${PREFIX}ServiceIncompatible`)
  })

  it("RES-13 a 400 to a filter is about filtering", () => {
    expect(codeOf(interpretSearch(answered(400, scimError(400))))).toBe(`${PREFIX}ServiceIncompatibleFiltering`)
  })

  it("ENG-ERR no answer in time is Timeout, a broken connection WebExceptionProtocolError", () => {
    expect(codeOf(interpretUpdate(unanswered("timeout")))).toBe("Timeout")
    for (const failure of ["refused", "reset", "tls", "protocol"] as const) {
      expect(codeOf(interpretUpdate(unanswered(failure)))).toBe("WebExceptionProtocolError")
    }
  })

  it("the reason holds what the target said", () => {
    expect(interpretUpdate(answered(409, scimError(409)))).toMatchObject({
      error: { reason: "The target answered HTTP 409: no." },
    })
    expect(interpretUpdate(answered(500, "<html>"))).toMatchObject({
      error: { reason: "The target answered HTTP 500." },
    })
  })
})

describe("create, update, delete", () => {
  it("WIRE-202 WIRE-205 a create needs an id, with 201 or 200", () => {
    expect(interpretCreate(answered(201, { id: "u-1" }))).toEqual({
      kind: "created",
      resource: { id: "u-1", attributes: { id: "u-1" } },
    })
    expect(interpretCreate(answered(200, { id: "u-1" })).kind).toBe("created")
    for (const body of [{ userName: "x" }, { id: "" }, { id: 7 }, "", "[]", "not json"]) {
      expect(codeOf(interpretCreate(answered(201, body)))).toBe(`${PREFIX}ServiceIncompatible`)
    }
  })

  it("WIRE-101 a PATCH may be answered with 200 or 204, with or without a body", () => {
    for (const reply of [answered(204), answered(200, { id: "u-1" }), answered(200)]) {
      expect(interpretUpdate(reply)).toEqual({ kind: "done" })
    }
  })

  it("ENG-ERR a success whose body is no JSON, such as a proxy's page, does not show that a write was done", () => {
    for (const interpret of [interpretUpdate, interpretDelete]) {
      expect(codeOf(interpret(answered(200, "<!doctype html>")))).toBe(`${PREFIX}ServiceIncompatible`)
      expect(interpret(answered(200, ""))).toEqual({ kind: "done" })
    }
  })

  it("ENG-MATCH-10 a 404 to a PATCH is InvalidAnchor, to a DELETE it is success (WIRE-182)", () => {
    expect(codeOf(interpretUpdate(answered(404)))).toBe("InvalidAnchor")
    expect(interpretDelete(answered(404))).toEqual({ kind: "done" })
    expect(interpretDelete(answered(204))).toEqual({ kind: "done" })
    expect(codeOf(interpretDelete(answered(400, scimError(400))))).toBe(`${PREFIX}BadRequest`)
  })
})

describe("search and read", () => {
  it("WIRE-074 WIRE-203 a search gives any number of resources; Resources may be missing when there are none", () => {
    expect(interpretSearch(answered(200, list()))).toEqual({ kind: "found", resources: [] })
    expect(interpretSearch(answered(200, { totalResults: 0 }))).toEqual({ kind: "found", resources: [] })
    expect(interpretSearch(answered(200, list({ id: "u-1" }, { id: "u-2" })))).toMatchObject({
      kind: "found",
      resources: [{ id: "u-1" }, { id: "u-2" }],
    })
  })

  it.each([
    ["a bare resource", { id: "u-1", userName: "x" }],
    ["an array", [{ id: "u-1" }]],
    ["HTML", "<html></html>"],
    ["a count without its resources", { totalResults: 1 }],
    ["a resource without id", list({ userName: "x" })],
  ])("WIRE-203 %s is no answer to a search", (_, body) => {
    expect(codeOf(interpretSearch(answered(200, body)))).toBe(`${PREFIX}ServiceIncompatible`)
  })

  it("WIRE-077 a read that finds nothing", () => {
    expect(interpretRead(answered(404))).toEqual({ kind: "gone" })
  })

  it("WIRE-222 a read of one object that is answered with a list", () => {
    expect(codeOf(interpretRead(answered(200, list({ id: "u-1" }))))).toBe(`${PREFIX}MultipleEntriesInResponse`)
  })

  it.each([
    ["active as text", { active: "True" }, "active must be a JSON boolean, not a string"],
    [
      "primary as text",
      { emails: [{ value: "x", primary: "True" }] },
      "emails.primary must be a JSON boolean, not a string",
    ],
    ["emails as one object", { emails: { value: "x" } }, "emails must be an array"],
    ["name as text", { name: "Lena" }, "name must be a JSON object, not a string"],
    [
      "a manager as text",
      { "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { manager: "u-1" } },
      "manager must be a JSON object",
    ],
    ["a userName as number", { userName: 7 }, "userName must be a JSON string, not a number"],
  ])("WIRE-080 WIRE-207 %s makes the whole answer unusable", (_, attributes, reason) => {
    const outcome = interpretRead(answered(200, { id: "u-1", ...attributes }))
    expect(outcome).toMatchObject({ kind: "failed", error: { code: `${PREFIX}ServiceIncompatible` } })
    expect(outcome.kind === "failed" && outcome.error.reason).toContain(reason)
  })

  it("WIRE-208 nulls, unknown attributes and other schemas are taken", () => {
    const attributes = { id: "u-1", title: null, shoeSize: 42, "urn:x:2.0:User": { a: [1] }, NAME: { givenName: "L" } }
    expect(interpretRead(answered(200, attributes)).kind).toBe("found")
  })
})

describe("the probe", () => {
  it("WIRE-057 an empty list is what is wanted", () => {
    expect(interpretProbe(answered(200, list()))).toEqual({ kind: "ready" })
  })

  it.each([
    [401, "refused"],
    [403, "refused"],
    [404, "unavailable"],
    [400, "incompatible"],
    [500, "incompatible"],
  ])("WIRE-061 ENG-CRED-05 HTTP %i: %s", (status, kind) => {
    expect(interpretProbe(answered(status, scimError(status))).kind).toBe(kind)
  })

  it("WIRE-061 ENG-CRED-05 unreachable, or no SCIM at all", () => {
    expect(interpretProbe(unanswered("refused")).kind).toBe("unavailable")
    expect(interpretProbe(answered(200, "<html>")).kind).toBe("incompatible")
  })

  it("WIRE-062 a resource for a random GUID means that the filter is ignored", () => {
    expect(interpretProbe(answered(200, list({ id: "u-1" })))).toMatchObject({
      kind: "incompatible",
      error: { code: `${PREFIX}ServiceIncompatibleFiltering` },
    })
  })
})
