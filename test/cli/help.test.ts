/** Help: examples first, and what they name exists. */
import { describe, expect, it } from "vitest"
import { scimulate } from "./spawn.ts"

const COMMANDS = ["run", "target", "expression", "report", "explain", "clean"]

describe("--help", () => {
  it("names every command, and its version", async () => {
    const { code, stdout } = await scimulate(["--help"])
    expect(code).toBe(0)
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^ {2}${command} `, "m"))
    expect((await scimulate(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  it.each(COMMANDS)("%s begins with examples, whose cases and defects exist", async (command) => {
    const { code, stdout } = await scimulate([command, "--help"])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Examples:\n {2}scimulate /)
    const ids = [...stdout.matchAll(/(?:--case|--defect|explain) ([a-z][\w.-]+-[\w.-]+|[A-Z]+-\d+)/g)].map(
      ([, id]) => id ?? "",
    )
    const unknown = await Promise.all(
      ids.map(async (id) => ((await scimulate(["explain", id])).code === 0 ? [] : [id])),
    )
    expect(unknown.flat()).toEqual([])
  })
})
