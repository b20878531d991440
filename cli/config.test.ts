import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { readConfig } from "./config.ts"

let folder = ""
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "scimulate-")))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

describe("readConfig", () => {
  it("finds the file upward, and takes its paths from its own folder", async () => {
    await writeFile(
      join(folder, "scimulate.config.json"),
      JSON.stringify({
        url: "http://localhost:1",
        tokenFile: "t",
        reporter: "console,json=out/r.json",
        target: { db: "x.db", schemas: "s.json" },
      }),
    )
    await mkdir(join(folder, "a", "b"), { recursive: true })
    expect(await readConfig(join(folder, "a", "b"))).toEqual({
      url: "http://localhost:1",
      tokenFile: join(folder, "t"),
      reporter: ["console", `json=${join(folder, "out", "r.json")}`],
      target: { db: join(folder, "x.db"), schemas: join(folder, "s.json") },
    })
  })

  it("reads TypeScript", async () => {
    await writeFile(
      join(folder, "scimulate.config.ts"),
      "const seed: number = 7\nexport default { seed, suite: ['rfc', 'entra'] }\n",
    )
    expect(await readConfig(folder)).toEqual({ seed: 7, suite: ["rfc", "entra"] })
  })

  it("is empty where there is no file", async () => {
    expect(await readConfig(folder)).toEqual({})
  })

  it.each([
    ["a misspelt option", '{"concurency": 2}', 'unknown option "concurency"', 'did you mean "concurrency"?'],
    ["a misspelt option of target", '{"target": {"prot": 1}}', 'unknown option "target.prot"', 'did you mean "port"?'],
    ["a wrong type", '{"seed": "seven"}', 'option "seed" is not valid', "camel case"],
    ["what is no object", "[]", "option is not valid", "camel case"],
  ])("refuses %s", async (_title, text, message, hint) => {
    await writeFile(join(folder, "scimulate.config.json"), text)
    await expect(readConfig(folder)).rejects.toThrow(
      expect.objectContaining({
        code: "USAGE_CONFIG",
        message: expect.stringContaining(message),
        hint: expect.stringContaining(hint),
      }),
    )
  })

  it("refuses what is not JSON, what throws, what exports nothing and what is missing", async () => {
    await writeFile(join(folder, "a.json"), "{,}")
    await writeFile(join(folder, "b.js"), "throw new Error('no luck')")
    await writeFile(join(folder, "c.js"), "export const seed = 1")
    await expect(readConfig(folder, "a.json")).rejects.toThrow(/a\.json: not valid JSON/)
    await expect(readConfig(folder, "b.js")).rejects.toThrow(/b\.js: cannot be loaded \(no luck\)/)
    await expect(readConfig(folder, "c.js")).rejects.toThrow(/c\.js: has no default export/)
    await expect(readConfig(folder, "d.ts")).rejects.toThrow(/there is no .*d\.ts/)
  })
})
