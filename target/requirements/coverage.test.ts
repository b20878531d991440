/** Every requirement on a service provider is named by a test of the target, or stands here with the reason why not. */
import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"

interface Requirement {
  readonly id: string
  readonly category: string
}

const folder = new URL("../", import.meta.url)
const requirements: readonly Requirement[] = JSON.parse(
  readFileSync(new URL("../test/vectors/scim-requirements.json", folder), "utf8"),
)

/** Areas that the target does not serve yet: it says so and answers 501, or has nothing of the kind. */
const LATER: Readonly<Record<string, string>> = {
  async: "the target's own issue brings asynchronous requests; nothing is announced",
  draft: "drafts are for information only",
}

const NOT_HERE: Readonly<Record<string, string>> = {
  "RFC7643-3.1-10": "one provisioning domain: several tenants wait for their own issue",
  "RFC7643-4.1.1-04": "not black-box: the target never makes up name.formatted",
  "RFC9865-2-03": "previousCursor is optional and never given",
  "RFC9865-2-07": "totalResults is always known",
  "RFC9865-2.1-02": "cursors hold their place themselves and never time out",
  "RFC9865-2.3-01": "not a cursor-only server",
  "RFC7644-2-02": "one kind of credential: restricted ones wait for their own issue",
  "RFC6750-3.1-02": "tokens have no scopes",
  "RFC7644-6-01": "several tenants wait for their own issue",
  "RFC7644-3.7-01": "/Bulk is supported",
  "RFC7644-3.11-02": "/Me is refused: a token belongs to no user",
  "RFC7644-3.5.2-01": "PATCH is supported",
  "RFC7644-3.12-10": "the target never redirects",
  "RFC7644-7.2-01": "TLS belongs to the socket, which cli/ serves",
  "RFC6585-4-01": "the target never limits the rate",
  "RFC9967-5-01": "no asynchronous requests",
}

function testTexts(path: URL): string {
  const entries = readdirSync(path, { recursive: true, encoding: "utf8" })
  const files = entries.filter((name) => name.endsWith(".test.ts") && !name.endsWith("coverage.test.ts"))
  return files.map((name) => readFileSync(new URL(name, path), "utf8")).join("\n")
}

const named = new Set(testTexts(folder).match(/RFC\d{4}-[\d.]+-\d{2}/g))

describe("coverage of the requirements", () => {
  it.each(requirements.filter(({ category }) => LATER[category] === undefined))("$id is named by a test", ({ id }) => {
    expect(named.has(id) || NOT_HERE[id] !== undefined).toBe(true)
  })

  it("has no excuse for what is tested, and none for what does not exist", () => {
    const ids = new Set(requirements.map(({ id }) => id))
    expect(Object.keys(NOT_HERE).filter((id) => named.has(id) || !ids.has(id))).toEqual([])
  })

  it("names no requirement that does not exist", () => {
    const ids = new Set(requirements.map(({ id }) => id))
    expect([...named].filter((id) => !ids.has(id))).toEqual([])
  })
})
