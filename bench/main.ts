/**
 * `npm run bench`: speed as ratios, both sides in one run, so that a noisy machine harms both alike. `-- --quick` takes
 * fewer rounds. Prints Markdown; bench/RESULTS.md keeps a run with its machine.
 */
import { compareTarget } from "./target.ts"
import { compareCommand } from "./command.ts"
import { describeMachine } from "./machine.ts"

const quick = process.argv.includes("--quick")
console.log(`Machine: ${describeMachine()}\n`)
for (const line of await compareTarget({ rounds: quick ? 3 : 5, requests: quick ? 400 : 2_000 })) console.log(line)
for (const line of compareCommand({ runs: quick ? 5 : 11 })) console.log(line)
