import { describe, expect, it } from "vitest"
import { collect, collectLimit, toRate, toSeconds, toWholeNumber } from "./option-values.ts"

describe("values of flags", () => {
  it("are gathered where a flag repeats", () => {
    expect(collect("b", collect("a", undefined))).toEqual(["a", "b"])
  })

  it.each([
    [toWholeNumber, "7", 7],
    [toSeconds, "0.5", 0.5],
    [toSeconds, "30s", 30],
    [toRate, "25/s", 25],
    [toRate, "2.5", 2.5],
  ])("%o reads %s", (read, text, value) => {
    expect(read(text)).toBe(value)
  })

  it.each([
    [toWholeNumber, "-1"],
    [toWholeNumber, "1.5"],
    [toWholeNumber, ""],
    [toSeconds, "0"],
    [toSeconds, "soon"],
    [toRate, "25/m"],
    [toRate, "0/s"],
  ])("%o refuses %o", (read, text) => {
    expect(() => read(text)).toThrow("It takes")
  })
})

describe("collectLimit", () => {
  it("gathers limits by name, the last value of each", () => {
    const first = collectLimit("maxPageSize=100", undefined)
    expect(collectLimit("maxPageSize=7", collectLimit("maxMembers=9", first))).toEqual({
      maxPageSize: 7,
      maxMembers: 9,
    })
  })

  it.each(["maxPageSize", "maxPageSize=", "maxPageSize=many", "=5", "maxPageSize=-1"])("refuses %j", (value) => {
    expect(() => collectLimit(value, undefined)).toThrow("It takes a limit and a whole number")
  })
})
