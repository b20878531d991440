/** Small named values in a row. */
import { markup, type Content, type Markup } from "./markup.ts"

export function factList(facts: readonly (readonly [name: string, value: Content])[]): Markup {
  return markup`<dl class="facts">${facts.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}
