import { http, HttpResponse, passthrough } from "msw"
import { describe, expect, it } from "vitest"

import type { HttpRequest, Transport } from "../../protocol/index.ts"
import { VirtualClock } from "../clock.ts"
import {
  afterRequests,
  answerHtml,
  answerWith,
  breakConnection,
  duringTime,
  firstRequests,
  loseAnswer,
  refuseCredentials,
  slowDown,
  timeOut,
  truncateAnswer,
} from "./fault-kinds.ts"
import { withFaults } from "./faults.ts"

const USER_URL = "http://localhost/scim/v2/Users/1"
const PATCH: HttpRequest = { method: "PATCH", url: USER_URL, headers: {}, body: '{"Operations":[]}' }
const GET: HttpRequest = { method: "GET", url: USER_URL, headers: {}, body: null }
const BODY = '{"id":"1","userName":"ada"}'

/** An endpoint that answers everything with one user and counts what reaches it. */
function createEndpoint(): { transport: Transport; requests: HttpRequest[] } {
  const requests: HttpRequest[] = []
  return {
    requests,
    transport: (request) => {
      requests.push(request)
      return Promise.resolve({ status: 200, headers: { "content-type": ["application/scim+json"] }, body: BODY })
    },
  }
}

describe("withFaults", () => {
  it("puts plain msw handlers in front: the one that matches answers, everything else goes on", async () => {
    const { transport, requests } = createEndpoint()
    const heard: string[] = []
    const faulty = withFaults(transport, [http.patch("*/Users/:id", () => new HttpResponse(null, { status: 503 }))], {
      onFault: (fault, request) => heard.push(`${request.method} ${fault}`),
    })
    expect(await faulty(PATCH)).toEqual({ status: 503, headers: {}, body: null })
    expect((await faulty(GET)).body).toBe(BODY)
    expect(requests).toEqual([GET])
    expect(heard).toEqual(["PATCH status 503"])
  })

  it("gives a resolver the request, lets passthrough and once through, and throws what a resolver throws", async () => {
    const { transport, requests } = createEndpoint()
    const faulty = withFaults(transport, [
      http.patch(
        "*/Users/:id",
        async ({ request, params }) =>
          HttpResponse.json({ id: params["id"], body: await request.text() }, { status: 400 }),
        { once: true },
      ),
      http.get("*/Users/:id", () => passthrough()),
      http.delete("*/Users/:id", () => {
        throw new TypeError("a bug in the resolver")
      }),
    ])
    expect((await faulty(PATCH)).body).toBe('{"id":"1","body":"{\\"Operations\\":[]}"}')
    expect((await faulty(PATCH)).status).toBe(200)
    expect((await faulty(GET)).status).toBe(200)
    expect(requests).toHaveLength(2)
    await expect(faulty({ ...GET, method: "DELETE" })).rejects.toThrow("a bug in the resolver")
  })

  it("asks a function for the current list at each request", async () => {
    let isBroken = false
    const faulty = withFaults(createEndpoint().transport, () => (isBroken ? [http.get("*", answerWith(500))] : []))
    expect((await faulty(GET)).status).toBe(200)
    isBroken = true
    expect((await faulty(GET)).status).toBe(500)
  })
})

