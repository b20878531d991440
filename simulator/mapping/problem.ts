/** What is wrong with a mapping: found when it is loaded or saved, never while a cycle runs (MAP-221). */

export interface MappingProblem {
  /** An error makes the mapping unusable, a warning does not. */
  readonly severity: "error" | "warning"
  /** `SchemaInvalid` as Entra's save reports it (MAP-112, observed); `Warning` is ours. */
  readonly code: "SchemaInvalid" | "Warning"
  /** JSON path in the file, or the path in the mappings: `user.attributeMappings[3].source.expression`. */
  readonly path: string
  readonly message: string
  /** Where in the text at `path`, in UTF-16 code units. */
  readonly offset?: number
}

/** Mappings that cannot be used. The message names the first problem and counts the others; `problems` has them all. */
export class MappingError extends Error {
  override readonly name = "MappingError"
  readonly code = "SchemaInvalid"
  readonly problems: readonly MappingProblem[]

  constructor(problems: readonly [MappingProblem, ...MappingProblem[]]) {
    const [first, ...others] = problems
    const rest = others.length === 0 ? "" : ` (and ${others.length} more)`
    super(`${first.path}: ${first.message}${rest}`)
    this.problems = problems
  }
}

export function mappingError(path: string, message: string, offset?: number): MappingProblem {
  return { severity: "error", code: "SchemaInvalid", path, message, ...(offset !== undefined && { offset }) }
}

export function mappingWarning(path: string, message: string, offset?: number): MappingProblem {
  return { severity: "warning", code: "Warning", path, message, ...(offset !== undefined && { offset }) }
}

/** @throws MappingError where any problem is an error. */
export function assertUsable(problems: readonly MappingProblem[]): void {
  const [first, ...others] = problems.filter(({ severity }) => severity === "error")
  if (first !== undefined) throw new MappingError([first, ...others])
}
