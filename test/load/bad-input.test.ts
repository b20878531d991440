/** Bad input of `scimulate load`, and what it gets: one sentence, no stack, the right exit code, and nothing sent. */
import { chmodSync, existsSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { freeOrigin } from "../cli/servers.ts"
import { scimulate, temporaryFolder, type Ended } from "../cli/spawn.ts"
import { serveTarget, type ServedTarget } from "./serve-target.ts"

const folder = temporaryFolder()
afterAll(folder.remove)
const file = (name: string): string => join(folder.path, name)

/** What findK6 asks is its version; none of these gets as far as running it. */
function fakeK6(name: string, version: string): string {
  writeFileSync(file(name), `#!/bin/sh\necho 'k6 v${version} (go1.26, linux/amd64)'\n`)
  chmodSync(file(name), 0o755)
  return file(name)
}
const K6 = fakeK6("k6", "2.2.0")

const load = (...args: readonly string[]): Promise<Ended> =>
  scimulate(["load", ...args], { cwd: folder.path, env: { K6_BIN: K6 } })

function expectOneSentence(ended: Ended, code: number, ...parts: readonly RegExp[]): void {
  expect(ended.stderr.split("\n").filter((line) => line.startsWith("error: "))).toHaveLength(1)
  for (const part of parts) expect(ended.stderr).toMatch(part)
  expect(ended.stderr).not.toMatch(/^\s+at /m)
  expect(ended.stdout).toBe("")
  expect(ended.code).toBe(code)
}

describe("the user's mistake exits 2", () => {
  it.each([
    ["an unknown profile", ["group-strom"], /no load profile "group-strom"/, /did you mean "group-storm"\?/],
    ["a URL that is none", ["soak", "localhost:3000"], /is not an http or https URL/, /base URL/],
    ["tenants for one tenant", ["soak", "--tenants", "3"], /--tenants is for many-tenants/, /many-tenants/],
    ["a duration that is none", ["soak", "--duration", "soon"], /It takes a duration/, /30s, 5m or 1h/],
    ["an unknown reporter", ["soak", "--reporter", "pdf"], /unknown reporter "pdf"/, /markdown/],
    ["a token without a URL", ["soak", "--token", "x"], /--token needs the URL/, /scimulate load/],
    [
      "a defect with a URL",
      ["soak", "http://127.0.0.1:1", "--defect", "any-token-accepted"],
      /--defect is for the embedded/,
      /leave out/,
    ],
    [
      "an unknown defect",
      ["soak", "--defect", "member-updates-lots"],
      /no defect "member-updates-lots"/,
      /did you mean "member-updates-lost"/,
    ],
    ["one person", ["soak", "--users", "1"], /--users is not valid/, /--help/],
  ])("%s", async (_what, args, message, hint) => {
    expectOneSentence(await load(...args), 2, message, hint)
  })

  it.each([
    ["no JSON", "{", /it is not JSON/],
    ["an unknown step", '{"steps":{"ad-member":{}}}', /did you mean "add-member"/],
    ["a share over 1", '{"all":{"errorShare":5}}', /all\.errorShare/],
  ])("a thresholds file with %s", async (_what, text, message) => {
    writeFileSync(file("limits.json"), text)
    expectOneSentence(await load("soak", "--thresholds", "limits.json"), 2, /--thresholds: .*limits\.json/, message)
  })

  it("a thresholds file that is not there", async () => {
    expectOneSentence(
      await load("soak", "--thresholds", "nowhere.json"),
      2,
      /--thresholds: cannot read/,
      /check the path/,
    )
  })

  it("fewer tokens than tenants, before anything is sent", async () => {
    writeFileSync(file("tokens"), "secret-of-one\n")
    const ended = await load("many-tenants", "http://127.0.0.1:9/t/{tenant}", "--tenant-tokens", "tokens")
    expectOneSentence(ended, 2, /--tenant-tokens: tokens has to hold 10 bearer tokens/, /it holds 1; --tenants/)
    expect(ended.stderr).not.toContain("secret-of-one")
  })

  it("an endpoint beyond this machine without --allow-writes", async () => {
    // TEST-NET-1 (RFC 5737): nobody is there, and nothing may be sent there.
    expectOneSentence(await load("soak", "http://192.0.2.1/scim/v2", "--token", "x"), 2, /192\.0\.2\.1/)
  })
})

describe("what stands in the way outside exits 3", () => {
  let target: ServedTarget
  beforeAll(async () => (target = await serveTarget()))
  afterAll(() => target.close())

  it("a k6 that is not there", async () => {
    expectOneSentence(await load("soak", "--k6", "nowhere"), 3, /--k6 names .*nowhere/, /k6:install/)
  })

  it("a k6 that is too old", async () => {
    const old = fakeK6("old-k6", "0.57.0")
    expectOneSentence(await load("soak", "--k6", old), 3, /is k6 0\.57\.0, and the profiles need/, /k6:install/)
  })

  it("an endpoint where nobody listens", async () => {
    expectOneSentence(
      await load("soak", `${await freeOrigin()}/scim/v2`),
      3,
      /connection refused|nobody listens|no answer|refused/i,
    )
  })

  it("credentials that are refused, before anything is written", async () => {
    const ended = await load("soak", target.url, "--token", "wrong-token-of-mine")
    expectOneSentence(ended, 3, /answered 401/, /credentials were refused/)
    expect(ended.stderr).not.toContain("wrong-token-of-mine")
    expect(target.asked.filter((asked) => !asked.startsWith("GET "))).toEqual([])
  })
})

it("--write-plan needs neither k6 nor an endpoint", async () => {
  const ended = await scimulate(["load", "leavers", "--users", "10", "--write-plan", "plan.json"], {
    cwd: folder.path,
    env: { K6_BIN: file("nowhere") },
  })
  expect(ended.code).toBe(0)
  expect(ended.stderr).toMatch(/plan of \d+ requests \(seed 1\): .*plan\.json/)
  expect(existsSync(file("plan.json"))).toBe(true)
})
