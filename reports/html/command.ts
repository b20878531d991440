/** A command to copy. */
import { markup, type Markup } from "./markup.ts"

/** The command in a fold that `label` opens, with a button that copies it where script runs. */
export function command(label: string, text: string, open = false): Markup {
  return markup`
    <details class="command"${open && markup` open`}>
      <summary>${label}</summary>
      <div class="copy"><pre tabindex="0">${text}</pre><button type="button" data-copy hidden>Copy</button></div>
    </details>`
}
