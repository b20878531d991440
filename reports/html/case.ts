/** One case: a row that says how it went, and everything behind it when opened. */
import type { CaseResult, Cycle, Exchange, Report } from "../model.ts"
import { areaOf, requirementLabel, requirementLink } from "../requirement.ts"
import { sortFindings } from "../status.ts"
import { dateTime, duration, LEVEL_WORDS, plural } from "../wording.ts"
import { command } from "./command.ts"
import { cycleTable } from "./cycles.ts"
import type { ShownExchanges } from "./evidence-budget.ts"
import { findingSection } from "./finding.ts"
import { icon } from "./icons.ts"
import type { LogEntry } from "./log-entry.ts"
import { markup, type Content, type Markup } from "./markup.ts"
import { provisioningLog } from "./provisioning-log.ts"
import { timeline } from "./timeline.ts"
import { CLIENT_TITLES, STATUS_WORDS } from "./words.ts"

/** What belongs to one case, gathered once for all of them. */
export interface CaseMaterial {
  readonly result: CaseResult
  readonly exchanges: readonly Exchange[]
  readonly shown: ShownExchanges | undefined
  readonly cycles: readonly Cycle[]
  readonly log: readonly LogEntry[]
}

/** The key is the anchor; the data attributes are what the filter reads. */
export function caseDetails(material: CaseMaterial, target: Report["target"], open: boolean): Markup {
  const { result } = material
  const { key, status, requirement, suite, dialect, findings } = result
  const codes = findings.map(({ code }) => code).join(" ")
  return markup`
    <details class="case ${status}" id="${key}" data-s="${status}" data-l="${requirement.level}"${" "}
      data-area="${areaOf(result)}" data-suite="${suite}" data-d="${dialect ?? ""}" data-c="${codes}"${open && markup` open`}>
      ${row(result)}
      <div class="body">
        ${provenance(result)}
        ${errorBlock(result)}
        ${findingSections(material, target)}
        ${commands(result)}
        ${result.kind === "scenario" && timeline(material)}
        ${steps(result)}
        ${excuses(result)}
        ${cycleTable(material.cycles)}
        ${provisioningLog(material.log)}
        ${exchangeList(material)}
      </div>
    </details>`
}

function row(result: CaseResult): Markup {
  const { key, status, requirement, title, durationMs } = result
  return markup`
    <summary>
      <span class="status">${icon(status)}<span class="word">${STATUS_WORDS[status]}</span></span>
      <span class="what">
        <span class="title">${title}</span>${gist(result)}<code class="key">${key}</code>${marks(result)}
      </span>
      <span class="level ${requirement.level}">${LEVEL_WORDS[requirement.level]}</span>
      <span class="ms">${duration(durationMs)}</span>
    </summary>`
}

/** What went wrong, in the row itself. */
function gist(result: CaseResult): Content {
  const skipped = result.status === "skipped"
  const text = skipped ? result.skipReason : sortFindings(result).counted[0]?.message
  return text !== undefined && markup`<span class="gist">${skipped && "Not tested, because "}${text}</span>`
}

function marks({ known, flaky, simulated }: CaseResult): Content {
  const names = [known === true && "known", flaky === true && "flaky", simulated === true && "simulated"]
  return names.map((name) => name !== false && markup`<span class="tag">${name}</span>`)
}

function provenance(result: CaseResult): Markup {
  const { requirement, facts, clients, simulated, virtualDurationMs } = result
  const link = requirementLink(requirement)
  const label = requirementLabel(requirement)
  const source = link === undefined ? label : markup`<a href="${link}" rel="noreferrer">${label}</a>`
  const codes = facts.map((fact, index) => markup`${index > 0 && ", "}<code>${fact}</code>`)
  return markup`
    <p class="provenance"><b>${LEVEL_WORDS[requirement.level]}</b> by ${source}.${" "}
      ${facts.length > 0 && markup`${facts.length === 1 ? "Fact" : "Facts"} ${codes}. `}
      Counts for ${clients.map((client) => CLIENT_TITLES[client]).join("; ")}.
      ${virtualDurationMs !== undefined && ` Covers ${duration(virtualDurationMs)} of virtual time.`}
      ${simulated === true && " A fault stood in for the endpoint, so this case cannot make a verdict ready."}
    </p>`
}

function errorBlock({ status, error }: CaseResult): Content {
  if (status !== "errored") return false
  return markup`
    <p>scimulate itself failed here; this says nothing about the endpoint. Please report it.</p>
    <pre tabindex="0">${error ?? "No stack was recorded."}</pre>`
}

function findingSections({ result, exchanges }: CaseMaterial, target: Report["target"]): Content {
  const { counted, notes } = sortFindings(result)
  return [...counted, ...notes].map((finding) => findingSection(finding, result, target, exchanges))
}

/** Unfolded where somebody will want them. */
function commands({ id, status, repeat }: CaseResult): Markup {
  const wanted = status === "failed" || status === "warned"
  return markup`
    <div class="again">
      ${command("Repeat this case", repeat, wanted)}
      ${command("Explain this case", `scimulate explain ${id}`)}
    </div>`
}

function steps({ kind, steps: all }: CaseResult): Content {
  if (all.length === 0) return false
  const items = all.map(({ title, at }) => markup`<li>${title} <time datetime="${at}">${dateTime(at)}</time></li>`)
  return markup`
    <details class="fold"${kind === "scenario" && markup` open`}>
      <summary>Steps <span class="count">${all.length}</span></summary>
      <ol class="steps">${items}</ol>
    </details>`
}

function excuses({ excuses: all = [] }: CaseResult): Content {
  if (all.length === 0) return false
  const list = all.map(({ fact, count }) => `${plural(count, "value")} by ${fact}`).join(", ")
  return markup`<p class="basis">Differences that Entra itself would leave: ${list}.</p>`
}

function exchangeList({ shown }: CaseMaterial): Content {
  if (shown === undefined) return false
  const { shown: listed, omitted } = shown
  return markup`
    <div class="exchanges">
      <p class="label">${plural(listed.length + omitted, "exchange")}</p>
      ${listed}
      ${omitted > 0 && markup`<p class="empty">${plural(omitted, "exchange")} more in the JSON report.</p>`}
    </div>`
}
