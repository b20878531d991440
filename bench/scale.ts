/**
 * `npm run bench:scale`: the measured numbers of docs/scale.md. Plays initial cycles of several shapes with plain `k6 run`
 * against the reference target on a file, and says what each person and each request costs. Needs Linux (/proc).
 */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { z } from "zod"
import { buildPlan, findK6 } from "../load/index.ts"
import { describeMachine } from "./machine.ts"
import { startTarget } from "./peers/peer.ts"
import { peakMemoryBytes, processorTimeUs } from "./process-use.ts"

interface Shape {
  readonly tenants: number
  /** In each tenant. */
  readonly users: number
}

const SHAPES: readonly Shape[] = [
  { tenants: 1, users: 500 },
  { tenants: 1, users: 4000 },
  { tenants: 100, users: 40 },
]
const SAMPLE_INTERVAL_MS = 50
const MIB = 1024 ** 2

const summarySchema = z.object({
  results: z.object({
    metrics: z.array(z.object({ name: z.string(), values: z.looseObject({ count: z.number().optional() }) })),
  }),
})

const k6 = await findK6({ environment: process.env })
console.log(`Machine: ${describeMachine()}, k6 ${k6.version}\n`)
const HEADS = [
  "tenants × people",
  "requests/person",
  "plan bytes/person",
  "planning CPU µs/person",
  "target bytes/person",
  "target CPU µs/request",
  "sent bytes/request",
  "received bytes/request",
  "k6 CPU µs/request",
  "k6 MiB",
]
console.log(`| ${HEADS.join(" | ")} |\n| ${HEADS.map(() => "---:").join(" | ")} |`)
for (const shape of SHAPES) console.log(`| ${(await measure(shape)).join(" | ")} |`)

async function measure({ tenants, users }: Shape): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "scimulate-scale-"))
  const db = join(folder, "scale.db")
  const planFile = join(folder, "plan.json")
  const summaryFile = join(folder, "summary.json")
  const plannedFrom = process.cpuUsage()
  const plan = await buildPlan({ profile: "initial-cycle", seed: 1, runId: "scale", dialect: "entra", users, tenants })
  const planning = process.cpuUsage(plannedFrom)
  writeFileSync(planFile, JSON.stringify(plan))
  const target = await startTarget(() => db)
  try {
    const before = processorTimeUs(target.pid) ?? 0
    const environment = {
      K6_NO_USAGE_REPORT: "true",
      K6_AUTO_EXTENSION_RESOLUTION: "false",
      SCIMULATE_URL: target.url,
      SCIMULATE_TOKEN: target.token,
      SCIMULATE_PLAN: planFile,
      SCIMULATE_JOURNAL: "1",
    }
    const sender = await runK6(summaryFile, environment)
    const after = processorTimeUs(target.pid) ?? 0
    await target.stop()
    const requests = plan.chains.reduce((sum, chain) => sum + chain.requests.length, 0)
    const people = tenants * users
    const count = counters(summaryFile)
    return [
      `${tenants} × ${users}`,
      (requests / people).toFixed(2),
      (statSync(planFile).size / people).toFixed(0),
      ((planning.user + planning.system) / people).toFixed(0),
      (statSync(db).size / people).toFixed(0),
      ((after - before) / requests).toFixed(0),
      (count("data_sent") / requests).toFixed(0),
      (count("data_received") / requests).toFixed(0),
      (sender.processorUs / requests).toFixed(0),
      (sender.memoryBytes / MIB).toFixed(0),
    ]
  } finally {
    await target.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Plain `k6 run`, watched until it ends. */
async function runK6(
  summaryFile: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ processorUs: number; memoryBytes: number }> {
  const profile = fileURLToPath(new URL("../load/profiles/initial-cycle.ts", import.meta.url))
  const summary = ["--new-machine-readable-summary", "--summary-export", summaryFile]
  const child = spawn(k6.path, ["run", "--quiet", "--log-format=raw", ...summary, profile], {
    env: { ...process.env, ...environment },
    stdio: "ignore",
  })
  const { pid = 0 } = child
  const used = { processorUs: 0, memoryBytes: 0 }
  const timer = setInterval(() => {
    used.processorUs = Math.max(used.processorUs, processorTimeUs(pid) ?? 0)
    used.memoryBytes = Math.max(used.memoryBytes, peakMemoryBytes(pid) ?? 0)
  }, SAMPLE_INTERVAL_MS)
  const [code] = (await once(child, "exit")) as [number | null]
  clearInterval(timer)
  // 99: an answer took longer than the profile's limit, which on a busy machine is no matter here.
  if (code !== 0 && code !== 99) throw new Error(`k6 ended with ${String(code)}`)
  return used
}

function counters(summaryFile: string): (name: string) => number {
  const { metrics } = summarySchema.parse(JSON.parse(readFileSync(summaryFile, "utf8"))).results
  return (name) => metrics.find((metric) => metric.name === name)?.values.count ?? 0
}
