/** Plays what an administrator of the target does there by hand. Only what the job has provisioned is touched. */
import type { Json } from "../../scenarios/checks/context.ts"
import { chosen } from "./choice.ts"
import type { EventOf, TargetEvent } from "./events.ts"
import { memberIds } from "./oracle/situation.ts"
import { textAt } from "./text-at.ts"
import type { Endpoint, Kept } from "./wire.ts"
import { DOMAIN, type World } from "./world.ts"

export async function playAtTarget(world: World, event: TargetEvent): Promise<void> {
  const { wire } = world
  const edit = async (one: Kept | undefined, path: string, value: Json): Promise<void> => {
    if (one === undefined) return
    world.say(`by hand at the target: ${path} of ${nameOf(one)} is ${JSON.stringify(value)}`)
    await wire.edit(one, { path, operations: [{ op: "replace", path, value }] })
  }
  const remove = async (one: Kept | undefined): Promise<void> => {
    if (one === undefined) return
    world.say(`by hand at the target: ${nameOf(one)} is deleted`)
    await wire.edit(one, { path: null, operations: null })
  }
  const { which } = event
  switch (event.do) {
    case "targetRename":
      return edit(linked(world, "Users", which), "userName", `by-hand-${which}@${DOMAIN}`)
    case "targetRetitle":
      return edit(linked(world, "Users", which), "title", `By hand ${which}`)
    case "targetDisable":
      return edit(linked(world, "Users", which), "active", false)
    case "targetDelete":
      return remove(linked(world, "Users", which))
    case "targetRenameGroup":
      return edit(linked(world, "Groups", which), "displayName", `By hand ${which}`)
    case "targetDeleteGroup":
      return remove(linked(world, "Groups", which))
    case "targetAddMember":
    case "targetRemoveMember":
      return moveMember(world, event)
  }
}

async function moveMember(world: World, event: EventOf<"targetAddMember" | "targetRemoveMember">): Promise<void> {
  const isAdded = event.do === "targetAddMember"
  const group = linked(world, "Groups", event.which)
  const account = linked(world, "Users", event.member, ({ id }) => membersOf(group).includes(id) !== isAdded)
  if (group === undefined || account === undefined) return
  world.say(`by hand at the target: ${nameOf(account)} ${isAdded ? "into" : "out of"} ${nameOf(group)}`)
  const operation = isAdded
    ? { op: "add", path: "members", value: [{ value: account.id }] }
    : { op: "remove", path: `members[value eq "${account.id}"]` }
  await world.wire.edit(group, { path: `members ${account.id}`, operations: [operation] })
}

/** One of the resources that the job is linked to. */
function linked(
  { wire, job }: World,
  endpoint: Endpoint,
  number: number,
  fits: (one: Kept) => boolean = () => true,
): Kept | undefined {
  const ids = new Set(job.links().map(({ targetId }) => targetId))
  return chosen(
    [...wire.resources.values()],
    number,
    (one) => one.endpoint === endpoint && !one.isDeleted && ids.has(one.id) && fits(one),
  )
}

function membersOf(group: Kept | undefined): readonly string[] {
  const body = group?.images.at(-1)?.body
  return body === undefined ? [] : memberIds(body)
}

function nameOf({ id, images }: Kept): string {
  const body = images.at(-1)?.body
  return textAt(body, "userName") ?? textAt(body, "displayName") ?? id
}
