/** Text in columns for a terminal. Widths are counted in terminal cells. */

/** Breaks text at spaces into lines of at most `width`; a longer word stands alone. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ""
  for (const word of text.split(" ")) {
    if (line !== "" && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line)
      line = word
    } else {
      line = line === "" ? word : `${line} ${word}`
    }
  }
  return [...lines, line]
}

/** `label` in a column, `text` wrapped beside it. `paint` dresses the label after it is padded. */
export function labelled(
  label: string,
  text: string,
  layout: { readonly indent: number; readonly labelWidth: number; readonly width: number },
  paint: (label: string) => string = (same) => same,
): string[] {
  const hang = layout.indent + layout.labelWidth
  const [first = "", ...rest] = wrap(text, Math.max(20, layout.width - hang))
  const start = " ".repeat(layout.indent) + paint(pad(label, layout.labelWidth))
  return [`${start}${first}`, ...rest.map((line) => " ".repeat(hang) + line)]
}

/** Fills with spaces up to `width`. */
export function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)))
}

/** Cut to `width`, with an ellipsis where something is missing. */
export function clip(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let kept = ""
  let left = width - 1
  for (const { segment } of SEGMENTS.segment(text)) {
    left -= cellsOf(segment)
    if (left < 0) break
    kept += segment
  }
  return `${kept}…`
}

const SEGMENTS = new Intl.Segmenter("en")

/** Cells that a terminal gives the text. */
function widthOf(text: string): number {
  if (/^[\x20-\x7E]*$/.test(text)) return text.length
  return Array.from(SEGMENTS.segment(text), ({ segment }) => cellsOf(segment)).reduce((sum, cells) => sum + cells, 0)
}

/** What takes two cells: pictures and the scripts of East Asia. */
const WIDE = /\p{Emoji_Presentation}|[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60]/u

function cellsOf(segment: string): number {
  return WIDE.test(segment) ? 2 : 1
}
