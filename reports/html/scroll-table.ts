/** A table that scrolls by itself where the page is narrow. */
import { markup, type Markup } from "./markup.ts"

/** `name` tells a screen reader what scrolls. */
export function scrollTable(name: string, columns: readonly string[], rows: readonly Markup[]): Markup {
  return markup`
    <div class="scroll" tabindex="0" role="region" aria-label="${name}, scrollable">
      <table>
        <thead><tr>${columns.map((column) => markup`<th scope="col">${column}</th>`)}</tr></thead>
        <tbody>${rows}</tbody>
      </table>
    </div>`
}
