/** `--list`: what would run. */
import { ALL_CASES, selectCases, type Selection } from "../../scenarios/index.ts"

/** A line a case: key, suite, level, title. */
export function listCases(selection: Selection): string {
  const planned = selectCases(ALL_CASES, selection)
  const keyWidth = Math.max(...planned.map(({ key }) => key.length))
  const suiteWidth = Math.max(...planned.map(({ case: { suite } }) => suite.length))
  return planned
    .map(({ key, case: { suite, requirement, title } }) =>
      [
        key.padEnd(keyWidth),
        suite.padEnd(suiteWidth),
        requirement.level.toUpperCase().padEnd("SHOULD".length),
        title,
      ].join("  "),
    )
    .map((line) => `${line}\n`)
    .join("")
}
