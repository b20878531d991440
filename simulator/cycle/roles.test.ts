/** App roles mapped as a whole: what a new role of a linked person sends, in both dialects (WIRE-138 to -144). */
import { expect, it } from "vitest"
import type { DialectName } from "../dialect/dialect.ts"
import type { User } from "../directory/model.ts"
import { defaultMappings } from "../mapping/defaults.ts"
import type { AttributeMapping, ProvisioningMappings } from "../mapping/model.ts"
import { createWorld, type World } from "./job.fixture.ts"

type RoleFunction = "AppRoleAssignmentsComplex" | "AssertiveAppRoleAssignmentsComplex"

function withRoles(name: RoleFunction): ProvisioningMappings {
  const { user, group } = defaultMappings()
  const row: AttributeMapping = {
    target: "roles",
    targetType: "String",
    multiValued: true,
    source: `${name}([appRoleAssignments])`,
    defaultValue: null,
    flowType: "Always",
    flowBehavior: "FlowWhenChanged",
    matchingPriority: 0,
  }
  return { user: { ...user, attributes: [...user.attributes, row] }, group }
}

const OTHER_ROLE = { primary: false, type: "Local", value: "Auditor" }

/** Ada is linked; the target has given her a role of its own. Then she gets the roles named. */
async function operationsFor(name: RoleFunction, dialect: DialectName, roles: readonly string[]): Promise<unknown> {
  const world: World = createWorld({ mappings: withRoles(name), roles: ["Picker", "Sorter"], dialect })
  const ada: User = world.tenant.createUser({ userPrincipalName: "ada@orchard.example", displayName: "Ada" })
  world.application.assignRole("Picker", ada)
  await world.job.start()
  const resource = world.target.resources.get("u1")
  if (resource === undefined) throw new Error("she was created")
  resource["roles"] = [OTHER_ROLE]
  world.application.unassign(ada)
  for (const role of roles) world.application.assignRole(role, ada)
  world.target.take()
  await world.clock.advance({ minutes: 40 })
  const [, patch] = world.target.requests.filter(({ url }) => url.endsWith("/Users/u1"))
  const { Operations } = JSON.parse(patch?.body ?? "{}") as { Operations: unknown }
  return JSON.parse(JSON.stringify(Operations).replaceAll(/[0-9a-f-]{36}/g, "GUID"))
}

const ROLE_TYPE = "WindowsAzureActiveDirectoryRole"

it("WIRE-140 FN-APPROLEASSIGNMENTSCOMPLEX-2 default dialect: Add, each role as JSON text", async () => {
  expect(await operationsFor("AppRoleAssignmentsComplex", "entra", ["Sorter"])).toEqual([
    { op: "Add", path: "roles", value: [{ value: '{"id":"GUID","value":"Sorter","displayName":"Sorter"}' }] },
  ])
})

it("WIRE-141 WIRE-142 with the flag: add, objects as in a create, primary false", async () => {
  expect(await operationsFor("AppRoleAssignmentsComplex", "entra-optscim", ["Picker", "Sorter"])).toEqual([
    {
      op: "add",
      path: "roles",
      value: [
        { primary: false, type: ROLE_TYPE, displayName: "Picker", value: "Picker" },
        { primary: false, type: ROLE_TYPE, displayName: "Sorter", value: "Sorter" },
      ],
    },
  ])
})

it.each(["entra", "entra-optscim"] as const)(
  "WIRE-143 FN-ASSERTIVEAPPROLEASSIGNMENTSCOMPLEX-1 the assertive function replaces the full set, in %s",
  async (dialect) => {
    const operations = await operationsFor("AssertiveAppRoleAssignmentsComplex", dialect, ["Picker", "Sorter"])
    const value = [
      { primary: false, type: ROLE_TYPE, display: "Picker", value: "Picker" },
      { primary: false, type: ROLE_TYPE, display: "Sorter", value: "Sorter" },
    ]
    expect(operations).toEqual(
      dialect === "entra" ? [{ op: "Replace", path: "roles", value }] : [{ op: "replace", value: { roles: value } }],
    )
  },
)

it("FN-APPROLEASSIGNMENTSCOMPLEX-2 a role that was taken away stays in the target; what it shows is not added again", async () => {
  const world = createWorld({ mappings: withRoles("AppRoleAssignmentsComplex"), roles: ["Picker", "Sorter"] })
  const ada = world.tenant.createUser({ userPrincipalName: "ada@orchard.example", displayName: "Ada" })
  const group = world.tenant.createGroup({ displayName: "Pickers" }, { members: [ada] })
  world.application.assign(group)
  world.application.assignRole("Sorter", ada)
  await world.job.start()
  expect(world.target.resources.get("u1")?.["roles"]).toMatchObject([{ value: "Picker" }, { value: "Sorter" }])
  world.application.unassign(ada)
  world.target.take()
  await world.clock.advance({ minutes: 40 })
  expect(world.target.take()).toEqual(["GET /Users/u1"])
})
