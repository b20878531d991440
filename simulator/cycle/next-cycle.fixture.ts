/** What the tests of table 16.2 share: a job in step, the requests it sends as text, and its next cycle. */
import type { Group, User } from "../directory/model.ts"
import { defaultMappings } from "../mapping/defaults.ts"
import type { ObjectMapping, ProvisioningMappings } from "../mapping/model.ts"
import { type World, createWorld, person, worldWithAda } from "./job.fixture.ts"
import type { GivenSettings } from "./settings.ts"

const CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
export const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
export const MANAGER = `${ENTERPRISE}:manager`

export const search = (name: string): string => `GET /Users?filter=userName+eq+%22${name}%40orchard.example%22`
export const searchGroup = (name: string): string =>
  `GET /Groups?excludedAttributes=members&filter=displayName+eq+%22${name}%22`
export const post = (name: string, displayName: string): string =>
  `POST /Users {"schemas":["${CORE}","${ENTERPRISE}"],"externalId":"${name}","userName":"${name}@orchard.example","active":true,"displayName":"${displayName}","meta":{"resourceType":"User"}}`
export const postGroup = (group: Group): string =>
  `POST /Groups {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"externalId":"${group.id}","displayName":"${group.displayName}","meta":{"resourceType":"Group"}}`
export const patch = (path: string, operations: string): string =>
  `PATCH ${path} {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[${operations}]}`
export const readGroup = "GET /Groups/g1?excludedAttributes=members"
export const deactivate = '{"op":"Replace","path":"active","value":"False"}'
export const activate = '{"op":"Replace","path":"active","value":"True"}'
export const addMember = (id: string): string =>
  patch("/Groups/g1", `{"op":"Add","path":"members","value":[{"value":"${id}"}]}`)
export const removeMember = (id: string): string =>
  patch("/Groups/g1", `{"op":"Remove","path":"members","value":[{"value":"${id}"}]}`)
export const setManager = (op: "Add" | "Replace", id: string): string =>
  patch("/Users/u1", `{"op":"${op}","path":"${MANAGER}","value":"${id}"}`)

/** Ada is assigned and provisioned as u1. */
export async function linkedAda(
  settings: GivenSettings = {},
  mappings?: ProvisioningMappings,
): Promise<World & { user: User }> {
  const world = worldWithAda({ settings, ...(mappings !== undefined && { mappings }) })
  await world.job.start()
  world.target.take()
  return world
}

/** The group Pickers is assigned, with Ada (u1) and Bob (u2) in it; both are provisioned through it, the group as g1. */
export async function linkedGroup(): Promise<World & { user: User; other: User; group: Group }> {
  const world = createWorld()
  const user = person(world, "ada")
  const other = person(world, "bob")
  const group = world.tenant.createGroup({ displayName: "Pickers" }, { members: [user, other] })
  world.application.assign(group)
  await world.job.start()
  world.target.take()
  return { ...world, user, other, group }
}

/** The requests of the next cycle, and its log: name, action/status, and why nothing was sent or what failed. */
export async function nextCycle({ clock, target, job }: World): Promise<{ sent: string[]; log: string[] }> {
  await clock.advance({ minutes: 40 })
  return { sent: target.take(), log: logOfLastCycle(job) }
}

export function logOfLastCycle(job: World["job"]): string[] {
  const cycleId = job.cycles().at(-1)?.id ?? ""
  return job.log({ cycleId }).map((entry) => {
    const reason = entry.provisioningSteps.map(({ details }) => details["SkipReason"]).find((one) => one !== undefined)
    const code = entry.provisioningStatusInfo.errorInformation?.errorCode
    const status = `${entry.provisioningAction}/${entry.provisioningStatusInfo.status}`
    return [entry.sourceIdentity.displayName, status, reason ?? code].filter((part) => part !== undefined).join(" ")
  })
}

export function withUserMapping(change: (mapping: ObjectMapping) => ObjectMapping): ProvisioningMappings {
  const mappings = defaultMappings()
  return { ...mappings, user: change(mappings.user) }
}
