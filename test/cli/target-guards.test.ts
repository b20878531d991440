/** `scimulate target` with guards: who may call, over real connections, and how it ends. */
import { once } from "node:events"
import { Agent, request } from "node:http"
import { connect, type Socket } from "node:net"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { scimulate, start, temporaryFolder, type Running } from "./spawn.ts"

const folder = temporaryFolder()
afterAll(folder.remove)

interface Served {
  readonly running: Running
  readonly origin: string
  readonly port: number
}

async function serve(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Served> {
  const running = start(["target", "--port", "0", ...args], { cwd: folder.path, env })
  const port = Number(/^listening http:\/\/127\.0\.0\.1:(\d+)\/scim\/v2$/.exec(await running.firstLine)?.[1])
  return { running, origin: `http://127.0.0.1:${port}`, port }
}

async function stop({ running }: Served): Promise<void> {
  running.child.kill("SIGTERM")
  expect(await running.ended).toMatchObject({ code: 0, stderr: "" })
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const ada = JSON.stringify({ schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName: "ada" })

/** Sends the head of a write, and nothing of its body yet. */
async function beginWrite(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1")
  await once(socket, "connect")
  socket.setEncoding("utf8")
  const head = ["POST /scim/v2/Users HTTP/1.1", "host: x", "authorization: Bearer s3cret"]
  socket.write([...head, "content-type: application/json", `content-length: ${ada.length}`, "", ""].join("\r\n"))
  return socket
}

async function readToEnd(socket: Socket): Promise<string> {
  let text = ""
  for await (const chunk of socket) text += String(chunk)
  return text
}

/** Resolves once the server takes no more connections. */
async function refusing(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, "127.0.0.1")
    const isRefused = await once(socket, "connect").then(
      () => false,
      () => true,
    )
    socket.destroy()
    if (isRefused) return
  }
}

