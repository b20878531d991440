import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, it } from "vitest"
import { requireTool } from "./require-tool.ts"

const folder = mkdtempSync(join(tmpdir(), "require-tool-"))
const tool = join(folder, "some-tool")
writeFileSync(tool, "#!/bin/sh\n", { mode: 0o755 })
writeFileSync(join(folder, "not-executable"), "", { mode: 0o644 })
mkdirSync(join(folder, "empty"))

it("finds a tool in PATH", () => {
  expect(requireTool("tool", ["absent", "some-tool"], { PATH: `${folder}/empty:${folder}` })).toEqual({ path: tool })
})

it("finds a tool by its absolute path", () => {
  expect(requireTool("tool", [tool], { PATH: "" })).toEqual({ path: tool })
})

it("gives a reason to skip where the tool is missing or cannot be executed", () => {
  expect(requireTool("tool", ["not-executable"], { PATH: folder, SCIMULATE_REQUIRE: "k6" })).toEqual({
    reason: "tool is not installed (looked for not-executable)",
  })
})

it("fails where SCIMULATE_REQUIRE lists the missing tool", () => {
  const environment = { PATH: "", SCIMULATE_REQUIRE: "python, tool" }
  expect(() => requireTool("tool", ["absent"], environment)).toThrow(
    "tool is not installed (looked for absent), and SCIMULATE_REQUIRE asks for it",
  )
})
