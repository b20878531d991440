import { expect, it } from "vitest"
import { createWorld, person } from "../cycle/job.fixture.ts"
import { parseCsv } from "../directory/importers/csv.ts"
import { toLogCsv } from "./csv.ts"

it("ENG-LOG-11 three files, joined by the id of the change; quotes and commas survive", async () => {
  const world = createWorld()
  const ada = world.tenant.createUser({
    userPrincipalName: "ada@orchard.example",
    displayName: 'Ada "Countess", née Byron',
  })
  world.application.assign(ada)
  person(world, "bob")
  await world.job.start()
  const entries = world.job.log()
  const { provisioning, steps, modifiedProperties } = toLogCsv(entries)
  const [header, ...rows] = parseCsv(provisioning).map(({ fields }) => fields)
  const column = (name: string): (string | undefined)[] => rows.map((row) => row[header?.indexOf(name) ?? -1])
  expect(column("changeId")).toEqual(entries.map(({ changeId }) => changeId))
  expect(column("sourceName")).toEqual(['Ada "Countess", née Byron', "Bob"])
  expect(column("provisioningAction")).toEqual(["create", "create"])
  expect(column("status")).toEqual(["success", "skipped"])
  expect(column("errorCode")).toEqual(["", ""])
  const stepRows = parseCsv(steps).map(({ fields }) => fields)
  expect(stepRows.map((row) => row.slice(0, 2))).toEqual([
    ["changeId", "name"],
    ...entries.flatMap(({ changeId, provisioningSteps }) => provisioningSteps.map(({ name }) => [changeId, name])),
  ])
  expect(JSON.parse(stepRows[2]?.at(-1) ?? "")).toMatchObject({ "Assigned to the application": "True" })
  const properties = parseCsv(modifiedProperties).map(({ fields }) => fields)
  expect(properties).toContainEqual([entries[0]?.changeId, "userName", "", "ada@orchard.example"])
})

it("ENG-LOG-11 an empty log has its headers", () => {
  expect(Object.values(toLogCsv([])).map((text) => text.split("\r\n").length)).toEqual([2, 2, 2])
})
