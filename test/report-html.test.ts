/** The HTML report in a real browser: accessible, loads nothing, fits a phone, and its script does what it says. */
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { chromium, type Browser, type Page } from "playwright-core"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { renderReport, type Report } from "../reports/index.ts"
import { loadReport } from "./fixtures/load-report.ts"
import { sampleReport } from "./fixtures/sample-report.ts"
import { requireTool } from "./require-tool.ts"

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

let browser: Browser | undefined
let missing = ""

beforeAll(async () => {
  const tool = requireTool("chromium", ["/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome"])
  if (tool.path === undefined) missing = tool.reason
  else browser = await chromium.launch({ executablePath: tool.path, args: ["--no-sandbox", "--disable-gpu"] })
})

beforeEach(({ skip }) => {
  skip(browser === undefined, missing)
})

afterAll(async () => {
  await browser?.close()
})

interface View {
  readonly width?: number
  readonly colorScheme?: "light" | "dark"
  readonly script?: boolean
  readonly report?: Report
}

/** Shows the sample report; `problems` collects what the browser complains of or tries to load. */
async function open({ width = 1280, colorScheme = "light", script = true, report = sampleReport }: View = {}) {
  if (browser === undefined) throw new Error("no browser")
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme,
    javaScriptEnabled: script,
  })
  const page = await context.newPage()
  const problems: string[] = []
  page.on("console", (message) => problems.push(message.text()))
  page.on("pageerror", (error) => problems.push(error.message))
  page.on("request", (request) => problems.push(`loads ${request.url()}`))
  await page.setContent(renderReport("html", report))
  return { page, problems }
}

async function visibleCases(page: Page): Promise<string[]> {
  return await page.locator("details.case:not([hidden])").evaluateAll((cases) => cases.map((one) => one.id))
}

async function axeViolations(page: Page): Promise<string[]> {
  // The page's policy forbids scripts of others: axe goes in past it, through the debugger.
  await page.evaluate(AXE)
  return await page.evaluate<string[]>(
    `axe.run(document).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html.slice(0, 200))))`,
  )
}

async function openEverything(page: Page): Promise<void> {
  await page.locator("details").evaluateAll((all) => {
    for (const one of all) one.setAttribute("open", "")
  })
}

describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
  it("axe finds nothing on the page with everything unfolded", async () => {
    const { page } = await open({ colorScheme })
    await openEverything(page)
    expect(await axeViolations(page)).toEqual([])
  })

  it("axe finds nothing on the page of a load", async () => {
    const { page, problems } = await open({ colorScheme, report: loadReport })
    await openEverything(page)
    expect(problems).toEqual([])
    expect(await axeViolations(page)).toEqual([])
  })

  it.each([360, 1280])("nothing is wider than a window of %i pixels", async (width) => {
    const { page } = await open({ colorScheme, width })
    await openEverything(page)
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width)
  })

  it.each([360, 1280])("nothing of a load is wider than a window of %i pixels", async (width) => {
    const { page } = await open({ colorScheme, width, report: loadReport })
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width)
  })
})

it("loads nothing and the browser has no complaint, its content policy included", async () => {
  const { page, problems } = await open()
  await openEverything(page)
  expect(problems).toEqual([])
})

it("the content policy stops a script and a style that are not the page's own", async () => {
  const { page } = await open()
  await page.evaluate(`{
    const script = document.createElement("script")
    script.textContent = "document.title = 'owned'"
    document.body.append(script)
    document.querySelector("h1").setAttribute("style", "display: none")
  }`)
  expect(await page.title()).toBe("http://localhost:3000/scim/v2 · scimulate")
  expect(await page.locator("h1").isVisible()).toBe(true)
})

it("reads without script: cases open by themselves and no dead control is shown", async () => {
  const { page } = await open({ script: false })
  const row = page.locator(`[id="rfc7644-3.4.2.2-no-match"]`)
  await row.locator("> summary").click()
  expect(await row.getByText("Evaluate the filter before paging.").isVisible()).toBe(true)
  expect(await page.locator("form.filter").isVisible()).toBe(false)
  expect(await page.locator("[data-copy]:visible").count()).toBe(0)
})

it.each([
  ["s:fail l:must", ["rfc7644-3.4.2.2-no-match", "rfc7644-3.5.2.2-no-target"]],
  ["area:patch s:pass !unit", ["rfc7644-3.5.2.1-add", "rfc7644-3.5.2.3-replace"]],
  ["d:optscim !s:errored", ["entra-group-member-remove@entra-optscim"]],
  ["c:media-type", ["rfc7644-3.1-media-type"]],
  ["Malformed Filter", ["rfc7644-3.4.2.2-invalid"]],
  ["nothing-has-this", []],
])("the filter %j leaves the cases that match", async (text, keys) => {
  const { page } = await open()
  await page.locator("#filter").fill(text)
  expect(await visibleCases(page)).toEqual(keys)
  expect(await page.locator("form.filter output").textContent()).toBe(`${keys.length} of 33 shown`)
  expect(await page.locator("#no-match").isVisible()).toBe(keys.length === 0)
})

it("a count in the overview filters the cases by that status", async () => {
  const { page } = await open()
  await page.locator(`[data-filter="s:warned"]`).click()
  expect(await visibleCases(page)).toEqual(["entra-manager-cleared@entra", "rfc7644-3.1-media-type"])
})

it("a link to a case opens it, even where the filter hid it", async () => {
  const { page } = await open()
  await page.locator("#filter").fill("s:passed")
  await page.locator(`#cause-filter-ignored a[href="#rfc7644-3.4.2.2-no-match"]`).click()
  const fix = page.locator(`[id="rfc7644-3.4.2.2-no-match"]`).getByText("Evaluate the filter before paging.")
  await fix.waitFor({ state: "visible" })
})

it("keys move through the cases, and / goes to the filter", async () => {
  const { page } = await open()
  const focused = () => page.evaluate("document.activeElement.parentElement.id || document.activeElement.id")
  await page.keyboard.press("j")
  expect(await focused()).toBe("entra-group-member-remove@entra")
  await page.keyboard.press("j")
  expect(await focused()).toBe("entra-group-member-remove@entra-optscim")
  await page.keyboard.press("k")
  expect(await focused()).toBe("entra-group-member-remove@entra")
  await page.keyboard.press("/")
  expect(await page.evaluate("document.activeElement.id")).toBe("filter")
})

it("prints failed cases unfolded", async () => {
  const { page } = await open()
  const fix = page.locator(`[id="rfc7644-3.4.2.2-no-match"]`).getByText("Evaluate the filter before paging.")
  expect(await fix.isVisible()).toBe(false)
  await page.emulateMedia({ media: "print" })
  expect(await fix.isVisible()).toBe(true)
})
