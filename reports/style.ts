/** Colour as a value, so that a renderer stays a function of its arguments. */
import { styleText } from "node:util"

export type Tone = "bold" | "dim" | "red" | "yellow" | "green" | "magenta" | "cyan"

/** Dresses text for a terminal, or leaves it as it is. */
export type Style = (tone: Tone, text: string) => string

/** Colours by the terminal's own palette; whether to use them is the caller's knowledge (TTY, NO_COLOR, CI). */
export const coloured: Style = (tone, text) => styleText(tone, text, { validateStream: false })

export const plain: Style = (_tone, text) => text