describe("ready-made faults", () => {
  it("answer with any status, with or without Retry-After", async () => {
    const { transport, requests } = createEndpoint()
    const heard: string[] = []
    const faulty = withFaults(transport, [http.all("*", answerWith(429, { retryAfterSeconds: 120 }))], {
      onFault: (fault) => heard.push(fault),
    })
    const answer = await faulty(GET)
    expect(answer.status).toBe(429)
    expect(answer.headers["retry-after"]).toEqual(["120"])
    expect(JSON.parse(answer.body ?? "")).toEqual({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
      status: "429",
      detail: "A fault stood in for the endpoint.",
    })
    const bare = await withFaults(transport, [http.all("*", answerWith(503, { body: null }))])(GET)
    expect(bare).toEqual({ status: 503, headers: {}, body: null })
    expect((await withFaults(transport, [http.all("*", answerWith(204))])(GET)).body).toBeNull()
    expect(requests).toEqual([])
    expect(heard).toEqual(["status 429, Retry-After 120"])
  })

  it("answer with HTML instead of JSON", async () => {
    const answer = await withFaults(createEndpoint().transport, [http.all("*", answerHtml())])(GET)
    expect(answer.status).toBe(200)
    expect(answer.headers["content-type"]).toEqual(["text/html; charset=utf-8"])
    expect(answer.body).toMatch(/^<!doctype html>/)
  })

  it("break the connection before the endpoint sees the request", async () => {
    const { transport, requests } = createEndpoint()
    const heard: string[] = []
    const faulty = withFaults(transport, [http.all("*", breakConnection())], { onFault: (fault) => heard.push(fault) })
    await expect(faulty(PATCH)).rejects.toMatchObject({ name: "TransportError", failure: "reset" })
    expect(requests).toEqual([])
    expect(heard).toEqual(["connection broken"])
  })

  it("lose the answer to a request that was applied", async () => {
    const { transport, requests } = createEndpoint()
    const faulty = withFaults(transport, [http.all("*", firstRequests(1, loseAnswer()))])
    await expect(faulty(PATCH)).rejects.toMatchObject({ failure: "reset" })
    expect(requests).toEqual([PATCH])
    expect((await faulty(GET)).status).toBe(200)
  })

  it("truncate the endpoint's answer", async () => {
    const answer = await withFaults(createEndpoint().transport, [http.all("*", truncateAnswer())])(GET)
    expect(answer.status).toBe(200)
    expect(answer.body).toBe('{"id":"1","us')
  })

  it("slow the answer down on the clock", async () => {
    const clock = new VirtualClock(0)
    const { transport, requests } = createEndpoint()
    const faulty = withFaults(transport, [http.all("*", slowDown(20_000))], { clock })
    expect((await clock.settle(faulty(GET))).body).toBe(BODY)
    expect(clock.now()).toBe(20_000)
    expect(requests).toEqual([GET])
  })

  it("ENG-PERF-04 time out on the clock, after 100 seconds unless told, whether the endpoint is too slow or never answers", async () => {
    const clock = new VirtualClock(0)
    const slow = createEndpoint()
    const tooSlow = withFaults(slow.transport, [http.all("*", slowDown(60_000))], { clock, timeoutMs: 10_000 })
    await expect(clock.settle(tooSlow(PATCH))).rejects.toMatchObject({ failure: "timeout" })
    expect(clock.now()).toBe(10_000)
    expect(slow.requests).toEqual([PATCH])
    const silent = createEndpoint()
    const never = withFaults(silent.transport, [http.all("*", timeOut())], { clock })
    await expect(clock.settle(never(PATCH))).rejects.toMatchObject({
      failure: "timeout",
      message: "No complete answer came within 100 s: PATCH http://localhost/scim/v2/Users/1.",
    })
    expect(clock.now()).toBe(110_000)
    expect(silent.requests).toEqual([])
  })

  it("refuse the credentials from a request on", async () => {
    const faulty = withFaults(createEndpoint().transport, [http.all("*", afterRequests(2, refuseCredentials()))])
    const statuses = []
    for (let count = 0; count < 4; count++) statuses.push((await faulty(GET)).status)
    expect(statuses).toEqual([200, 200, 401, 401])
    expect((await faulty(GET)).headers["www-authenticate"]).toEqual(['Bearer error="invalid_token"'])
  })

  it("refuse the credentials from a moment on, until another", async () => {
    const clock = new VirtualClock(0)
    const fault = duringTime(clock, { fromMs: 60_000, untilMs: 120_000 }, refuseCredentials())
    const faulty = withFaults(createEndpoint().transport, [http.all("*", fault)], { clock })
    const statuses = []
    for (let minute = 0; minute < 4; minute++) {
      statuses.push((await faulty(GET)).status)
      await clock.advance({ minutes: 1 })
    }
    expect(statuses).toEqual([200, 401, 200, 200])
  })
})
