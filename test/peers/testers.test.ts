/**
 * Testers that others wrote, against `scimulate target`: scim2-tester finds nothing at all, and what scim-sanity finds is
 * answered from the RFC's text in docs/decisions/0042. Anything new fails here, and so does a remark that no longer comes.
 */
import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { z } from "zod"
import { start, type Running } from "../cli/spawn.ts"
import { findPython } from "./python-venv.ts"

const TOKEN = "s3cret"
const RUNNER = fileURLToPath(new URL("python/run_scim2_tester.py", import.meta.url))

const testerResults = z.array(
  z.object({
    status: z.string(),
    title: z.string().nullable(),
    type: z.string().nullable(),
    reason: z.string().nullable(),
  }),
)
const sanityResults = z.object({
  results: z.array(z.object({ name: z.string(), status: z.string(), message: z.string().nullish() })),
})

/** What Python prints, whatever its exit code says. */
async function output(...args: readonly string[]): Promise<string> {
  return await new Promise((resolve, reject) => {
    execFile(python.path ?? "", [...args], { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (stdout === "") reject(new Error(`${args[0]} printed nothing: ${stderr}`, { cause: error }))
      else resolve(stdout)
    })
  })
}

const python = findPython()
const why = python.path === undefined ? ` (skipped: ${python.reason})` : ""

describe.skipIf(python.path === undefined)(`testers written by others${why}`, () => {
  describe.each(["entra", "rfc"])("--compat %s", (compat) => {
    let running: Running
    let url: string

    beforeAll(async () => {
      running = start(["target", "--port", "0", "--token", TOKEN, "--compat", compat])
      url = await running.url
    })
    afterAll(async () => {
      running.child.kill("SIGTERM")
      await running.ended
    })

    it("scim2-tester finds neither an error nor a deviation, and skips nothing", async () => {
      const results = testerResults.parse(JSON.parse(await output(RUNNER, url, TOKEN)))
      expect(results.filter(({ status }) => status !== "SUCCESS")).toEqual([])
      expect(new Set(results.map(({ type }) => type))).toEqual(new Set([null, "User", "Group"]))
      expect(results.length).toBeGreaterThan(130)
    })

    it("scim-sanity remarks on what decision 0042 answers, and on nothing else", async () => {
      const options = ["--token", TOKEN, "--i-accept-side-effects", "--json-output"]
      const text = await output("-m", "scim_sanity", "probe", url, ...options)
      const { results } = sanityResults.parse(JSON.parse(text))
      const remarks = results.filter(({ status }) => !["pass", "skip"].includes(status.toLowerCase()))
      expect(remarks.map(({ name, message }) => `${name}: ${message ?? ""}`)).toEqual([
        "PATCH /Groups/{id}: Expected HTTP 200, got 204 (RFC 7644 §3.3); Response body is empty",
        "PATCH /Groups/{id} add member: Expected 200, got 400",
        "PATCH /Groups/{id} remove members: Expected 200, got 204",
      ])
      expect(results.filter(({ status }) => status.toLowerCase() === "pass").length).toBeGreaterThan(20)
    })
  })
})
