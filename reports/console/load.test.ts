import { stripVTControlCharacters } from "node:util"
import { expect, it } from "vitest"
import { loadReport } from "../../test/fixtures/load-report.ts"
import { sampleReport } from "../../test/fixtures/sample-report.ts"
import { renderConsole } from "./render.ts"

/** From the load's verdict to the verdict on clients. */
function block(text: string): string {
  return text.slice(text.indexOf("Load: "), text.indexOf("\nVerdict"))
}

it("stands before the verdicts: sentence, facts, percentiles with p95 over time, tenants, rates", () => {
  expect(block(renderConsole(loadReport)))
    .toBe(`Load: group-storm broke the endpoint: 2 members of groups are lost, although every PATCH was
accepted. (2,408 requests at 120 a second, p95 1,320 ms)
10,000 people in each of 2 tenants, sent by k6 2.2.0, after 20,097 requests to prepare. 12 answers
were 429; each was waited out and repeated. 1 request could not be sent. End state: 10,000 people, 1
group and 10,000 memberships compared with the plan, 2 differences.

step        answers     p50       p90       p95       p99       max  errors  429  p95 over time
read-user     1,204   11 ms     38 ms     42 ms     50 ms     84 ms       0    0  ██ ███
add-member    1,204  330 ms  1,188 ms  1,320 ms  1,584 ms  2,640 ms       3   12  ▂▃▅▇█▆

tenant      answers  a second       p95  errors  429
t1 (noisy)    1,800      90.0  1,320 ms       3  12
t2              608      30.4     42 ms       0  0

wanted a second  sent a second       p95  errors  end
25                          25    9.4 ms       0
38                          31  1,320 ms       0  p95 over its limit
`)
})

it("draws with ASCII where the terminal has no more", () => {
  const text = block(renderConsole(loadReport, { unicode: false }))
  expect(text).toMatch(/^add-member .* {2}:-\+#@\*$/m)
  expect(text).toMatch(/^[\x20-\x7e\n]*$/)
})

it("colours the sentence alone", () => {
  const coloured = renderConsole(loadReport, { color: true })
  expect(coloured).toContain("\u001b[31mLoad: group-storm broke the endpoint")
  expect(stripVTControlCharacters(coloured)).toBe(renderConsole(loadReport))
})

it("is absent from a report without load", () => {
  expect(renderConsole(sampleReport)).not.toContain("Load:")
})
