/**
 * The report as one HTML file: opens from disk, loads nothing, reads without script, in light and dark, on a phone and on
 * paper. The policy in its head allows exactly the style and the script that stand in it.
 */
import { createHash } from "node:crypto"
import type { Report } from "../model.ts"
import { casesSection } from "./cases.ts"
import { causesSection } from "./causes.ts"
import { iconSheet } from "./icons.ts"
import { loadSection } from "./load.ts"
import { markup, trusted } from "./markup.ts"
import { countsBar, masthead, verdictCards, worstBug } from "./overview.ts"
import { SCRIPT } from "./script.ts"
import { STYLE } from "./style.ts"
import {
  aboutSection,
  capabilitiesSection,
  notApplicableSection,
  notTestedSection,
  pageFooter,
} from "./surroundings.ts"

const POLICY = [
  "default-src 'none'",
  `style-src ${hashOf(STYLE)}`,
  `script-src ${hashOf(SCRIPT)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ")

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`
}

export function renderHtml(report: Report): string {
  const page = markup`
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="description" content="${report.verdicts.map(({ sentence }) => sentence).join(" ")}">
        <title>${report.target.url} · scimulate</title>
        <style>${trusted(STYLE)}</style>
      </head>
      <body>
        ${iconSheet()}
        <a class="skip" href="#section-cases">Skip to the cases</a>
        ${masthead(report)}
        <main>
          ${loadSection(report)}
          ${verdictCards(report)}
          ${worstBug(report)}
          ${countsBar(report)}
          ${causesSection(report)}
          ${notTestedSection(report)}
          ${notApplicableSection(report)}
          ${capabilitiesSection(report)}
          ${casesSection(report)}
          ${aboutSection(report)}
        </main>
        ${pageFooter(report)}
        <script>${trusted(SCRIPT)}</script>
      </body>
    </html>`
  return `<!doctype html>\n${page.toString()}\n`
}
