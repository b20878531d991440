/** Names of defects that an option gives. */
import { defects, findDefect } from "../target/index.ts"
import { UsageError } from "./errors.ts"
import { suggestion } from "./suggest.ts"

/** @throws UsageError for the first that does not exist, with what was probably meant. */
export function assertDefectsKnown(names: readonly string[]): void {
  const unknown = names.find((name) => findDefect(name) === undefined)
  if (unknown === undefined) return
  const known = defects.map(({ name }) => name)
  throw new UsageError("USAGE_OPTION", `there is no defect "${unknown}"`, {
    hint: suggestion(unknown, known, "scimulate explain --defects lists them"),
  })
}
