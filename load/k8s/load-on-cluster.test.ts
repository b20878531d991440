import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, describe, expect, it } from "vitest"
import { findProfile, type ProfileName, PROFILES } from "../catalogue.ts"
import { buildPlan } from "../plan/build.ts"
import { lanesFor, toDistributedRun } from "./load-on-cluster.ts"
import { renderManifests } from "./manifests.ts"

async function describeRun(name: ProfileName, runners: number, tenants = 1) {
  const profile = findProfile(name)
  if (profile === undefined) throw new Error(name)
  const plan = await buildPlan({ profile: name, seed: 1, runId: "cluster", dialect: "entra", users: 12, tenants })
  const url = "http://scim.apps.svc/{tenant}/scim/v2"
  return toDistributedRun({ plan, profile, url, runners, token: { file: "/run/secrets/scim token" }, p95Ms: 500 })
}

let folder: string | null = null
afterEach(() => {
  if (folder !== null) rmSync(folder, { recursive: true, force: true })
  folder = null
})

describe("a load on a cluster", () => {
  it("gives each runner whole tenants where there are enough, and a part of each otherwise", () => {
    expect([lanesFor(10, 4), lanesFor(4, 4), lanesFor(1, 4), lanesFor(3, 4)]).toEqual([1, 1, 4, 2])
  })

  it("tells the runners what scimulate load tells k6; a split tenant keeps its requests in flight", async () => {
    const { name, parallelism, vus, environment, secrets } = await describeRun("initial-cycle", 4)
    expect({ name, parallelism, vus }).toEqual({ name: "initial-cycle-cluster", parallelism: 4, vus: 4 })
    expect(environment).toEqual({
      SCIMULATE_LANES: "4",
      SCIMULATE_IN_FLIGHT: "2",
      SCIMULATE_P95: "500",
      SCIMULATE_JOURNAL: "1",
      SCIMULATE_ALLOW_WRITES: "1",
    })
    expect(secrets).toMatchObject([{ variable: "SCIMULATE_TOKEN", secret: "initial-cycle-cluster-token" }])
    const many = await describeRun("many-tenants", 2, 4)
    expect(many.environment).toMatchObject({ SCIMULATE_LANES: "1", SCIMULATE_RATE: "25", SCIMULATE_DURATION: "30" })
  })

  it("is refused where one part would delete what another still needs", async () => {
    await expect(describeRun("leavers", 2)).rejects.toMatchObject({
      code: "USAGE_MANIFEST",
      message: expect.stringContaining("cannot be split"),
      hint: "use one runner for each tenant, or several loads with a --seed each",
    })
  })

  it("takes the token from a file without showing it", async () => {
    const run = await describeRun("initial-cycle", 1)
    expect(renderManifests(run).commands[0]).toBe(
      "kubectl create secret generic initial-cycle-cluster-token --from-file=token='/run/secrets/scim token'",
    )
    const secrets = run.secrets.map((secret) => ({ ...secret, from: { lines: "tokens.txt" } }))
    expect(renderManifests({ ...run, secrets }).commands[0]).toBe(
      "paste -sd, tokens.txt | kubectl create secret generic initial-cycle-cluster-token --from-file=token=/dev/stdin",
    )
  })

  it.each(PROFILES)("carries all that the profile %s imports: its files stand on their own", async (name) => {
    const { script } = await describeRun(name, 1)
    expect(script.entry).toBe(`profiles/${name}.ts`)
    folder = mkdtempSync(join(tmpdir(), "scimulate-script-"))
    for (const [path, text] of Object.entries(script.files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    // Node resolves what k6 resolves, but for k6's own modules, which stand empty here.
    for (const module of ["k6", "k6/http", "k6/data", "k6/metrics", "k6/execution"]) writeModule(folder, module)
    const check = `await import(${JSON.stringify(join(folder, script.entry))}).catch((error) => { if (error.code === "ERR_MODULE_NOT_FOUND") throw error })`
    const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", check], { encoding: "utf8" })
    expect(stderr.replace(/.*ExperimentalWarning.*\n?/g, "")).toBe("")
    expect(status).toBe(0)
  })
})

function writeModule(root: string, name: string): void {
  const place = join(root, "node_modules", name)
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, "package.json"), `{"type":"module","exports":{".":"./index.js"}}`)
  writeFileSync(
    join(place, "index.js"),
    "export const check = 0, SharedArray = class {}, Counter = class {}, Rate = class {}, Trend = class {}; export default {}\n",
  )
}
