import { describe, expect, it } from "vitest"
import { type HttpRequest, type HttpResponse, type Transport, TransportError } from "../../protocol/index.ts"
import { VirtualClock } from "../clock.ts"
import type { RequestPlan } from "./compose.ts"
import { DEFAULT_WIRE_OPTIONS, type WireOptions } from "./options.ts"
import { parseTenantUrl, send, TenantUrlError } from "./send.ts"

const READ: RequestPlan = { purpose: "read", resourceType: "User", method: "GET", path: "/Users/u-1", body: null }
const WRITE: RequestPlan = { ...READ, purpose: "update", method: "PATCH", body: "{}" }
const CONNECTION = { baseUrl: "https://scim.orchard.example/v2", token: "s3cret" }

/** Answers in turn; gives what was asked and how long it took, in seconds of the clock. */
async function exchange(plan: RequestPlan, answers: (HttpResponse | Error)[], given: Partial<WireOptions> = {}) {
  const clock = new VirtualClock(0)
  const requests: HttpRequest[] = []
  const transport: Transport = async (request) => {
    requests.push(request)
    const answer = answers[requests.length - 1] ?? answers.at(-1)
    if (answer === undefined || answer instanceof Error) throw answer ?? new Error("no answer left")
    return answer
  }
  const wire = { ...DEFAULT_WIRE_OPTIONS, ...given }
  const reply = await clock.settle(send(plan, CONNECTION, { transport, clock, wire, activityId: "cycle-1" }))
  return { reply, requests, seconds: clock.now() / 1000 }
}

const ok: HttpResponse = { status: 200, headers: {}, body: "{}" }
const busy = (retryAfter: string): HttpResponse => ({
  status: 429,
  headers: { "retry-after": [retryAfter] },
  body: null,
})

describe("headers", () => {
  it("WIRE-036 WIRE-038 WIRE-040 a read has neither media type, Accept, User-Agent nor If-Match", async () => {
    const { requests } = await exchange(READ, [ok])
    expect(requests).toEqual([
      {
        method: "GET",
        url: "https://scim.orchard.example/v2/Users/u-1",
        headers: {
          authorization: "Bearer s3cret",
          adscimversion: "Date:1970-01-01T00:00:00.000Z, ActivityId:cycle-1",
        },
        body: null,
      },
    ])
  })

  it("WIRE-035 a write names its media type with a charset", async () => {
    const { requests } = await exchange(WRITE, [ok])
    expect(requests[0]?.headers["content-type"]).toBe("application/scim+json; charset=utf-8")
  })

  it("WIRE-039 by switch ADSCIMVersion is that of 2019, or absent", async () => {
    const old = await exchange(READ, [ok], { adscimVersion: "5.0" })
    expect(old.requests[0]?.headers["adscimversion"]).toBe("5.0")
    const off = await exchange(READ, [ok], { adscimVersion: "off" })
    expect(off.requests[0]?.headers).toEqual({ authorization: "Bearer s3cret" })
  })
})

describe("Retry-After", () => {
  it("ENG-RETRY-11 a 429 is repeated after the seconds it names", async () => {
    const { reply, requests, seconds } = await exchange(WRITE, [busy("30"), busy("10"), ok])
    expect(reply).toMatchObject({ kind: "answered", response: { status: 200 } })
    expect(requests).toHaveLength(3)
    expect(seconds).toBe(40)
  })

  it("ENG-RETRY-11 is given up after three repetitions", async () => {
    const { reply, requests } = await exchange(WRITE, [busy("1")])
    expect(reply).toMatchObject({ response: { status: 429 } })
    expect(requests).toHaveLength(4)
  })

  it.each(["301", "Fri, 01 Jan 2100 00:00:00 GMT", "-1", ""])("ENG-RETRY-11 %j is not waited for", async (value) => {
    const { requests, seconds } = await exchange(WRITE, [busy(value)])
    expect(requests).toHaveLength(1)
    expect(seconds).toBe(0)
  })

  it("ENG-RETRY-11 by switch it is ignored until the next cycle", async () => {
    const { requests } = await exchange(WRITE, [busy("1")], { retryAfter: "ignored" })
    expect(requests).toHaveLength(1)
  })

  it("a 500 is never repeated here", async () => {
    const { requests } = await exchange(WRITE, [{ status: 500, headers: { "retry-after": ["1"] }, body: null }])
    expect(requests).toHaveLength(1)
  })
})

describe("broken connections", () => {
  it("become data", async () => {
    const error = new TransportError("timeout", "No answer within 100 s.")
    expect((await exchange(READ, [error])).reply).toEqual({ kind: "unanswered", error })
  })

  it("a connection that we refused to make is thrown", async () => {
    await expect(exchange(READ, [new TransportError("forbidden", "not loopback")])).rejects.toThrow("not loopback")
  })

  it("a fault of ours is thrown", async () => {
    await expect(exchange(READ, [new TypeError("bug")])).rejects.toThrow("bug")
  })
})

describe("the Tenant URL", () => {
  it("WIRE-004 WIRE-015 the flag chooses the dialect and is stripped", () => {
    const flagged = { baseUrl: "https://scim.orchard.example/v2", dialect: "entra-optscim" }
    expect(parseTenantUrl("https://scim.orchard.example/v2?aadOptscim062020")).toEqual(flagged)
    expect(parseTenantUrl("https://scim.orchard.example/v2/?aadOptscim062020=true")).toEqual(flagged)
    expect(parseTenantUrl("https://scim.orchard.example/v2?AzureAdScimPatch062020")).toEqual(flagged)
  })

  it("WIRE-010 without the flag it is the default dialect", () => {
    expect(parseTenantUrl("http://localhost:8080/scim/v2/")).toEqual({
      baseUrl: "http://localhost:8080/scim/v2",
      dialect: "entra",
    })
  })

  it.each(["", "scim.orchard.example", "ftp://scim.orchard.example"])("%j is refused", (text) => {
    expect(() => parseTenantUrl(text)).toThrow(TenantUrlError)
  })
})
