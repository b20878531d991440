/** A process that dies while requests of its job are under way, and others wait for their turn. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, it } from "vitest"
import type { HttpRequest } from "../../protocol/index.ts"
import { VirtualClock } from "../clock.ts"
import { createProvisioningJob } from "./job.ts"
import { createWorld, person, type World } from "./job.fixture.ts"

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "scimulate-killed-"))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/**
 * Two requests at a time; of those that `hangs` chooses none is ever answered, and the process dies when two are under way, which
 * are given.
 */
function killedWith(
  { options, target }: World,
  hangs: (request: HttpRequest) => boolean,
): Promise<readonly HttpRequest[]> {
  return new Promise((die) => {
    const underWay: HttpRequest[] = []
    const job = createProvisioningJob({
      ...options,
      id: JOB,
      transport: (request) => {
        if (!hangs(request)) return target.transport(request)
        underWay.push(request)
        // Whatever else there is to do until then is done.
        if (underWay.length === 2) setImmediate(() => setImmediate(() => die(underWay)))
        return new Promise(() => undefined)
      },
    })
    void job.start()
  })
}

const JOB = "orchard.job"

/** The job as another process opens it. */
async function nextCycle({ options, target, clock }: World): Promise<string[]> {
  const later = new VirtualClock(clock.now())
  const job = createProvisioningJob({ ...options, id: JOB, clock: later })
  target.take()
  await later.advance({ minutes: 40 })
  job.close()
  return target.take()
}

it("RES-03 a create that still waited for its turn was not sent: nothing of it is looked for", async () => {
  const world = createWorld({ db: join(folder, "job.db"), settings: { parallel: 2 } })
  const people = ["ada", "bob", "cleo", "dora"].map((name) => person(world, name))
  world.application.assign(...people)
  const underWay = await killedWith(world, ({ method }) => method === "POST")
  expect(underWay.map(({ body }) => /"userName":"(\w+)@/.exec(body ?? "")?.[1])).toEqual(["cleo", "dora"])
  world.application.unassign(...people)
  expect(await nextCycle(world)).toEqual([
    "GET /Users?filter=userName+eq+%22cleo%40orchard.example%22",
    "GET /Users?filter=userName+eq+%22dora%40orchard.example%22",
  ])
})

it("ENG-REF-10 a membership that still waited for its turn was not sent: nobody is taken out of the group", async () => {
  const world = createWorld({ db: join(folder, "job.db"), settings: { parallel: 2 } })
  const ada = person(world, "ada")
  const groups = ["Packers", "Pickers", "Sorters", "Sowers"].map((displayName) =>
    world.tenant.createGroup({ displayName }, { members: [ada] }),
  )
  world.application.assign(ada, ...groups)
  const underWay = await killedWith(world, ({ method }) => method === "PATCH")
  expect(underWay.map(({ url }) => url)).toEqual(["https://scim.test/v2/Groups/g1", "https://scim.test/v2/Groups/g2"])
  for (const group of groups) world.tenant.removeMember(group, ada)
  const patches = (await nextCycle(world)).filter((line) => line.startsWith("PATCH"))
  const remove = '"Operations":[{"op":"Remove","path":"members","value":[{"value":"u1"}]}]}'
  expect(patches).toEqual([
    `PATCH /Groups/g1 {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],${remove}`,
    `PATCH /Groups/g2 {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],${remove}`,
  ])
})
