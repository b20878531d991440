/** `--baseline FILE --update-baseline`: read before a run, compared after it, written only on request. */
import { resolve } from "node:path"
import {
  baselineSchema,
  compareWithBaseline,
  createBaseline,
  renderBaseline,
  shrinkBaseline,
  type Baseline,
  type CaseResult,
  type Report,
} from "../../reports/index.ts"
import { UsageError, messageOf } from "../errors.ts"
import { assertWritable, readTextFileIfAny, writeFileAtomically } from "../files.ts"
import type { RunOptions } from "../options.ts"

export interface BaselineFile {
  /** Cases with the known ones marked, and what is new and fixed; the cases alone where no baseline was asked for. */
  compare(cases: CaseResult[]): Pick<Report, "cases" | "baseline">
  /** Writes the file if that was asked for, and says so. */
  update(report: Report): Promise<string | undefined>
}

/**
 * The baseline that the options name.
 *
 * @throws UsageError where the file is missing, malformed or cannot be written.
 */
export async function openBaseline(
  { baseline: name, updateBaseline = false }: RunOptions,
  folder: string,
): Promise<BaselineFile> {
  if (name === undefined) {
    if (updateBaseline) throw new UsageError("USAGE_OPTION", "--update-baseline needs --baseline FILE")
    return { compare: (cases) => ({ cases }), update: () => Promise.resolve(undefined) }
  }
  const path = resolve(folder, name)
  const before = await readBaseline(path, updateBaseline)
  if (updateBaseline) await assertWritable(path)
  return {
    // A first baseline accepts everything, so that the run which writes it already counts by it.
    compare: (cases) => compareWithBaseline(cases, before ?? createBaseline(cases)),
    async update({ cases }) {
      if (!updateBaseline) return undefined
      const after = before === null ? createBaseline(cases) : shrinkBaseline(before, cases)
      await writeFileAtomically(path, renderBaseline(after))
      if (before === null)
        return `baseline: ${after.entries.length} entries written to ${path}; give each its reason.\n`
      return `baseline: ${before.entries.length - after.entries.length} entries removed, ${after.entries.length} left.\n`
    },
  }
}

async function readBaseline(path: string, mayBeMissing: boolean): Promise<Baseline | null> {
  const text = await readTextFileIfAny(path, "--baseline")
  if (text === null) {
    if (mayBeMissing) return null
    throw new UsageError("USAGE_FILE", `--baseline: there is no ${path}`, {
      hint: "write the first one with --update-baseline",
    })
  }
  const parsed = baselineSchema.safeParse(parseJson(text, path))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const place = issue === undefined || issue.path.length === 0 ? "" : `${issue.path.join(".")}: `
  throw new UsageError("USAGE_FILE", `--baseline: ${path}: ${place}${issue?.message ?? "malformed"}`, {
    hint: 'a baseline is {"version": 1, "entries": [{"key", "code", "reason", "issue"}]}',
  })
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new UsageError("USAGE_FILE", `--baseline: ${path} is not valid JSON (${messageOf(cause)})`, { cause })
  }
}
