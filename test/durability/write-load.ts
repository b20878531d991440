/**
 * Writers that change people and groups of a SCIM server side by side, and know at any time what the server must hold. Each
 * has names of its own, so that nobody else changes what it looks at; it sends one write at a time, so that at most one
 * outcome is unknown when the server is killed: the server then holds what was before that write, or what is after it.
 */
import type { Random } from "../../protocol/index.ts"

const USER_URN = "urn:ietf:params:scim:schemas:core:2.0:User"
const GROUP_URN = "urn:ietf:params:scim:schemas:core:2.0:Group"
const PATCH_OP_URN = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
const BULK_REQUEST_URN = "urn:ietf:params:scim:api:messages:2.0:BulkRequest"

/** What a writer's part of the server holds: titles by userName, and the userNames in its group. */
export interface Holding {
  readonly titles: Readonly<Record<string, string>>
  readonly members: readonly string[]
}

/** One write: what is sent, and what it makes of the holding where it succeeds. */
interface Write {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly status: number
  readonly after: Holding
}

export type Send = (
  method: string,
  path: string,
  body?: unknown,
) => Promise<{ readonly status: number; readonly body: Promise<unknown> }>

/** What every writer is told by the test. */
export interface Orders {
  readonly send: Send
  /** Called after each write that was answered. */
  readonly answered: () => void
}

export class Writer {
  readonly name: string
  readonly #random: Random
  #holding: Holding = { titles: {}, members: [] }
  #unknown: Holding | undefined
  #ids = new Map<string, string>()
  #groupId: string | undefined
  #count = 0

  constructor(name: string, random: Random) {
    this.name = name
    this.#random = random
  }

  /** What the server may hold now: one state, or two where an answer never came. */
  possible(): readonly Holding[] {
    return this.#unknown === undefined ? [this.#holding] : [this.#holding, this.#unknown]
  }

  /** Takes what was found on the server, which is one of the possible states, as the truth. */
  adopt(found: Holding, ids: ReadonlyMap<string, string>): void {
    this.#holding = found
    this.#unknown = undefined
    this.#ids = new Map(ids)
    this.#groupId = ids.get(this.#groupName)
  }

  /** Writes until the server is gone. */
  async write({ send, answered }: Orders): Promise<void> {
    for (;;) {
      const { method, path, body, status, after } = this.#next()
      this.#unknown = after
      let answer: Awaited<ReturnType<Send>>
      try {
        answer = await send(method, path, body)
      } catch {
        return
      }
      if (answer.status !== status) throw new Error(`${method} ${path} was answered ${answer.status}, not ${status}.`)
      // The status is the acknowledgement, whether the body arrives or not.
      this.#holding = after
      this.#unknown = undefined
      answered()
      const created = await answer.body.catch(() => undefined)
      if (!this.#learn(created, method)) return
    }
  }

  get #groupName(): string {
    return `${this.name}-group`
  }

