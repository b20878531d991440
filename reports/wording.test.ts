import { expect, it } from "vitest"
import { clause, dateTime, duration, plural } from "./wording.ts"

it.each([
  [0, "0 ms"],
  [999, "999 ms"],
  [1000, "1 s"],
  [3240, "3.2 s"],
  [40 * 60_000, "40 min"],
  [3_600_000, "1 h"],
  [26 * 3_600_000 + 59 * 60_000, "1 d 2 h"],
  [86_400_000 + 300_000, "1 d 5 min"],
  [2000 * 86_400_000, "2,000 d"],
])("%i ms are %s", (ms, text) => {
  expect(duration(ms)).toBe(text)
})

it.each([
  [1, "1 case"],
  [0, "0 cases"],
  [1204, "1,204 cases"],
  [1_234_567, "1,234,567 cases"],
])("%i in the plural", (count, text) => {
  expect(plural(count, "case")).toBe(text)
})

it("uses an irregular plural", () => {
  expect(plural(2, "entry", "entries")).toBe("2 entries")
})

it("shows RFC 3339 text for reading and leaves other text alone", () => {
  expect(dateTime("2026-11-21T10:16:03.000Z")).toBe("2026-11-21 10:16:03 UTC")
  expect(dateTime("yesterday")).toBe("yesterday")
})

it("makes a message fit into a sentence", () => {
  expect(clause(" The group\nis empty. ")).toBe("The group is empty")
})
