/** `scimulate run` on the embedded target and on served ones: streams, exit codes, secrets, repeatability. */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { baselineSchema, reportSchema, type Report } from "../../reports/index.ts"
import { scimulate, start, temporaryFolder, type Running } from "./spawn.ts"

const folder = temporaryFolder()
afterAll(folder.remove)
const inFolder = { cwd: folder.path }

const DUPLICATE = ["--case", "rfc7644-3.3-duplicate-user"]
const DUPLICATE_ACCEPTED = [...DUPLICATE, "--defect", "duplicate-user-accepted"]

function reportOf(stdout: string): Report {
  return reportSchema.parse(JSON.parse(stdout))
}

describe("streams", () => {
  it("json alone prints only JSON, and progress goes to stderr", async () => {
    const { code, stdout } = await scimulate(["run", ...DUPLICATE, "--reporter", "json"], inFolder)
    expect(code).toBe(0)
    const report = reportOf(stdout)
    expect(report.cases.map(({ key, status }) => [key, status])).toEqual([["rfc7644-3.3-duplicate-user", "passed"]])
    expect(report.run).toMatchObject({
      seed: 1,
      command: `scimulate run ${DUPLICATE.join(" ")} --reporter json`,
      exitCode: 0,
    })
  })

  it("the console report is plain where nobody looks, and coloured on request", async () => {
    const plain = await scimulate(["run", ...DUPLICATE], inFolder)
    expect(plain.stdout).toContain("scimulate 0.1.0")
    expect(plain.stdout + plain.stderr).not.toContain("\u001b[")
    const coloured = await scimulate(["run", ...DUPLICATE], { ...inFolder, env: { FORCE_COLOR: "1" } })
    expect(coloured.stdout).toContain("\u001b[")
  })

  it("several reporters write several files, and say where", async () => {
    const { stdout, stderr, code } = await scimulate(
      ["run", ...DUPLICATE, "--reporter", "console,json=out/r.json", "--reporter", "junit=out/r.xml,html=out/r.html"],
      inFolder,
    )
    expect(code).toBe(0)
    expect(stdout).toContain("scimulate 0.1.0")
    for (const name of ["r.json", "r.xml", "r.html"]) {
      expect(stderr).toContain(join(folder.path, "out", name))
      expect(readFileSync(join(folder.path, "out", name), "utf8")).not.toBe("")
    }
  })

  it("lists what would run, and runs nothing", async () => {
    const { code, stdout, stderr } = await scimulate(["run", "--list", ...DUPLICATE, "http://127.0.0.1:1"], inFolder)
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" })
    expect(stdout).toMatch(/^rfc7644-3\.3-duplicate-user +basic +MUST +A second user with the same userName is refused/)
    expect(stdout.split("\n")).toHaveLength(2)
  })

  it("survives a reader that goes away", async () => {
    const running = start(["run", "--list"], inFolder)
    running.child.stdout?.destroy()
    const { code, stderr } = await running.ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" })
  })
})

describe("exit codes", () => {
  it("1 where a case failed; report repeats it, and renders the same", async () => {
    const ran = await scimulate(
      ["run", ...DUPLICATE_ACCEPTED, "--reporter", "json=failed.json", "--reporter", "console"],
      inFolder,
    )
    expect(ran.code).toBe(1)
    const again = await scimulate(["report", "failed.json"], inFolder)
    expect({ code: again.code, stdout: again.stdout }).toEqual({ code: 1, stdout: ran.stdout })
  })

  it("options may stand in a configuration file, and flags win", async () => {
    writeFileSync(
      join(folder.path, "scimulate.config.ts"),
      'export default { case: "rfc7644-3.3-duplicate-user", seed: 5, reporter: "json" }\n',
    )
    try {
      const { stdout } = await scimulate(["run", "--seed", "6"], inFolder)
      expect(reportOf(stdout)).toMatchObject({ run: { seed: 6 }, summary: { total: 1 } })
    } finally {
      writeFileSync(join(folder.path, "scimulate.config.ts"), "export default {}\n")
    }
  })
})

