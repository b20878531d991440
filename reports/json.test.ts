import { expect, it } from "vitest"
import { hostileReport } from "../test/fixtures/hostile-report.ts"
import { sampleReport } from "../test/fixtures/sample-report.ts"
import { renderJson } from "./json.ts"

it("stays as it was reviewed", async () => {
  await expect(renderJson(sampleReport)).toMatchFileSnapshot("../test/fixtures/golden/json.golden")
})

it("keeps hostile text as it is", () => {
  expect(JSON.parse(renderJson(hostileReport))).toEqual(hostileReport)
})
