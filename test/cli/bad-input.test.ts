/** Bad input, and what it gets: one sentence, no stack, the right exit code, and nothing sent where nothing could come of it. */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { freeOrigin, serve, type TestServer } from "./servers.ts"
import { scimulate, temporaryFolder, type Ended } from "./spawn.ts"

const folder = temporaryFolder()
afterAll(folder.remove)

const tls = {
  key: readFileSync(new URL("tls/key.pem", import.meta.url), "utf8"),
  cert: readFileSync(new URL("tls/cert.pem", import.meta.url), "utf8"),
}

/** One line of error, at most one of advice, no stack, nothing on stdout. */
function expectOneSentence(ended: Ended, code: number, ...parts: readonly (string | RegExp)[]): void {
  const lines = ended.stderr.split("\n").filter((line) => line.startsWith("error: "))
  expect(lines).toHaveLength(1)
  for (const part of parts) expect(ended.stderr).toMatch(part)
  expect(ended.stderr).not.toMatch(/^\s+at /m)
  expect(ended.stdout).toBe("")
  expect(ended.code).toBe(code)
}

/** One cheap case is enough: none of these gets as far as running it. */
const QUICK = ["--case", "rfc7644-3.3-duplicate-user"]
const run = (url: string, ...args: readonly string[]) =>
  scimulate(["run", url, ...QUICK, ...args], { cwd: folder.path })

