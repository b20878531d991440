/** The reference target beside the bare server, operation by operation, in interleaved rounds. */
import { median } from "./median.ts"
import { OPERATIONS, openSide } from "./side.ts"

/** Gives the lines of a Markdown table: medians of rates and of server CPU a request, and their ratios. */
export async function compareTarget(options: { rounds: number; requests: number }): Promise<string[]> {
  const bare = await openSide("bare")
  const shared = await openSide("bare-shared")
  const target = await openSide("target")
  const lines = [
    "Reference target beside a bare Hono + better-sqlite3 server (file, WAL, synchronous FULL; 4 connections). The bare server commits each",
    "write by itself, and in its second mode (shared) those that arrive together at once, as the target does. Ratios above 1: the target is better.",
    "",
    "| operation | bare req/s | shared req/s | target req/s | rate / bare | rate / shared | bare CPU µs | shared CPU µs | target CPU µs | CPU / bare | CPU / shared |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
  ]
  try {
    for (const operation of OPERATIONS) {
      for (const side of [bare, shared, target]) await side.measure(operation, 200)
      const rounds = []
      for (let round = 0; round < options.rounds; round++) {
        rounds.push({
          bare: await bare.measure(operation, options.requests),
          shared: await shared.measure(operation, options.requests),
          target: await target.measure(operation, options.requests),
        })
      }
      const cells = [
        median(rounds.map((round) => round.bare.rate)).toFixed(0),
        median(rounds.map((round) => round.shared.rate)).toFixed(0),
        median(rounds.map((round) => round.target.rate)).toFixed(0),
        median(rounds.map((round) => round.target.rate / round.bare.rate)).toFixed(2),
        median(rounds.map((round) => round.target.rate / round.shared.rate)).toFixed(2),
        median(rounds.map((round) => round.bare.cpuUs)).toFixed(0),
        median(rounds.map((round) => round.shared.cpuUs)).toFixed(0),
        median(rounds.map((round) => round.target.cpuUs)).toFixed(0),
        median(rounds.map((round) => round.bare.cpuUs / round.target.cpuUs)).toFixed(2),
        median(rounds.map((round) => round.shared.cpuUs / round.target.cpuUs)).toFixed(2),
      ]
      lines.push(`| ${[operation, ...cells].join(" | ")} |`)
    }
  } finally {
    await bare.close()
    await shared.close()
    await target.close()
  }
  return [...lines, ""]
}
