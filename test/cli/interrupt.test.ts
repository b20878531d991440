/** Ctrl-C: the run stops in good order, cleans up, and still reports. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, afterEach, describe, expect, it } from "vitest"
import { SystemClock, systemIds } from "../../simulator/index.ts"
import { createTarget } from "../../target/index.ts"
import { reportSchema } from "../../reports/index.ts"
import { serve, serveFetch, type TestServer } from "./servers.ts"
import { start, temporaryFolder } from "./spawn.ts"

const folder = temporaryFolder()
afterAll(folder.remove)
let server: TestServer | undefined
afterEach(() => server?.close())

describe("Ctrl-C", () => {
  it("before anything was answered: 130, and a report in which everything was skipped", async () => {
    const { promise: asked, resolve: noteAsked } = Promise.withResolvers<void>()
    server = await serve(() => noteAsked())
    const running = start(["run", server.origin, "--suite", "basic", "--reporter", "json=r.json"], { cwd: folder.path })
    await asked
    running.child.kill("SIGINT")
    const { code, stderr } = await running.ended
    expect(code).toBe(130)
    expect(stderr).not.toMatch(/^\s+at /m)
    expect(stderr).not.toContain("About")
    const report = reportSchema.parse(JSON.parse(readFileSync(join(folder.path, "r.json"), "utf8")))
    expect(report.run).toMatchObject({ interrupted: true, exitCode: 130 })
    expect(new Set(report.cases.map(({ status, skipReason }) => `${status}: ${skipReason}`))).toEqual(
      new Set(["skipped: the run was interrupted"]),
    )
    expect(report.verdicts.map(({ outcome }) => outcome)).toEqual(["unknown", "unknown", "unknown"])
    expect(server.asked).toHaveLength(1)
  })

  it("against a slow server: 130, a report, and nothing left behind", async () => {
    const target = createTarget({ clock: new SystemClock(), ids: systemIds, anonymous: true })
    const { promise: created, resolve: noteCreated } = Promise.withResolvers<void>()
    const { promise: mayAnswer, resolve: answerOn } = Promise.withResolvers<void>()
    server = await serveFetch(async (request) => {
      const response = await target.fetch(request)
      if (request.method === "POST" && response.status === 201) {
        noteCreated()
        await mayAnswer
      }
      return response
    })
    const url = `${server.origin}/scim/v2`
    const running = start(["run", url, "--suite", "basic", "--concurrency", "1", "--reporter", "json=r.json"], {
      cwd: folder.path,
    })

    await created
    running.child.kill("SIGINT")
    await running.shown("Interrupted: cleaning up")
    answerOn()

    const { code, stderr } = await running.ended
    expect(code).toBe(130)
    expect(stderr).not.toMatch(/^\s+at /m)
    const report = reportSchema.parse(JSON.parse(readFileSync(join(folder.path, "r.json"), "utf8")))
    expect(report.run).toMatchObject({ interrupted: true, exitCode: 130 })
    expect(report.leftovers).toEqual([])
    const left = await target.fetch(new Request(`${url}/Users`))
    expect(await left.json()).toMatchObject({ totalResults: 0 })
    target.close()
  })
})
