/** `npm run model -- [--histories N] [--steps N] [--seed N] [--path PATH] [--defect NAME]…`: model tests of the whole engine. */
import { parseArgs } from "node:util"
import { systemSeed } from "../../simulator/index.ts"
import { renderRun } from "./report.ts"
import { runModel } from "./run-model.ts"

const { values } = parseArgs({
  options: {
    histories: { type: "string", default: "300" },
    steps: { type: "string", default: "100" },
    seed: { type: "string" },
    path: { type: "string" },
    defect: { type: "string", multiple: true, default: [] },
  },
})

function whole(name: "histories" | "steps" | "seed", text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && (name === "seed" || value > 0)) return value
  process.stderr.write(`--${name} takes a whole number; got "${text}".\n`)
  process.exit(2)
}

const options = {
  histories: whole("histories", values.histories),
  steps: whole("steps", values.steps),
  seed: values.seed === undefined ? systemSeed() | 0 : whole("seed", values.seed),
  broken: { defects: values.defect },
  ...(values.path !== undefined && { path: values.path }),
}
process.stderr.write(`seed ${options.seed}, ${options.histories} histories of ${options.steps} events\n`)
const run = await runModel({
  ...options,
  onHistory({ histories }) {
    if (histories % 25 === 0) process.stderr.write(`${histories} histories\n`)
  },
})
process.stdout.write(`${renderRun(run, options)}\n`)
process.exitCode = run.failure === null ? 0 : 1
