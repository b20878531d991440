import { describe, expect, it } from "vitest"

import { EnvironmentError, TransportError, UsageError, type HttpResponse } from "../protocol/index.ts"
import { preflight } from "./preflight.ts"

const ASKED = 'GET http://localhost:3000/scim/v2/Users?filter=userName eq "guid-1"'

function answer(status: number, body: string | null = null, headers: HttpResponse["headers"] = {}): HttpResponse {
  return { status, headers, body }
}

/** What preflight makes of this answer to its probe, and of `elsewhere` to whatever else it asks. */
async function outcomeOf(outcome: HttpResponse | TransportError, elsewhere = answer(200)): Promise<unknown> {
  const sent: string[] = []
  try {
    await preflight({
      baseUrl: "http://localhost:3000/scim/v2",
      headers: { authorization: "Bearer t0ken-t0ken" },
      guid: "guid-1",
      redact: (text) => text.replaceAll("t0ken-t0ken", "[redacted]"),
      send: async ({ url }) => {
        sent.push(url)
        return { exchange: "discovery#1", outcome: url.includes("?filter=") ? outcome : elsewhere }
      },
    })
  } catch (error) {
    return error
  }
  expect(sent[0]).toBe("http://localhost:3000/scim/v2/Users?filter=userName+eq+%22guid-1%22")
  return "testable"
}

describe("preflight", () => {
  it("WIRE-057 asks what Test connection asks, and lets pass what merely answers wrongly", async () => {
    expect(await outcomeOf(answer(200, '{"totalResults":0}'))).toBe("testable")
    expect(await outcomeOf(answer(404, '{"detail":"no such user"}'))).toBe("testable")
    expect(await outcomeOf(answer(500, "<html>oops</html>", { "content-type": ["text/html"] }))).toBe("testable")
    expect(await outcomeOf(answer(200, "[]"))).toBe("testable")
  })

  it.each([401, 403])("says that credentials were refused on %i, without repeating them", async (status) => {
    const error = await outcomeOf(answer(status, "bad token t0ken-t0ken"))
    expect(error).toBeInstanceOf(EnvironmentError)
    expect(error).toMatchObject({
      code: "ENV_CREDENTIALS",
      message: `${ASKED} answered ${status}: "bad token [redacted]".`,
    })
  })

  it("WIRE-038 says that a firewall refuses requests without a User-Agent, as Entra's are", async () => {
    const asked: (string | undefined)[] = []
    const refusal = preflight({
      baseUrl: "http://localhost:3000/scim/v2",
      headers: {},
      guid: "guid-1",
      redact: (text) => text,
      send: async ({ headers }) => {
        asked.push(headers["user-agent"])
        return { exchange: "discovery#1", outcome: answer(headers["user-agent"] === undefined ? 403 : 200) }
      },
    })
    await expect(refusal).rejects.toMatchObject({
      code: "ENV_CREDENTIALS",
      hint: expect.stringMatching(/without a User-Agent header are refused, and Entra's have none/),
    })
    expect(asked).toEqual([undefined, "scimulate"])
  })

  it("says that a page came, and what it says", async () => {
    const page = "<!doctype html><title>Sign in</title><style>b{color:red}</style><h1>Please sign in</h1>"
    expect(await outcomeOf(answer(200, page, { "content-type": ["text/html; charset=utf-8"] }))).toMatchObject({
      code: "ENV_NOT_SCIM",
      message: `${ASKED} answered 200 (text/html; charset=utf-8): "Sign in Please sign in".`,
    })
    expect(await outcomeOf(answer(404, "<html><body>Cannot GET</body></html>"))).toMatchObject({ code: "ENV_NOT_SCIM" })
  })

  it("says where a redirect leads", async () => {
    expect(await outcomeOf(answer(302, null, { location: ["https://login.example/"] }))).toMatchObject({
      code: "ENV_NOT_SCIM",
      message: `${ASKED} answered 302, a redirect to https://login.example/.`,
    })
  })

  it.each([
    ["refused", "ENV_UNREACHABLE"],
    ["reset", "ENV_UNREACHABLE"],
    ["timeout", "ENV_TIMEOUT"],
    ["tls", "ENV_TLS"],
    ["protocol", "ENV_NOT_SCIM"],
  ] as const)("a connection that failed by %s is %s", async (failure, code) => {
    const error = await outcomeOf(new TransportError(failure, "why it failed"))
    expect(error).toMatchObject({ code, message: "why it failed" })
    expect(error).toHaveProperty("hint")
  })

  it("says that nothing is there where every path answers 404", async () => {
    expect(await outcomeOf(answer(404, "nope"), answer(404))).toMatchObject({
      code: "ENV_NOT_SCIM",
      message: `${ASKED} answered 404: "nope", and so did /Users, /ServiceProviderConfig, /Schemas.`,
    })
  })

  it("asks for --allow-writes where the address is not on this machine", async () => {
    const error = await outcomeOf(new TransportError("forbidden", "198.51.100.7 is not on this machine"))
    expect(error).toBeInstanceOf(UsageError)
    expect(error).toMatchObject({ code: "USAGE_WRITES", message: "198.51.100.7 is not on this machine" })
  })
})
