/** What makes the next cycle an initial one, and what does not (ENG-CYCLE-12, documented). */
import { expect, it } from "vitest"
import { defaultMappings } from "../mapping/defaults.ts"
import { parseMappings } from "../mapping/schema-json/load.ts"
import { saveMappings } from "../mapping/schema-json/save.ts"
import { person, type World, worldWithAda } from "./job.fixture.ts"

type Act = (world: World) => unknown

const { user, group } = defaultMappings()
const filtered = {
  user: { ...user, scope: [{ name: "f", clauses: [{ attribute: "mail", operator: "IS NULL", values: [] }] }] },
  group,
}

it.each<readonly [string, "initial" | "incremental", Act]>([
  ["the portal's restart", "initial", ({ job }) => job.restart()],
  ["a restart that drops the watermark", "initial", ({ job }) => job.restart(["Watermark"])],
  ["a restart that keeps it", "incremental", ({ job }) => job.restart(["Escrows", "QuarantineState"])],
  ["mappings saved", "initial", ({ job }) => job.updateMappings(defaultMappings())],
  ["a scoping filter saved", "initial", ({ job }) => job.updateMappings(filtered)],
  [
    "a schema put back",
    "initial",
    ({ job }) => job.updateMappings(parseMappings(JSON.stringify(saveMappings(filtered))).mappings),
  ],
  ["the default mappings restored", "initial", ({ job }) => job.restoreDefaultMappings()],
  ["stop and start", "incremental", ({ job }) => (job.pause(), job.start())],
  ["other settings", "incremental", ({ job }) => job.updateSettings({ syncAll: true })],
  ["other credentials", "incremental", ({ job }) => job.updateCredentials({ token: "n3w" })],
  ["a connection test", "incremental", ({ job }) => job.testConnection()],
  ["provision on demand", "incremental", (world) => world.job.provisionOnDemand(person(world, "bob"))],
])("ENG-CYCLE-12 after %s the next cycle is %s", async (_what, kind, act) => {
  const world = worldWithAda()
  await world.job.start()
  await act(world)
  await world.clock.advance({ minutes: 40 })
  const [first, second] = world.job.cycles()
  expect([first?.kind, second?.kind]).toEqual(["initial", kind])
  expect(world.job.links().length).toBeGreaterThan(0)
})
