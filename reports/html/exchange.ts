/** One request and its answer: headers folded, JSON indented, and a command that sends it again. */
import { answerLine, curlCommand, prettyBody, requestLine } from "../exchange-text.ts"
import type { Exchange, Report } from "../model.ts"
import { duration, plural } from "../wording.ts"
import { command } from "./command.ts"
import { markup, type Content, type Markup } from "./markup.ts"

/** Characters of a body that the page shows; the JSON report has more. */
const BODY_SHOWN = 12_000

export function exchangeAnchor(id: string): string {
  return `x-${id}`
}

/** `open` for the exchanges that a finding names. */
export function exchangeDetails(exchange: Exchange, target: Report["target"], open: boolean): Markup {
  const { request, response, fault, ms } = exchange
  const bad = response === null || response.status >= 400
  const answer =
    response === null
      ? markup`<p class="empty">${answerLine(exchange)}</p>`
      : [headerList(response.headers), bodyBlock(response.body)]
  return markup`
    <details class="exchange" id="${exchangeAnchor(exchange.id)}"${open && markup` open`}>
      <summary>
        <code class="line">${requestLine(exchange, target)}</code>
        <span class="answer${bad && " bad"}">${answerLine(exchange)}</span>
        ${fault !== undefined && markup`<span class="tag">fault: ${fault}</span>`}
        <span class="ms">${duration(ms)}</span>
      </summary>
      <div class="wire">
        <div><p class="label">Request</p>${headerList(request.headers)}${bodyBlock(request.body)}</div>
        <div><p class="label">Answer</p>${answer}</div>
      </div>
      ${command("As curl", curlCommand(exchange, target))}
    </details>`
}

function headerList(headers: Readonly<Record<string, readonly string[]>>): Content {
  const lines = Object.entries(headers).flatMap(([name, values]) =>
    values.map((value) => markup`<b>${name}</b>: ${value}${"\n"}`),
  )
  if (lines.length === 0) return false
  return markup`<details class="headers"><summary>${plural(lines.length, "header")}</summary><pre>${lines}</pre></details>`
}

function bodyBlock(body: string | null): Markup {
  if (body === null || body === "") return markup`<p class="empty">No body</p>`
  const text = prettyBody(body)
  if (text.length <= BODY_SHOWN) return markup`<pre tabindex="0">${highlighted(text)}</pre>`
  return markup`
    <pre tabindex="0">${highlighted(text.slice(0, BODY_SHOWN))}</pre>
    <p class="empty">Cut at ${BODY_SHOWN} of ${text.length} characters; the JSON report has more.</p>`
}

/** Member names of indented JSON stand out; other text passes unchanged. */
function highlighted(text: string): Content {
  return text
    .split(/^( *"(?:[^"\\]|\\.)*"): /gm)
    .map((part, index) => (index % 2 === 1 ? markup`<b>${part}</b>: ` : part))
}