describe("the baseline", () => {
  const baseline = ["--baseline", "baseline.json"]

  it("is first written with all that fails, then lets it pass, then has to shrink", async () => {
    const first = await scimulate(["run", ...DUPLICATE_ACCEPTED, ...baseline, "--update-baseline"], inFolder)
    expect(first.code).toBe(0)
    const path = join(folder.path, "baseline.json")
    const { entries } = baselineSchema.parse(JSON.parse(readFileSync(path, "utf8")))
    expect(entries.length).toBeGreaterThan(0)
    expect(new Set(entries.map(({ key }) => key))).toEqual(new Set(["rfc7644-3.3-duplicate-user"]))

    const known = await scimulate(["run", ...DUPLICATE_ACCEPTED, ...baseline, "--reporter", "json"], inFolder)
    expect(known.code).toBe(0)
    expect(reportOf(known.stdout).summary).toMatchObject({ failed: 1, knownFailures: 1 })

    const fixed = await scimulate(["run", ...DUPLICATE, ...baseline], inFolder)
    expect(fixed.code).toBe(1)
    const shrunk = await scimulate(["run", ...DUPLICATE, ...baseline, "--update-baseline"], inFolder)
    expect(shrunk.code).toBe(0)
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({ version: 1, entries: [] })
  })
})

describe("repeatability", () => {
  it("--seed 7 twice sends the same requests, byte for byte, at any concurrency", async () => {
    const requests = async (...args: readonly string[]) => {
      const { stdout } = await scimulate(
        ["run", "--seed", "7", "--evidence", "all", "--reporter", "json", ...args],
        inFolder,
      )
      return reportOf(stdout).exchanges.map(({ id, request }) => JSON.stringify({ id, request }))
    }
    const once = await requests()
    const twice = await requests("--concurrency", "4")
    expect(once.length).toBeGreaterThan(3)
    expect(twice).toEqual(once)
  })
})

const FIXTURES = fileURLToPath(new URL("../fixtures/directory/", import.meta.url))
const WHOLE = ["--case", "lifecycle-directory", "--reporter", "json"]

describe.each([
  ["graph-export.json", "43 people, 5 of them blocked, and 8 groups"],
  ["users-download.csv", "43 people, 5 of them blocked, and 0 groups"],
])("--directory %s", (name, people) => {
  it("is what the whole-directory scenario provisions, and ends in verdicts", async () => {
    const { code, stdout, stderr } = await scimulate(["run", ...WHOLE, "--directory", join(FIXTURES, name)], inFolder)
    expect({ code, stderr }).toMatchObject({ code: 0 })
    const report = reportOf(stdout)
    expect(report.verdicts).toHaveLength(3)
    expect(report.cases.map(({ key, status, steps }) => [key, status, steps[0]?.title])).toEqual([
      ["lifecycle-directory@entra", "passed", people],
      ["lifecycle-directory@entra-optscim", "passed", people],
    ])
    expect(report.cases[0]?.repeat).toContain(`--directory ${join(FIXTURES, name)}`)
  })
})

describe("a directory without generated people", () => {
  it("does for every story", async () => {
    const args = [
      "run",
      "--suite",
      "lifecycle",
      "--directory",
      join(FIXTURES, "graph-export.json"),
      "--reporter",
      "json",
    ]
    const { code, stdout, stderr } = await scimulate(args, inFolder)
    expect(code).toBe(0)
    expect(stderr).toContain("--directory: Members that are neither users nor groups were left out: 1.\n")
    const { cases } = reportOf(stdout)
    expect(cases.filter(({ status }) => status !== "passed").map(({ key, status }) => [key, status])).toEqual([])
  })
})

