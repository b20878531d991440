/** What a user waits for: start-up beside `node -e 0`, and a whole run on the embedded target, from the built package. */
import { execFileSync, spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { median } from "./median.ts"

const root = fileURLToPath(new URL("..", import.meta.url))

function timeMs(args: readonly string[]): number {
  const startedAt = performance.now()
  const result = spawnSync(process.execPath, args, { cwd: root, stdio: "ignore" })
  if (result.status !== 0) throw new Error(`node ${args.join(" ")} ended with ${String(result.status)}`)
  return performance.now() - startedAt
}

/** Gives lines: medians of interleaved runs. Builds the package first. */
export function compareCommand(options: { runs: number }): string[] {
  execFileSync(process.execPath, ["build.ts"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] })
  const main = "dist/cli/main.js"
  if (!existsSync(`${root}/${main}`)) throw new Error(`the build left no ${main}`)
  const empty: number[] = []
  const help: number[] = []
  const run: number[] = []
  for (let n = 0; n < options.runs; n++) {
    empty.push(timeMs(["-e", "0"]))
    help.push(timeMs([main, "--help"]))
    run.push(timeMs([main, "run", "--reporter", "json=/dev/null"]))
  }
  return [
    "Commands from the built package:",
    "",
    "| command | median ms | beside `node -e 0` |",
    "| --- | ---: | ---: |",
    `| \`node -e 0\` | ${median(empty).toFixed(0)} | 1 |`,
    `| \`scimulate --help\` (aim: under 150 ms) | ${median(help).toFixed(0)} | ${(median(help) / median(empty)).toFixed(1)} |`,
    `| \`scimulate run\`, everything on the embedded target (aim: under 3 s) | ${median(run).toFixed(0)} | ${(median(run) / median(empty)).toFixed(1)} |`,
    "",
  ]
}
