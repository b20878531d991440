import { once } from "node:events"
import { createServer } from "node:http"
import type { Server } from "node:http"
import { connect } from "node:net"
import type { AddressInfo } from "node:net"
import { getRequestListener } from "@hono/node-server"
import * as fc from "fast-check"
import { afterEach, describe, expect, it } from "vitest"
import { createTarget } from "../target.ts"
import type { TargetOptions } from "../target.ts"
import { patch, TEST_START_MS, TEST_TOKEN, user } from "../testing.ts"

const ID = "00000000-0000-4000-8000-000000000001"
const SEEDED = "2026-02-01T00:00:00Z"
const SCIM = "application/scim+json"

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

interface Served {
  readonly port: number
  /** For each request so far, whether it was answered straight from the socket. */
  readonly plain: boolean[]
}

/** A target with one user on a socket, with calls straight from it or through fetch alone. */
async function serveTarget(isPlain: boolean, options: Partial<TargetOptions> = {}): Promise<Served> {
  let lastId = 1
  const target = createTarget({
    clock: { now: () => TEST_START_MS },
    ids: { next: () => `00000000-0000-4000-8000-${String((lastId += 1)).padStart(12, "0")}` },
    tokens: [TEST_TOKEN],
    seed: [user("ada", { id: ID, meta: { created: SEEDED, lastModified: SEEDED } })],
    ...options,
  })
  const plain: boolean[] = []
  const respond = getRequestListener((request, { incoming }) => target.fetch(request, incoming.socket))
  const server = createServer((incoming, outgoing) => {
    const isServed = isPlain && target.serve(incoming, outgoing)
    plain.push(isServed)
    if (!isServed) void respond(incoming, outgoing)
  })
  servers.push(server.listen(0, "127.0.0.1"))
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  return { port, plain }
}

interface Sent {
  readonly method: string
  readonly target: string
  readonly headers?: readonly string[]
  readonly body?: string
  /** Whether the body comes in pieces of no announced length. */
  readonly isChunked?: boolean
}

/** The request as bytes: nothing is put right on its way. */
function toBytes({ method, target, headers = [`Host: h`], body, isChunked = false }: Sent): string {
  const hex = Buffer.byteLength(body ?? "").toString(16)
  const framing = isChunked ? "Transfer-Encoding: chunked" : `Content-Length: ${Buffer.byteLength(body ?? "")}`
  const head = [
    `${method} ${target} HTTP/1.1`,
    ...headers,
    "Connection: close",
    ...(body === undefined ? [] : [framing]),
  ]
  const sent = body === undefined ? "" : isChunked ? `${hex}\r\n${body}\r\n0\r\n\r\n` : body
  return `${head.join("\r\n")}\r\n\r\n${sent}`
}

/** The answer as text: status line, headers without the date in any order, body. */
async function exchange({ port }: Served, request: Sent): Promise<readonly string[]> {
  const socket = connect(port, "127.0.0.1")
  socket.end(toBytes(request))
  const chunks: Buffer[] = []
  socket.on("data", (chunk) => chunks.push(chunk))
  await once(socket, "close")
  const [head = "", ...body] = Buffer.concat(chunks).toString().split("\r\n\r\n")
  const [status = "", ...headers] = head.split("\r\n")
  const kept = headers.map((line) => line.replace(/^[^:]+/, (name) => name.toLowerCase()))
  return [status, ...kept.filter((line) => !line.startsWith("date:")).toSorted(), body.join("\r\n\r\n")]
}

/** The first three are plain. */
const HOSTS = ["h", "h", "h:8080", "H", "h:80", "127.1", "h_x"].map((host) => `Host: ${host}`)
const token = (text: string) => `Authorization: Bearer ${text}`
const ordinary = ["Host: h", token(TEST_TOKEN), `Content-Type: ${SCIM}`]

