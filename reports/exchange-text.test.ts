import { execFileSync } from "node:child_process"
import { describe, expect, it } from "vitest"
import { exchangeOf } from "../test/fixtures/cases.ts"
import type { Report } from "./model.ts"
import { answerLine, briefBody, curlCommand, prettyBody, relativeUrl, requestLine } from "./exchange-text.ts"

const external: Report["target"] = { url: "https://scim.example.com/scim/v2/", kind: "external", capabilities: [] }
const embedded: Report["target"] = { url: "http://localhost/scim/v2", kind: "embedded", capabilities: [] }

function request(url: string, headers: Record<string, string[]> = {}, body: string | null = null, method = "GET") {
  return exchangeOf("e", "a", { request: { method, url, headers, body } })
}

it.each([
  ["https://scim.example.com/scim/v2/Users/1?a=b", "/Users/1?a=b"],
  ["https://scim.example.com/scim/v2", "/"],
  ["https://scim.example.com/scim/v2x/Users", "https://scim.example.com/scim/v2x/Users"],
  ["https://elsewhere.example.com/Users", "https://elsewhere.example.com/Users"],
])("%s below the base is %s", (url, expected) => {
  expect(relativeUrl(url, external)).toBe(expected)
})

it("names request and answer on a line", () => {
  expect(requestLine(request("https://scim.example.com/scim/v2/Users"), external)).toBe("GET /Users")
  expect(answerLine(exchangeOf("e", "a"))).toBe("200 OK")
  expect(answerLine(exchangeOf("e", "a", { response: { status: 299, headers: {}, body: null } }))).toBe("299")
  expect(answerLine(exchangeOf("e", "a", { response: null, failure: "timeout" }))).toBe("no answer: timeout")
})

it("indents JSON and leaves everything else alone", () => {
  expect(prettyBody('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}')
  expect(prettyBody("<html>")).toBe("<html>")
  expect(briefBody('{"schemas":["urn:x"],"Operations":[{"op":"remove"}]}')).toBe('{"Operations":[{"op":"remove"}]}')
  expect(briefBody("<html>")).toBe("<html>")
})

describe("the curl command", () => {
  it("is complete, but for credentials and what curl sets itself", () => {
    const headers = {
      host: ["scim.example.com"],
      authorization: ["Bearer s3cret"],
      "x-api-key": ["k3y"],
      "content-type": ["application/scim+json"],
    }
    const url = "https://scim.example.com/scim/v2/Users/1"
    expect(curlCommand(request(url, headers, '{"a":"it\'s"}', "PATCH"), external)).toBe(
      [
        "curl -i -X PATCH 'https://scim.example.com/scim/v2/Users/1'",
        '-H "Authorization: Bearer $TOKEN"',
        '-H "x-api-key: $TOKEN"',
        "-H 'content-type: application/scim+json'",
        `--data-raw '{"a":"it'\\''s"}'`,
      ].join(" \\\n  "),
    )
  })

  it("names the base of a target without an address $URL", () => {
    expect(curlCommand(request("http://localhost/scim/v2/Users?filter=a+eq+1"), embedded)).toBe(
      `curl -i -X GET "$URL"'/Users?filter=a+eq+1'`,
    )
  })

  it("reaches curl as it was sent, whatever the endpoint or a test put into it", () => {
    const body = `'; rm -rf / #$(id)\`id\`"\\\n%s`
    const command = curlCommand(request("https://scim.example.com/scim/v2/a'b$(id)", {}, body, "PO;ST"), external)
    const seen = execFileSync("sh", ["-c", `curl() { printf '%s\\0' "$@"; }; ${command}`], { encoding: "utf8" })
    expect(seen.split("\0").slice(0, -1)).toEqual([
      "-i",
      "-X",
      "PO;ST",
      "https://scim.example.com/scim/v2/a'b$(id)",
      "--data-raw",
      body,
    ])
  })
})
