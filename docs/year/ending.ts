/** How the year ends: who has an account, as the target itself says. */
import { z } from "zod"
import type { World } from "./world.ts"

export interface Account {
  readonly userName: string
  readonly displayName: string
  readonly active: boolean
  readonly title: string
  /** Display name of the manager; "" for none. */
  readonly manager: string
  /** Display names of the groups that list it. */
  readonly groups: readonly string[]
}

export interface Ending {
  readonly accounts: readonly Account[]
  readonly groups: readonly string[]
}

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

const userList = z.object({
  Resources: z.array(
    z.object({
      id: z.string(),
      userName: z.string(),
      displayName: z.string(),
      active: z.boolean(),
      title: z.string(),
      [ENTERPRISE]: z.object({ manager: z.object({ value: z.string() }).optional() }).optional(),
    }),
  ),
})

const groupList = z.object({
  Resources: z.array(
    z.object({ displayName: z.string(), members: z.array(z.object({ value: z.string() })).default([]) }),
  ),
})

/** Asks the target for everything it holds, sorted by user name. */
export async function readEnding(world: World): Promise<Ending> {
  const read = async (path: string): Promise<unknown> => JSON.parse((await world.look(path)).body ?? "null")
  const users = userList.parse(await read("/Users?count=200")).Resources
  const groups = groupList.parse(await read("/Groups?count=200")).Resources
  const nameOf = (id: string | undefined): string => users.find((user) => user.id === id)?.displayName ?? id ?? ""
  const accounts = users.map((user) => ({
    userName: user.userName,
    displayName: user.displayName,
    active: user.active,
    title: user.title,
    manager: nameOf(user[ENTERPRISE]?.manager?.value),
    groups: groups
      .filter(({ members }) => members.some(({ value }) => value === user.id))
      .map(({ displayName }) => displayName),
  }))
  return {
    accounts: accounts.toSorted((a, b) => (a.userName < b.userName ? -1 : 1)),
    groups: groups.map(({ displayName }) => displayName),
  }
}