describe("a call straight from its socket", () => {
  it.each<[name: string, Sent, status: string]>([
    ["GET of a user", { method: "GET", target: `/scim/v2/Users/${ID}`, headers: ordinary }, "200 OK"],
    [
      "a look-up",
      { method: "GET", target: "/scim/v2/Users?filter=userName+eq+%22ada%22", headers: ordinary },
      "200 OK",
    ],
    [
      "a look-up with quotes as they are",
      { method: "GET", target: `/scim/v2/Users?filter=userName%20eq%20'ada'`, headers: ordinary },
      "400 Bad Request",
    ],
    ["a new user", { method: "POST", target: "/scim/v2/Users", headers: ordinary, body: "{" }, "400 Bad Request"],
    [
      "PATCH",
      {
        method: "PATCH",
        target: `/scim/v2/Users/${ID}`,
        headers: ordinary,
        body: JSON.stringify(patch({ op: "add", path: "title", value: "Dr" })),
      },
      "200 OK",
    ],
    ["DELETE", { method: "DELETE", target: `/scim/v2/Users/${ID}`, headers: ordinary }, "204 No Content"],
    ["nobody's request", { method: "GET", target: `/scim/v2/Users/${ID}` }, "401 Unauthorized"],
    ["an endpoint that is none", { method: "GET", target: "/scim/v2/Nothing", headers: ordinary }, "404 Not Found"],
  ])("answers %s", async (_, sent, status) => {
    const served = await serveTarget(true)
    const [line] = await exchange(served, sent)
    expect([line, served.plain]).toEqual([`HTTP/1.1 ${status}`, [true]])
  })

  it.each<[name: string, Sent]>([
    ["an escaped path", { method: "GET", target: "/scim/v2/%55sers" }],
    ["dot segments", { method: "GET", target: "/scim/v2/Groups/../Users" }],
    ["a slash at the end", { method: "GET", target: "/scim/v2/Users/" }],
    ["an absolute URL", { method: "GET", target: "http://h/scim/v2/Users" }],
    ["a fragment", { method: "GET", target: "/scim/v2/Users?count=1#x" }],
    ["HEAD", { method: "HEAD", target: "/scim/v2/Users" }],
    ["another method", { method: "OPTIONS", target: "/scim/v2/Users" }],
    ["a body of no known length", { method: "POST", target: "/scim/v2/Users", body: "{}", isChunked: true }],
    ["a host in capitals", { method: "GET", target: "/scim/v2/Users", headers: ["Host: H"] }],
    ["the default port", { method: "GET", target: "/scim/v2/Users", headers: ["Host: h:80"] }],
    ["what is no SCIM endpoint", { method: "GET", target: "/health" }],
  ])("leaves %s to fetch", async (_, sent) => {
    const served = await serveTarget(true)
    await exchange(served, sent)
    expect(served.plain).toEqual([false])
  })

  it("leaves everything to fetch where addresses are told apart, or a defect is on", async () => {
    for (const options of [{ allowedAddresses: ["127.0.0.1"] }, { defects: ["etag-missing"] }]) {
      const served = await serveTarget(true, options)
      const [line] = await exchange(served, { method: "GET", target: `/scim/v2/Users/${ID}`, headers: ordinary })
      expect([line, served.plain]).toEqual(["HTTP/1.1 200 OK", [false]])
    }
  })

  it("reaches another tenant once it is open, and no resource of the default one", async () => {
    const served = await serveTarget(true, { tenants: { acme: ["acme-token"] } })
    const list = { method: "GET", target: "/t/acme/scim/v2/Users", headers: ["Host: h", token("acme-token")] }
    const answers = [await exchange(served, list), await exchange(served, list)]
    expect(served.plain).toEqual([false, true])
    for (const answer of answers) expect(answer.at(-1)).toContain('"totalResults":0')
  })

  it("reads a body that comes later than its headers, in pieces", async () => {
    const served = await serveTarget(true)
    const body = JSON.stringify(user("Zoë", { displayName: "Zoë 🙂" }))
    const sent = Buffer.from(toBytes({ method: "POST", target: "/scim/v2/Users", headers: ordinary, body }))
    const socket = connect(served.port, "127.0.0.1")
    await once(socket, "connect")
    const chunks: Buffer[] = []
    socket.on("data", (chunk) => chunks.push(chunk))
    // The second cut is inside a character.
    for (const [from, to] of [
      [0, sent.length - body.length - 20],
      [sent.length - body.length - 20, sent.indexOf("ë") + 1],
      [sent.indexOf("ë") + 1, sent.length],
    ]) {
      socket.write(sent.subarray(from, to))
      await new Promise((resolve) => setImmediate(resolve))
    }
    await once(socket, "close")
    expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 201 Created[^]*"displayName":"Zoë 🙂"/)
  })

  it("outlives a client that goes before its body is whole", async () => {
    const served = await serveTarget(true)
    const socket = connect(served.port, "127.0.0.1")
    const head = toBytes({ method: "POST", target: "/scim/v2/Users", headers: [...ordinary, "Content-Length: 10"] })
    socket.write(`${head}{`)
    await once(socket, "connect")
    socket.destroy()
    await once(socket, "close")
    const [line] = await exchange(served, { method: "GET", target: `/scim/v2/Users/${ID}`, headers: ordinary })
    expect([line, served.plain]).toEqual(["HTTP/1.1 200 OK", [true, true]])
  })

  it("counts the request in /metrics", async () => {
    const served = await serveTarget(true, { stopwatch: () => 0 })
    await exchange(served, { method: "GET", target: `/scim/v2/Users/${ID}`, headers: ordinary })
    const page = await exchange(served, { method: "GET", target: "/metrics" })
    expect(page.at(-1)).toContain('scimulate_http_requests_total{method="GET",route="/Users/:id",status="200"} 1')
  })

  it("answers as fetch does, byte for byte", async () => {
    const plain: boolean[] = []
    await fc.assert(
      fc.asyncProperty(fc.array(anyRequest(), { minLength: 1, maxLength: 4 }), async (requests) => {
        const straight = await serveTarget(true)
        const fetched = await serveTarget(false)
        for (const request of requests) {
          expect(await exchange(straight, request)).toEqual(await exchange(fetched, request))
        }
        plain.push(...straight.plain)
      }),
      { numRuns: 150, seed: 7 },
    )
    // It would prove nothing if all of them had been left to fetch.
    expect(plain.filter(Boolean).length).toBeGreaterThan(50)
  })
})

