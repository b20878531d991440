/** Causes before cases. */
import { causeReach, causesHeadline } from "../causes.ts"
import type { Cause, Report } from "../model.ts"
import { fixLine } from "./fix-line.ts"
import { icon } from "./icons.ts"
import { markup, type Content, type Markup } from "./markup.ts"

export function causeAnchor(code: string): string {
  return `cause-${code}`
}

export function causesSection({ causes, cases }: Report): Content {
  if (causes.length === 0) return false
  return markup`
    <section id="section-causes" aria-labelledby="causes-heading">
      <h2 id="causes-heading">${causesHeadline(causes, cases)}</h2>
      <ol class="causes">${causes.map((cause) => item(cause, causeReach(cause, cases)))}</ol>
    </section>`
}

/** Cases that a cause links to by name; the filter shows them all. */
const CASES_SHOWN = 6

function item({ code, title, fix, cases, severity = "failure" }: Cause, reach: string): Markup {
  const links = cases.slice(0, CASES_SHOWN).map((key) => markup`<a href="#${key}"><code>${key}</code></a> `)
  const more = cases.length - CASES_SHOWN
  return markup`
    <li id="${causeAnchor(code)}" class="${severity}">
      <p class="reach">${icon(severity === "failure" ? "failed" : "warned")} ${reach}</p>
      <div>
        <p class="name">${title} <code class="code">${code}</code></p>
        ${fixLine(fix)}
        <p class="basis">
          ${links}${more > 0 && markup`<a href="#section-cases" data-filter="c:${code}">and ${more} more</a>`}
        </p>
      </div>
    </li>`
}
