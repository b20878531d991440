import { createHash } from "node:crypto"
import { describe, expect, it } from "vitest"
import { caseOf, exchangeOf, failedCase, findingOf, inputOf } from "../../test/fixtures/cases.ts"
import { hostileReport, steering } from "../../test/fixtures/hostile-report.ts"
import { sampleReport } from "../../test/fixtures/sample-report.ts"
import { buildReport } from "../build.ts"
import type { Cycle, Report } from "../model.ts"
import { renderHtml } from "./page.ts"

const page = renderHtml(sampleReport)

/** The page without its fixed parts: what a report adds. */
function bodyOf(html: string): string {
  return html
    .replace(/<style>[^]*?<\/style>/, "<style></style>")
    .replace(/<script>[^]*?<\/script>/, "<script></script>")
}

it("stays as it was reviewed, style and script apart", async () => {
  const golden = bodyOf(page)
    .replaceAll(/sha256-[\w+/=]+/g, "sha256-…")
    .replaceAll(/(<(?:section|details|article|h[1-4]|tr|li|footer|header))/g, "\n$1")
  await expect(golden).toMatchFileSnapshot("../../test/fixtures/golden/html.golden")
})

describe("the policy", () => {
  it("allows the page's own style and script by their hash, and nothing else", () => {
    const hashOf = (tag: string) => {
      const content = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(page)?.[1] ?? ""
      return createHash("sha256").update(content).digest("base64")
    }
    expect(page).toContain(
      `content="default-src 'none'; style-src 'sha256-${hashOf("style")}'; script-src 'sha256-${hashOf("script")}'; base-uri 'none'; form-action 'none'"`,
    )
  })

  it("needs no exception: no inline style, no handler, nothing to load", () => {
    expect(bodyOf(page)).not.toMatch(/ style=| on\w+=|<(?:img|link|iframe|object|embed|base)\b| src=|url\((?!#)/)
  })
})

describe("the page", () => {
  it("says every verdict in its own words", () => {
    for (const { sentence } of sampleReport.verdicts) {
      expect(page).toContain(sentence.replaceAll("'", "&#39;").replaceAll('"', "&quot;"))
    }
  })

  it("has an anchor for each case, and no id twice", () => {
    const ids = [...bodyOf(page).matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { key } of sampleReport.cases) expect(ids).toContain(key)
  })

  it("lists what does not apply apart from what was not tested", () => {
    const lacksSorting = caseOf("sorted", { status: "skipped", notApplicable: true, skipReason: "it does not sort" })
    const html = bodyOf(renderHtml(buildReport(inputOf([caseOf("good"), lacksSorting]))))
    expect(html).not.toContain("section-untested")
    const section = /<section id="section-not-applicable"[^]*?<\/section>/.exec(html)?.[0]
    expect(section).toContain("because it does not sort")
    expect(section).toContain('<a href="#sorted">')
  })

  it("links every fragment to something that exists", () => {
    const ids = new Set([...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id))
    const fragments = [...page.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id)
    expect(fragments.length).toBeGreaterThan(20)
    expect(fragments.filter((id) => !ids.has(id))).toEqual([])
  })

  it("shows requirement, sides, fix, exchange and command of a failure", () => {
    const start = page.indexOf('id="rfc7644-3.5.2.2-no-target"')
    const part = page.slice(start, page.indexOf('<details class="case', start))
    expect(part).toContain('href="https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2.2"')
    expect(part).toContain('<p class="label">Expected</p><p class="text">400 with scimType &quot;noTarget&quot;</p>')
    expect(part).toContain('<p class="label">Actual</p><p class="text">204 No Content</p>')
    expect(part).toContain("Entra treats 204 as success and will not retry.")
    expect(part).toContain("-H &quot;Authorization: Bearer $TOKEN&quot;")
    expect(part).toContain("--seed 7 --case rfc7644-3.5.2.2-no-target</pre>")
    expect(part).not.toContain("--case rfc7644-3.5.2.2-no-target --")
  })

  it("compares what was advertised with what was proven", () => {
    expect(page).toMatch(/<th scope="row">filter<\/th>.*?yes.*?does not work.*?contradicted/)
    expect(page).toMatch(/<th scope="row">bulk<\/th>.*?no.*?not seen.*?–/)
  })

  it("shows what was asked before the first case beside the capabilities", () => {
    const report = buildReport(
      inputOf([caseOf("a")], {
        target: {
          url: "http://localhost/scim/v2",
          kind: "embedded",
          capabilities: [{ name: "patch", advertised: true, proven: null }],
        },
        exchanges: [exchangeOf("discovery#1", "discovery"), exchangeOf("a#1", "a")],
      }),
    )
    const section = /<section id="section-capabilities".*?<\/section>/.exec(renderHtml(report))?.[0]
    expect(section).toContain('Asked before the first case <span class="count">1 exchange</span>')
    expect(section).toContain('id="x-discovery#1"')
    expect(section).not.toContain('id="x-a#1"')
  })

  it("draws a scenario's story over virtual time", () => {
    const story = /<figure class="timeline">.*?<\/figure>/.exec(page)?.[0] ?? ""
    expect(story.match(/class="cycle initial active"/g)).toHaveLength(1)
    expect(story.match(/class="cycle incremental held"/g)).toHaveLength(4)
    expect(story).toMatch(/class="state held".*?>Quarantine<\/text>/)
    for (const lane of ["Steps", "Cycles", "Job", "Requests", "Log"]) expect(story).toContain(`>${lane}</text>`)
  })
})

describe("hostile text", () => {
  const html = renderHtml(hostileReport)

  it("ends no element and starts none", () => {
    expect(html).not.toContain("<img")
    expect(html.match(/<\/script>/g)).toHaveLength(1)
    expect(html.match(/<\/style>/g)).toHaveLength(1)
    expect(html).not.toContain("<!--")
    expect(html).not.toMatch(/="[^"]*<img/)
  })

  it("shows control characters and direction overrides by their number, emoji and Hebrew as they are", () => {
    expect(steering(html)).toEqual([])
    expect(html).toContain("\\u{1b}[2J\\u{0}")
    expect(html).toContain("👩‍💻 שלום")
  })
})

describe("the size", () => {
  it("stays under 2 MB for 300 cases with long stories, and every exchange that a finding names is there", () => {
    const report = buildReport(largeRun())
    const html = renderHtml(report)
    expect(Buffer.byteLength(html)).toBeLessThan(2_000_000)
    for (let index = 0; index < 300; index += 10) expect(html).toContain(`id="x-${index}-7"`)
    expect(html).toMatch(/exchanges more in the JSON report/)
  })
})

/** 300 cases, every tenth failed, 12 exchanges each, five scenarios with a year of cycles and 2,000 log entries. */
function largeRun() {
  const indices = Array.from({ length: 300 }, (_, index) => index)
  const cases = indices.map((index) =>
    index % 10 === 0
      ? failedCase(`case-${index}`, `code-${index % 7}`, { findings: [findingOf("x", { exchanges: [`${index}-7`] })] })
      : caseOf(`case-${index}`, index % 60 === 1 ? { kind: "scenario" } : {}),
  )
  const body = JSON.stringify({ text: "lorem ipsum ".repeat(150) })
  const exchanges = indices.flatMap((index) =>
    Array.from({ length: 12 }, (_, number) =>
      exchangeOf(`${index}-${number}`, `case-${index}`, { response: { status: 200, headers: {}, body } }),
    ),
  )
  const scenarios = cases.filter(({ kind }) => kind === "scenario").map(({ key }) => key)
  const cycles = scenarios.flatMap((key) => Array.from({ length: 13_140 }, (_, number) => yearlyCycle(key, number)))
  const provisioningLogs: Report["provisioningLogs"] = scenarios.flatMap((key) =>
    Array.from({ length: 2000 }, () => ({
      case: key,
      activityDateTime: "2026-01-01T00:00:00Z",
      provisioningAction: "update",
      provisioningStatusInfo: { status: "success", errorInformation: null },
      sourceIdentity: { displayName: "Ada Lovelace", identityType: "User" },
    })),
  )
  return inputOf(cases, { exchanges, cycles, provisioningLogs })
}

function yearlyCycle(key: string, number: number): Cycle {
  const startMs = Date.parse("2026-01-01T00:00:00Z") + number * 40 * 60_000
  return {
    case: key,
    job: "scim.1",
    kind: number === 0 ? "initial" : "incremental",
    startedAt: new Date(startMs).toISOString(),
    endedAt: new Date(startMs + 1000).toISOString(),
    counts: { updated: number % 3 },
    state: "Active",
  }
}
