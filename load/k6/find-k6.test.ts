import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, dirname, join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { findK6 } from "./find-k6.ts"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "scimulate-k6-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** An executable that prints a line whatever it is asked, at a path below the test's folder. */
function program(path: string, line: string): string {
  const full = join(folder, path)
  mkdirSync(dirname(full), { recursive: true })
  writeFileSync(full, `#!/bin/sh\necho '${line}'\n`)
  chmodSync(full, 0o755)
  return full
}

const CURRENT = "k6 v2.2.0 (go1.26.8, linux/amd64)"
const NEWER = "k6 v2.11.3 (commit/0123abc, go1.27.0, darwin/arm64)"
const OLD = "k6 v0.57.0 (commit/50afd82c18, go1.23.6, linux/amd64)"
const inPath = (...folders: string[]) => ({ PATH: folders.map((name) => join(folder, name)).join(delimiter) })
const cache = () => join(folder, "cache")
const CACHED = "cache/v2.2.0/k6"

describe("findK6", () => {
  it("takes --k6 before K6_BIN, K6_BIN before PATH, PATH before the cache", async () => {
    const flag = program("flag/k6", CURRENT)
    const named = program("named/my-k6", NEWER)
    const onPath = program("bin/k6", CURRENT)
    const cached = program(CACHED, CURRENT)
    const environment = { ...inPath("empty", "bin"), K6_BIN: named }
    expect(await findK6({ flag, environment, cache: cache() })).toEqual({ path: flag, version: "2.2.0", place: "--k6" })
    expect(await findK6({ environment, cache: cache() })).toEqual({ path: named, version: "2.11.3", place: "K6_BIN" })
    expect(await findK6({ environment: inPath("empty", "bin"), cache: cache() })).toEqual({
      path: onPath,
      version: "2.2.0",
      place: "PATH",
    })
    expect(await findK6({ environment: inPath("empty"), cache: cache() })).toEqual({
      path: cached,
      version: "2.2.0",
      place: "cache",
    })
  })

  it("passes an old k6 of the system over for the built one", async () => {
    program("bin/k6", OLD)
    const cached = program(CACHED, CURRENT)
    expect(await findK6({ environment: inPath("bin"), cache: cache() })).toMatchObject({ path: cached, place: "cache" })
  })

  it("says which k6 is too old when there is no other", async () => {
    const old = program("bin/k6", OLD)
    await expect(findK6({ environment: inPath("bin"), cache: cache() })).rejects.toMatchObject({
      code: "ENV_K6",
      message: `${old} (PATH) is k6 0.57.0, and the profiles need 2.2.0 or newer`,
      hint: expect.stringContaining("npm run k6:install"),
    })
  })

  it("refuses a chosen k6 that is too old, although a good one stands in PATH", async () => {
    program("bin/k6", CURRENT)
    const flag = program("flag/k6", OLD)
    await expect(findK6({ flag, environment: inPath("bin"), cache: cache() })).rejects.toMatchObject({
      code: "ENV_K6",
    })
  })

  it("refuses a chosen file that is not there, or is another program", async () => {
    program("bin/k6", CURRENT)
    await expect(
      findK6({ flag: join(folder, "nowhere/k6"), environment: inPath("bin"), cache: cache() }),
    ).rejects.toMatchObject({ code: "ENV_K6", message: expect.stringContaining("--k6 names") })
    const other = program("other/k6", "kubectl of a kind, v9.9.9")
    await expect(findK6({ environment: { ...inPath("bin"), K6_BIN: other }, cache: cache() })).rejects.toMatchObject({
      code: "ENV_K6",
      message: `${other} (K6_BIN) is not k6: it does not say its version`,
    })
  })

  it("says how to get k6 when there is none", async () => {
    await expect(findK6({ environment: inPath("empty"), cache: cache() })).rejects.toMatchObject({
      code: "ENV_K6",
      message: "k6 is not installed (looked in PATH and in the project's cache)",
      hint: expect.stringMatching(/npm run k6:install .* K6_BIN, or behind --k6$/),
    })
  })
})
