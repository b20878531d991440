import { describe, expect, it } from "vitest"
import { createProgress } from "./progress.ts"
import { createTerminal, type TextStream } from "./terminal.ts"

function streams(isTTY: boolean): { stdout: TextStream; stderr: TextStream & { text: string } } {
  const stderr = {
    isTTY,
    columns: 40,
    text: "",
    write(text: string) {
      stderr.text += text
    },
  }
  return { stdout: { isTTY, write: () => undefined }, stderr }
}

describe("createTerminal", () => {
  it.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: "1" }, false],
    [true, { NO_COLOR: "" }, true],
    [false, { FORCE_COLOR: "1" }, true],
    [true, { FORCE_COLOR: "0" }, false],
    [true, { TERM: "dumb" }, false],
    [false, { NO_COLOR: "1", FORCE_COLOR: "1" }, false],
  ])("terminal %s with %o: colour %s", (isTTY, env, color) => {
    expect(createTerminal({ ...streams(isTTY), env }).results.color).toBe(color)
  })

  it.each([
    [{}, true],
    [{ LANG: "en_GB.UTF-8" }, true],
    [{ LANG: "en_GB.UTF-8", LC_ALL: "C" }, false],
    [{ LANG: "C.utf8", TERM: "linux" }, false],
  ])("with %o: symbols beyond ASCII %s", (env, unicode) => {
    expect(createTerminal({ ...streams(false), env }).results.unicode).toBe(unicode)
  })

  it("redraws only on a person's terminal", () => {
    expect(createTerminal({ ...streams(true), env: {} }).live).toBe(true)
    expect(createTerminal({ ...streams(true), env: { CI: "true" } }).live).toBe(false)
    expect(createTerminal({ ...streams(false), env: {} }).live).toBe(false)
  })

  it("hides secrets in notes, the longest first, and leaves one-letter tokens alone", () => {
    const { stdout, stderr } = streams(false)
    const terminal = createTerminal({ stdout, stderr, env: {} })
    terminal.hide(["s3cret", "s3cret-longer", "x"])
    terminal.note("got s3cret-longer and s3cret, exit\n")
    expect(stderr.text).toBe("got *** and ***, exit\n")
  })
})

describe("createProgress", () => {
  it("redraws one line on a terminal, cut to its width, and takes it away", () => {
    const { stdout, stderr } = streams(true)
    let nowMs = 0
    const progress = createProgress(createTerminal({ stdout, stderr, env: {} }), { now: () => nowMs }, 3)
    progress.started("first-case")
    progress.finished("first-case", "passed")
    nowMs = 100
    progress.finished("a-case-whose-name-is-too-long-for-the-line", "failed")
    progress.close()
    expect(stderr.text.split("\r\u001b[2K")).toEqual([
      "",
      "0 of 3 cases  first-case",
      "2 of 3 cases, 1 failed  a-case-whose-n…",
      "",
    ])
  })

  it("writes few plain lines elsewhere", () => {
    const { stdout, stderr } = streams(false)
    let nowMs = 0
    const progress = createProgress(createTerminal({ stdout, stderr, env: {} }), { now: () => nowMs }, 3)
    progress.finished("a", "passed")
    nowMs = 5_000
    progress.finished("b", "skipped")
    progress.finished("c", "passed")
    progress.close()
    expect(stderr.text).toBe("2 of 3 cases, 1 skipped\n")
  })
})
