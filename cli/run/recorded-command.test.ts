import { describe, expect, it } from "vitest"
import { recordedCommand } from "./recorded-command.ts"

describe("recordedCommand", () => {
  it.each([
    [["run", "http://localhost/scim", "--seed", "7"], "scimulate run http://localhost/scim --seed 7"],
    [["run", "--token", "s3cret", "--bail"], "scimulate run --token *** --bail"],
    [["run", "--token=s3cret"], "scimulate run --token=***"],
    [["run", "--header", "X-Key: s3cret"], "scimulate run --header 'X-Key: ***'"],
    [["run", "--header=X-Key: s3cret=="], "scimulate run '--header=X-Key: ***'"],
    [["run", "--header", "s3cret"], "scimulate run --header ***"],
    [["run", "--token-env", "SCIM_TOKEN"], "scimulate run --token-env SCIM_TOKEN"],
    [["run", "--grep", "it's"], String.raw`scimulate run --grep 'it'\''s'`],
  ])("%o", (args, command) => {
    expect(recordedCommand(args)).toBe(command)
  })
})
