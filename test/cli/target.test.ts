/** `scimulate target`: the first line, tokens, the database, and the end. */
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, describe, expect, it } from "vitest"
import { scimulate, start, temporaryFolder, type Running } from "./spawn.ts"

const folder = temporaryFolder()
afterAll(folder.remove)

async function listen(...args: readonly string[]): Promise<{ running: Running; url: string }> {
  const running = start(["target", "--port", "0", ...args], { cwd: folder.path })
  const line = await running.firstLine
  expect(line).toMatch(/^listening http:\/\/127\.0\.0\.1:\d+\/scim\/v2$/)
  return { running, url: line.replace("listening ", "") }
}

const get = (url: string, token: string) => fetch(url, { headers: { authorization: `Bearer ${token}` } })

describe("scimulate target", () => {
  it("prints a generated token once and requires it; SIGTERM ends it in good order", async () => {
    const { running, url } = await listen()
    await running.shown("token ")
    const token = /^token ([0-9a-f]{32})$/m.exec(running.stdout())?.[1] ?? "none"
    expect((await get(`${url}/Users`, "wrong")).status).toBe(401)
    expect((await get(`${url}/Users`, token)).status).toBe(200)
    running.child.kill("SIGTERM")
    expect(await running.ended).toEqual({ code: 0, stderr: "", stdout: `listening ${url}\ntoken ${token}\n` })
  })

  it("takes given tokens and prints none; people stay in the database", async () => {
    const first = await listen("--token", "s3cret,0ther", "--db", "people.db")
    const created = await fetch(`${first.url}/Users`, {
      method: "POST",
      headers: { authorization: "Bearer s3cret", "content-type": "application/scim+json" },
      body: JSON.stringify({ schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName: "ada@example.com" }),
    })
    expect(created.status).toBe(201)
    expect(created.headers.get("location")).toMatch(new RegExp(`^${first.url}/Users/`))
    first.running.child.kill("SIGTERM")
    expect((await first.running.ended).stdout.split("\n")).toHaveLength(2)

    const second = await listen("--token", "0ther", "--db", join(folder.path, "people.db"))
    expect(await (await get(`${second.url}/Users`, "0ther")).json()).toMatchObject({ totalResults: 1 })
    expect((await get(`${second.url}/Users`, "s3cret")).status).toBe(401)
    second.running.child.kill("SIGTERM")
    await second.running.ended
  })
})

describe("scimulate target --schemas", () => {
  it("serves the resource types of the file", async () => {
    const example = fileURLToPath(new URL("../../docs/examples/custom-schemas.json", import.meta.url))
    const { running, url } = await listen("--token", "s3cret", "--schemas", example)
    expect(await (await get(`${url}/Devices`, "s3cret")).json()).toMatchObject({ totalResults: 0 })
    running.child.kill("SIGTERM")
    expect((await running.ended).code).toBe(0)
  })

  it("says what is wrong with it, where, and what to do", async () => {
    writeFileSync(join(folder.path, "bad.json"), '{"schemas":[{"id":"urn:example:a","attributes":[{"nmae":"a"}]}]}')
    const bad = await scimulate(["target", "--schemas", "bad.json"], { cwd: folder.path })
    expect([bad.code, bad.stdout]).toEqual([2, ""])
    expect(bad.stderr).toContain("error: --schemas: bad.json: 2 problems\n")
    expect(bad.stderr).toContain('  schemas[0].attributes[0] has an unknown member "nmae": did you mean name?\n')
    const missing = await scimulate(["target", "--schemas", "none.json"], { cwd: folder.path })
    expect([missing.code, missing.stderr]).toMatchObject([2, expect.stringContaining("there is no such file")])
  })
})

describe("scimulate target --limit", () => {
  it("changes what a request may ask", async () => {
    const { running, url } = await listen("--token", "s3cret", "--limit", "maxPageSize=7", "--limit", "maxMembers=9")
    const config = await (await get(`${url}/ServiceProviderConfig`, "s3cret")).json()
    expect(config).toMatchObject({ filter: { maxResults: 7 } })
    running.child.kill("SIGTERM")
    await running.ended
  })

  it("refuses a limit that there is not, with the one that was probably meant", async () => {
    const { code, stderr } = await scimulate(["target", "--limit", "maxPagesize=7"], { cwd: folder.path })
    expect([code, stderr]).toMatchObject([2, expect.stringContaining("--limit: There is no limit called maxPagesize")])
    expect(stderr).toContain("did you mean maxPageSize?")
  })
})
