import { describe, expect, it } from "vitest"
import { type HttpResponse, TransportError } from "../../protocol/index.ts"
import {
  assertCredentials,
  CredentialsError,
  interpretToken,
  type OAuthCredentials,
  tokenRequest,
} from "./credentials.ts"

const ORCHARD: OAuthCredentials = {
  kind: "oauth",
  tokenUrl: "https://login.orchard.example/oauth/token",
  clientId: "orchard-scim",
  clientSecret: "s/ecret",
  sendIn: "body",
}

const answered = (status: number, body: unknown): Parameters<typeof interpretToken>[0] => {
  const response: HttpResponse = { status, headers: {}, body: typeof body === "string" ? body : JSON.stringify(body) }
  return { kind: "answered", response }
}

describe("the token request", () => {
  it("WIRE-025 in the body: form-encoded, scope only where configured", () => {
    expect(tokenRequest({ ...ORCHARD, scope: "scim.write" })).toEqual({
      method: "POST",
      url: "https://login.orchard.example/oauth/token",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "grant_type=client_credentials&client_id=orchard-scim&client_secret=s%2Fecret&scope=scim.write",
    })
    expect(tokenRequest(ORCHARD).body).toBe(
      "grant_type=client_credentials&client_id=orchard-scim&client_secret=s%2Fecret",
    )
  })

  it("WIRE-024 in the header: client_secret_basic, each part form-encoded first", () => {
    const { headers, body } = tokenRequest({ ...ORCHARD, sendIn: "header" })
    // orchard-scim:s%2Fecret
    expect(headers["authorization"]).toBe("Basic b3JjaGFyZC1zY2ltOnMlMkZlY3JldA==")
    expect(body).toBe("grant_type=client_credentials")
  })

  it("WIRE-024 in both", () => {
    const { headers, body } = tokenRequest({ ...ORCHARD, sendIn: "both" })
    expect(headers["authorization"]).toBe("Basic b3JjaGFyZC1zY2ltOnMlMkZlY3JldA==")
    expect(body).toContain("client_secret=s%2Fecret")
  })
})

describe("its answer", () => {
  it("WIRE-025 access_token, token_type, expires_in", () => {
    const answer = { access_token: "at-1", token_type: "Bearer", expires_in: 3600 }
    expect(interpretToken(answered(200, answer))).toEqual({ kind: "token", token: "at-1", lifetimeMs: 3_600_000 })
    expect(interpretToken(answered(200, { access_token: "at-1" }))).toEqual({
      kind: "token",
      token: "at-1",
      lifetimeMs: null,
    })
  })

  it.each([
    [401, { error: "invalid_client" }, "refused", "The token endpoint answered HTTP 401: invalid_client."],
    [400, { error: "s/ecret is wrong" }, "refused", "The token endpoint answered HTTP 400."],
    [403, "", "refused", "The token endpoint answered HTTP 403."],
    [503, "", "unavailable", "The token endpoint answered HTTP 503."],
    [404, "", "unavailable", "The token endpoint answered HTTP 404."],
    [200, "<html>", "refused", "The token endpoint answered HTTP 200, but its answer holds no access_token."],
    [
      200,
      { access_token: "at-1", token_type: "mac" },
      "refused",
      "The token endpoint answered HTTP 200, but its token is no bearer token.",
    ],
  ] as const)("WIRE-030 HTTP %d %j: %s", (status, body, kind, reason) => {
    expect(interpretToken(answered(status, body))).toMatchObject({ kind, error: { reason } })
  })

  it("WIRE-030 nobody there", () => {
    const error = new TransportError("refused", "Nobody listens.")
    expect(interpretToken({ kind: "unanswered", error })).toMatchObject({
      kind: "unavailable",
      error: { reason: "The token endpoint cannot be reached: Nobody listens.", httpStatus: null },
    })
  })
})

it.each([
  [{ tokenUrl: "login.orchard.example" }, "The token endpoint must be an http or https URL"],
  [{ tokenUrl: "https://me:s3cret@login.orchard.example" }, "without a user name"],
  [{ clientId: "" }, "need a client id"],
  [{ clientSecret: "" }, "need a client secret"],
])("WIRE-024 what can't be used is refused: %j", (change, message) => {
  expect(() => assertCredentials({ ...ORCHARD, ...change })).toThrow(CredentialsError)
  expect(() => assertCredentials({ ...ORCHARD, ...change })).toThrow(message)
  expect(() => assertCredentials({ ...ORCHARD, ...change })).not.toThrow("s3cret")
})
