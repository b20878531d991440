/** Requests that nobody in their right mind sends: each gets an answer below 500, and a refused one changes nothing. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  BULK_REQUEST_URN,
  ENTERPRISE_USER_URN,
  ERROR_URN,
  PATCH_OP_URN,
  SEARCH_REQUEST_URN,
  USER_URN,
} from "../../protocol/index.ts"
import { createTestTarget, group, resourcesIn, user } from "../testing.ts"
import type { Answer, TestTarget } from "../testing.ts"

/** What no answer may show. */
const INTERNALS = /sqlite|SELECT |node_modules|\.ts:|at \w+ \(|prototype/i

function expectHarmless(answer: Answer): void {
  expect(answer.status).toBeLessThan(500)
  if (answer.status < 400) return
  expect(answer.json).toMatchObject({ schemas: [ERROR_URN], status: String(answer.status) })
}

describe("whatever comes", () => {
  const names = [
    "schemas",
    "id",
    "userName",
    "USERNAME",
    "name",
    "givenName",
    "emails",
    "value",
    "type",
    "primary",
    "members",
    "active",
    "meta",
    "Operations",
    "op",
    "path",
    "filter",
    "count",
    "attributes",
    "__proto__",
    "constructor",
    "toString",
    "$ref",
    ENTERPRISE_USER_URN,
    "manager",
    'emails[type eq "work"].value',
    "name.givenName",
    "",
  ]
  const texts = [
    "",
    "a",
    "True",
    "add",
    "Replace",
    "remove",
    "work",
    "\u0000",
    "\ud800",
    "é",
    "userName",
    "members",
    "__proto__",
    'members[value eq "x"]',
    'emails[type eq "work"].value',
    USER_URN,
    PATCH_OP_URN,
    SEARCH_REQUEST_URN,
    "null",
    "1e999",
  ]
  const scalar = fc.oneof(
    fc.constantFrom("null", "true", "false", "0", "-1", "1.5", "1e308", "123456789012345678901234567890"),
    fc.oneof(fc.constantFrom(...texts), fc.string()).map((text) => JSON.stringify(text)),
  )
  /** JSON as text, so that a member called __proto__ is a member and nothing else. */
  const { json } = fc.letrec<{ json: string }>((tie) => ({
    json: fc.oneof(
      { depthSize: "medium", withCrossShrink: true },
      scalar,
      fc.array(tie("json"), { maxLength: 3 }).map((items) => `[${items.join(",")}]`),
      members(tie("json")),
    ),
  }))
  function members(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
    const member = fc.tuple(fc.constantFrom(...names), value).map(([name, one]) => `${JSON.stringify(name)}:${one}`)
    return fc.array(member, { maxLength: 5 }).map((all) => `{${all.join(",")}}`)
  }
  const word = fc.constantFrom(
    "userName",
    "emails",
    "name.familyName",
    "active",
    "meta.created",
    "id",
    "members",
    "groups",
    "password",
    "nope",
    "__proto__",
    "eq",
    "ne",
    "co",
    "sw",
    "pr",
    "gt",
    "and",
    "or",
    "not",
    "(",
    ")",
    "[",
    "]",
    ".value",
    '"a"',
    '"\\u0000"',
    "1",
    "true",
    "null",
    `${ENTERPRISE_USER_URN}:manager`,
    ":",
    "$ref",
    "'",
    "%",
    ";--",
    "\\",
  )
  const filterText = fc.oneof(
    fc.array(word, { maxLength: 10 }).map((words) => words.join(" ")),
    fc.array(word, { maxLength: 10 }).map((words) => words.join("")),
    fc.string({ unit: "binary", maxLength: 30 }),
  )

  async function withUserAndGroup(compat: "entra" | "rfc"): Promise<TestTarget & { paths: readonly string[] }> {
    const testTarget = createTestTarget({ compat })
    const id = await testTarget.create(
      "/Users",
      user("ada", { emails: [{ value: "a@x", type: "work", primary: true }] }),
    )
    const groupId = await testTarget.create("/Groups", group("engineers", [id]))
    return { ...testTarget, paths: [`/Users/${id}`, `/Groups/${groupId}`] }
  }

  it.each(["entra", "rfc"] as const)(
    "RFC7644-7.7-01 any JSON to any endpoint gets an answer below 500 (%s)",
    async (compat) => {
      const { send, paths, target } = await withUserAndGroup(compat)
      const endpoint = fc.constantFrom(
        ["POST", "/Users"],
        ["POST", "/Groups"],
        ["POST", "/Users/.search"],
        ["POST", "/.search"],
        ["POST", "/Bulk"],
        ...paths.flatMap((path) => [
          ["PUT", path],
          ["PATCH", path],
        ]),
      )
      await fc.assert(
        fc.asyncProperty(endpoint, fc.oneof(json, members(json)), async ([method = "", path = ""], body) => {
          expectHarmless(await send(method, path, body))
        }),
        { numRuns: 400 },
      )
      // Whatever was stored can still be read and sent back.
      for (const path of ["/Users", "/Groups"]) {
        for (const resource of resourcesIn(await send("GET", `${path}?count=20`))) {
          const read = `${path}/${JSON.stringify(resource["id"]).slice(1, -1)}`
          expect([(await send("PUT", read, resource)).status, read]).toEqual([200, read])
        }
      }
      target.close()
    },
  )

  it.each(["entra", "rfc"] as const)(
    "RFC7644-7.7-01 any operation gets an answer below 500, and a refused one changes nothing (%s)",
    async (compat) => {
      const { send, paths, target } = await withUserAndGroup(compat)
      const operation = fc
        .tuple(
          fc.constantFrom("add", "replace", "remove", "Add"),
          fc.oneof(filterText, fc.constant(undefined)),
          fc.oneof(json, fc.constant(undefined)),
        )
        .map(
          ([op, path, value]) =>
            `{"op":"${op}"${path === undefined ? "" : `,"path":${JSON.stringify(path)}`}${value === undefined ? "" : `,"value":${value}`}}`,
        )
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...paths),
          fc.array(operation, { minLength: 1, maxLength: 3 }),
          async (path, operations) => {
            const before = await send("GET", path)
            const answer = await send(
              "PATCH",
              path,
              `{"schemas":["${PATCH_OP_URN}"],"Operations":[${operations.join(",")}]}`,
            )
            expectHarmless(answer)
            if (answer.status >= 400) expect((await send("GET", path)).text).toBe(before.text)
          },
        ),
        { numRuns: 400 },
      )
      target.close()
    },
  )

  it.each(["entra", "rfc"] as const)(
    "RFC7644-7.7-01 RFC7644-7.7-02 any filter, sortBy and projection gets a list or a SCIM error (%s)",
    async (compat) => {
      const { send, target } = await withUserAndGroup(compat)
      const parameter = fc.constantFrom(
        "filter",
        "sortBy",
        "attributes",
        "excludedAttributes",
        "sortOrder",
        "count",
        "startIndex",
      )
      await fc.assert(
        fc.asyncProperty(fc.constantFrom("/Users", "/Groups"), parameter, filterText, async (path, name, text) => {
          const answer = await send("GET", `${path}?${name}=${encodeURIComponent(text.toWellFormed())}`)
          expectHarmless(answer)
          if (answer.status >= 400)
            expect(JSON.stringify(answer.json["detail"]).replaceAll(text, "")).not.toMatch(INTERNALS)
        }),
        { numRuns: 600 },
      )
      target.close()
    },
  )

  it("RFC7644-7.7-01 any bulk job gets an answer below 500, and the rest of the target goes on", async () => {
    const { send, paths, target } = await withUserAndGroup("rfc")
    const operation = fc
      .record({
        method: fc.constantFrom("POST", "PUT", "PATCH", "DELETE", "GET", "post"),
        path: fc.oneof(fc.constantFrom("/Users", "/Groups", "/Bulk", "/Users/bulkId:a", ...paths), filterText),
        bulkId: fc.constantFrom("a", "b", "c", "", "__proto__"),
        data: json,
      })
      .map(({ data, ...rest }) => `${JSON.stringify(rest).slice(0, -1)},"data":${data}}`)
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 4 }), async (operations) => {
        const job = `{"schemas":["${BULK_REQUEST_URN}"],"Operations":[${operations.join(",")}]}`
        expectHarmless(await send("POST", "/Bulk", job))
      }),
      { numRuns: 300 },
    )
    expect((await send("GET", "/Users")).status).toBe(200)
    target.close()
  })

  it("RFC7644-7.7-01 any header gets an answer below 500, a refusal as a SCIM error", async () => {
    const { send, paths, target } = await withUserAndGroup("entra")
    const name = fc.constantFrom(
      "accept",
      "authorization",
      "content-type",
      "content-length",
      "if-match",
      "if-none-match",
      "prefer",
      "x-forwarded-for",
      "x-http-method-override",
      "range",
      "transfer-encoding",
      "x-a",
    )
    const word = fc.constantFrom(
      "*",
      "*/*;q=nan",
      "application/json;q=-1",
      "application/scim+json",
      "text/html",
      "charset=",
      "Bearer",
      "Basic",
      'W/"1"',
      '"1"',
      "W/",
      ",",
      ";",
      "=",
      '"',
      "__proto__",
      "-1",
      "1e9",
      "chunked",
      "999999999999999999999",
    )
    const value = fc.oneof(
      fc.array(word, { maxLength: 4 }).map((words) => words.join(" ")),
      fc.stringMatching(/^[\x21-\x7e][\x20-\x7e]{0,20}$/),
    )
    const request = fc.constantFrom(["GET", "/Users"], ["POST", "/Users"], ["PATCH", paths[0]], ["DELETE", "/Users/x"])
    await fc.assert(
      fc.asyncProperty(
        request,
        fc.dictionary(name, value, { maxKeys: 3 }),
        async ([method = "", path = ""], headers) => {
          const body = method === "GET" || method === "DELETE" ? undefined : { schemas: [], userName: 1 }
          expectHarmless(await send(method, path, body, headers))
        },
      ),
      { numRuns: 500 },
    )
    target.close()
  })

  it("RFC7644-7.7-01 any path and method gets an answer below 500", async () => {
    const { send, target } = await withUserAndGroup("entra")
    const segment = fc.oneof(
      fc.constantFrom("Users", "Groups", "Schemas", "..", ".search", "%00", "%E0%A4%A", "__proto__"),
      fc.string({ maxLength: 8 }).map((text) => encodeURIComponent(text.toWellFormed())),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "X"),
        fc.array(segment, { maxLength: 4 }),
        async (method, segments) => {
          const answer = await send(method, `/${segments.join("/")}`)
          expect(answer.status === 501 || answer.status < 500).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
    target.close()
  })
})