describe("a target that cannot be tested exits 3", () => {
  const servers: TestServer[] = []
  const serveAll: typeof serve = async (...args) => {
    const server = await serve(...args)
    servers.push(server)
    return server
  }
  afterAll(() => Promise.all(servers.map((server) => server.close())))

  it("unreachable", async () => {
    const origin = await freeOrigin()
    const ended = await run(`${origin}/scim/v2`)
    expectOneSentence(ended, 3, `GET ${origin}/scim/v2/Users`, "ECONNREFUSED")
    // Nothing is announced, let alone counted, where there is nobody.
    expect(ended.stderr).not.toContain("About")
  })

  it("a name that does not exist", async () => {
    expectOneSentence(await run("http://nobody.invalid/scim/v2"), 3, "nobody.invalid")
  })

  it("a certificate that nobody vouches for; --ca and --insecure get through", async () => {
    const server = await serveAll((_request, response) => response.writeHead(401).end(), tls)
    expectOneSentence(await run(`${server.origin}/scim`), 3, "certificate", "--ca FILE")
    expect(server.asked).toEqual([])
    const ca = join(folder.path, "cert.pem")
    writeFileSync(ca, tls.cert)
    expectOneSentence(await run(`${server.origin}/scim`, "--ca", ca), 3, "answered 401")
    expectOneSentence(await run(`${server.origin}/scim`, "--insecure"), 3, "answered 401")
  })

  it("a wrong token, which is not shown", async () => {
    const server = await serveAll((_request, response) => response.writeHead(401).end("no: wr0ng-t0ken"))
    const ended = await run(`${server.origin}/scim/v2`, "--token", "wr0ng-t0ken")
    expectOneSentence(ended, 3, "answered 401", "credentials were refused")
    expect(ended.stderr).not.toContain("wr0ng-t0ken")
  })

  it("an HTML page instead of SCIM", async () => {
    const server = await serveAll((_request, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Welcome</title>"),
    )
    expectOneSentence(await run(server.origin), 3, "answered 200", "text/html", "Welcome")
  })

  it("a server that hangs", async () => {
    const server = await serveAll(() => undefined)
    expectOneSentence(await run(server.origin, "--timeout", "0.3"), 3, "within 0.3 s", "--timeout")
  })

  it("a redirect to a sign-in page, which is not followed", async () => {
    const elsewhere = await serveAll((_request, response) => response.end("sign in"))
    const server = await serveAll((_request, response) =>
      response.writeHead(302, { location: `${elsewhere.origin}/login` }).end(),
    )
    expectOneSentence(await run(server.origin), 3, `302, a redirect to ${elsewhere.origin}/login`)
    expect(elsewhere.asked).toEqual([])
  })

  it("a token endpoint that refuses", async () => {
    const server = await serveAll((_request, response) => response.writeHead(401).end('{"error":"invalid_client"}'))
    const oauth = [
      "--oauth-token-url",
      `${server.origin}/token`,
      "--client-id",
      "me",
      "--client-secret-env",
      "S3CRET_VAR",
    ]
    const ended = await scimulate(["run", `${server.origin}/scim`, ...QUICK, ...oauth], {
      env: { S3CRET_VAR: "hush-hush" },
    })
    expectOneSentence(ended, 3, "gave no access token: it answered 401 invalid_client")
    expect(ended.stderr).not.toContain("hush-hush")
    expect(server.asked).toEqual(["POST /token"])
  })

  it("a port that is taken", async () => {
    const server = await serveAll(() => undefined)
    const ended = await scimulate(["target", "--port", new URL(server.origin).port])
    expectOneSentence(ended, 3, "something else listens there", "--port 0")
  })
})

describe("bad usage exits 2, with a suggestion", () => {
  let server: TestServer
  beforeAll(async () => {
    server = await serve((_request, response) => response.writeHead(500).end())
  })
  afterAll(async () => {
    expect(server.asked).toEqual([])
    await server.close()
  })
  const file = (name: string, text: string) => {
    const path = join(folder.path, name)
    writeFileSync(path, text)
    return path
  }

  it.each([
    ["an unknown command", ["rum"], "unknown command 'rum'", "Did you mean run?"],
    ["an unknown option", ["run", "--tokn", "x"], "unknown option '--tokn'", "Did you mean --token?"],
    [
      "an unknown case",
      ["run", "--case", "rfc7644-3.3-duplicate-usr"],
      'no case "rfc7644-3.3-duplicate-usr"',
      "rfc7644-3.3-duplicate-user",
    ],
    ["an unknown suite", ["run", "--suite", "bsic"], 'no suite "bsic"', "basic"],
    ["an unknown reporter", ["run", "--reporter", "jsno=x"], 'unknown reporter "jsno"', 'did you mean "json"?'],
    [
      "an unknown defect",
      ["run", ...QUICK, "--defect", "duplicate-user-acepted"],
      "no defect",
      "duplicate-user-accepted",
    ],
    ["a selection of nothing", ["run", "--grep", "nothing is called so"], "matches no case", "--list"],
    ["a malformed pattern", ["run", "--grep", "("], "--grep: Invalid regular expression", "put a"],
    ["a seed that is no number", ["run", "--seed", "seven"], "'seven' is invalid", "whole number"],
    ["a seed too large", ["run", "--seed", "99999999999"], "--seed is not valid", "--help"],
    ["two reporters on stdout", ["run", "--reporter", "json,console"], "only one reporter", "--reporter console=FILE"],
    ["a token without a URL", ["run", "--token", "abcdef"], "--token needs the URL", "scimulate run http"],
    ["a URL without a scheme", ["run", "localhost:3000/scim"], "not an http or https URL", "http://localhost:3000"],
    ["a URL with credentials", ["run", "http://me:pass@localhost/scim"], "user name or password", "--token-env"],
    [
      "a variable that is not set",
      ["run", "http://localhost:1", "--token-env", "NOT_SET_HERE"],
      "NOT_SET_HERE is not set",
      "name of a variable",
    ],
    [
      "a certificate file without certificate",
      ["run", "https://localhost:1", "--ca", import.meta.filename],
      "holds no certificate",
      "PEM",
    ],
    [
      "a target beyond this machine",
      ["run", "http://192.0.2.1/scim", ...QUICK],
      "192.0.2.1 is not on this machine",
      "--allow-writes",
    ],
    ["no id to explain", ["explain"], "name an id", "--help"],
    [
      "an unknown id to explain",
      ["explain", "rfc7644-3.3-duplicate-usr"],
      "nothing is called",
      "rfc7644-3.3-duplicate-user",
    ],
    ["what is no run id", ["clean", "http://localhost:1", "--run", "a"], '"a" is no run id', "seven letters"],
    ["a missing report", ["report", "nowhere.json"], "there is no such file", "check the path"],
    ["a target for everybody without a token", ["target", "--host", "0.0.0.0"], "--token is needed", "hard to guess"],
  ])("%s", async (_title, args, message, hint) => {
    const ended = await scimulate(args, { cwd: folder.path })
    expectOneSentence(ended, 2, message, hint)
    expect(ended.stderr).not.toContain("abcdef")
  })

  it("a report that cannot be written, before anything is sent", async () => {
    const target = `${file("plain-file", "")}/report.json`
    expectOneSentence(
      await run(server.origin, "--reporter", `json=${target}`),
      2,
      `cannot write ${target}`,
      "no folder",
    )
  })

  it("a file that is no report", async () => {
    const ended = await scimulate(["report", file("no-report.json", "{}")])
    expectOneSentence(ended, 2, "not a scimulate report", "--reporter json=FILE")
  })

  it("a misspelt option in the configuration file, and one that is not valid there", async () => {
    const config = file("typo.json", '{"conncurrency": 4}')
    expectOneSentence(
      await run(server.origin, "--config", config),
      2,
      'unknown option "conncurrency"',
      'did you mean "concurrency"?',
    )
    expectOneSentence(await run(server.origin, "--config", file("bad.json", "{")), 2, "not valid JSON")
  })

  it("a baseline that is missing or malformed", async () => {
    expectOneSentence(await run(server.origin, "--baseline", "nowhere.json"), 2, "there is no", "--update-baseline")
    const malformed = file("baseline.json", '{"version":1,"entries":[{"key":"a"}]}')
    expectOneSentence(await run(server.origin, "--baseline", malformed), 2, "entries.0.code")
  })

  it.each([
    ["broken.json", '{\n  "users": [\n    {"id": 1,,}\n  ]\n}', /broken\.json:3/],
    ["no-name.json", '{"users": [\n{"id": "a", "displayName": "A"}]}', /no-name\.json:2/],
    ["broken.csv", 'userPrincipalName,displayName\nada@example.com,Ada\n"grace', /broken\.csv:3/],
  ])("a malformed directory file: %s, with the line", async (name, text, place) => {
    expectOneSentence(await run(server.origin, "--directory", file(name, text)), 2, place, "--directory")
  })

  it("a directory file that is not there, and --adopt-existing without one", async () => {
    expectOneSentence(await run(server.origin, "--directory", "nowhere.json"), 2, "nowhere.json", "can't be read")
    expectOneSentence(await run(server.origin, "--adopt-existing"), 2, "--adopt-existing needs --directory")
  })

  it("a mapping that is missing, no JSON, or no schema, with the place", async () => {
    expectOneSentence(
      await run(server.origin, "--mapping", "nowhere.json"),
      2,
      "--mapping: cannot read",
      "no such file",
    )
    expectOneSentence(await run(server.origin, "--mapping", file("m.json", "{")), 2, "--mapping", "not JSON")
    expectOneSentence(
      await run(server.origin, "--mapping", file("m.json", "{}")),
      2,
      "--mapping",
      "synchronizationRules",
    )
  })
})