describe("another server", () => {
  let target: Running
  let url = ""
  beforeAll(async () => {
    target = start(["target", "--port", "0", "--token", "s3cret-t0ken"])
    url = (await target.firstLine).replace("listening ", "")
  })
  afterAll(async () => {
    target.child.kill("SIGTERM")
    await target.ended
  })

  it("says first how many requests to expect, and never shows the token", async () => {
    const args = ["run", url, "--token", "s3cret-t0ken", ...DUPLICATE, "--evidence", "all"]
    const { code, stdout, stderr } = await scimulate(
      [...args, "--reporter", "json,html=ext.html,junit=ext.xml"],
      inFolder,
    )
    expect(code).toBe(0)
    expect(stderr).toMatch(new RegExp(String.raw`^About \d+ requests to ${url} \(seed \d+\)`))
    const report = reportOf(stdout)
    expect(report.target).toMatchObject({ url, kind: "external" })
    expect(report.leftovers).toEqual([])
    const everything = [
      stdout,
      stderr,
      ...["ext.html", "ext.xml"].map((name) => readFileSync(join(folder.path, name), "utf8")),
    ]
    expect(everything.join("")).not.toContain("s3cret-t0ken")
    expect(report.run.command).toContain("--token ***")
  })

  it.each(["graph-export.json", "users-download.csv"])("takes the people of %s, and gives them back", async (name) => {
    const args = ["run", url, "--token", "s3cret-t0ken", ...WHOLE, "--directory", join(FIXTURES, name)]
    const { code, stdout } = await scimulate(args, inFolder)
    expect(code).toBe(0)
    const { cases, verdicts, leftovers } = reportOf(stdout)
    expect(cases.map(({ status }) => status)).toEqual(["passed", "passed"])
    expect(verdicts).toHaveLength(3)
    expect(leftovers).toEqual([])
  })

  it("--adopt-existing says whom it touches before the first case, and never removes them", async () => {
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(`${url}${path}`, {
        ...init,
        headers: { authorization: "Bearer s3cret-t0ken", "content-type": "application/scim+json" },
      })
    const userName = "maria.oberhuber@northwind.example"
    const body = JSON.stringify({
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      userName,
      nickName: "Mitzi",
    })
    const created: { id?: string } = JSON.parse(await (await ask("/Users", { method: "POST", body })).text())
    const path = `/Users/${created.id}`

    const directory = ["--directory", join(FIXTURES, "graph-export.json"), "--adopt-existing"]
    const { code, stdout, stderr } = await scimulate(
      ["run", url, "--token", "s3cret-t0ken", ...WHOLE, ...directory],
      inFolder,
    )
    expect(code).toBe(0)
    expect(stderr).toContain(
      `--adopt-existing: these exist there, and will be changed to what the directory says (never removed):\n  user   ${userName}  ${path}\n`,
    )
    expect(reportOf(stdout).leftovers).toEqual([])
    const held: unknown = JSON.parse(await (await ask(path)).text())
    expect(held).toMatchObject({ userName, nickName: "Mitzi", displayName: "Maria Oberhuber" })
    const all: unknown = JSON.parse(await (await ask("/Users")).text())
    expect(all).toMatchObject({ totalResults: 1 })
    await ask(path, { method: "DELETE" })
  })

  it("--keep leaves what was created, and clean removes exactly that", async () => {
    const kept = await scimulate(
      ["run", url, "--token", "s3cret-t0ken", ...DUPLICATE, "--keep", "--seed", "11", "--reporter", "json"],
      inFolder,
    )
    const runId = reportOf(kept.stdout).run.id
    const clean = (...args: readonly string[]) =>
      scimulate(["clean", url, "--run", runId, ...args], { ...inFolder, env: { TOKEN: "s3cret-t0ken" } })
    const listed = await clean("--token-env", "TOKEN", "--list")
    expect(listed.stdout).toMatch(new RegExp(`^would remove /Users/\\S+ \\(user-${runId}-`))
    const removed = await clean("--token-env", "TOKEN")
    expect({ code: removed.code, stdout: removed.stdout }).toEqual({
      code: 0,
      stdout: listed.stdout.replaceAll("would remove", "removed"),
    })
    expect((await clean("--token-env", "TOKEN")).stdout).toBe(`nothing carries the id ${runId}\n`)
  })

  it("--defect and --compat are for the embedded target", async () => {
    const { code, stderr } = await scimulate(["run", url, "--defect", "duplicate-user-accepted"], inFolder)
    expect(code).toBe(2)
    expect(stderr).toContain("--defect is for the embedded target")
  })
})
