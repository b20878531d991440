/** Shows a place in a text: its line, and a caret below. */

/** `offset` counts UTF-16 code units from 0. Tabs are shown as spaces, so that the caret stands where it should. */
export function caretUnder(text: string, offset: number): string {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1
  const lineEnd = text.indexOf("\n", offset)
  const line = text.slice(lineStart, lineEnd === -1 ? text.length : lineEnd)
  return `${line.replaceAll("\t", " ")}\n${" ".repeat(Math.min(offset - lineStart, line.length))}^\n`
}
