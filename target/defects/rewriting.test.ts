import { describe, expect, it } from "vitest"

import { GROUP_URN, LIST_RESPONSE_URN, SCHEMA_URN, USER_URN } from "../../protocol/index.ts"
import {
  ask,
  bodyOf,
  changeBody,
  changeParameters,
  changeRequest,
  changeResources,
  idOf,
  keepResources,
  refuse,
  routeOf,
} from "./rewriting.ts"

const BASE = "http://localhost/some/base/v2"

function post(path: string, body: string): Request {
  const headers = { authorization: "Bearer t", "content-type": "application/scim+json", "content-length": "999" }
  return new Request(`${BASE}${path}`, { method: "POST", headers, body })
}

function answer(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { etag: 'W/"1"' } })
}

describe("what a request asks for", () => {
  it.each([
    ["/Users", "GET /Users", ""],
    ["/Users/", "GET /Users", ""],
    ["/Users/a%20b?count=1", "GET /Users/{id}", "a b"],
    ["/Groups/.search", "GET /Groups/.search", ".search"],
    ["/Schemas/urn:x:y", "GET /Schemas/{id}", "urn:x:y"],
    ["/Unicorns", "GET /", ""],
  ])("%s is %s", (path, route, id) => {
    const request = new Request(`${BASE}${path}`)
    expect(routeOf(request)).toBe(route)
    expect(idOf(request)).toBe(id)
  })
})

describe("requests", () => {
  it("keeps what is not changed, and lets the length be counted anew", async () => {
    const changed = await changeRequest(post("/Users", '{"a":1}'), { headers: { "x-new": "1", "content-type": null } })
    expect(changed.method).toBe("POST")
    expect(changed.headers.get("authorization")).toBe("Bearer t")
    expect(changed.headers.get("x-new")).toBe("1")
    expect(changed.headers.get("content-length")).not.toBe("999")
    expect(await changed.text()).toBe('{"a":1}')
  })

  it("changes the body, and leaves one that is no JSON object", async () => {
    const changed = await changeBody(post("/Users", '{"a":1}'), (body) => ({ ...body, b: 2 }))
    expect(await changed.text()).toBe('{"a":1,"b":2}')
    const broken = await changeBody(post("/Users", "[1]"), () => ({ b: 2 }))
    expect(await broken.text()).toBe("[1]")
  })

  it("changes the parameters", async () => {
    const request = new Request(`${BASE}/Users?filter=a+eq+1&count=2`)
    const changed = await changeParameters(request, (parameters) => parameters.delete("filter"))
    expect(changed.url).toBe(`${BASE}/Users?count=2`)
  })

  it("asks beside them below the same base URL and with the same credentials", async () => {
    const seen: Request[] = []
    const next = (request: Request) => {
      seen.push(request)
      return Promise.resolve(answer({}))
    }
    await ask(next, post("/Users", "{}"), { method: "PATCH", path: "/Groups/g", body: { a: 1 } })
    expect(seen[0]?.url).toBe(`${BASE}/Groups/g`)
    expect(seen[0]?.method).toBe("PATCH")
    expect(seen[0]?.headers.get("authorization")).toBe("Bearer t")
    expect(await seen[0]?.text()).toBe('{"a":1}')
  })
})

describe("answers", () => {
  const user = { schemas: [USER_URN], id: "u" }
  const group = { schemas: [GROUP_URN], id: "g" }
  const schema = { schemas: [SCHEMA_URN], id: "s" }

  it("changes users and groups, alone and in lists, and nothing else", async () => {
    const mark = (resource: object) => ({ ...resource, seen: true })
    expect(await bodyOf(await changeResources(answer(user), mark))).toEqual({ ...user, seen: true })
    expect(await bodyOf(await changeResources(answer(schema), mark))).toEqual(schema)
    const list = { schemas: [LIST_RESPONSE_URN], totalResults: 2, Resources: [group, schema] }
    const changed = await changeResources(answer(list), mark)
    expect(await bodyOf(changed)).toEqual({ ...list, Resources: [{ ...group, seen: true }, schema] })
    expect(changed.headers.get("etag")).toBe('W/"1"')
  })

  it("counts a list anew when it keeps some of it", async () => {
    const list = { totalResults: 2, Resources: [user, group] }
    const kept = await keepResources(answer(list), ({ id }) => id === "g")
    expect(await bodyOf(kept)).toEqual({ totalResults: 1, itemsPerPage: 1, Resources: [group] })
  })

  it("refuses in the form of RFC 7644 §3.12", async () => {
    const refusal = refuse(400, "no", "invalidFilter")
    expect(refusal.status).toBe(400)
    expect(await bodyOf(refusal)).toEqual({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
      status: "400",
      scimType: "invalidFilter",
      detail: "no",
    })
  })
})
