/**
 * `npm run bench`: speed as ratios, both sides in one run, so that a noisy machine harms both alike. `-- --quick` takes
 * fewer rounds. Prints Markdown; bench/RESULTS.md keeps a run with its machine.
 */
import { buildCommand, compareCommand } from "./command.ts"
import { describeMachine } from "./machine.ts"
import { compareSimulator } from "./simulator/index.ts"
import { measureStart } from "./start.ts"
import { compareSizes, compareTarget } from "./target.ts"

const quick = process.argv.includes("--quick")
console.log(`Machine: ${describeMachine()}\n`)
const main = buildCommand()
const rounds = quick ? 3 : 5
const warmth = quick ? 0.5 : 1
for (const line of await compareTarget(main, { rounds, requests: quick ? 1_000 : 2_000, warmth })) console.log(line)
for (const line of await compareSizes(main, { rounds, requests: quick ? 500 : 1_000, warmth })) console.log(line)
for await (const line of compareSimulator(main, { quick })) console.log(line)
for (const line of await measureStart(main, { runs: rounds })) console.log(line)
for (const line of compareCommand(main, { runs: quick ? 5 : 11 })) console.log(line)