  /** Keeps the ids of what was created; false where the answer broke off. */
  #learn(created: unknown, method: string): boolean {
    if (method !== "POST") return true
    const resources = created as {
      id?: string
      userName?: string
      Operations?: { location: string; bulkId?: string }[]
    }
    if (created === undefined) return false
    if (resources.id !== undefined && resources.userName === undefined) this.#groupId = resources.id
    if (resources.id !== undefined && resources.userName !== undefined) this.#ids.set(resources.userName, resources.id)
    for (const { bulkId, location } of resources.Operations ?? []) {
      if (bulkId !== undefined) this.#ids.set(bulkId, location.split("/").at(-1) ?? "")
    }
    return true
  }

  #next(): Write {
    if (this.#groupId === undefined) return this.#createGroup()
    const names = Object.keys(this.#holding.titles)
    const outside = names.filter((name) => !this.#holding.members.includes(name))
    const choices: (() => Write)[] = [() => this.#create(), () => this.#hireTwo(this.#groupPath)]
    if (names.length > 0) {
      choices.push(
        () => this.#retitle(this.#random.pick(names)),
        () => this.#replace(this.#random.pick(names)),
        () => this.#delete(this.#random.pick(names)),
      )
    }
    if (outside.length > 0) choices.push(() => this.#changeMembers([this.#random.pick(outside)], []))
    if (outside.length > 0 && this.#holding.members.length > 0) {
      choices.push(() => this.#changeMembers([this.#random.pick(outside)], [this.#random.pick(this.#holding.members)]))
    }
    return this.#random.pick(choices)()
  }

  get #groupPath(): string {
    return `/Groups/${this.#groupId}`
  }

  #newName(): string {
    this.#count += 1
    return `${this.name}-${this.#count}`
  }

  #createGroup(): Write {
    const body = { schemas: [GROUP_URN], displayName: this.#groupName }
    return { method: "POST", path: "/Groups", body, status: 201, after: this.#holding }
  }

  #create(): Write {
    const userName = this.#newName()
    const body = { schemas: [USER_URN], userName, title: "new" }
    return { method: "POST", path: "/Users", body, status: 201, after: this.#titled({ [userName]: "new" }) }
  }

  #retitle(userName: string): Write {
    const title = `title ${(this.#count += 1)}`
    const body = { schemas: [PATCH_OP_URN], Operations: [{ op: "replace", path: "title", value: title }] }
    return {
      method: "PATCH",
      path: this.#pathOf(userName),
      body,
      status: 200,
      after: this.#titled({ [userName]: title }),
    }
  }

  #replace(userName: string): Write {
    const title = `put ${(this.#count += 1)}`
    const body = { schemas: [USER_URN], userName, title }
    return {
      method: "PUT",
      path: this.#pathOf(userName),
      body,
      status: 200,
      after: this.#titled({ [userName]: title }),
    }
  }

  #delete(userName: string): Write {
    const titles = Object.fromEntries(Object.entries(this.#holding.titles).filter(([name]) => name !== userName))
    const members = this.#holding.members.filter((name) => name !== userName)
    return { method: "DELETE", path: this.#pathOf(userName), status: 204, after: { titles, members } }
  }

  #changeMembers(added: readonly string[], removed: readonly string[]): Write {
    const Operations = [
      { op: "add", path: "members", value: added.map((name) => ({ value: this.#ids.get(name) })) },
      ...removed.map((name) => ({ op: "remove", path: `members[value eq "${this.#ids.get(name)}"]` })),
    ]
    const members = [...this.#holding.members.filter((name) => !removed.includes(name)), ...added]
    const body = { schemas: [PATCH_OP_URN], Operations }
    return { method: "PATCH", path: this.#groupPath, body, status: 204, after: { ...this.#holding, members } }
  }

  /** A bulk job: two people and their memberships, all or nothing. */
  #hireTwo(groupPath: string): Write {
    const names = [this.#newName(), this.#newName()]
    const people = names.map((userName) => ({
      method: "POST",
      path: "/Users",
      bulkId: userName,
      data: { schemas: [USER_URN], userName, title: "hired" },
    }))
    const join = { op: "add", path: "members", value: names.map((name) => ({ value: `bulkId:${name}` })) }
    const joining = { method: "PATCH", path: groupPath, data: { schemas: [PATCH_OP_URN], Operations: [join] } }
    const { titles } = this.#titled(Object.fromEntries(names.map((name) => [name, "hired"])))
    return {
      method: "POST",
      path: "/Bulk",
      body: { schemas: [BULK_REQUEST_URN], Operations: [...people, joining] },
      status: 200,
      after: { titles, members: [...this.#holding.members, ...names] },
    }
  }

  #titled(titles: Readonly<Record<string, string>>): Holding {
    return { ...this.#holding, titles: { ...this.#holding.titles, ...titles } }
  }

  #pathOf(userName: string): string {
    return `/Users/${this.#ids.get(userName)}`
  }
}
