import { expect, it } from "vitest"
import { sampleReport } from "../test/fixtures/sample-report.ts"
import { rendererNames, renderReport, UnknownRendererError } from "./render.ts"

it.each([
  ["console", /^scimulate 0\.1\.0 {2}http/],
  ["json", /^\{\n {2}"version": 1,/],
  ["junit", /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites /],
  ["markdown", /^# SCIM report: /],
  ["html", /^<!doctype html>\n<html lang="en">/],
])("%s renders and ends with a line feed", (name, start) => {
  const text = renderReport(name, sampleReport)
  expect(text).toMatch(start)
  expect(text.endsWith(">\n") || text.endsWith("\n")).toBe(true)
})

it.each(rendererNames)("%s is a function of the report alone", (name) => {
  expect(renderReport(name, sampleReport)).toBe(renderReport(name, structuredClone(sampleReport)))
})

it("an unknown name is told which there are", () => {
  expect(() => renderReport("yaml", sampleReport)).toThrow(UnknownRendererError)
  expect(() => renderReport("toString", sampleReport)).toThrow(
    'no reporter is called "toString"; there are console, json, junit, html, markdown',
  )
})
