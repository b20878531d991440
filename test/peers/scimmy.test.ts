/**
 * `scimulate run` against SCIMMY. What it finds there was looked into by hand: scimmy-baseline.json lists each deviation with
 * the reason why it is SCIMMY's (or our first-write server's) and not a mistake of ours. Anything new fails here, and so does
 * an entry that no longer occurs.
 */
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"

import { baselineSchema, parseReport, type Report } from "../../reports/index.ts"
import { scimulate } from "../cli/spawn.ts"
import { startScimmy, type ScimmyServer } from "./scimmy-server.ts"

const baselineFile = fileURLToPath(new URL("scimmy-baseline.json", import.meta.url))

describe("SCIMMY", () => {
  let server: ScimmyServer
  let report: Report
  let code: number | null

  beforeAll(async () => {
    server = await startScimmy()
    const options = ["--seed", "3", "--baseline", baselineFile, "--reporter", "json"]
    const result = await scimulate(["run", server.url, "--token-env", "SCIMMY_TOKEN", ...options], {
      env: { SCIMMY_TOKEN: server.token },
    })
    code = result.code
    report = parseReport(result.stdout)
  })

  afterAll(() => server.close())

  it("gets a verdict for each client", () => {
    expect(report.verdicts.map(({ client }) => client)).toEqual(["entra", "entra-optscim", "rfc"])
    expect(report.verdicts.every(({ outcome, sentence }) => outcome !== "unknown" && sentence !== "")).toBe(true)
  })

  it("shows only what the baseline explains, and all of it", () => {
    expect(report.baseline).toMatchObject({ new: [], fixed: [] })
    expect(code).toBe(0)
  })

  it("meets no error of ours, and is left as it was found", () => {
    expect(report.cases.filter(({ status }) => status === "errored").map(({ key }) => key)).toEqual([])
    expect(report.leftovers).toEqual([])
  })

  it("has a reason for every entry of the baseline", () => {
    const { entries } = baselineSchema.parse(JSON.parse(readFileSync(baselineFile, "utf8")))
    expect(entries.filter(({ reason }) => reason.length < 20)).toEqual([])
  })
})
