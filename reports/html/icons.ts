/** Symbols, drawn once and used by reference: shape tells what colour tells. */
import { markup, trusted, type Markup } from "./markup.ts"

const CIRCLE = `<circle cx="8" cy="8" r="7.25" class="disc"/>`

const SHAPES = {
  passed: `${CIRCLE}<path d="M4.8 8.3l2.2 2.2 4.2-4.6"/>`,
  failed: `${CIRCLE}<path d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2"/>`,
  warned: `<path class="disc" d="M8 1.2l7 12.6H1z"/><path d="M8 6v3.6M8 11.4v.4"/>`,
  skipped: `${CIRCLE}<path d="M4.8 8h6.4"/>`,
  errored: `<path class="disc" d="M5 1h6l4 4v6l-4 4H5l-4-4V5z"/><path d="M8 4.4v4.2M8 11v.4"/>`,
  unknown: `${CIRCLE}<path d="M6 6.3a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.3M8 11.5v.3"/>`,
} as const

export type IconName = keyof typeof SHAPES

/** The hidden sheet that {@link icon} refers to; once per page. */
export function iconSheet(): Markup {
  const symbols = Object.entries(SHAPES).map(
    ([name, shape]) => `<symbol id="i-${name}" viewBox="0 0 16 16">${shape}</symbol>`,
  )
  return trusted(`<svg class="sheet" aria-hidden="true">${symbols.join("")}</svg>`)
}

/** Decoration beside a word that says the same. */
export function icon(name: IconName): Markup {
  return markup`<svg class="i ${name}" aria-hidden="true"><use href="#i-${name}"/></svg>`
}
