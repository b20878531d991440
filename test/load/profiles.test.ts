/**
 * Every profile, run by a real k6 for a few seconds against the embedded target, as a user runs it. Gated are errors, checks and
 * the end state; what depends on the speed of this machine is reported, and judged elsewhere by literal figures.
 */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { PROFILES } from "../../load/catalogue.ts"
import { parseReport, type Report } from "../../reports/index.ts"
import { scimulate, temporaryFolder } from "../cli/spawn.ts"
import { requireK6 } from "./require-k6.ts"
import { serveTarget, type ServedTarget } from "./serve-target.ts"

const tool = requireK6()
const NAME = `real k6${tool.path === undefined ? ` (${tool.reason})` : ""}`
const folder = temporaryFolder()
afterAll(folder.remove)

async function load(...args: readonly string[]): Promise<{ code: number | null; report: Report; stderr: string }> {
  const ended = await scimulate(["load", ...args, "--reporter", "json"], {
    cwd: folder.path,
    ...(tool.path !== undefined && { env: { K6_BIN: tool.path } }),
  })
  expect(ended.stdout, ended.stderr).toMatch(/^\{/)
  return { code: ended.code, report: parseReport(ended.stdout), stderr: ended.stderr }
}

/** What failed, but for what only a fast machine passes. */
function failures({ cases }: Report): readonly string[] {
  return cases
    .filter(({ status, id }) => (status === "failed" || status === "errored") && !/-(?:rate|breakpoint)$/.test(id))
    .flatMap(({ key, findings }) => findings.map(({ code, message }) => `${key} ${code} ${message}`))
}

const SIZES: Readonly<Partial<Record<(typeof PROFILES)[number], readonly string[]>>> = {
  incremental: ["--duration", "3s"],
  "many-tenants": ["--tenants", "3", "--users", "10", "--duration", "3s"],
  soak: ["--users", "10", "--duration", "3s"],
  breakpoint: ["--users", "20", "--duration", "4s"],
}

describe.skipIf(tool.path === undefined)(NAME, () => {
  it.each(PROFILES)("%s: no errors, everything sent, nothing lost", async (profile) => {
    const { report, code } = await load(profile, "--users", "40", ...(SIZES[profile] ?? []))
    expect(failures(report)).toEqual([])
    expect([0, 1]).toContain(code)
    expect(report.load).toMatchObject({ profile, errors: 0, unsent: 0, throttled: 0, endState: { differences: 0 } })
    expect(report.load?.requests).toBeGreaterThan(20)
    expect(report.load?.steps.every(({ p95Ms, requests }) => requests > 0 && p95Ms > 0)).toBe(true)
    expect(report.machine.processor).not.toBe("")
  })

  it("the other dialect works as well", async () => {
    const { report } = await load("initial-cycle", "--users", "40", "--dialect", "entra-optscim")
    expect(failures(report)).toEqual([])
    expect(report.cases.map(({ key }) => key)).toContain("load-initial-cycle-members@entra-optscim")
  })

  it("WIRE-171: group-storm catches an endpoint that loses members under parallel PATCHes, though each answer is 204", async () => {
    const { report, code } = await load("group-storm", "--users", "40", "--defect", "member-updates-lost")
    expect(code).toBe(1)
    expect(report.load).toMatchObject({ outcome: "broken", errors: 0 })
    const members = report.cases.find(({ id }) => id === "load-group-storm-members")
    expect(members?.status).toBe("failed")
    expect(members?.findings.map(({ code: found }) => found)).toEqual(["load-member-lost"])
    expect(report.causes.map(({ code: cause }) => cause)).toContain("load-member-lost")
  })

  it("leavers catches an endpoint that accepts deletions and deletes nobody", async () => {
    const { report, code } = await load("leavers", "--users", "40", "--defect", "delete-without-effect")
    expect(code).toBe(1)
    expect(failures(report).some((failure) => failure.includes("load-object-not-gone"))).toBe(true)
  })

  describe("against somebody's endpoint", () => {
    let target: ServedTarget
    beforeAll(async () => (target = await serveTarget()))
    afterAll(() => target.close())
    const reach = (): string[] => [target.url, "--token", target.token, "--seed", "5"]

    it("removes what it created, and --keep leaves it", async () => {
      const { report, stderr } = await load("initial-cycle", ...reach(), "--users", "20")
      expect(failures(report)).toEqual([])
      expect(report.leftovers).toEqual([])
      expect(stderr).toMatch(/requests to http:\/\/127\.0\.0\.1:\d+\/scim\/v2 \(seed 5\)/)
      expect(await target.count("/Users")).toBe(0)
      await load("initial-cycle", ...reach(), "--users", "20", "--keep")
      expect(await target.count("/Users")).toBeGreaterThan(10)
    })

    it("finds what an earlier load left, which is no fresh start", async () => {
      const { report, code } = await load("initial-cycle", ...reach(), "--users", "20")
      expect(code).toBe(1)
      const finding = report.cases.find(({ id }) => id === "load-initial-cycle-find-user")?.findings[0]
      expect(finding).toMatchObject({ code: "load-errors", expected: "200 with totalResults 0" })
      const exchange = report.exchanges.find(({ id }) => id === finding?.exchanges[0])
      expect(exchange?.request).toMatchObject({ method: "GET", url: expect.stringContaining("/Users?filter=") })
      expect(exchange?.response?.body).toContain('"totalResults":1')
      expect(JSON.stringify(report)).not.toContain(target.token)
    })

    it("reaches tenants by {tenant}, each with its own token", async () => {
      const several = await serveTarget({ tenants: ["t1", "t2", "t3"] })
      try {
        writeFileSync(join(folder.path, "tokens"), "token-of-t1\ntoken-of-t2\ntoken-of-t3\n")
        const url = several.url.replace("/scim/v2", "/t/{tenant}/scim/v2")
        const sizes = ["--tenants", "3", "--users", "6", "--duration", "2s"]
        const { report } = await load("many-tenants", url, "--tenant-tokens", "tokens", ...sizes)
        expect(failures(report)).toEqual([])
        expect(report.load).toMatchObject({ errors: 0, unsent: 0, endState: { people: 18, differences: 0 } })
        expect(report.target.url).toBe(url)
        const paths = new Set(several.asked.map((asked) => /^\S+ (\/t\/t\d)\//.exec(asked)?.[1]))
        expect(paths).toEqual(new Set(["/t/t1", "/t/t2", "/t/t3"]))
        expect(JSON.stringify(report)).not.toContain("token-of-")
      } finally {
        await several.close()
      }
    })

    it("takes a write that was refused for an error, and not for a loss as well", async () => {
      const failing = await serveTarget({ failEvery: 10 })
      try {
        const { report, code } = await load("group-storm", failing.url, "--token", failing.token, "--users", "40")
        expect(code).toBe(1)
        expect(report.causes.map(({ code: cause }) => cause)).toEqual(["load-errors"])
        expect(report.load).toMatchObject({ outcome: "broken", unsent: 0, endState: { differences: 0 } })
        expect(report.load?.errors).toBeGreaterThan(0)
      } finally {
        await failing.close()
      }
    })

    it("speaks TLS with the authority that --ca names", async () => {
      const pem = (name: string): string => fileURLToPath(new URL(`../cli/tls/${name}.pem`, import.meta.url))
      const tls = { key: readFileSync(pem("key"), "utf8"), cert: readFileSync(pem("cert"), "utf8") }
      const secure = await serveTarget({ tls })
      try {
        const { report } = await load(
          "initial-cycle",
          secure.url,
          "--token",
          secure.token,
          "--users",
          "8",
          "--ca",
          pem("cert"),
        )
        expect(failures(report)).toEqual([])
        expect(report.load?.requests).toBeGreaterThan(20)
      } finally {
        await secure.close()
      }
    })

    it("WIRE-219: obeys 429 with Retry-After, and counts it apart from errors", async () => {
      const throttling = await serveTarget({ throttleEvery: 40 })
      try {
        const { report } = await load("initial-cycle", throttling.url, "--token", throttling.token, "--users", "20")
        expect(failures(report)).toEqual([])
        expect(report.load).toMatchObject({ errors: 0, unsent: 0, endState: { differences: 0 } })
        expect(report.load?.throttled).toBeGreaterThan(0)
        expect(throttling.impatient()).toEqual([])
      } finally {
        await throttling.close()
      }
    })
  })

  it("runs by plain k6 with a written plan, and k6 itself refuses to leave this machine", async () => {
    const plan = join(folder.path, "plan.json")
    const written = await scimulate(["load", "initial-cycle", "--users", "20", "--write-plan", plan], {
      cwd: folder.path,
    })
    expect(written.code).toBe(0)
    const target = await serveTarget()
    try {
      const env = { SCIMULATE_URL: target.url, SCIMULATE_TOKEN: target.token, SCIMULATE_PLAN: plan }
      const ended = await runPlainK6("initial-cycle", env)
      expect(ended.code, ended.text).toBe(0)
      expect(ended.text).toMatch(/scim_errors\.*: 0\.00%/)
      expect(await target.count("/Users")).toBeGreaterThan(10)
      // TEST-NET-1 (RFC 5737): nobody is there, and nothing may be sent there.
      const away = await runPlainK6("initial-cycle", { ...env, SCIMULATE_URL: "http://192.0.2.1/scim/v2" })
      expect(away.code).toBe(99)
      expect(away.text).toContain("blacklisted")
      const unset = await runPlainK6("initial-cycle", { ...env, SCIMULATE_PLAN: "" })
      expect(unset.text).toContain("SCIMULATE_PLAN is not set")
      const other = await runPlainK6("soak", env)
      expect(other.text).toContain("SCIMULATE_PLAN is a plan for initial-cycle, and this is the profile soak.")
    } finally {
      await target.close()
    }
  })

  it("writes k6's own summary, and every report format", async () => {
    const file = (name: string): string => join(folder.path, name)
    writeFileSync(file("limits.json"), '{"requestsPerSecond":1,"all":{"p95Ms":60000}}')
    const outputs = ["html", "junit", "markdown", "console"].flatMap((name) => ["--reporter", `${name}=${file(name)}`])
    const { report } = await load(
      "reconnect",
      "--users",
      "20",
      "--summary",
      file("summary.json"),
      "--thresholds",
      file("limits.json"),
      ...outputs,
    )
    expect(failures(report)).toEqual([])
    expect(readFileSync(file("summary.json"), "utf8")).toContain("scim_duration")
    for (const [name, text] of [
      ["html", "p95 over time"],
      ["junit", "load-reconnect-members@entra"],
      ["markdown", "## Load: reconnect"],
      ["console", "Load: reconnect held"],
    ] as const) {
      expect(readFileSync(file(name), "utf8")).toContain(text)
    }
  })
})

/** k6 as a performance tester starts it. */
async function runPlainK6(
  profile: string,
  env: Record<string, string>,
): Promise<{ code: number | null; text: string }> {
  const { spawnK6 } = await import("./spawn-k6.ts")
  return await spawnK6(tool.path ?? "", profile, env)
}
