/** The package as its users get it: packed, installed in an empty folder, run by npx, and started on a Node that is too old. */
import { execFile, execFileSync } from "node:child_process"
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { delimiter, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { publint } from "publint"
import { formatMessage } from "publint/utils"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { temporaryFolder } from "../cli/spawn.ts"
import { requireK6 } from "../load/require-k6.ts"
import { importedPackages } from "./imported-packages.ts"

const run = promisify(execFile)
const ROOT = fileURLToPath(new URL("../../", import.meta.url))
const folder = temporaryFolder()
const consumer = join(folder.path, "consumer")
const installed = join(consumer, "node_modules", "scimulate")
afterAll(folder.remove)

/** npm and npx with the Node of this process, and without what the test run's own npm put into the environment. */
async function npm(
  program: "npm" | "npx",
  args: readonly string[],
  cwd: string,
): Promise<{ stdout: string; stderr: string }> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^npm_|^VITEST|^NODE_ENV$/i.test(name))
  const env = {
    ...Object.fromEntries(inherited),
    PATH: `${dirname(process.execPath)}${delimiter}${process.env["PATH"]}`,
  }
  return await run(program, args, { cwd, env, maxBuffer: 64 * 1024 * 1024 })
}

beforeAll(async () => {
  await npm("npm", ["pack", "--pack-destination", folder.path], ROOT)
  const tarball = readdirSync(folder.path).find((name) => name.endsWith(".tgz")) ?? "no tarball"
  mkdirSync(consumer)
  writeFileSync(join(consumer, "package.json"), '{"name":"consumer","private":true,"type":"module"}')
  // No dependency needs a script; without this npm would run node-gyp for better-sqlite3 (docs/decisions/0004).
  const quietly = ["--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"]
  await npm("npm", ["install", ...quietly, join(folder.path, tarball)], consumer)
})

describe("the package", () => {
  it("gives a verdict by npx", async () => {
    const { stdout } = await npm("npx", ["scimulate", "run", "--suite", "basic", "--reporter", "json"], consumer)
    const report: unknown = JSON.parse(stdout)
    expect(report).toMatchObject({ version: 1, run: { exitCode: 0 }, summary: { failed: 0, errored: 0 } })
    expect(report).toHaveProperty("verdicts.0.sentence")
  })

  it("explains a fact: its data is aboard", async () => {
    const { stdout } = await npm("npx", ["scimulate", "explain", "WIRE-093"], consumer)
    expect(stdout).toContain("WIRE-093")
  })

  it("can be imported, and reads scimulate.config.ts of its user", async () => {
    const code =
      'const { createTarget, runCases } = await import("scimulate"); console.log(typeof createTarget, typeof runCases)'
    expect(
      execFileSync(process.execPath, ["--input-type=module", "-e", code], { cwd: consumer, encoding: "utf8" }),
    ).toBe("function function\n")
    writeFileSync(
      join(consumer, "scimulate.config.ts"),
      'import type { Config } from "scimulate"\nexport default { seed: 9, suite: "basic", reporter: "json" } satisfies Config\n',
    )
    const { stdout } = await npm("npx", ["scimulate", "run"], consumer)
    expect(JSON.parse(stdout)).toMatchObject({ run: { seed: 9 } })
  })

  it("imports what it has npm install, and names the licences of what it contains", () => {
    const dist = join(installed, "dist")
    expect(importedPackages(dist)).toEqual(["better-sqlite3", "msw", "undici", "vitest"])
    const notices = readFileSync(join(dist, "THIRD-PARTY-LICENSES.txt"), "utf8")
    for (const name of ["@faker-js/faker", "@hono/node-server", "commander", "hono", "jose", "yaml", "zod"]) {
      expect(notices).toMatch(new RegExp(`^${name} [\\d.]+ \\((MIT|ISC)\\)$`, "m"))
    }
    expect(notices).toContain("Permission is hereby granted, free of charge")
  })

  it("holds the report's JSON Schema, and neither tests nor sources", () => {
    const schema: unknown = JSON.parse(readFileSync(join(installed, "dist", "report.schema.json"), "utf8"))
    expect(schema).toMatchObject({ title: "scimulate report, version 1" })
    const files = readdirSync(installed, { recursive: true, encoding: "utf8" })
    expect(files.filter((name) => /\.test\.|(?<!\.d)\.ts$/.test(name))).toEqual([])
  })

  const k6 = requireK6()
  it.skipIf(k6.path === undefined)(
    `runs a load: k6 takes the built profiles${k6.path === undefined ? ` (${k6.reason})` : ""}`,
    async () => {
      const args = ["load", "initial-cycle", "--users", "10", "--k6", k6.path ?? "", "--reporter", "json"]
      const { stdout } = await npm("npx", ["scimulate", ...args], consumer)
      expect(JSON.parse(stdout)).toMatchObject({
        run: { exitCode: 0 },
        load: { errors: 0, endState: { differences: 0 } },
      })
    },
  )

  it("is clean for publint", async () => {
    const { messages } = await publint({ pkgDir: installed, strict: true })
    const { pkg } = {
      pkg: JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as Record<string, unknown>,
    }
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([])
  })
})

describe("on a Node that is too old", () => {
  /** A real one if this machine has it; otherwise this Node with another version number. */
  function oldNode(): { program: string; args: readonly string[] } {
    const places = (process.env["PATH"] ?? "").split(delimiter).filter((place) => !place.includes("node_modules"))
    for (const program of places.map((place) => join(place, "node")).filter((path) => existsSync(path))) {
      const [major = 0, minor = 0] = execFileSync(program, ["-p", "process.versions.node"], { encoding: "utf8" })
        .split(".")
        .map(Number)
      if (major < 22 || (major === 22 && minor < 19)) return { program, args: [] }
    }
    const pretend =
      'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.20.2"}})'
    return { program: process.execPath, args: ["--import", pretend] }
  }

  it("says so in one sentence, exit 3, before it loads anything", async () => {
    const { program, args } = oldNode()
    const failure = await run(program, [...args, join(installed, "cli", "bin.mjs"), "run"]).catch(
      (error: unknown) => error,
    )
    expect(failure).toMatchObject({ code: 3, stdout: "" })
    expect(failure).toHaveProperty(
      "stderr",
      expect.stringMatching(/^scimulate needs Node 22\.19 or newer, and this is Node [\d.]+: .*\.\n$/),
    )
  })
})
