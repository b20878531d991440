/** A disk that takes no more: what was refused is not there afterwards, and what was acknowledged is. */
import { afterAll, expect, it } from "vitest"
import { start, temporaryFolder } from "../cli/spawn.ts"

const TOKEN = "s3cret"
/** The largest file that the process may write, in the shell's blocks: room for some people, soon used up. */
const BLOCKS_MAX = 400
const TOGETHER = 8

const folder = temporaryFolder()
afterAll(folder.remove)

async function post(url: string, userName: string): Promise<number> {
  const response = await fetch(`${url}/Users`, {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/scim+json" },
    body: JSON.stringify({
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      userName,
      title: "x".repeat(2000),
    }),
  })
  await response.text()
  return response.status
}

it("RFC7644-7.7-02 a write that the disk does not take is answered 500 and is not there after a restart", async () => {
  const args = ["target", "--port", "0", "--token", TOKEN, "--db", "target.db"]
  const within = ["bash", "-c", `ulimit -f ${BLOCKS_MAX}; exec "$0" "$@"`]
  const limited = start(args, { cwd: folder.path, within })
  const url = await limited.url
  const acknowledged = new Set<string>()
  const refused = new Set<string>()
  for (let round = 0; refused.size < 3 * TOGETHER; round += 1) {
    expect(round).toBeLessThan(200)
    const names = Array.from({ length: TOGETHER }, (_, index) => `u${round}-${index}`)
    const statuses = await Promise.all(names.map((name) => post(url, name)))
    for (const [index, status] of statuses.entries()) {
      expect([201, 500]).toContain(status)
      const kind = status === 201 ? acknowledged : refused
      kind.add(names[index] ?? "")
    }
  }
  limited.child.kill("SIGKILL")
  await limited.ended

  const running = start(args, { cwd: folder.path })
  const again = await running.url
  const found = new Set<string>()
  for (const name of [...acknowledged, ...refused]) {
    const filter = encodeURIComponent(`userName eq "${name}"`)
    const answer = await fetch(`${again}/Users?filter=${filter}`, { headers: { authorization: `Bearer ${TOKEN}` } })
    const { totalResults } = (await answer.json()) as { totalResults: number }
    if (totalResults === 1) found.add(name)
  }
  expect(acknowledged.size).toBeGreaterThan(0)
  expect(found).toEqual(acknowledged)
  running.child.kill("SIGTERM")
  expect(await running.ended).toMatchObject({ code: 0, stderr: "" })
})
