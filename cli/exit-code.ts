/** The exit codes of design.md, and which of them a run earns. */
import type { Report } from "../reports/index.ts"

export const EXIT_CODES = {
  passed: 0,
  /** A case failed, or a baseline entry that ran no longer fails. */
  failed: 1,
  /** Bad usage or configuration, a selection that matches nothing, --allow-writes missing. */
  usage: 2,
  /** The target could not be tested, k6 is missing, a port is in use, or the wrong Node. */
  environment: 3,
  /** Our own fault: an errored case, or a crash. */
  ownFault: 4,
  /** Interrupted by the user. */
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES]

/** What can be true of a run at the same time. */
export interface RunFacts {
  readonly interrupted: boolean
  readonly untestable: boolean
  readonly errored: boolean
  readonly misused: boolean
  readonly failed: boolean
}

/** The first code that applies, in design.md's order: 130, 3, 4, 2, 1, 0. */
export function toExitCode(facts: RunFacts): ExitCode {
  if (facts.interrupted) return EXIT_CODES.interrupted
  if (facts.untestable) return EXIT_CODES.environment
  if (facts.errored) return EXIT_CODES.ownFault
  if (facts.misused) return EXIT_CODES.usage
  if (facts.failed) return EXIT_CODES.failed
  return EXIT_CODES.passed
}

/**
 * The code of a finished run. Failures that a baseline knows do not count; entries of it that no longer fail do, unless this
 * very run takes them out (`shrinks`).
 */
export function exitCodeOfReport(report: Report, { shrinks = false } = {}): ExitCode {
  return toExitCode({
    interrupted: report.run.interrupted === true,
    untestable: false,
    errored: report.cases.some((result) => result.status === "errored"),
    misused: false,
    failed:
      report.cases.some((result) => result.status === "failed" && result.known !== true) ||
      (!shrinks && (report.baseline?.fixed.length ?? 0) > 0),
  })
}

/** The code of a run that ended with an error: the prefix of the error's `code` tells whose mistake it was. */
export function exitCodeOfError(error: unknown): ExitCode {
  const code = codeOf(error)
  if (code.startsWith("ENV_")) return EXIT_CODES.environment
  return code.startsWith("USAGE_") ? EXIT_CODES.usage : EXIT_CODES.ownFault
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : ""
}
