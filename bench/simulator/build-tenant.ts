/**
 * Building a large tenant: generator and directory, beside bare inserts of the same rows into the same tables. Each side in a
 * process of its own, so that its memory is its own.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { median } from "../median.ts"
import type { Built } from "./build-process.ts"
import { reportOf } from "./child-report.ts"

/** Runs one side to its end and gives what it reports. */
function build(side: "tenant" | "inserts", users: number, folder: string): Promise<Built> {
  return reportOf("build-process.ts", [side, String(users), folder])
}

/** Gives the lines of a Markdown table. */
export async function compareBuilding(options: { readonly users: number; readonly rounds: number }): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "scimulate-bench-"))
  const rounds: { tenant: Built; inserts: Built }[] = []
  for (let round = 0; round < options.rounds; round++) {
    // The inserts take their rows from the file that the tenant has left.
    const tenant = await build("tenant", options.users, folder)
    rounds.push({ tenant, inserts: await build("inserts", options.users, folder) })
  }
  rmSync(folder, { recursive: true, force: true })
  const row = (name: string, side: "tenant" | "inserts"): string => {
    const rate = median(rounds.map((round) => options.users / round[side].seconds))
    const cpuUs = median(rounds.map((round) => round[side].cpuUs / options.users))
    const peakMb = Math.max(...rounds.map((round) => round[side].peakMb))
    return `| ${name} | ${rate.toFixed(0)} | ${cpuUs.toFixed(1)} | ${peakMb.toFixed(0)} |`
  }
  const wall = median(rounds.map(({ tenant, inserts }) => inserts.seconds / tenant.seconds))
  const cpu = median(rounds.map(({ tenant, inserts }) => inserts.cpuUs / tenant.cpuUs))
  return [
    `Building a tenant of ${options.users} varied people in a file, beside bare inserts of the same rows (aims: at least 0.3 of their rate; under 512 MB`,
    "with a million).",
    "",
    "| side | people/s | CPU µs each | peak RSS, MB |",
    "| --- | ---: | ---: | ---: |",
    row("generator and directory", "tenant"),
    row("bare inserts", "inserts"),
    `| ratio of rates | ${wall.toFixed(2)} | ${cpu.toFixed(2)} | |`,
    "",
  ]
}
