import { describe, expect, it } from "vitest"
import { createGuardedTarget } from "../testing-guard.ts"
import { TEST_TOKEN } from "../testing.ts"
import { AddressList, callerOf, isBlock } from "./addresses.ts"

describe("AddressList", () => {
  const list = new AddressList(["192.0.2.7", "10.1.0.0/16", "2001:db8::/32", "::1"])

  it.each([
    ["192.0.2.7", true],
    ["192.0.2.8", false],
    ["10.1.255.255", true],
    ["10.2.0.0", false],
    ["::ffff:10.1.2.3", true],
    ["::ffff:10.2.2.3", false],
    ["2001:db8:ffff::1", true],
    ["2001:db9::1", false],
    ["::1", true],
    ["0:0:0:0:0:0:0:1", true],
    ["127.0.0.1", false],
    ["", false],
    ["10.1.2", false],
    ["localhost", false],
  ])("%s: %s, also when asked again", (address, isIncluded) => {
    expect([list.includes(address), list.includes(address)]).toEqual([isIncluded, isIncluded])
  })

  it("does not look at the zone of an address", () => {
    expect(new AddressList(["fe80::/10"]).includes("fe80::1%eth0")).toBe(true)
  })

  it.each([
    "",
    "10.0.0.0/33",
    "2001:db8::/129",
    "10.0.0.0/",
    "10.0.0.0/8/8",
    "10.0.0/8",
    "/8",
    "host",
    "fe80::1%eth0",
    "1.2.3.4/-1",
  ])("%j is no block", (entry) => {
    expect(isBlock(entry)).toBe(false)
    expect(() => new AddressList([entry])).toThrow(RangeError)
  })
})

describe("callerOf", () => {
  const trusted = new AddressList(["10.0.0.0/8"])
  const caller = (remoteAddress: string, forwarded: string | null, proxies: AddressList | undefined = trusted) =>
    callerOf({ remoteAddress }, () => forwarded, proxies)

  it("is the other end of the connection, unless a proxy is trusted", () => {
    expect(caller("203.0.113.9", "192.0.2.7")).toBe("203.0.113.9")
    expect(callerOf({ remoteAddress: "10.0.0.1" }, () => "192.0.2.7", undefined)).toBe("10.0.0.1")
    expect(callerOf(undefined, () => "192.0.2.7", trusted)).toBeUndefined()
  })

  it("is the last that a trusted proxy names and does not trust itself: what stands before may be made up", () => {
    expect(caller("10.0.0.1", "192.0.2.7")).toBe("192.0.2.7")
    expect(caller("10.0.0.1", "198.51.100.1, 192.0.2.7, 10.0.0.2")).toBe("192.0.2.7")
    expect(caller("10.0.0.1", "192.0.2.7:4711")).toBe("192.0.2.7")
    expect(caller("10.0.0.1", "[2001:db8::1]:4711, 10.0.0.2:80")).toBe("2001:db8::1")
    expect(caller("10.0.0.1", "10.0.0.3, 10.0.0.2")).toBe("10.0.0.3")
    expect(caller("10.0.0.1", " , ")).toBe("10.0.0.1")
    expect(caller("10.0.0.1", null)).toBe("10.0.0.1")
  })
})

describe("allowed addresses", () => {
  const options = { allowedAddresses: ["192.0.2.0/24"] }

  it("RFC7644-2-02 answers 403 with a SCIM error to everybody else, whatever they ask for and bring along", async () => {
    const { call } = createGuardedTarget(options)
    for (const path of [
      "/v2/Users",
      "/v2/ServiceProviderConfig",
      "/oauth/token",
      "/metrics",
      "/admin/tenants",
      "/nothing",
    ]) {
      const refused = await call("GET", path, { token: TEST_TOKEN, from: "198.51.100.1" })
      expect([path, refused.status]).toEqual([path, 403])
      expect(refused.json).toEqual({
        schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
        status: "403",
        detail: "This address may not call here.",
      })
    }
    expect((await call("GET", "/v2/Users", { token: TEST_TOKEN, from: "192.0.2.7" })).status).toBe(200)
    expect((await call("GET", "/v2/Users", { token: TEST_TOKEN, from: "::ffff:192.0.2.7" })).status).toBe(200)
  })

  it("refuses who comes from nowhere known", async () => {
    const { call } = createGuardedTarget(options)
    expect((await call("GET", "/v2/Users", { token: TEST_TOKEN })).status).toBe(403)
  })

  it("let everybody ask after the server's health", async () => {
    const { call } = createGuardedTarget(options)
    expect((await call("GET", "/health", { from: "198.51.100.1" })).status).toBe(200)
  })

  it("do not believe X-Forwarded-For, unless a trusted proxy sends it", async () => {
    const headers = { "x-forwarded-for": "192.0.2.7" }
    const asked = { token: TEST_TOKEN, from: "10.0.0.1", headers }
    expect((await createGuardedTarget(options).call("GET", "/v2/Users", asked)).status).toBe(403)
    const behind = createGuardedTarget({ ...options, trustedProxies: ["10.0.0.1"] })
    expect((await behind.call("GET", "/v2/Users", asked)).status).toBe(200)
    expect((await behind.call("GET", "/v2/Users", { ...asked, from: "10.0.0.2" })).status).toBe(403)
  })

  it("hold for one tenant alone where they are set for it", async () => {
    const { call, administer } = createGuardedTarget({ tenants: { acme: ["acme-token"] } })
    const settings = { allowedAddresses: ["192.0.2.7"] }
    expect((await administer("PATCH", "/tenants/acme", { settings })).status).toBe(200)
    const acme = { token: "acme-token", from: "198.51.100.1" }
    expect((await call("GET", "/t/acme/v2/Users", acme)).status).toBe(403)
    expect((await call("GET", "/t/acme/v2/Users", { ...acme, from: "192.0.2.7" })).status).toBe(200)
    expect((await call("GET", "/v2/Users", { token: TEST_TOKEN, from: "198.51.100.1" })).status).toBe(200)
  })

  it("hold in front of a defect, which cannot lose where a request comes from", async () => {
    const { call, administer } = createGuardedTarget({ ...options, defects: ["media-type-json"] })
    expect((await call("GET", "/v2/Users", { token: TEST_TOKEN, from: "198.51.100.1" })).status).toBe(403)
    const read = { token: TEST_TOKEN, from: "192.0.2.7" }
    expect((await call("GET", "/v2/Users", read)).headers.get("content-type")).toMatch(/^application\/json/)
    expect((await administer("GET", "/tenants/default/defects")).status).toBe(403)
  })
})
