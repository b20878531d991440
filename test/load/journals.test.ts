/** A load sent by k6 elsewhere, judged here: by the manifests' own last command, on the logs of four runners. */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { parseAllDocuments } from "yaml"
import { z } from "zod"
import { cachedK6 } from "../../load/k6/find-k6.ts"
import type { LoadPlan } from "../../load/plan/plan.ts"
import { scimulate, temporaryFolder } from "../cli/spawn.ts"
import { requireTool } from "../require-tool.ts"
import { type Recorder, startRecorder } from "./recorder.ts"
import { sendSideBySide } from "./side-by-side.ts"

const tool = requireTool("k6", ["k6", cachedK6()])
const folder = temporaryFolder()
afterAll(folder.remove)
const SAME = ["--users", "60", "--seed", "6"]

describe.skipIf(tool.path === undefined)(`--journal${tool.path === undefined ? ` (${tool.reason})` : ""}`, () => {
  let recorder: Recorder
  const files = [1, 2, 3, 4].map((number) => join(folder.path, `runner-${number}.log`))
  beforeAll(async () => {
    const planFile = join(folder.path, "plan.json")
    expect((await scimulate(["load", "initial-cycle", ...SAME, "--write-plan", planFile])).code).toBe(0)
    const plan = JSON.parse(readFileSync(planFile, "utf8")) as LoadPlan
    recorder = await startRecorder()
    const logs = await sendSideBySide({ k6: tool.path ?? "", plan, processes: 4, lanes: 4 }, recorder)
    for (const [index, file] of files.entries()) writeFileSync(file, logs[index] ?? "")
  })
  afterAll(() => recorder.close())

  async function judge(...journals: readonly string[]) {
    const given = journals.flatMap((file) => ["--journal", file])
    const args = [recorder.url, "--token", recorder.token, ...SAME, "--reporter", "json"]
    return await scimulate(["load", "initial-cycle", ...args, ...given])
  }

  it("gives no verdict on a part of the story, and leaves the endpoint as it is", async () => {
    const three = await judge(...files.slice(1))
    expect(three.code).toBe(2)
    expect(three.stderr).toContain("the files hold the ends of 3 parts of a load that has 4")
    const cut = join(folder.path, "cut.log")
    const [first = "", ...others] = files
    const lines = readFileSync(first, "utf8").split("\n")
    writeFileSync(cut, lines.filter((line) => !line.includes('"kind":"requests"')).join("\n"))
    const partial = await judge(cut, ...others)
    expect(partial.code).toBe(2)
    expect(partial.stderr).toMatch(/\d+ of \d+ answers are missing from the files/)
  })

  it("merges four journals to one verdict, reads the end state, and then removes what the load created", async () => {
    const { code, stdout, stderr } = await judge(...files)
    expect(stderr).not.toContain("error:")
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      summary: { failed: 0, errored: 0 },
      load: { outcome: "kept", errors: 0, unsent: 0, k6: "elsewhere (4 parts)", endState: { differences: 0 } },
    })
    expect(await recorder.state()).toEqual([])
  })

  it("refuses what is no journal, and what it lacks", async () => {
    const other = join(folder.path, "other.log")
    writeFileSync(other, "hello\n")
    expect(await judge(other)).toMatchObject({ code: 2, stderr: expect.stringContaining("holds no journal of a load") })
    expect(await judge(join(folder.path, "nowhere"))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--journal: cannot read"),
    })
    const noSeed = await scimulate(["load", "initial-cycle", recorder.url, "--journal", files[0] ?? ""])
    expect(noSeed).toMatchObject({ code: 2, stderr: expect.stringContaining("--journal needs the --seed of the load") })
  })
})

describe("--k8s", () => {
  const URL = "http://scim.apps.svc/scim/v2"
  const ask = async (...args: readonly string[]) =>
    await scimulate(["load", "initial-cycle", URL, "--k8s", ...SAME, ...args], { env: { MY_TOKEN: "hush-hush" } })

  it("prints a TestRun on stdout and the commands on stderr, without the token", async () => {
    const { code, stdout, stderr } = await ask("--allow-writes", "--token-env", "MY_TOKEN", "--namespace", "load")
    expect(code).toBe(0)
    const kinds = parseAllDocuments(stdout).map(
      (document) => z.looseObject({ kind: z.string() }).parse(document.toJS()).kind,
    )
    expect(kinds).toEqual(["ConfigMap", "ConfigMap", "TestRun"])
    expect(stdout + stderr).not.toContain("hush-hush")
    expect(stderr).toContain('printf %s "$MY_TOKEN" | kubectl --namespace load create secret generic initial-cycle-')
    expect(stderr).toMatch(
      /^ {2}scimulate load initial-cycle http:\/\/scim\.apps\.svc\/scim\/v2 --users 60 --seed 6 --allow-writes --token-env MY_TOKEN --journal initial-cycle-\w+\.log /m,
    )
  })

  it.each([
    [[], "the load creates and changes people at http://scim.apps.svc/scim/v2"],
    [["--allow-writes", "--header", "X-Key: 1"], "--header has no place in a manifest"],
    [["--allow-writes", "--runners", "0"], "--runners"],
    [["--allow-writes", "--namespace", "Load"], '"Load" cannot be the namespace of a test run'],
  ])("refuses %j", async (args, message) => {
    const { code, stdout, stderr } = await ask(...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" })
    expect(stderr).toContain(message)
  })

  it("spreads whole tenants over runners where a tenant cannot be split", async () => {
    const leavers = async (...args: readonly string[]) =>
      await scimulate(["load", "leavers", URL, "--k8s", "--allow-writes", "--users", "10", "--runners", "2", ...args])
    expect(await leavers()).toMatchObject({ code: 2, stderr: expect.stringContaining("cannot be split") })
    const { code, stdout } = await leavers("--tenants", "2")
    expect(code).toBe(0)
    expect(stdout).toContain("  parallelism: 2\n")
    expect(stdout).toMatch(/- name: SCIMULATE_LANES\n +value: "1"\n/)
  })

  it("needs a URL that pods reach", async () => {
    const without = await scimulate(["load", "initial-cycle", "--k8s", "--allow-writes"])
    expect(without).toMatchObject({ code: 2, stderr: expect.stringContaining("--k8s needs the URL of an endpoint") })
    const loopback = await scimulate(["load", "initial-cycle", "http://127.0.0.1/scim", "--k8s", "--allow-writes"])
    expect(loopback).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("inside a pod 127.0.0.1 is the pod itself"),
    })
  })
})
