/** All report formats by name. */
import { renderConsole, type ConsoleOptions } from "./console/render.ts"
import { renderHtml } from "./html/page.ts"
import { renderJson } from "./json.ts"
import { renderJunit } from "./junit.ts"
import { renderMarkdown } from "./markdown.ts"
import type { Report } from "./model.ts"

/** What the place that a report is written to can show; formats that need none of it ignore it. */
export type RenderOptions = ConsoleOptions

/** Report in, text out: no I/O, no clock. */
type Renderer = (report: Report, options?: RenderOptions) => string

export const rendererNames = ["console", "json", "junit", "html", "markdown"] as const

const renderers: Readonly<Record<(typeof rendererNames)[number], Renderer>> = {
  console: renderConsole,
  json: renderJson,
  junit: renderJunit,
  html: renderHtml,
  markdown: renderMarkdown,
}

/** No renderer has that name; the message lists those that exist. */
export class UnknownRendererError extends Error {
  override readonly name = "UnknownRendererError"
}

/** Renders the report in the format of that name. Throws {@link UnknownRendererError}. */
export function renderReport(name: string, report: Report, options?: RenderOptions): string {
  const found = rendererNames.find((known) => known === name)
  if (found === undefined) {
    throw new UnknownRendererError(`no reporter is called "${name}"; there are ${rendererNames.join(", ")}`)
  }
  return renderers[found](report, options)
}
