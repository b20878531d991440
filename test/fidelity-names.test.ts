import { describe, expect, it } from "vitest"
import { testNames } from "../docs/fidelity/test-names.ts"

function namesIn(source: string): string[] {
  return testNames("some.test.ts", source).map(({ name }) => name)
}

describe("names of tests in a source", () => {
  it("are the literal titles of it, test and describe, with their lines", () => {
    const source = 'describe("a", () => {\n  it("b", () => {})\n\n  test(`c`, async () => {})\n})\n'
    expect(testNames("some.test.ts", source)).toEqual([
      { name: "a", line: 1 },
      { name: "b", line: 2 },
      { name: "c", line: 4 },
    ])
  })

  it("leave out what only a run could tell", () => {
    expect(namesIn("it(`MAP-101 ${word} first`, run); it(title, run); it(name + ' x', run)")).toEqual([
      "MAP-101 … first",
    ])
  })

  it("are not taken from comments, texts and other calls", () => {
    const source = `// it("commented")
      const text = 'it("quoted", run)'
      expect("shown"); items.it("a method"); submit("x"); vi.test("y")`
    expect(namesIn(source)).toEqual([])
  })

  it("count with modifiers that let the test run somewhere", () => {
    const source =
      'it.only("a", run); it.concurrent("b", run); it.skipIf(slow)("c", run); describe.runIf(linux)("d", run)'
    expect(namesIn(source)).toEqual(["a", "b", "c", "d"])
  })

  it("do not count where the test, or what it stands in, is switched off", () => {
    const source = `it.skip("a", run); it.todo("b"); it.fails("c", run); it.skip.each([1])("d", run)
      describe.skip("e", () => { it("f", run) })
      it("g", run)`
    expect(namesIn(source)).toEqual(["g"])
  })

  it("refuse a source that does not parse, with the path", () => {
    expect(() => namesIn('it("a"')).toThrow(/^some\.test\.ts does not parse: /)
  })
})

describe("names of it.each", () => {
  it("are filled from lists, in the order of the placeholders", () => {
    const source = 'it.each([["MAP-1", 2, "x"], [`MAP-${n}`, "y", "z"]] as const)("%s of %d: %j", run)'
    expect(namesIn(source)).toEqual(["MAP-1 of …: x", "MAP-… of y: z"])
  })

  it("are filled from single values and from members of objects", () => {
    expect(namesIn('it.each(["a", "b"])("%s is refused", run)')).toEqual(["a is refused", "b is refused"])
    const objects = 'it.each([{ fact: "MAP-1", n: 1 }, { ...rest }])("$fact is $n", run)'
    expect(namesIn(objects)).toEqual(["MAP-1 is …", "… is …"])
  })

  it("do not carry cells that the title does not show", () => {
    expect(namesIn('it.each([["MAP-1", "MAP-2"]])("%s only", run)')).toEqual(["MAP-1 only"])
    expect(namesIn('it.each([["MAP-1"]])("no placeholder", run)')).toEqual(["no placeholder"])
  })

  it("are filled from a table in a constant of the file, whatever its type says", () => {
    const source = `const ROWS: readonly Row[] = [["MAP-1", 1]]
      describe("d", () => { const MORE = (["b"] satisfies string[]); it.each(MORE)("in %s", run); it.for(ROWS)("%s", run) })
      it.skipIf(slow).each(ROWS)("%s, %i", run)`
    expect(namesIn(source)).toEqual(["d", "in b", "MAP-1", "MAP-1, …"])
  })

  it("stay as they are where the table is computed", () => {
    expect(namesIn('it.each(rows.map(shown))("%s MAP-1", run); it.each(imported)("%s", run)')).toEqual([
      "%s MAP-1",
      "%s",
    ])
  })
})
