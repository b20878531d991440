import { expect, it } from "vitest"
import { Memo } from "./memo.ts"

function counting(): { ask: (memo: Memo<string>, text: string) => string; asked: string[] } {
  const asked: string[] = []
  const ask = (memo: Memo<string>, text: string): string => {
    return memo.recall(text, (one) => {
      asked.push(one)
      return one.toUpperCase()
    })
  }
  return { ask, asked }
}

it("computes each answer once", () => {
  const { ask, asked } = counting()
  const memo = new Memo<string>()
  expect([ask(memo, "a"), ask(memo, "b"), ask(memo, "a")]).toEqual(["A", "B", "A"])
  expect(asked).toEqual(["a", "b"])
})

it("forgets what was not asked for lately, and keeps what was", () => {
  const { ask, asked } = counting()
  const memo = new Memo<string>(2)
  for (const text of ["a", "b", "c", "a", "d", "e", "a", "b"]) ask(memo, text)
  expect(asked).toEqual(["a", "b", "c", "d", "e", "b"])
})

it("computes again after an error", () => {
  const memo = new Memo<string>()
  expect(() =>
    memo.recall("a", () => {
      throw new Error("no")
    }),
  ).toThrow("no")
  expect(memo.recall("a", () => "A")).toBe("A")
})

it("keeps no long texts", () => {
  const { ask, asked } = counting()
  const memo = new Memo<string>()
  const long = "x".repeat(2000)
  ask(memo, long)
  ask(memo, long)
  expect(asked).toHaveLength(2)
})
