import { describe, expect, it } from "vitest"
import { captureGroup, replaceGroup, replaceMatches } from "./regex-replace.ts"
import { groupIndex, translatePattern } from "./regex.ts"

function matches(pattern: string, text: string): boolean {
  const { source, flags } = translatePattern(pattern)
  return new RegExp(source, flags).test(text)
}

describe("FN-REPLACE-9 .NET patterns in JavaScript", () => {
  it.each([
    [String.raw`a$`, "a\n", true],
    [String.raw`a\Z`, "a\n", true],
    [String.raw`a\z`, "a\n", false],
    [String.raw`a$`, "a\nb", false],
    [String.raw`^b`, "a\nb", false],
    [String.raw`\Ab`, "b", true],
    [String.raw`^.$`, "\r", true],
    [String.raw`^.$`, "\n", false],
    [String.raw`^\d$`, "٣", true],
    [String.raw`^\D$`, "٣", false],
    [String.raw`^\w+$`, "Ünï_1", true],
    [String.raw`^\W$`, "é", false],
    [String.raw`^\s$`, "\u0085", true],
    [String.raw`^\s$`, "\ufeff", false],
    [String.raw`\bé`, "xé", false],
    [String.raw`\Bé`, "xé", true],
    [String.raw`^[\w.-]+$`, "a.b-c", true],
    [String.raw`^[()\s-]+$`, "( -)", true],
    [String.raw`^[\s-x]$`, "-", true],
    [String.raw`^[]a]$`, "]", true],
    [String.raw`^[^]a]$`, "]", false],
    [String.raw`^[[({})]+$`, "[({})", true],
    [String.raw`^[\]\:\-]+$`, "]:-", true],
    [String.raw`^[a\b]$`, "\b", true],
    [String.raw`^a{2,3}$`, "aaa", true],
    [String.raw`^a{x}$`, "a{x}", true],
    [String.raw`^a]}$`, "a]}", true],
    [String.raw`^\:\/\@\a\e\x41\u0042\p{Lu}$`, ":/@\u0007\u001bABC", true],
    [String.raw`^(?'q'["'])x\k<q>$`, "'x'", true],
    [String.raw`^(?<q>["'])x\k'q'$`, `'x"`, false],
    [String.raw`^(?<n>a)(b)\1$`, "abb", true],
    [String.raw`^(?<n>a)(b)\2$`, "aba", true],
    [String.raw`(?i)^ABC$`, "abc", true],
    [String.raw`(?s)^.$`, "\n", true],
    [String.raw`(?m)^b$`, "a\nb\nc", true],
    [String.raw`(?=a)(?!b)(?<=x|^)(?<!y)(?:a)`, "a", true],
  ])("%s on %j: %s", (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected)
  })

  it.each([
    "(",
    "a\\",
    "[a",
    "(?>a)",
    "(?<a-b>x)",
    "(?(1)a|b)",
    "(?#c)",
    "[a-z-[aeiou]]",
    String.raw`[\W]`,
    String.raw`\G`,
    String.raw`(a)\2`,
  ])("%s is refused, not approximated", (pattern) => {
    expect(() => translatePattern(pattern)).toThrow(expect.objectContaining({ name: "PatternError" }))
  })

  it("numbers unnamed groups before named ones", () => {
    const { groups } = translatePattern("(?<n>a)(b)(?<m>c)(d)")
    expect(groups).toEqual(["n", "1", "m", "2"])
    expect(["1", "2", "3", "4", "n", "m", "5", "x"].map((name) => groupIndex(name, groups))).toEqual([
      2,
      4,
      1,
      3,
      1,
      3,
      null,
      null,
    ])
  })
})

describe("FN-REPLACE-4 substitutions", () => {
  it.each([
    ["${x}-$1-$&", "b-a-ab"],
    ["$2", "b"],
    ["${2}0", "b0"],
    ["$0$$", "ab$"],
    ["[$`|$'|$_|$+]", "[<|>|<ab>|b]"],
    ["${none} $9 $ {x}", "${none} $9 $ {x}"],
  ])("%s", (replacement, expected) => {
    expect(replaceMatches("<ab>", "(a)(?<x>b)", replacement)).toBe(`<${expected}>`)
  })

  it("a group that took no part gives nothing", () => {
    expect(replaceMatches("b", "(?<x>a)?b", "[${x}]")).toBe("[]")
  })

  it("empty matches count, as in .NET", () => {
    expect(replaceMatches("abc", ".*", "x")).toBe("xx")
  })
})

describe("FN-REPLACE-5 FN-REPLACE-6 groups", () => {
  it("only the group's text changes, in every match", () => {
    expect(replaceGroup("a1 b2", String.raw`[a-z](?<n>\d)`, "n", "$1")).toBe("a$1 b$1")
    expect(replaceGroup("a1", String.raw`a(?<n>\d)`, "none", "x")).toBe("a1")
    expect(replaceGroup("ab", "a(?<n>x)?b", "n", "y")).toBe("ab")
  })

  it("a group is captured from the first match", () => {
    expect(captureGroup("a1 b2", String.raw`(?<n>\d)`, "n")).toBe("1")
    expect(captureGroup("ab", String.raw`(?<n>\d)`, "n")).toBeNull()
    expect(captureGroup("a1", String.raw`(?<n>\d)`, "m")).toBeNull()
  })
})
