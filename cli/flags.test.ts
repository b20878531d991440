import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { readRunOptions, readTargetOptions } from "./flags.ts"

let folder = ""
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "scimulate-"))
  const config = { seed: 1, suite: "rfc", tokenEnv: "TOKEN", target: { port: 9000, compat: "rfc" } }
  await writeFile(join(folder, "scimulate.config.json"), JSON.stringify(config))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

describe("flags and configuration", () => {
  it("flags win, the rest of the configuration stays", async () => {
    expect(await readRunOptions(folder, { seed: 2 })).toEqual({ seed: 2, suite: ["rfc"], tokenEnv: "TOKEN" })
    expect(await readTargetOptions(folder, { port: 0 })).toEqual({ port: 0, compat: "rfc" })
  })

  it("a token given by flag replaces one that the configuration gives in another way", async () => {
    expect(await readRunOptions(folder, { token: "s3cret" })).toEqual({ seed: 1, suite: ["rfc"], token: "s3cret" })
  })

  it("commas separate what repeats, and --header is taken as it is", async () => {
    const options = await readRunOptions(folder, { suite: ["basic,entra", "lifecycle"], header: ["Accept: a, b"] })
    expect(options).toMatchObject({ suite: ["basic", "entra", "lifecycle"], header: ["Accept: a, b"] })
  })

  it("says which flag is not valid", async () => {
    await expect(readRunOptions(folder, { timeout: 4000 })).rejects.toThrow(
      expect.objectContaining({ code: "USAGE_OPTION", message: expect.stringContaining("--timeout is not valid") }),
    )
    await expect(readRunOptions(folder, { clientId: "" })).rejects.toThrow("--client-id is not valid")
  })
})
