/** Explanations in two columns: a label, and text that wraps beside it. */
import { Help } from "commander"

const LABEL_WIDTH = 12
const WIDTH_MAX = 100

/** One labelled paragraph, or several under one label; a paragraph that is undefined or empty is left out. */
export type Field = readonly [label: string, ...paragraphs: (string | undefined)[]]

/** A heading, a sentence, and the fields that have something to say. */
export function layOut(heading: string, sentence: string, fields: readonly Field[], columns: number): string {
  const width = Math.max(40, Math.min(columns, WIDTH_MAX))
  const help = new Help()
  const block = ([label, ...paragraphs]: Field): string[] =>
    paragraphs
      .filter((paragraph) => paragraph !== undefined && paragraph !== "")
      .flatMap((paragraph) => help.boxWrap(paragraph ?? "", width - LABEL_WIDTH).split("\n"))
      .map((line, index) => `${(index === 0 ? label : "").padEnd(LABEL_WIDTH)}${line}`)
  return [heading, help.boxWrap(sentence, width), "", ...fields.flatMap(block)].map((line) => `${line}\n`).join("")
}
