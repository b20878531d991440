import type { Command } from "commander"
import { describe, expect, it } from "vitest"
import { cleanCommand } from "./commands/clean.ts"
import { loadCommand } from "./commands/load.ts"
import { runCommand } from "./commands/run.ts"
import { targetCommand } from "./commands/target.ts"
import { loadOptionsSchema, runOptionsSchema, targetOptionsSchema } from "./options.ts"
import type { Session } from "./session.ts"

const session: Session = {
  terminal: {
    print: () => undefined,
    note: () => undefined,
    hide: () => undefined,
    results: { color: false, columns: 80, unicode: true },
    live: false,
    columns: 80,
  },
  env: {},
  folder: "/",
  args: [],
  version: "0.0.0",
  exitCode: 0,
  onInterrupt: () => () => undefined,
}

const flagsOf = (command: Command) => command.options.map((option) => option.attributeName()).toSorted()

describe("flags and options are the same set", () => {
  it("of run: every flag but --config is an option, every option but the URL a flag", () => {
    const flags = flagsOf(runCommand(session)).filter((name) => name !== "config")
    expect(flags).toEqual(
      Object.keys(runOptionsSchema.shape)
        .filter((name) => name !== "url")
        .toSorted(),
    )
  })

  it("of target", () => {
    const flags = flagsOf(targetCommand(session)).filter((name) => name !== "config")
    expect(flags).toEqual(Object.keys(targetOptionsSchema.shape).toSorted())
  })

  it("of load: every flag but --config is an option, every option but the URL a flag", () => {
    const flags = flagsOf(loadCommand(session)).filter((name) => name !== "config")
    expect(flags).toEqual(
      Object.keys(loadOptionsSchema.shape)
        .filter((name) => name !== "url")
        .toSorted(),
    )
  })

  it("of clean: beside --run, --list and --config it knows only options of run", () => {
    const flags = flagsOf(cleanCommand(session)).filter((name) => !["run", "list", "config"].includes(name))
    expect(Object.keys(runOptionsSchema.shape)).toEqual(expect.arrayContaining(flags))
  })
})
