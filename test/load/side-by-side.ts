/** k6 in several processes side by side, each with an execution segment of the same load, as k6-operator starts its pods. */
import { spawn } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { fileURLToPath } from "node:url"
import { K6_ENVIRONMENT } from "../../load/k6/find-k6.ts"
import type { LoadPlan } from "../../load/plan/plan.ts"
import { parseJournalLine } from "../../load/verdict/journal.ts"
import { Measurement } from "../../load/verdict/measure.ts"
import { type Recorder, startRecorder } from "./recorder.ts"

export interface Outcome {
  /** What the endpoint was sent, and what it then held (recorder.ts). */
  readonly log: readonly string[]
  readonly state: readonly string[]
  /** Of all processes together. */
  readonly measurement: Measurement
}

export interface SideBySide {
  readonly k6: string
  readonly plan: LoadPlan
  readonly processes: number
  /** Parts of each tenant; whole tenants are spread over the processes when there is one. */
  readonly lanes: number
  /** Sees each request before the endpoint does, and may hold it back. */
  readonly before?: (line: string) => Promise<void>
}

/** No process may take longer. */
const LIMIT_MS = 60_000

/** Plays the plan against a target of its own. Throws with k6's own words where a process fails. */
export async function playSideBySide({ before, ...options }: SideBySide): Promise<Outcome> {
  const recorder = await startRecorder(before)
  try {
    const measurement = new Measurement()
    for (const journal of await sendSideBySide(options, recorder)) {
      for (const line of journal.split("\n").map(parseJournalLine)) if (line !== null) measurement.add(line)
    }
    return { log: recorder.log(), state: await recorder.state(), measurement }
  } finally {
    await recorder.close()
  }
}

/** Sends the plan; gives what each process wrote to its log. */
export async function sendSideBySide(
  { k6, plan, processes, lanes }: Omit<SideBySide, "before">,
  recorder: Recorder,
): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "scimulate-segments-"))
  const file = join(folder, "plan.json")
  writeFileSync(file, JSON.stringify(plan))
  const env = {
    ...process.env,
    ...K6_ENVIRONMENT,
    SCIMULATE_URL: recorder.url,
    SCIMULATE_TOKEN: recorder.token,
    SCIMULATE_PLAN: file,
    SCIMULATE_LANES: lanes.toString(),
    SCIMULATE_JOURNAL: "1",
    SCIMULATE_DURATION: "3",
  }
  try {
    return await Promise.all(segmentsOf(processes).map((segment) => runK6(k6, plan.profile, segment, env)))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The arguments that k6-operator gives to each of so many runners. */
function segmentsOf(count: number): readonly (readonly string[])[] {
  const cuts = Array.from({ length: count + 1 }, (_, index) => `${index}/${count}`)
  const sequence = `--execution-segment-sequence=${cuts.join(",")}`
  return cuts.slice(1).map((to, index) => [`--execution-segment=${cuts[index] ?? "0"}:${to}`, sequence])
}

async function runK6(k6: string, profile: string, segment: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const script = fileURLToPath(new URL(`../../load/profiles/${profile}.ts`, import.meta.url))
  const child = spawn(k6, ["run", "--quiet", "--summary-mode=disabled", "--log-format=raw", ...segment, script], {
    env,
    stdio: ["ignore", "ignore", "pipe"],
    timeout: LIMIT_MS,
  })
  const words = text(child.stderr)
  const code = await new Promise((resolve) => child.once("close", resolve))
  if (code !== 0) throw new Error(`k6 ended with ${String(code)}: ${(await words).slice(-2000)}`)
  return await words
}
