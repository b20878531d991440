/** Entra's quirk with a Switch that has a default value, as a fault of the service by switch (FN-SWITCH-5, MAP-503). */
import { expect, it } from "vitest"
import { defaultMappings } from "../mapping/defaults.ts"
import { createWorld, type World } from "./job.fixture.ts"

const TITLE = 'Switch([jobTitle], "Staff", "p", "Picker")'

async function worldWithPicker(switchDefaultNull: boolean): Promise<World & { patches: () => string[] }> {
  const { user, group } = defaultMappings()
  const attributes = user.attributes.map((row) => (row.target === "title" ? { ...row, source: TITLE } : row))
  const world = createWorld({ settings: { switchDefaultNull }, mappings: { user: { ...user, attributes }, group } })
  const ada = world.tenant.createUser({ userPrincipalName: "ada@orchard.example", displayName: "Ada", jobTitle: "p" })
  world.application.assign(ada)
  await world.job.start()
  world.target.take()
  world.tenant.update(ada, { surname: "King" })
  await world.clock.advance({ minutes: 40 })
  return { ...world, patches: () => world.target.take().filter((line) => line.startsWith("PATCH")) }
}

it("FN-SWITCH-5 MAP-503 off by default: the title stays", async () => {
  const world = await worldWithPicker(false)
  expect(world.target.resources.get("u1")).toMatchObject({ title: "Picker" })
})

it("FN-SWITCH-5 MAP-503 by switch a change of something else empties the target, once", async () => {
  const world = await worldWithPicker(true)
  expect(world.patches().join()).toContain('{"op":"Replace","path":"title","value":null}')
  const [user] = world.tenant.users()
  if (user === undefined) throw new Error("Ada is there")
  world.tenant.update(user, { surname: "Byron" })
  await world.clock.advance({ minutes: 40 })
  expect(world.patches().join()).not.toContain("title")
  // Its own source brings the value back, and so does a full evaluation.
  world.tenant.update(user, { jobTitle: "q" })
  await world.clock.advance({ minutes: 40 })
  expect(world.target.resources.get("u1")).toMatchObject({ title: "Staff" })
})
