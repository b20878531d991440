/** A place in a text, counted from 1. */
export interface Place {
  readonly line: number
  readonly column?: number
}

/** A directory file that can't be imported; nothing of it was. The message says where, what is wrong, and what to do. */
export class DirectoryFileError extends Error {
  override readonly name = "DirectoryFileError"
  /** As the caller named it. */
  readonly file: string
  readonly place: Place | null

  constructor(file: string, place: Place | null, problem: string, options?: ErrorOptions) {
    super(`${[file, place?.line, place?.column].filter((part) => part !== undefined).join(":")}: ${problem}`, options)
    this.file = file
    this.place = place
  }
}

/** Line and column of an offset. */
export function placeOf(text: string, offset: number): Required<Place> {
  const before = text.slice(0, offset)
  return { line: before.split("\n").length, column: offset - (before.lastIndexOf("\n") + 1) + 1 }
}
