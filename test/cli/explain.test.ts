/** `scimulate explain` and `scimulate expression`: what they print. */
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { start, scimulate, temporaryFolder } from "./spawn.ts"

const folder = temporaryFolder()
afterAll(folder.remove)

describe("scimulate explain", () => {
  it("a case: requirement, source, why, how to fix it, which defect it catches", async () => {
    const { code, stdout } = await scimulate(["explain", "rfc7644-3.3-duplicate-user"])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^rfc7644-3\.3-duplicate-user {2}MUST/)
    for (const part of [
      "https://www.rfc-editor.org/rfc/rfc7644#section-3.3",
      "RFC7644-3.3-07",
      "How to fix  ",
      "--defect duplicate-user-accepted",
    ]) {
      expect(stdout).toContain(part)
    }
    expect((await scimulate(["explain", "RFC7644-3.3-duplicate-user@entra"])).stdout).toBe(stdout)
  })

  it("a fact: source, confidence, and the cases that lean on it", async () => {
    const { code, stdout } = await scimulate(["explain", "wire-093"])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^WIRE-093 {2}\(fact\)\n/)
    expect(stdout).toMatch(/^Confidence {2}(documented|observed|inferred)$/m)
    expect(stdout).toContain("rfc7644-3.3-duplicate-user")
  })

  it("the code of a finding: what it looks like, and the cases that record it", async () => {
    const { code, stdout } = await scimulate(["explain", "duplicate-accepted"])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^duplicate-accepted {2}\(finding\)\n/)
    expect(stdout).toContain("rfc7644-3.3-duplicate-user: A second user with the same userName")
    expect(stdout).toContain("How to fix  ")
  })

  it("a defect, and the list of them", async () => {
    const one = await scimulate(["explain", "duplicate-user-accepted"])
    expect(one.stdout).toMatch(/^duplicate-user-accepted {2}MUST {2}\(defect\)\n/)
    expect(one.stdout).toContain("Caught by   rfc7644-3.3-duplicate-user")
    const all = await scimulate(["explain", "--defects"])
    expect(all.code).toBe(0)
    expect(all.stdout).toMatch(/^duplicate-user-accepted +MUST /m)
  })
})

describe("scimulate expression", () => {
  const expression = (...args: readonly string[]) => scimulate(["expression", ...args], { cwd: folder.path })

  it.each([
    [['Join(" ", [givenName], [surname])', "--set", "givenName=Ada", "--set", "surname=Lovelace"], '"Ada Lovelace"\n'],
    [["[mail]"], "null\n"],
    [['Switch([IsSoftDeleted], , "False", "True", "True", "False")', "--set", "IsSoftDeleted=False"], '"True"\n'],
    [["[proxyAddresses]", "--set", "proxyAddresses=a", "--set", "proxyAddresses=b"], '["a","b"]\n'],
  ])("%o", async (args, value) => {
    expect(await expression(...args)).toEqual({ code: 0, stdout: value, stderr: "" })
  })

  it("reads a person from a file, Booleans as the directory gives them", async () => {
    writeFileSync(join(folder.path, "ada.json"), '{"givenName":"Ada","accountEnabled":true}')
    expect((await expression("[accountEnabled]", "--user", "ada.json")).stdout).toBe('"True"\n')
    expect((await expression("[GIVENNAME]", "--user", "ada.json", "--set", "givenName=Grace")).stdout).toBe('"Grace"\n')
  })

  it("shows the place of an error with a caret, exit 2", async () => {
    const { code, stdout, stderr } = await expression('Join(" " [givenName])')
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" })
    expect(stderr.split("\n").slice(0, 2)).toEqual(['Join(" " [givenName])', "         ^"])
    expect(stderr).toContain("error: ")
  })

  it.each([
    [["[mail]", "--set", "mail"], '--set: "mail" is not attribute=value'],
    [["[mail]", "--now", "soon"], '--now: "soon" is no time'],
    [["[mail]", "--user", "nowhere.json"], "--user: cannot read"],
  ])("%o is refused", async (args, message) => {
    const { code, stderr } = await expression(...args)
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })

  it("does not wait for a pipe that was only left open", async () => {
    const running = start(["expression", "[mail]"], { stdin: "pipe" })
    expect((await running.ended).stdout).toBe("null\n")
  })

  it("takes a person from a pipe", async () => {
    const running = start(["expression", "[mail]"], { stdin: "pipe" })
    running.child.stdin?.end('{"mail":"ada@example.com"}')
    expect((await running.ended).stdout).toBe('"ada@example.com"\n')
  })
})
