/** Users and groups in Graph's shapes, and their attributes under the directory's names (MAP-121). */
import * as z from "zod"

import {
  GRAPH_NAMES,
  GROUP_FLAGS,
  GROUP_LISTS,
  GROUP_TEXTS,
  isExtensionName,
  USER_FLAGS,
  USER_LISTS,
  USER_TEXTS,
} from "../attributes.ts"
import type { NewGroup, NewUser } from "../model.ts"

const text = z.string("It must be a text").nullish()
const texts = z.array(z.string("It must be a text"), "It must be a list of texts").nullish()
const flag = z.boolean("It must be true or false").nullish()
const required = z.string("It must be a text").min(1, "It must not be empty")

/** A manager or member: of what `$expand` and `/members` give, only this counts. */
const reference = z.looseObject(
  { id: required, "@odata.type": z.string().optional() },
  "It must be an object with an id",
)

/** Graph's name of an attribute, by the directory's. */
const GRAPH_NAME_OF: ReadonlyMap<string, string> = new Map(Array.from(GRAPH_NAMES, ([graph, own]) => [own, graph]))

function shapeOf<Type>(names: readonly string[], type: Type): Record<string, Type> {
  return Object.fromEntries(names.map((name) => [GRAPH_NAME_OF.get(name) ?? name, type]))
}

/** These two Graph keeps otherwise: in a list, and in an object of their own. */
const PLAIN_USER_TEXTS = USER_TEXTS.filter(
  (name) => name !== "telephoneNumber" && !name.startsWith("extensionAttribute"),
)

export const userSchema = z.looseObject(
  {
    ...shapeOf(PLAIN_USER_TEXTS, text),
    ...shapeOf(USER_LISTS, texts),
    ...shapeOf(USER_FLAGS, flag),
    id: required,
    userPrincipalName: required,
    displayName: required,
    businessPhones: texts,
    onPremisesExtensionAttributes: z.record(z.string(), text, "It must be an object").nullish(),
    manager: reference.nullish(),
  },
  "A user must be an object",
)

export const groupSchema = z.looseObject(
  {
    ...shapeOf(GROUP_TEXTS, text),
    ...shapeOf(GROUP_LISTS, texts),
    ...shapeOf(GROUP_FLAGS, flag),
    id: required,
    displayName: required,
    members: z.array(reference, "It must be a list").nullish(),
  },
  "A group must be an object",
)

export type GraphUser = z.infer<typeof userSchema>
export type GraphGroup = z.infer<typeof groupSchema>

/** The attributes of `names` that a Graph object has, and its directory extensions. */
function pickAttributes(object: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  const own = names.map((name) => [name, object[GRAPH_NAME_OF.get(name) ?? name]] as const)
  const extensions = Object.entries(object).filter(([name]) => isExtensionName(name))
  return Object.fromEntries([...own, ...extensions].filter(([, value]) => value !== undefined && value !== null))
}

/** Graph's first business phone is the directory's telephoneNumber. */
export function toNewUser(user: GraphUser): NewUser {
  return {
    ...pickAttributes(user, [...PLAIN_USER_TEXTS, ...USER_LISTS, ...USER_FLAGS]),
    ...user.onPremisesExtensionAttributes,
    telephoneNumber: user.businessPhones?.[0] ?? null,
    userPrincipalName: user.userPrincipalName,
    displayName: user.displayName,
  }
}

export function toNewGroup(group: GraphGroup): NewGroup {
  return { ...pickAttributes(group, [...GROUP_TEXTS, ...GROUP_LISTS, ...GROUP_FLAGS]), displayName: group.displayName }
}
