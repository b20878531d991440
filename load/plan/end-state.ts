/** What the endpoint has to hold in the end: read from the reference target once the simulator has sent everything. */
import type { Transport } from "../../protocol/index.ts"
import { type Assembled, PlanError } from "./assemble.ts"
import { attributeValues } from "./attribute-values.ts"
import type { EndObject, EndState, EndValue, ObjectName } from "./plan.ts"
import { isRecord } from "./steps.ts"
import { RECORDING_URL } from "./world.ts"

/** `ask` reaches the reference target. */
export async function readPlannedEndState(assembled: Assembled, ask: Transport): Promise<EndState> {
  const { placeholders, objects, deleted } = assembled
  const users: EndObject[] = []
  const groups: EndState["groups"][number][] = []
  const gone: EndState["gone"][number][] = []
  for (const [id, name] of placeholders.ids) {
    const find = objects[name] ?? ""
    const type = name.startsWith("user.") ? "Users" : "Groups"
    if (deleted.has(name)) {
      gone.push({ name, find })
      continue
    }
    const resource = await read(`/${type}/${id}`, ask)
    const object = { name, find, attributes: named(attributeValues(resource), assembled) }
    if (type === "Users") users.push(object)
    else groups.push({ ...object, members: membersOf(resource, assembled) })
  }
  return { users, groups, gone }
}

async function read(path: string, ask: Transport): Promise<Record<string, unknown>> {
  const { status, body } = await ask({ method: "GET", url: RECORDING_URL + path, headers: {}, body: null })
  const resource: unknown = JSON.parse(body ?? "null")
  if (status !== 200 || !isRecord(resource)) throw new PlanError(`The reference target lost ${path}: ${status}`)
  return resource
}

/** Ids among the values become placeholders: `{user.3}`. What becomes of a reference to somebody deleted is the endpoint's choice. */
function named(
  values: Readonly<Record<string, EndValue>>,
  { placeholders, deleted }: Assembled,
): Record<string, EndValue> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([path, value]) => {
      const name = typeof value === "string" ? placeholders.nameOf(value) : undefined
      if (name === undefined) return [[path, value]]
      return deleted.has(name) ? [] : [[path, `{${name}}`]]
    }),
  )
}

function membersOf(group: Readonly<Record<string, unknown>>, { placeholders }: Assembled): ObjectName[] {
  const members: readonly unknown[] = Array.isArray(group["members"]) ? group["members"] : []
  return members.map((member) => {
    const name = isRecord(member) ? placeholders.nameOf(String(member["value"])) : undefined
    if (name === undefined) throw new PlanError("The reference target holds a member that nobody sent.")
    return name
  })
}
