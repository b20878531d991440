/** One thread of a run on the embedded target: opens the run for itself, and plays the cases it is told to, one after another. */
import { parentPort, workerData } from "node:worker_threads"
import { SystemClock } from "../simulator/index.ts"
import type { ThreadAnswer, ThreadOrder, ThreadSetup } from "./case-threads.ts"
import { openRun, type OpenRun } from "./open-run.ts"
import { ALL_CASES } from "./registry.ts"
import { runCase } from "./run-case.ts"
import { planCases, type PlannedCase } from "./select.ts"

const { dialects, ...setup }: ThreadSetup = workerData
const planned: ReadonlyMap<string, PlannedCase> = new Map(
  planCases(ALL_CASES, dialects).map((item) => [item.key, item]),
)
const stopping = new AbortController()
let turn: Promise<void> = Promise.resolve()
let run: OpenRun | undefined

async function play(key: string): Promise<void> {
  const item = planned.get(key)
  if (item === undefined) throw new Error(`The catalogue holds no case ${key}.`)
  run ??= await openRun({ ...setup, clock: new SystemClock(), signal: stopping.signal })
  const answer: ThreadAnswer = { key, outcome: await runCase(item, run.settings) }
  parentPort?.postMessage(answer)
}

parentPort?.on("message", (order: ThreadOrder) => {
  if (order === "stop") stopping.abort()
  // What goes wrong in here ends the thread, and with it the run.
  else turn = turn.then(() => play(order.play))
})
