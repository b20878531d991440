import { once } from "node:events"
import { readFileSync } from "node:fs"
import { createServer, type RequestListener } from "node:http"
import { createServer as createHttpsServer } from "node:https"
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net"

import { afterEach, describe, expect, it } from "vitest"

import { VirtualClock } from "../clock.ts"
import { isLoopback, refusalOf } from "./connector.ts"
import { socketTransport, type SocketTransport, type SocketTransportOptions } from "./socket.ts"

/** A certificate for localhost that signed itself, and its key, which protects nothing. */
const TLS_FIXTURES = new URL("../../test/fixtures/tls/", import.meta.url)

const toClose: (() => unknown)[] = []
afterEach(async () => {
  for (const close of toClose.splice(0)) await close()
})

async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  toClose.push(() => server.close())
  return (server.address() as AddressInfo).port
}

/** An HTTP server on a free port; gives its URL. */
async function serve(listener: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(createServer(listener))}`
}

/** A server that does what it likes with each connection. */
async function serveRaw(onSocket: (socket: Socket) => void): Promise<string> {
  const server = createTcpServer((socket) => {
    toClose.push(() => socket.destroy())
    socket.on("error", () => undefined)
    onSocket(socket)
  })
  return `http://127.0.0.1:${await listen(server)}`
}

function createTransport(options: Partial<SocketTransportOptions> = {}): SocketTransport {
  const transport = socketTransport({ timeoutMs: 2000, allowNonLoopback: false, ...options })
  toClose.push(() => transport.close())
  return transport
}

function get(url: string): { method: string; url: string; headers: Record<string, string>; body: null } {
  return { method: "GET", url, headers: {}, body: null }
}

describe("socketTransport", () => {
  it("sends method, path with query, headers and body, and gives the answer with all values of its headers", async () => {
    const seen: unknown[] = []
    const url = await serve((request, response) => {
      let body = ""
      request.setEncoding("utf8")
      request.on("data", (text: string) => (body += text))
      request.on("end", () => {
        seen.push([request.method, request.url, request.headers["content-type"], body])
        response.writeHead(201, { "X-One": "1", "Set-Cookie": ["a=1", "b=2"] })
        response.end('{"name":"Ωμέγα"}')
      })
    })
    const answer = await createTransport()({
      method: "PATCH",
      url: `${url}/scim/v2/Users?filter=userName%20eq%20%22a%22`,
      headers: { "content-type": "application/scim+json" },
      body: '{"x":"日本"}',
    })
    expect(seen).toEqual([
      ["PATCH", "/scim/v2/Users?filter=userName%20eq%20%22a%22", "application/scim+json", '{"x":"日本"}'],
    ])
    expect(answer.status).toBe(201)
    expect(answer.headers["x-one"]).toEqual(["1"])
    expect(answer.headers["set-cookie"]).toEqual(["a=1", "b=2"])
    expect(answer.body).toBe('{"name":"Ωμέγα"}')
  })

  it("keeps the connection open from one request to the next", async () => {
    const ports = new Set<number | undefined>()
    const url = await serve((request, response) => {
      ports.add(request.socket.remotePort)
      response.writeHead(204).end()
    })
    const transport = createTransport()
    for (let count = 0; count < 10; count++)
      expect(await transport(get(url))).toMatchObject({ status: 204, body: null })
    // Two, since the second request is ready before the first connection counts as idle.
    expect(ports.size).toBeLessThanOrEqual(2)
  })

  it("never follows a redirect", async () => {
    const paths: (string | undefined)[] = []
    const url = await serve((request, response) => {
      paths.push(request.url)
      response.writeHead(302, { location: "/login" }).end()
    })
    const answer = await createTransport()(get(`${url}/Users`))
    expect(answer.status).toBe(302)
    expect(answer.headers["location"]).toEqual(["/login"])
    expect(paths).toEqual(["/Users"])
  })

  it("holds the job's clock while a request is under way", async () => {
    const clock = new VirtualClock(0)
    const url = await serve((_, response) => setTimeout(() => response.end("late"), 30))
    const order: string[] = []
    const request = createTransport({ clock })(get(url)).then(() => order.push(`answered at ${clock.now()}`))
    const sleeper = clock.sleep(60_000).then(() => order.push(`awake at ${clock.now()}`))
    await clock.settle(Promise.all([request, sleeper]))
    expect(order).toEqual(["answered at 0", "awake at 60000"])
  })
})

