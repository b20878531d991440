import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { assertReportersWritable, parseReporters, writeReports } from "./reporters.ts"
import { createTerminal } from "./terminal.ts"

const KNOWN = ["console", "json", "junit", "html"]
const parse = (...values: string[]) => parseReporters(values, KNOWN, "/project")

describe("parseReporters", () => {
  it("reads names, files, repeats and commas", () => {
    expect(parse("console,json=out.json", "html=/abs/r.html")).toEqual([
      { name: "console", path: null },
      { name: "json", path: "/project/out.json" },
      { name: "html", path: "/abs/r.html" },
    ])
  })

  it.each([
    [["jsno"], 'unknown reporter "jsno"', 'did you mean "json"?'],
    [
      ["json", "console"],
      "only one reporter can write to stdout, and json and console both would",
      "--reporter console=FILE",
    ],
    [["json="], "--reporter json= names no file", "--reporter json=FILE"],
    [["json=a", "junit=a"], "two reporters would write to /project/a", "its own file"],
  ])("%o is refused", (values, message, hint) => {
    expect(() => parse(...values)).toThrow(
      expect.objectContaining({ code: "USAGE_OPTION", message, hint: expect.stringContaining(hint) }),
    )
  })
})

describe("files", () => {
  let folder = ""
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "scimulate-"))
  })
  afterEach(async () => {
    await rm(folder, { recursive: true })
  })

  it("a file that cannot be written is refused before anything else, and nothing is left behind", async () => {
    await writeFile(join(folder, "file"), "")
    await expect(assertReportersWritable([{ name: "json", path: join(folder, "file", "r.json") }])).rejects.toThrow(
      `cannot write ${join(folder, "file", "r.json")} (a part of the path is no folder)`,
    )
    await expect(assertReportersWritable([{ name: "json", path: folder }])).rejects.toThrow("it is a folder")
    expect(await readdir(folder)).toEqual(["file"])
  })

  it("makes the folder, writes the whole file, and leaves no temporary one", async () => {
    const path = join(folder, "reports", "r.json")
    const printed: string[] = []
    const noted: string[] = []
    const terminal = createTerminal({
      stdout: { write: (text) => printed.push(text) },
      stderr: { write: (text) => noted.push(text) },
      env: {},
    })
    const choices = [
      { name: "console", path: null },
      { name: "json", path },
    ]
    await assertReportersWritable(choices)
    await writeReports(choices, (name, options) => `${name} ${options?.color ?? "to a file"}\n`, terminal)
    expect(printed).toEqual(["console false\n"])
    expect(noted).toEqual([`json report: ${path}\n`])
    expect(await readFile(path, "utf8")).toBe("json to a file\n")
    expect(await readdir(join(folder, "reports"))).toEqual(["r.json"])
  })
})