describe("scimulate target, guarded", () => {
  it("is administered over HTTP, keeps tenants and tokens apart and in files, and prints no secret", async () => {
    const args = [
      "--token",
      "s3cret",
      "--db",
      "guarded.db",
      "--admin-token-env",
      "ADMIN",
      "--tenant",
      "acme=acme-token",
    ]
    const env = { ADMIN: "admin-token" }
    const first = await serve(args, env)
    const administer = (origin: string, method: string, path: string, body?: object) =>
      fetch(`${origin}/admin${path}`, {
        method,
        headers: { ...bearer("admin-token"), "content-type": "application/json" },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
    const tokens = "/tenants/acme/tokens"
    const made: unknown = await (await administer(first.origin, "POST", tokens, { label: "Entra" })).json()
    expect(made).toMatchObject({ label: "Entra", token: expect.stringMatching(/^scimulate_/) })
    const token = typeof made === "object" && made !== null && "token" in made ? String(made.token) : ""
    const users = "/t/acme/scim/v2/Users"
    const headers = { ...bearer(token), "content-type": "application/scim+json" }
    const created = await fetch(`${first.origin}${users}`, { method: "POST", headers, body: ada })
    expect(created.status).toBe(201)
    expect(created.headers.get("location")).toContain(`${first.origin}${users}/`)
    expect((await fetch(`${first.origin}/scim/v2/Users`, { headers })).status).toBe(401)
    const metrics = await (await fetch(`${first.origin}/metrics`)).text()
    expect(metrics).toContain('scimulate_http_requests_total{method="POST",route="/Users",status="201"} 1')
    expect(await (await fetch(`${first.origin}/health`)).json()).toEqual({ status: "ok" })
    await stop(first)
    expect(first.running.stdout()).toBe(`listening ${first.origin}/scim/v2\n`)

    const second = await serve(args, env)
    expect(await (await fetch(`${second.origin}${users}`, { headers })).json()).toMatchObject({ totalResults: 1 })
    const log: unknown = await (await administer(second.origin, "GET", "/tenants/acme/audit?kind=scim")).json()
    expect(log).toMatchObject({ entries: [{ action: "POST", address: "127.0.0.1" }] })
    await stop(second)
  })

  it("gives OAuth clients tokens, and 429 beyond the rate", async () => {
    const served = await serve(["--token", "s3cret", "--oauth-client", "entra:cl1ent", "--rate-limit", "3/h"])
    const asked = await fetch(`${served.origin}/oauth/token`, {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from("entra:cl1ent").toString("base64")}` },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    })
    const grant: unknown = await asked.json()
    const token =
      typeof grant === "object" && grant !== null && "access_token" in grant ? String(grant.access_token) : ""
    const read = () => fetch(`${served.origin}/scim/v2/Users`, { headers: bearer(token) })
    expect([(await read()).status, (await read()).status]).toEqual([200, 200])
    const limited = await read()
    expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "1200"])
    await stop(served)
  })

  it("looks at where the connection comes from, and not at what is claimed", async () => {
    const allowed = await serve(["--token", "s3cret", "--allow-ip", "127.0.0.0/8,::1"])
    expect((await fetch(`${allowed.origin}/scim/v2/Users`, { headers: bearer("s3cret") })).status).toBe(200)
    await stop(allowed)
    const closed = await serve(["--token", "s3cret", "--allow-ip", "192.0.2.7"])
    const headers = { ...bearer("s3cret"), "x-forwarded-for": "192.0.2.7" }
    expect((await fetch(`${closed.origin}/scim/v2/Users`, { headers })).status).toBe(403)
    await stop(closed)
    const behind = await serve(["--token", "s3cret", "--allow-ip", "192.0.2.7", "--trust-proxy", "127.0.0.1"])
    expect((await fetch(`${behind.origin}/scim/v2/Users`, { headers })).status).toBe(200)
    await stop(behind)
  })

  it.each([
    [["--tenant", "Acme"], `"Acme" cannot be a tenant's name`],
    [["--rate-limit", "fast"], "--rate-limit fast is no rate"],
    [["--admin-token-env", "NOT_SET"], "--admin-token-env: NOT_SET is not set"],
  ])("is not started with %j: exit 2, and why", async (args, message) => {
    const { code, stderr, stdout } = await scimulate(["target", "--port", "0", ...args], { cwd: folder.path })
    expect([code, stdout]).toEqual([2, ""])
    expect(stderr).toContain(message)
  })
})

describe("the end of scimulate target", () => {
  it("SIGTERM lets a write that is under way end, stores it, takes nothing new, and exits 0", async () => {
    const served = await serve(["--token", "s3cret", "--db", "drained.db"])
    const socket = await beginWrite(served.port)
    // Answered, so the server has read the head above too.
    expect((await fetch(`${served.origin}/health`)).status).toBe(200)
    served.running.child.kill("SIGTERM")
    await refusing(served.port)
    expect(served.running.child.exitCode).toBeNull()
    socket.write(ada)
    const answer = await readToEnd(socket)
    expect(answer).toMatch(/^HTTP\/1\.1 201 Created\r\n/)
    expect(await served.running.ended).toMatchObject({ code: 0, stderr: "" })

    const again = await serve(["--token", "s3cret", "--db", "drained.db"])
    const users = await fetch(`${again.origin}/scim/v2/Users`, { headers: bearer("s3cret") })
    expect(await users.json()).toMatchObject({ totalResults: 1 })
    await stop(again)
  })

  it("a connection that is kept alive keeps nobody waiting, nor does one that goes on asking", async () => {
    const served = await serve(["--token", "s3cret"])
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const ask = () =>
      new Promise<string | undefined>((resolve) => {
        const asking = request({ agent, port: served.port, host: "127.0.0.1", path: "/health" }, (response) => {
          response.resume().on("end", () => resolve(response.headers.connection))
        })
        asking.on("error", () => resolve(undefined))
        asking.end()
      })
    expect(await ask()).toBe("keep-alive")
    served.running.child.kill("SIGTERM")
    while (served.running.child.exitCode === null) await ask()
    expect(await served.running.ended).toMatchObject({ code: 0, stderr: "" })
    agent.destroy()
  })

  it("a second signal ends it at once, though a request is under way", async () => {
    const served = await serve(["--token", "s3cret"])
    const socket = await beginWrite(served.port)
    socket.on("error", () => {})
    expect((await fetch(`${served.origin}/health`)).status).toBe(200)
    served.running.child.kill("SIGTERM")
    await refusing(served.port)
    served.running.child.kill("SIGTERM")
    await served.running.ended
    expect(served.running.child.signalCode).toBe("SIGTERM")
    socket.destroy()
  })

  it("a second process on the same file is refused with exit 2 and the reason, and the first goes on", async () => {
    const served = await serve(["--token", "s3cret", "--db", "shared.db"])
    const second = await scimulate(["target", "--port", "0", "--token", "x", "--db", join(folder.path, "shared.db")])
    expect([second.code, second.stdout]).toEqual([2, ""])
    expect(second.stderr).toContain("is open in another process: end that one, or use another file.")
    expect((await fetch(`${served.origin}/scim/v2/Users`, { headers: bearer("s3cret") })).status).toBe(200)
    await stop(served)
  })
})
