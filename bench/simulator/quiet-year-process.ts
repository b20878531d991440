/** The comparison of quiet-year.ts, for reportOf: `CYCLES ROUNDS`. A heap left by others, or code compiled for them, would tell on it. */
import { report } from "./child-report.ts"
import { compareQuietYear } from "./quiet-year.ts"

const [cycles, rounds] = process.argv.slice(2).map(Number)
if (cycles === undefined || rounds === undefined) throw new Error("usage: quiet-year-process.ts CYCLES ROUNDS")
report(await compareQuietYear({ cycles, rounds }))
