/** `--reporter NAME[=PATH]`: which formats a run is written in, and where each goes. */
import { isAbsolute, resolve } from "node:path"
import type { RenderOptions } from "../reports/index.ts"
import { assertWritable, writeFileAtomically } from "./files.ts"
import { UsageError } from "./errors.ts"
import { suggestion } from "./suggest.ts"
import type { Terminal } from "./terminal.ts"

/** One output: a format, and a file or (null) stdout. */
export interface ReporterChoice {
  readonly name: string
  readonly path: string | null
}

/**
 * Reads the values of `--reporter`. Several may stand in one value, with commas. Paths are taken from `folder`.
 *
 * @throws UsageError for an unknown name, an empty path, two outputs on stdout or two in one file.
 */
export function parseReporters(
  values: readonly string[],
  known: readonly string[],
  folder: string,
): readonly ReporterChoice[] {
  const choices = values
    .flatMap((value) => value.split(","))
    .filter((value) => value.trim() !== "")
    .map((value) => parseReporter(value.trim(), known, folder))
  const toStdout = choices.filter((choice) => choice.path === null)
  if (toStdout.length > 1) {
    throw new UsageError(
      "USAGE_OPTION",
      `only one reporter can write to stdout, and ${toStdout.map((choice) => choice.name).join(" and ")} both would`,
      { hint: `give all but one a file, e.g. --reporter ${toStdout[1]?.name}=FILE` },
    )
  }
  const paths = choices.flatMap((choice) => (choice.path === null ? [] : [choice.path]))
  const twice = paths.find((path, index) => paths.indexOf(path) !== index)
  if (twice !== undefined) {
    throw new UsageError("USAGE_OPTION", `two reporters would write to ${twice}`, { hint: "give each its own file" })
  }
  return choices
}

function parseReporter(value: string, known: readonly string[], folder: string): ReporterChoice {
  const equals = value.indexOf("=")
  const name = equals === -1 ? value : value.slice(0, equals)
  if (!known.includes(name)) {
    throw new UsageError("USAGE_OPTION", `unknown reporter "${name}"`, { hint: suggestion(name, known) })
  }
  if (equals === -1) return { name, path: null }
  const path = value.slice(equals + 1)
  if (path === "") {
    throw new UsageError("USAGE_OPTION", `--reporter ${name}= names no file`, { hint: `write --reporter ${name}=FILE` })
  }
  return { name, path: isAbsolute(path) ? path : resolve(folder, path) }
}

/**
 * Makes sure that every file can be written, before anything is sent: a run whose result is lost was in vain.
 *
 * @throws UsageError naming the file and what is wrong with it.
 */
export async function assertReportersWritable(choices: readonly ReporterChoice[]): Promise<void> {
  for (const { path } of choices) if (path !== null) await assertWritable(path)
}

/**
 * Writes each output; `render` gives the text of a format, for what stdout can show or (no options) for a file. Files are
 * named on stderr when they are there.
 */
export async function writeReports(
  choices: readonly ReporterChoice[],
  render: (name: string, options?: RenderOptions) => string,
  terminal: Terminal,
): Promise<void> {
  for (const { name, path } of choices) {
    if (path === null) terminal.print(render(name, terminal.results))
    else {
      await writeFileAtomically(path, render(name))
      terminal.note(`${name} report: ${path}\n`)
    }
  }
}
