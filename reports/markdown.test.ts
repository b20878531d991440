import { expect, it } from "vitest"
import { hostileReport, steering } from "../test/fixtures/hostile-report.ts"
import { loadReport } from "../test/fixtures/load-report.ts"
import { sampleReport } from "../test/fixtures/sample-report.ts"
import { renderMarkdown } from "./markdown.ts"

it("stays as it was reviewed", async () => {
  await expect(renderMarkdown(sampleReport)).toMatchFileSnapshot("../test/fixtures/golden/markdown.golden")
})

it("shows a load as tables", () => {
  const text = renderMarkdown(loadReport)
  expect(text).toContain("## Load: group-storm\n\n**group-storm broke the endpoint: 2 members")
  expect(text).toContain("| add-member | 1,204 | 330 ms | 1,188 ms | 1,320 ms | 1,584 ms | 2,640 ms | 3 | 12 |")
  expect(text).toContain("| t1 (noisy) | 1,800 | 90.0 | 1,320 ms | 3 | 12 |")
  expect(text).toContain("| 38 | 31 | 1,320 ms | 0 | p95 over its limit |")
})

it("lets no text of an endpoint become markup, and steers no terminal", () => {
  const text = renderMarkdown(hostileReport)
  const outsideCode = text.replaceAll(/^(`{3,})\n[\s\S]*?\n\1$/gm, "")
  expect(outsideCode).not.toMatch(/<(?!\/?(?:details|summary|b|code)>)/)
  expect(steering(outsideCode)).toEqual([])
})

it("closes no block of code early", () => {
  const [first] = loadReport.cases
  if (first === undefined) throw new Error("a report without a case")
  const text = renderMarkdown({ ...loadReport, cases: [{ ...first, repeat: "echo ``` && ````" }] })
  expect(text).toContain("`````\necho ``` && ````\n`````")
})
