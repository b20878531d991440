/** How to fix it: the line that every finding, cause and headline ends with. */
import { markup, type Markup } from "./markup.ts"

export function fixLine(advice: string): Markup {
  return markup`<p class="fix"><span class="label">Fix</span> ${advice}</p>`
}
