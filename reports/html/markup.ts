/**
 * hono's `html`, synchronous and safe to look at: text is escaped, and control characters show by their number. A line break
 * in a template and the indentation after it are for the reader of the source; they leave nothing on the page.
 */
import { html, raw } from "hono/html"
import { printable } from "../printable.ts"

/** HTML that is already escaped. */
export type Markup = ReturnType<typeof raw>

/** What a template may hold. False, null and undefined leave nothing behind. */
export type Content = string | number | boolean | null | undefined | Markup | readonly Content[]

export function markup(template: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const result = html(folded(template), ...values.map(cleaned))
  if (result instanceof Promise) throw new TypeError("a report holds nothing that has to be waited for")
  return result
}

/** Text of our own that must not be escaped: style, script. Never what an endpoint sent. */
export function trusted(text: string): Markup {
  return raw(text)
}

function cleaned(value: Content): Content {
  if (typeof value === "string") return printable(value)
  return Array.isArray(value) ? value.map(cleaned) : value
}

/** A template is folded once, however often it is filled in. */
const foldedTemplates = new WeakMap<TemplateStringsArray, TemplateStringsArray>()

function folded(template: TemplateStringsArray): TemplateStringsArray {
  const known = foldedTemplates.get(template)
  if (known !== undefined) return known
  const fresh = Object.assign(
    template.map((text) => text.replace(/\n\s*/g, "")),
    { raw: template.raw },
  )
  foldedTemplates.set(template, fresh)
  return fresh
}
