/** What both sides are asked: the same questions, each in the server's own words. */
import { GROUP_URN, PATCH_OP_URN, USER_URN } from "../protocol/index.ts"
import type { StoredIds } from "./fixture.ts"

export const OPERATIONS = ["create", "get", "lookup", "page", "patch", "addMember", "addMemberOfMany"] as const
export type Operation = (typeof OPERATIONS)[number]

export interface BenchRequest {
  readonly method: "GET" | "POST" | "PATCH"
  readonly path: string
  readonly body?: string
}

/** What an operation is done with. `fresh` numbers what is new: a created user, a changed name. */
export interface Subject {
  readonly ids: StoredIds
  /** Number of a stored user. */
  readonly user: number
  /** Number of the group that a member is added to. */
  readonly group: number
  readonly fresh: number
  /** Resources in front of the page. */
  readonly offset: number
}

/** The request for one repetition of an operation. */
export type Ask = (operation: Operation, subject: Subject) => BenchRequest

export const PAGE_SIZE = 100

export function userBody(number: string): string {
  return JSON.stringify({
    schemas: [USER_URN],
    userName: `person${number}@bench.example`,
    externalId: `person${number}`,
    displayName: `Person ${number}`,
    active: true,
    name: { givenName: "Person", familyName: number, formatted: `Person ${number}` },
    emails: [{ type: "work", primary: true, value: `person${number}@bench.example` }],
  })
}

export function groupBody(number: string): string {
  return JSON.stringify({ schemas: [GROUP_URN], displayName: `group ${number}` })
}

export const askBare: Ask = (operation, { ids, user, group, fresh, offset }) => {
  switch (operation) {
    case "create":
      return { method: "POST", path: "/items", body: userBody(`new${fresh.toString()}`) }
    case "get":
      return { method: "GET", path: `/items/${ids.user(user)}` }
    case "lookup":
      return { method: "GET", path: `/items?name=${storedName(user)}` }
    case "page":
      return { method: "GET", path: `/items?count=${PAGE_SIZE.toString()}&start=${offset.toString()}` }
    case "patch":
      return {
        method: "PATCH",
        path: `/items/${ids.user(user)}`,
        body: JSON.stringify({ value: `Name ${fresh.toString()}` }),
      }
    case "addMember":
    case "addMemberOfMany":
      return { method: "POST", path: `/lists/${ids.group(group)}`, body: JSON.stringify({ value: ids.user(user) }) }
  }
}

export const askTarget: Ask = (operation, { ids, user, group, fresh, offset }) => {
  switch (operation) {
    case "create":
      return { method: "POST", path: "/scim/v2/Users", body: userBody(`new${fresh.toString()}`) }
    case "get":
      return { method: "GET", path: `/scim/v2/Users/${ids.user(user)}` }
    case "lookup":
      return { method: "GET", path: `/scim/v2/Users?filter=userName+eq+%22${storedName(user)}%22` }
    case "page": {
      const startIndex = (offset + 1).toString()
      return { method: "GET", path: `/scim/v2/Users?count=${PAGE_SIZE.toString()}&startIndex=${startIndex}` }
    }
    case "patch":
      return {
        method: "PATCH",
        path: `/scim/v2/Users/${ids.user(user)}`,
        body: patchBody({ op: "Replace", path: "displayName", value: `Name ${fresh.toString()}` }),
      }
    case "addMember":
    case "addMemberOfMany":
      return {
        method: "PATCH",
        path: `/scim/v2/Groups/${ids.group(group)}`,
        body: patchBody({ op: "Add", path: "members", value: [{ value: ids.user(user) }] }),
      }
  }
}

function storedName(user: number): string {
  return `person${user.toString().padStart(7, "0")}%40bench.example`
}

function patchBody(operation: unknown): string {
  return JSON.stringify({ schemas: [PATCH_OP_URN], Operations: [operation] })
}
