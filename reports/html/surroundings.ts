/** What frames the cases: what was not tested, what the endpoint can do, how the run was made, and what no run can say. */
import { footerOf } from "../footer.ts"
import type { Capability, Report } from "../model.ts"
import { notApplicableOf, untestedGroups, untestedOf, type UntestedGroup } from "../not-tested.ts"
import { grouped, plural } from "../wording.ts"
import { command } from "./command.ts"
import { exchangeDetails } from "./exchange.ts"
import { factList } from "./facts.ts"
import { icon, type IconName } from "./icons.ts"
import { markup, type Content, type Markup } from "./markup.ts"
import { scrollTable } from "./scroll-table.ts"

export function notTestedSection({ cases, notRun = [] }: Report): Content {
  const groups = untestedGroups(untestedOf(cases, notRun))
  if (groups.length === 0) return false
  const total = groups.reduce((sum, group) => sum + group.cases.length, 0)
  const present = new Set(cases.map(({ key }) => key))
  return markup`
    <section id="section-untested" aria-labelledby="untested-heading">
      <h2 id="untested-heading">Not tested, and why</h2>
      <p class="lead">${plural(total, "case")} ${total === 1 ? "says" : "say"} nothing about this endpoint.</p>
      <ul class="untested">${groups.map((group) => untestedItem(group, present))}</ul>
    </section>`
}

/** Cases about optional features that the endpoint says it lacks. */
export function notApplicableSection({ cases }: Report): Content {
  const groups = untestedGroups(notApplicableOf(cases))
  if (groups.length === 0) return false
  const present = new Set(cases.map(({ key }) => key))
  return markup`
    <section id="section-not-applicable" aria-labelledby="not-applicable-heading">
      <h2 id="not-applicable-heading">Does not apply</h2>
      <p class="lead">Optional features that this endpoint says it does not have. That takes nothing from a verdict.</p>
      <ul class="untested">${groups.map((group) => untestedItem(group, present))}</ul>
    </section>`
}

function untestedItem({ cases, reason, kind }: UntestedGroup, present: ReadonlySet<string>): Markup {
  const items = cases.map(({ key, title }) => {
    const code = markup`<code>${key}</code>`
    return markup`<li>${title} ${present.has(key) ? markup`<a href="#${key}">${code}</a>` : code}</li>`
  })
  return markup`
    <li>
      <details>
        <summary>
          ${icon(kind === "errored" ? "errored" : "skipped")} <b>${plural(cases.length, "case")}</b>, because ${reason}
        </summary>
        <ul>${items}</ul>
      </details>
    </li>`
}

const CAPABILITY_COLUMNS = ["Capability", "Advertised", "Proven", "Reading"]

export function capabilitiesSection(report: Report): Content {
  const { capabilities } = report.target
  if (capabilities.length === 0) return false
  return markup`
    <section id="section-capabilities" aria-labelledby="capabilities-heading">
      <h2 id="capabilities-heading">Capabilities</h2>
      ${scrollTable("Capabilities", CAPABILITY_COLUMNS, capabilities.map(capabilityRow))}
      ${discovery(report)}
    </section>`
}

/** Exchanges before the first case: what the endpoint said of itself. */
function discovery({ exchanges, cases, target }: Report): Content {
  const keys = new Set(cases.map(({ key }) => key))
  const before = exchanges.filter((exchange) => !keys.has(exchange.case))
  if (before.length === 0) return false
  return markup`
    <details class="fold">
      <summary>Asked before the first case <span class="count">${plural(before.length, "exchange")}</span></summary>
      ${before.map((exchange) => exchangeDetails(exchange, target, false))}
    </details>`
}

function capabilityRow({ name, advertised, proven }: Capability): Markup {
  const claim =
    advertised === null ? mark("unknown", "silent") : advertised ? mark("passed", "yes") : mark("skipped", "no")
  const broken = mark(advertised === true ? "failed" : "skipped", "does not work")
  const proof = proven === null ? mark("unknown", "not seen") : proven ? mark("passed", "works") : broken
  return markup`
    <tr>
      <th scope="row">${name}</th>
      <td>${claim}</td>
      <td>${proof}</td>
      <td>${reading(advertised, proven)}</td>
    </tr>`
}

function mark(name: IconName, word: string): Markup {
  return markup`<span class="nowrap">${icon(name)} ${word}</span>`
}

function reading(advertised: boolean | null, proven: boolean | null): Content {
  if (advertised === null || proven === null) return "–"
  if (advertised === proven) return "as advertised"
  return markup`<span class="tag contradicted">${icon("warned")} contradicted</span>`
}

export function aboutSection({ run, tool, machine, target, leftovers }: Report): Markup {
  const left = markup`
    <div class="banner">
      ${icon("warned")}
      <div>
        <b>Left behind on the target</b>
        <ul>${leftovers.map((leftover) => markup`<li>${leftover}</li>`)}</ul>
        Remove them with <code>scimulate clean ${target.url} --run ${run.id}</code>
      </div>
    </div>`
  return markup`
    <section id="section-about" aria-labelledby="about-heading">
      <h2 id="about-heading">This run</h2>
      <p class="lead">The same seed, options and versions against the same target give the same requests.</p>
      ${command("Repeat the run", run.command, true)}
      ${factList([
        ["Version", `${tool.name} ${tool.version}, Node ${machine.node}`],
        [
          "Machine",
          `${machine.platform} ${machine.arch}, ${plural(machine.cpus, "CPU")}${machine.processor === undefined ? "" : ` (${machine.processor})`}, ${grouped(machine.memoryMb)} MB`,
        ],
        ...(run.exitCode === undefined ? [] : [["Exit code", run.exitCode] as const]),
      ])}
      ${leftovers.length > 0 && left}
    </section>`
}

export function pageFooter(report: Report): Markup {
  return markup`
    <footer>
      <h2>What this report cannot say</h2>
      <ul>${footerOf(report).map((sentence) => markup`<li>${sentence}</li>`)}</ul>
    </footer>`
}