/** Requests that are plain, nearly plain and not at all. */
function anyRequest(): fc.Arbitrary<Sent> {
  const path = fc.constantFrom(
    ..."/Users /Groups /users /Users/ /Me /Bulk /.search /Users/.search /Nothing /Schemas /ServiceProviderConfig".split(
      " ",
    ),
    `/Users/${ID}`,
    `/Users/${ID}/x`,
    `/Users/${ID.replace("1", "%31")}`,
    "/Users//x",
    "/Users/./x",
    "/Users/a..b",
    "/Users/a~b_c",
    "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User",
  )
  const query = fc.constantFrom(
    ..."|?|?count=1|?filter=userName+eq+%22ada%22|?filter=userName%20eq%20%22ada%22|?filter=(|?attributes=userName".split(
      "|",
    ),
    '?filter=userName+eq+"ada"',
    "?filter=%zz",
    "?count=1&count=0",
    "?startIndex=2#fragment",
  )
  const headers = fc
    .tuple(
      fc.constantFrom(...HOSTS),
      fc.array(fc.constantFrom(token(TEST_TOKEN), `authorization: bearer ${TEST_TOKEN}`, token("wrong")), {
        maxLength: 2,
      }),
      fc.subarray([
        `Content-Type: ${SCIM}`,
        "content-type: text/plain",
        "Accept: application/json",
        "Accept: text/html",
        'If-Match: W/"1"',
        'If-Match: W/"9"',
        'If-None-Match: W/"1"',
      ]),
    )
    .map(([host, tokens, others]) => [host, ...tokens, ...others])
  const body = fc.option(
    fc.constantFrom(
      JSON.stringify(user("bob")),
      JSON.stringify(user("Zoë", { displayName: "Zoë 🙂" })),
      `\uFEFF${JSON.stringify(user("eve"))}`,
      JSON.stringify(patch({ op: "replace", path: "displayName", value: "Ada" })),
      JSON.stringify(user("ada")),
      "{",
      "",
    ),
    { nil: undefined },
  )
  return fc
    .record({
      method: fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"),
      path,
      query,
      headers,
      body,
      isChunked: fc.constantFrom(false, false, false, true),
    })
    .map(({ path: where, query: asked, body: sent, ...others }) => ({
      ...others,
      target: `/scim/v2${where}${asked}`,
      ...(sent !== undefined && { body: sent }),
    }))
}