describe("socketTransport: failures", () => {
  it("refused: nobody listens there", async () => {
    const server = createTcpServer()
    const port = await listen(server)
    server.close()
    await once(server, "close")
    await expect(createTransport()(get(`http://127.0.0.1:${port}/scim/v2/Users?x=secret`))).rejects.toMatchObject({
      failure: "refused",
      message: `Nobody could be reached: GET http://127.0.0.1:${port}/scim/v2/Users (connect ECONNREFUSED 127.0.0.1:${port}).`,
    })
  })

  it("refused: the name does not resolve", async () => {
    await expect(createTransport()(get("http://no-such-host.invalid/"))).rejects.toMatchObject({ failure: "refused" })
  })

  it("timeout: the server accepts and says nothing, or stops in the middle of the body", async () => {
    const silent = await serveRaw(() => undefined)
    const stalling = await serveRaw((socket) => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"))
    const transport = createTransport({ timeoutMs: 60 })
    await expect(transport(get(`${silent}/Users`))).rejects.toMatchObject({
      failure: "timeout",
      message: `No complete answer came within 0.06 s: GET ${silent}/Users.`,
    })
    await expect(transport(get(stalling))).rejects.toMatchObject({ failure: "timeout" })
  })

  it("reset: the connection breaks before the answer, or within it", async () => {
    const closing = await serveRaw((socket) => socket.on("data", () => socket.destroy()))
    const resetting = await serveRaw((socket) => socket.on("data", () => socket.resetAndDestroy()))
    const partial = await serveRaw((socket) =>
      socket.on("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")),
    )
    const transport = createTransport()
    for (const url of [closing, resetting, partial]) {
      await expect(transport(get(url))).rejects.toMatchObject({
        failure: "reset",
        message: expect.stringMatching(/^The connection broke/) as string,
      })
    }
  })

  it("protocol: what comes is not HTTP, or the URL is not http", async () => {
    const garbage = await serveRaw((socket) => socket.end("SSH-2.0-OpenSSH_9.9\r\n"))
    await expect(createTransport()(get(garbage))).rejects.toMatchObject({ failure: "protocol" })
    await expect(createTransport()(get("ftp://127.0.0.1/"))).rejects.toMatchObject({ failure: "protocol" })
  })

  it("tls: the port speaks plain HTTP, with a hint", async () => {
    const url = await serve((_, response) => response.end())
    await expect(createTransport()(get(url.replace("http:", "https:")))).rejects.toMatchObject({
      failure: "tls",
      message: expect.stringContaining("try http://") as string,
    })
  })

  it("tls: the server hangs up during the handshake", async () => {
    const url = await serveRaw((socket) => socket.on("data", () => socket.destroy()))
    await expect(createTransport()(get(url.replace("http:", "https:")))).rejects.toMatchObject({ failure: "tls" })
  })

  it("tls: a certificate that nobody vouches for; its authority by ca or insecure on loopback lets it pass", async () => {
    const certificate = readFileSync(new URL("certificate.pem", TLS_FIXTURES), "utf8")
    const key = readFileSync(new URL("key.pem", TLS_FIXTURES), "utf8")
    const server = createHttpsServer({ cert: certificate, key }, (_, response) => response.end("ok"))
    const url = `https://127.0.0.1:${await listen(server)}/`
    await expect(createTransport()(get(url))).rejects.toMatchObject({
      failure: "tls",
      message: expect.stringContaining("DEPTH_ZERO_SELF_SIGNED_CERT") as string,
    })
    expect((await createTransport({ ca: certificate })(get(url))).body).toBe("ok")
    expect((await createTransport({ insecure: true })(get(url))).body).toBe("ok")
  })

  it.each(["http://10.0.0.1/scim", "http://[2001:db8::1]/scim", "http://0.0.0.0:1/scim"])(
    "forbidden: %s is not loopback, and no connection is tried",
    async (url) => {
      await expect(createTransport()(get(url))).rejects.toMatchObject({
        failure: "forbidden",
        message: expect.stringContaining("--allow-writes") as string,
      })
    },
  )

  it("judges a name by the addresses it resolves to", async () => {
    const url = await serve((_, response) => response.end("ok"))
    expect((await createTransport()(get(url.replace("127.0.0.1", "localhost")))).body).toBe("ok")
  })
})

describe("isLoopback", () => {
  it.each([
    ["127.0.0.1", true],
    ["127.8.9.10", true],
    ["::1", true],
    ["::ffff:127.0.0.1", true],
    ["::FFFF:127.0.0.1", true],
    ["0.0.0.0", false],
    ["10.127.0.1", false],
    ["::", false],
    ["fe80::1", false],
    ["127.evil.example", false],
    ["", false],
  ])("%s: %s", (address, expected) => {
    expect(isLoopback(address)).toBe(expected)
  })
})

describe("refusalOf", () => {
  const here = { hostname: "scim.example", address: "127.0.0.1", certificateProblem: null }
  const elsewhere = { ...here, address: "203.0.113.7" }

  it("judges by the address connected to, whatever the name says", () => {
    expect(refusalOf(here, { allowNonLoopback: false })).toBeUndefined()
    expect(refusalOf({ ...elsewhere, hostname: "localhost" }, { allowNonLoopback: false })).toMatchObject({
      failure: "forbidden",
      message: expect.stringContaining("localhost (203.0.113.7)") as string,
    })
    expect(refusalOf(elsewhere, { allowNonLoopback: true })).toBeUndefined()
  })

  it("accepts a bad certificate on loopback only", () => {
    const certificateProblem = "DEPTH_ZERO_SELF_SIGNED_CERT"
    expect(refusalOf({ ...here, certificateProblem }, { allowNonLoopback: true })).toBeUndefined()
    expect(refusalOf({ ...elsewhere, certificateProblem }, { allowNonLoopback: true })).toMatchObject({
      failure: "tls",
    })
  })
})
