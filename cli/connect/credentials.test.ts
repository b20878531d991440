import { describe, expect, it } from "vitest"
import type { HttpRequest, HttpResponse } from "../../protocol/index.ts"
import { parseHeaders, readCredentials } from "./credentials.ts"

const noTransport = () => Promise.reject(new Error("nothing may be sent"))
const sources = { env: { TOKEN: " s3cret \n", SECRET: "hush", EMPTY: "" }, tokenTransport: noTransport }

describe("readCredentials", () => {
  it("takes a token from the option or the environment, and lists it as a secret", async () => {
    expect(await readCredentials({ token: "s3cret" }, sources)).toEqual({
      token: "s3cret",
      headers: {},
      secrets: ["s3cret"],
    })
    expect((await readCredentials({ tokenEnv: "TOKEN" }, sources)).token).toBe("s3cret")
    expect(await readCredentials({}, sources)).toEqual({ token: null, headers: {}, secrets: [] })
  })

  it("takes extra headers, and lists their values as secrets", async () => {
    const { headers, secrets } = await readCredentials({ header: ["Authorization: Basic YWJj", "X-Key:k1"] }, sources)
    expect(headers).toEqual({ authorization: "Basic YWJj", "x-key": "k1" })
    expect(secrets).toEqual(["Basic YWJj", "YWJj", "k1"])
  })

  it.each([
    [{ token: "a", tokenEnv: "TOKEN" }, "--token and --token-env exclude each other"],
    [{ tokenEnv: "NONE" }, "--token-env: the environment variable NONE is not set"],
    [{ tokenEnv: "EMPTY" }, "--token-env: the environment variable EMPTY is not set"],
    [{ token: "a b" }, "the token holds a space, a line break or a character that no header can carry"],
    [{ token: "a", header: ["Authorization: Bearer b"] }, "--header Authorization and --token exclude each other"],
    [{ clientId: "c" }, "--client-id needs --oauth-token-url"],
    [{ oauthTokenUrl: "https://a/t", clientId: "c" }, "--oauth-token-url needs --client-id and --client-secret-env"],
  ])("%o is refused", async (options, message) => {
    await expect(readCredentials(options, sources)).rejects.toThrow(
      expect.objectContaining({ message, code: "USAGE_OPTION" }),
    )
  })

  it("does not repeat the value of a malformed header", () => {
    expect(() => parseHeaders(["X Key: s3cret"])).toThrow(
      expect.objectContaining({ message: '--header "X Key" is not "Name: value"' }),
    )
  })
})

describe("OAuth client credentials", () => {
  const options = { oauthTokenUrl: "https://id.example/token", clientId: "me", clientSecretEnv: "SECRET" }
  const answering = (status: number, body: string, asked: HttpRequest[] = []) => ({
    ...sources,
    tokenTransport: (request: HttpRequest): Promise<HttpResponse> => {
      asked.push(request)
      return Promise.resolve({ status, headers: {}, body })
    },
  })

  it("WIRE-025 sends the form and takes access_token", async () => {
    const asked: HttpRequest[] = []
    const credentials = await readCredentials(
      options,
      answering(200, '{"access_token":"tok-1","token_type":"Bearer"}', asked),
    )
    expect(asked.map(({ method, url, body }) => [method, url, body])).toEqual([
      ["POST", "https://id.example/token", "grant_type=client_credentials&client_id=me&client_secret=hush"],
    ])
    expect(credentials.token).toBe("tok-1")
    expect(credentials.secrets).toEqual(["tok-1", "hush"])
  })

  it.each([
    [401, '{"error":"invalid_client","error_description":"Unknown."}', "it answered 401 invalid_client Unknown."],
    [200, "<html>", "it answered 200 without an access_token"],
  ])("%i without a token cannot be tested", async (status, body, reason) => {
    await expect(readCredentials(options, answering(status, body))).rejects.toThrow(
      expect.objectContaining({
        code: "ENV_OAUTH",
        message: `the token endpoint https://id.example/token gave no access token: ${reason}`,
      }),
    )
  })
})
