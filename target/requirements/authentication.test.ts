import { describe, expect, it } from "vitest"
import { createTestTarget, TEST_BASE_URL, TEST_START_MS, TEST_TOKEN, user } from "../testing.ts"
import type { TestTarget } from "../testing.ts"

async function readAs({ target }: TestTarget, authorization: string | undefined, path = "/Users"): Promise<Response> {
  const headers = authorization === undefined ? {} : { authorization }
  return target.fetch(new Request(`${TEST_BASE_URL}${path}`, { headers }))
}

describe("authentication", () => {
  it("RFC7644-2-01 RFC9110-15.5.2-01 refuses a request without credentials with 401, WWW-Authenticate and a SCIM error", async () => {
    const response = await readAs(createTestTarget(), undefined)
    expect(response.status).toBe(401)
    expect(response.headers.get("www-authenticate")).not.toBeNull()
    expect(response.headers.get("content-type")).toBe("application/scim+json")
    expect(await response.json()).toMatchObject({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
      status: "401",
    })
  })

  it("RFC6750-3-01 RFC6750-3.1-01 challenges with Bearer and a realm, and no error code where no credentials came", async () => {
    const response = await readAs(createTestTarget(), undefined)
    expect(response.headers.get("www-authenticate")).toBe('Bearer realm="scimulate"')
  })

  it("RFC6750-2.1-01 RFC6750-3-03 takes the token from the Authorization header, its scheme in any case", async () => {
    const testTarget = createTestTarget()
    for (const scheme of ["Bearer", "bearer", "BEARER"]) {
      expect((await readAs(testTarget, `${scheme} ${TEST_TOKEN}`)).status).toBe(200)
    }
  })

  it("RFC6750-2.3-01 does not take a token from the query string", async () => {
    const response = await readAs(createTestTarget(), undefined, `/Users?access_token=${TEST_TOKEN}`)
    expect(response.status).toBe(401)
  })

  it("RFC6750-3-02 reports an unknown token as invalid_token", async () => {
    const response = await readAs(createTestTarget(), "Bearer somebody-else")
    expect(response.status).toBe(401)
    expect(response.headers.get("www-authenticate")).toContain('error="invalid_token"')
  })

  it("RFC6750-3.1-03 reports a malformed header as invalid_request", async () => {
    const testTarget = createTestTarget()
    for (const header of ["Bearer", "Bearer a b", "Bearer  "]) {
      const response = await readAs(testTarget, header)
      expect(response.status).toBe(401)
      expect(response.headers.get("www-authenticate")).toContain('error="invalid_request"')
    }
  })

  it("RFC6750-3.1-01 treats another scheme as no bearer credentials", async () => {
    const response = await readAs(createTestTarget(), "Basic YWRhOnNlY3JldA==")
    expect(response.status).toBe(401)
    expect(response.headers.get("www-authenticate")).not.toContain("error=")
  })

  it("RFC7644-7.4-01 refuses a token from its expiry on, by the target's clock", async () => {
    const testTarget = createTestTarget()
    testTarget.target.tokens.add("short", { expiresAt: TEST_START_MS + 1000 })
    expect((await readAs(testTarget, "Bearer short")).status).toBe(200)
    testTarget.clock.nowMs = TEST_START_MS + 999
    expect((await readAs(testTarget, "Bearer short")).status).toBe(200)
    testTarget.clock.nowMs = TEST_START_MS + 1000
    const response = await readAs(testTarget, "Bearer short")
    expect(response.status).toBe(401)
    expect(response.headers.get("www-authenticate")).toContain('error="invalid_token"')
  })

  it("RFC6750-3-02 refuses an expired and a revoked token, and accepts one added again", async () => {
    const testTarget = createTestTarget()
    const { tokens } = testTarget.target
    tokens.expire(TEST_TOKEN)
    expect((await readAs(testTarget, `Bearer ${TEST_TOKEN}`)).status).toBe(401)
    tokens.add(TEST_TOKEN)
    expect((await readAs(testTarget, `Bearer ${TEST_TOKEN}`)).status).toBe(200)
    tokens.revoke(TEST_TOKEN)
    expect((await readAs(testTarget, `Bearer ${TEST_TOKEN}`)).status).toBe(401)
  })

  it("RFC7643-5-06 lets ServiceProviderConfig be read without authentication, and nothing else", async () => {
    const testTarget = createTestTarget()
    const config = await readAs(testTarget, undefined, "/ServiceProviderConfig")
    expect(config.status).toBe(200)
    expect(await config.json()).toMatchObject({ authenticationSchemes: [{ type: "oauthbearertoken" }] })
    for (const path of ["/Schemas", "/ResourceTypes", "/Users", "/Nothing"]) {
      expect((await readAs(testTarget, undefined, path)).status).toBe(401)
    }
  })

  it("RFC7644-2-03 serves everybody where it is told to, and then announces no scheme", async () => {
    const testTarget = createTestTarget({ anonymous: true, tokens: [] })
    expect((await readAs(testTarget, undefined)).status).toBe(200)
    const config = await readAs(testTarget, undefined, "/ServiceProviderConfig")
    expect(await config.json()).toMatchObject({ authenticationSchemes: [] })
  })

  it("refuses everybody where neither tokens nor anonymous are given", async () => {
    const testTarget = createTestTarget({ tokens: [] })
    expect((await readAs(testTarget, `Bearer ${TEST_TOKEN}`)).status).toBe(401)
  })

  it("does not accept an empty token", () => {
    expect(() => createTestTarget({ tokens: [""] })).toThrow(RangeError)
  })

  it("RFC9110-13.2.1-01 checks credentials before anything else", async () => {
    const { target, send, create } = createTestTarget()
    const id = await create("/Users", user("ada"))
    const request = new Request(`${TEST_BASE_URL}/Users/${id}`, { method: "DELETE", headers: { "if-match": '"old"' } })
    expect((await target.fetch(request)).status).toBe(401)
    expect((await send("GET", `/Users/${id}`)).status).toBe(200)
  })

  it("RFC7644-7.7-02 never repeats a token", async () => {
    const response = await readAs(createTestTarget(), "Bearer s3cret-value")
    expect(await response.text()).not.toContain("s3cret-value")
    expect(JSON.stringify([...response.headers])).not.toContain("s3cret-value")
  })
})
