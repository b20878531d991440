/** `scimulate target`: the first line, tokens, the database, and the end. */
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { start, temporaryFolder, type Running } from "./spawn.ts"

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
