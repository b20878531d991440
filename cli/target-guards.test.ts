import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { UsageError } from "./errors.ts"
import { targetOptionsSchema } from "./options.ts"
import type { Session } from "./session.ts"
import { readGuards, secretsOf } from "./target-guards.ts"
import { createTerminal } from "./terminal.ts"

const folder = mkdtempSync(join(tmpdir(), "scimulate-"))
afterAll(() => rmSync(folder, { recursive: true }))

function sessionWith(env: Session["env"] = {}): Session {
  const stream = { write: () => true }
  return {
    terminal: createTerminal({ stdout: stream, stderr: stream, env: {} }),
    env,
    folder,
    args: [],
    version: "0.0.0",
    exitCode: 0,
    onInterrupt: () => () => {},
  }
}

const read = (options: object, env?: Session["env"]) => readGuards(targetOptionsSchema.parse(options), sessionWith(env))

describe("readGuards", () => {
  it("guards with nothing where nothing is said", async () => {
    expect(await read({})).toEqual({ administrators: [], tenants: {}, oauthClients: [], fetch: expect.any(Function) })
  })

  it("reads who administers, from the option and from the environment", async () => {
    const { administrators } = await read({ adminToken: "a,b", adminTokenEnv: "ADMIN" }, { ADMIN: "c" })
    expect(administrators).toEqual(["a", "b", "c"])
  })

  it("reads tenants with any number of tokens", async () => {
    const { tenants } = await read({ tenant: ["acme", "zeta=t1,zeta=t2=3", "acme=t4"] })
    expect(tenants).toEqual({ acme: ["t4"], zeta: ["t1", "t2=3"] })
  })

  it("reads OAuth clients, whose secrets may hold colons and commas", async () => {
    const { oauthClients } = await read({ oauthClient: ["entra:s3cret", "other:a:b,c"] })
    expect(oauthClients).toEqual([
      { id: "entra", secret: "s3cret" },
      { id: "other", secret: "a:b,c" },
    ])
  })

  it.each([
    ["25/s", { requests: 25, perMs: 1000 }],
    ["1500/min", { requests: 1500, perMs: 60_000 }],
    ["90000/h", { requests: 90_000, perMs: 3_600_000 }],
  ])("reads the rate %s", async (rateLimit, expected) => {
    expect((await read({ rateLimit })).rateLimit).toEqual(expected)
  })

  it("reads addresses, and proxies", async () => {
    const guards = await read({ allowIp: "127.0.0.1,::1", trustProxy: ["10.0.0.0/8"] })
    expect([guards.allowedAddresses, guards.trustedProxies]).toEqual([["127.0.0.1", "::1"], ["10.0.0.0/8"]])
  })

  it("reads whose signed tokens to accept, with keys from a file or a URL", async () => {
    const keys = { keys: [{ kty: "RSA", n: "AQAB", e: "AQAB" }] }
    writeFileSync(join(folder, "keys.json"), JSON.stringify(keys))
    const common = { jwtIssuer: "https://sts.windows.net/t/", jwtAudience: "a,b" }
    const expected = { issuer: "https://sts.windows.net/t/", audience: ["a", "b"] }
    expect((await read({ ...common, jwks: "keys.json", jwtClaim: "tid=t=1" })).jwt).toEqual({
      ...expected,
      jwks: keys,
      claims: { tid: "t=1" },
    })
    for (const jwks of ["https://example.com/keys", "http://127.0.0.1:9/keys", "http://localhost/keys"]) {
      expect((await read({ ...common, jwks })).jwt).toEqual({ ...expected, jwks })
    }
  })

  it("lists every secret, so that none is shown", async () => {
    const guards = await read({ adminToken: "one", tenant: "acme=two", oauthClient: "entra:three" })
    expect(secretsOf(guards)).toEqual(["one", "two", "three"])
  })

  it.each([
    [{ adminTokenEnv: "ADMIN" }, "--admin-token-env: ADMIN is not set"],
    [{ tenant: "acme=" }, "--tenant acme=: the token is empty"],
    [{ oauthClient: "s3cret-without-id" }, "--oauth-client takes an id and a secret with a colon between them"],
    [{ oauthClient: ":s3cret" }, "--oauth-client takes an id and a secret with a colon between them"],
    [{ oauthClient: "entra:" }, "--oauth-client takes an id and a secret with a colon between them"],
    [{ rateLimit: "25" }, "--rate-limit 25 is no rate"],
    [{ rateLimit: "0/s" }, "--rate-limit 0/s is no rate"],
    [{ rateLimit: "5/d" }, "--rate-limit 5/d is no rate"],
    [{ allowIp: "10.0.0.0/33" }, '--allow-ip: "10.0.0.0/33" is no address and no CIDR block'],
    [{ trustProxy: "proxy" }, '--trust-proxy: "proxy" is no address and no CIDR block'],
    [{ jwtIssuer: "x" }, "--jwt-issuer, --jwt-audience and --jwks belong together"],
    [{ jwtClaim: "tid=t" }, "--jwt-issuer, --jwt-audience and --jwks belong together"],
    [{ jwtIssuer: "x", jwtAudience: "y", jwks: "none.json" }, "--jwks: cannot read"],
    [{ jwtIssuer: "x", jwtAudience: "y", jwks: "http://example.com/keys" }, "must be https, or on this machine"],
    [{ jwtIssuer: "x", jwtAudience: "y", jwks: "https://a/b", jwtClaim: "tid" }, "--jwt-claim tid has no value"],
  ])("says what is wrong with %j", async (options, message) => {
    const error = await read(options).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(UsageError)
    expect(String(error)).toContain(message)
    expect(error).toHaveProperty("hint")
    expect(String(error)).not.toContain("s3cret")
  })

  it("says so where the file of keys holds none", async () => {
    writeFileSync(join(folder, "bad.json"), '{"keys":"none"}')
    const options = { jwtIssuer: "x", jwtAudience: "y", jwks: "bad.json" }
    await expect(read(options)).rejects.toThrow("--jwks: bad.json holds no JSON Web Key Set")
  })
})
