import { describe, expect, it } from "vitest"
import { createGuardedTarget, textIn } from "../testing-guard.ts"
import { TEST_TOKEN, user } from "../testing.ts"
import { Metrics } from "./metrics.ts"
import { createRouteNames } from "./routes.ts"

const READINGS = { commits: 0, liveTokens: 0, tenants: 1, uptimeSeconds: 0 }

/** The samples of a page: what stands before the value, and the value. */
function samples(page: string): ReadonlyMap<string, number> {
  const lines = page.split("\n").filter((line) => line !== "" && !line.startsWith("#"))
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ")))]))
}

describe("/health", () => {
  it("says ok to everybody, and draining with 503 once the server is about to end", async () => {
    const { call, target } = createGuardedTarget()
    const well = await call("GET", "/health")
    expect([well.status, well.text, well.headers.get("cache-control")]).toEqual([200, '{"status":"ok"}', "no-store"])
    target.drain()
    const ending = await call("GET", "/health")
    expect([ending.status, ending.text]).toEqual([503, '{"status":"draining"}'])
    expect((await call("GET", "/v2/Users", { token: TEST_TOKEN })).status).toBe(200)
  })
})

describe("/metrics", () => {
  const measured = () => {
    let nowMs = 0
    // Each look at the stopwatch takes a millisecond.
    return createGuardedTarget({ stopwatch: () => (nowMs += 1), tenants: { acme: ["acme-token"] } })
  }

  it("counts requests by method, route and status, of all tenants together", async () => {
    const { call } = measured()
    const id = textIn(await call("POST", "/v2/Users", { token: TEST_TOKEN, body: user("ada") }), "id")
    await call("GET", `/v2/Users/${id}`, { token: TEST_TOKEN })
    await call("GET", "/v2/Users/nobody?x=/Groups", { token: TEST_TOKEN })
    await call("GET", "/t/acme/v2/Users/nobody", { token: "acme-token" })
    await call("GET", "/v2/Users", { token: "wrong" })
    await call("POST", "/oauth/token", { body: {} })
    await call("GET", "/admin/tenants/default/tokens")
    await call("GET", "/somewhere/else")
    const page = await call("GET", "/metrics")
    expect(page.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8")
    const all = samples(page.text)
    const requests = [...all].filter(([name]) => name.startsWith("scimulate_http_requests_total"))
    expect(Object.fromEntries(requests)).toEqual({
      'scimulate_http_requests_total{method="POST",route="/Users",status="201"}': 1,
      'scimulate_http_requests_total{method="GET",route="/Users/:id",status="200"}': 1,
      'scimulate_http_requests_total{method="GET",route="/Users/:id",status="404"}': 2,
      'scimulate_http_requests_total{method="GET",route="/Users",status="401"}': 1,
      'scimulate_http_requests_total{method="POST",route="/oauth/token",status="400"}': 1,
      'scimulate_http_requests_total{method="GET",route="/admin",status="401"}': 1,
      'scimulate_http_requests_total{method="GET",route="other",status="401"}': 1,
    })
    expect(all.get("scimulate_tenants")).toBe(2)
    expect(all.get("scimulate_commits_total")).toBeGreaterThanOrEqual(1)
  })

  it("times them, from arrival to answer, by the stopwatch", async () => {
    const { call } = measured()
    await call("GET", "/v2/Users", { token: TEST_TOKEN })
    const all = samples((await call("GET", "/metrics")).text)
    const labels = 'method="GET",route="/Users"'
    expect(all.get(`scimulate_http_request_duration_seconds_sum{${labels}}`)).toBe(0.001)
    expect(all.get(`scimulate_http_request_duration_seconds_count{${labels}}`)).toBe(1)
    expect(all.get(`scimulate_http_request_duration_seconds_bucket{${labels},le="0.0005"}`)).toBe(0)
    expect(all.get(`scimulate_http_request_duration_seconds_bucket{${labels},le="0.001"}`)).toBe(1)
    expect(all.get(`scimulate_http_request_duration_seconds_bucket{${labels},le="+Inf"}`)).toBe(1)
  })

  it("tell how many tokens are live, and how many requests came too fast", async () => {
    let nowMs = 0
    const rateLimit = { requests: 1, perMs: 60_000 }
    const { call, administer, target, clock } = createGuardedTarget({ stopwatch: () => (nowMs += 1), rateLimit })
    await administer("POST", "/tenants/default/tokens", { label: "x", secretLifetimeSeconds: 60 })
    target.tokens.add("third")
    for (let request = 0; request < 3; request += 1) await call("GET", "/v2/Users", { token: TEST_TOKEN })
    const before = samples((await call("GET", "/metrics")).text)
    expect([before.get("scimulate_live_tokens"), before.get("scimulate_rate_limited_total")]).toEqual([3, 2])
    clock.nowMs += 60_000
    target.tokens.revoke("third")
    expect(samples((await call("GET", "/metrics")).text).get("scimulate_live_tokens")).toBe(1)
  })

  it("is not there where nothing is measured", async () => {
    expect((await createGuardedTarget().call("GET", "/metrics")).status).toBe(404)
  })

  it("has as many series as there are routes, whatever is asked for", async () => {
    const { call } = measured()
    for (let request = 0; request < 50; request += 1) {
      await call(`X${request}`, `/v2/Users/${request}`, { token: TEST_TOKEN })
      await call("GET", `/v2/made-up-${request}`, { token: TEST_TOKEN })
      await call("GET", `/t/made-up-${request}/v2/Users`)
    }
    const page = (await call("GET", "/metrics")).text
    const counters = [...samples(page).keys()].filter((name) => name.startsWith("scimulate_http_requests_total"))
    expect(counters.toSorted()).toEqual([
      'scimulate_http_requests_total{method="GET",route="/Users",status="404"}',
      'scimulate_http_requests_total{method="GET",route="other",status="404"}',
      'scimulate_http_requests_total{method="other",route="/Users/:id",status="405"}',
    ])
    expect(page).not.toContain("made-up")
  })

  it("is text that Prometheus reads: each family once, described, its samples together, a line feed at the end", () => {
    const metrics = new Metrics()
    metrics.observe("GET", "/Users", 200, 0.02)
    metrics.observe("POST", "/Users", 201, 100)
    const page = metrics.render(READINGS)
    expect(page.endsWith("\n")).toBe(true)
    const families = [...page.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name]) => name)
    expect(new Set(families).size).toBe(families.length)
    let family = ""
    for (const line of page.trimEnd().split("\n")) {
      if (line.startsWith("# HELP ")) family = line.split(" ")[2] ?? ""
      else if (!line.startsWith("# TYPE ")) {
        expect(line).toMatch(/^[a-z_]+(\{[a-z]+="[^"\\\n]*"(,[a-z]+="[^"\\\n]*")*\})? \S+$/)
        expect(line.startsWith(family)).toBe(true)
        expect(Number.isFinite(Number(line.slice(line.lastIndexOf(" "))))).toBe(true)
      }
    }
  })
})

describe("createRouteNames", () => {
  const nameOf = createRouteNames(["/Users", "/Bulk", "/.search"])

  it.each([
    ["", "/"],
    ["/", "/"],
    ["/Users", "/Users"],
    ["/Users/", "/Users"],
    ["/Users/1", "/Users/:id"],
    ["/Users/1/2", "/Users/:id"],
    ["/Users/.search", "/Users/.search"],
    ["/.search", "/.search"],
    ["/Bulk", "/Bulk"],
    ["/users", "other"],
    ["/Usersx", "other"],
    ["/__proto__", "other"],
  ])("%j is %j", (path, name) => {
    expect(nameOf(path)).toBe(name)
  })
})
