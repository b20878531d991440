/** Plays what happens in the tenant: on the real one, and in the same words on the naive directory. */
import type { GroupRef, UserRef } from "../../simulator/index.ts"
import {
  addPerson,
  addTeam,
  changeAttributes,
  changePerson,
  changeTeam,
  type Directory,
  isMember,
  type Person,
  personIn,
  purge,
  setAssigned,
  setDeleted,
  type Team,
  teamIn,
} from "./directory.ts"
import type { TenantEvent } from "./events.ts"
import { ATTRIBUTE_VALUES, PERSON_NAMES, TEAM_NAMES } from "./names.ts"
import { DOMAIN, type World } from "./world.ts"

/** More than this makes a history slow and nothing else. */
const PEOPLE_MAX = 12
const TEAMS_MAX = 6

export function userRef(id: string): UserRef {
  return { objectType: "User", id }
}

export function groupRef(id: string): GroupRef {
  return { objectType: "Group", id }
}

/** One of those that fit, by number; undefined where none does. */
export function chosen<T>(all: readonly T[], number: number, fits: (one: T) => boolean = () => true): T | undefined {
  const fitting = all.filter(fits)
  return fitting[number % Math.max(1, fitting.length)]
}

/** Several by number, each at most once. */
export function several<T>(all: readonly T[], numbers: readonly number[], fits: (one: T) => boolean): readonly T[] {
  return [...new Set(numbers.map((number) => chosen(all, number, fits)).filter((one) => one !== undefined))]
}

/** Plays one event; nothing happens where it fits nobody. `isMeanwhile`: while the job is in the middle of a look. */
export function playInTenant(world: World, event: TenantEvent, isMeanwhile = false): void {
  world.expire()
  const play = new Play(world, isMeanwhile)
  switch (event.do) {
    case "create":
      return play.create(event)
    case "rename":
      return play.rename(event)
    case "change":
      return play.change(event)
    case "disable":
    case "enable":
      return play.setEnabled(event.who, event.do === "enable")
    case "softDelete":
      return play.softDelete(event.who)
    case "restore":
      return play.restore(event.who)
    case "purge":
      return play.purge(event.who)
    case "assign":
    case "unassign":
      return play.setAssigned(chosen(play.live, event.who, play.isToBe(event.do === "assign")), event.do === "assign")
    case "setManager":
      return play.setManager(event.who, event.other)
    case "clearManager":
      return play.clearManager(event.who)
    case "createTeam":
      return play.createTeam(event)
    case "renameTeam":
      return play.renameTeam(event)
    case "deleteTeam":
      return play.deleteTeam(event.team)
    case "restoreTeam":
      return play.restoreTeam(event.team)
    case "purgeTeam":
      return play.purgeTeam(event.team)
    case "assignTeam":
    case "unassignTeam": {
      const assigns = event.do === "assignTeam"
      return play.setAssigned(chosen(play.liveTeams, event.team, play.isToBe(assigns)), assigns)
    }
    case "addMembers":
      return play.addMembers(chosen(play.liveTeams, event.team), event.members)
    case "removeMembers":
      return play.removeMembers(chosen(play.liveTeams, event.team), event.members)
    case "moveMembers":
      return play.moveMembers(event)
  }
}

type Of<Name extends TenantEvent["do"]> = Extract<TenantEvent, { readonly do: Name }>

class Play {
  readonly #world: World
  readonly #isMeanwhile: boolean

  constructor(world: World, isMeanwhile: boolean) {
    this.#world = world
    this.#isMeanwhile = isMeanwhile
  }

  get directory(): Directory {
    return this.#world.directory
  }

  get live(): readonly Person[] {
    return this.directory.users.filter(({ deleted }) => !deleted)
  }

  get liveTeams(): readonly Team[] {
    return this.directory.groups.filter(({ deleted }) => !deleted)
  }

  isToBe(assigned: boolean): (one: { readonly id: string }) => boolean {
    return ({ id }) => this.directory.assigned.has(id) !== assigned
  }

  create({ name, manager, isAssigned }: Of<"create">): void {
    const alias = this.#freeName(name)
    if (alias === undefined || this.directory.users.length >= PEOPLE_MAX) return
    const tag = `P${this.#world.tags.size + 1}`
    const attributes = {
      userPrincipalName: `${alias}@${DOMAIN}`,
      displayName: `Person ${tag}`,
      employeeId: tag,
      department: ATTRIBUTE_VALUES.department[name % 2] ?? "",
      jobTitle: "Picker",
    }
    const { id } = this.#world.tenant.createUser(attributes)
    this.#world.tags.set(id, tag)
    this.#note(
      (directory) => addPerson(directory, id, { ...attributes, mailNickname: alias }),
      `${tag} is hired as ${alias}`,
    )
    const boss = chosen(this.live, manager, (person) => person.id !== id)
    if (boss !== undefined) this.#setManager(id, boss.id)
    if (isAssigned) this.setAssigned(personIn(this.directory, id), true)
  }

  rename({ who, name }: Of<"rename">): void {
    const person = chosen(this.live, who)
    const alias = this.#freeName(name)
    if (person === undefined || alias === undefined) return
    const userPrincipalName = `${alias}@${DOMAIN}`
    this.#world.tenant.update(userRef(person.id), { userPrincipalName })
    this.#note(
      (directory) => changeAttributes(directory, person.id, { userPrincipalName }),
      `${this.#tag(person)} is called ${alias}`,
    )
  }

  change({ who, attribute, value: number }: Of<"change">): void {
    const person = chosen(this.live, who)
    const values = ATTRIBUTE_VALUES[attribute]
    const isIndispensable = attribute === "displayName" || attribute === "mailNickname"
    const value = number < 0 && !isIndispensable ? null : (values[Math.max(number, 0) % values.length] ?? null)
    if (person === undefined || (person.attributes[attribute] ?? null) === value) return
    this.#world.tenant.update(userRef(person.id), { [attribute]: value })
    this.#note(
      (directory) => changeAttributes(directory, person.id, { [attribute]: value }),
      `${attribute} of ${this.#tag(person)} is ${value === null ? "cleared" : JSON.stringify(value)}`,
    )
  }

  setEnabled(who: number, enabled: boolean): void {
    const person = chosen(this.live, who, (one) => one.enabled !== enabled)
    if (person === undefined) return
    if (enabled) this.#world.tenant.enable(userRef(person.id))
    else this.#world.tenant.disable(userRef(person.id))
    this.#note(
      (directory) => changePerson(directory, person.id, { enabled }),
      `${this.#tag(person)} is ${enabled ? "enabled" : "disabled"}`,
    )
  }

  softDelete(who: number): void {
    const person = chosen(this.live, who)
    if (person === undefined) return
    this.#world.tenant.softDelete(userRef(person.id))
    this.#noteDeleted(person, true)
  }

  restore(who: number): void {
    const names = new Set(this.live.map(nameOf))
    const person = chosen(this.directory.users, who, (one) => one.deleted && !names.has(nameOf(one)))
    if (person === undefined) return
    this.#world.tenant.restore(userRef(person.id))
    this.#noteDeleted(person, false)
  }

  purge(who: number): void {
    const person = chosen(this.directory.users, who, ({ deleted }) => deleted)
    if (person === undefined) return
    this.#world.tenant.purge(userRef(person.id))
    this.#note((directory) => purge(directory, person.id), `${this.#tag(person)} is deleted for good`)
  }

  setAssigned(one: { readonly id: string } | undefined, isAssigned: boolean): void {
    if (one === undefined) return
    const ref = teamIn(this.directory, one.id) === undefined ? userRef(one.id) : groupRef(one.id)
    if (isAssigned) this.#world.application.assign(ref)
    else this.#world.application.unassign(ref)
    this.#note(
      (directory) => setAssigned(directory, one.id, isAssigned),
      `${this.#tag(one)} is ${isAssigned ? "assigned" : "unassigned"}`,
    )
  }

  setManager(who: number, other: number): void {
    const person = chosen(this.live, who)
    const manager = chosen(this.live, other, ({ id }) => id !== person?.id && id !== person?.managerId)
    if (person !== undefined && manager !== undefined) this.#setManager(person.id, manager.id)
  }

  clearManager(who: number): void {
    const person = chosen(this.live, who, ({ managerId }) => managerId !== null)
    if (person === undefined) return
    this.#world.tenant.setManager(userRef(person.id), null)
    this.#note(
      (directory) => changePerson(directory, person.id, { managerId: null }),
      `${this.#tag(person)} has no manager`,
    )
  }

  createTeam({ name, members, isAssigned }: Of<"createTeam">): void {
    if (this.directory.groups.length >= TEAMS_MAX) return
    const displayName = this.#teamName(name)
    const { id } = this.#world.tenant.createGroup({ displayName })
    this.#world.tags.set(id, `G${this.#world.tags.size + 1}`)
    this.#note(
      (directory) => addTeam(directory, id, displayName),
      `there is a group ${this.#tag({ id })} "${displayName}"`,
    )
    this.addMembers(teamIn(this.directory, id), members)
    if (isAssigned) this.setAssigned({ id }, true)
  }

  renameTeam({ team: number, name }: Of<"renameTeam">): void {
    const team = chosen(this.liveTeams, number)
    const displayName = this.#teamName(name)
    if (team === undefined || team.displayName === displayName) return
    this.#world.tenant.renameGroup(groupRef(team.id), displayName)
    this.#note(
      (directory) => changeTeam(directory, team.id, { displayName }),
      `${this.#tag(team)} is called "${displayName}"`,
    )
  }

  deleteTeam(number: number): void {
    const team = chosen(this.liveTeams, number)
    if (team === undefined) return
    this.#world.tenant.deleteGroup(groupRef(team.id))
    this.#noteDeleted(team, true)
  }

  restoreTeam(number: number): void {
    const team = chosen(this.directory.groups, number, ({ deleted }) => deleted)
    if (team === undefined) return
    this.#world.tenant.restore(groupRef(team.id))
    this.#noteDeleted(team, false)
  }

  purgeTeam(number: number): void {
    const team = chosen(this.directory.groups, number, ({ deleted }) => deleted)
    if (team === undefined) return
    this.#world.tenant.purge(groupRef(team.id))
    this.#note((directory) => purge(directory, team.id), `${this.#tag(team)} is deleted for good`)
  }

  addMembers(team: Team | undefined, numbers: readonly number[]): void {
    if (team === undefined) return
    const people = several(this.live, numbers, ({ id }) => !isMember(this.directory, team.id, id))
    if (people.length === 0) return
    this.#world.tenant.addMember(groupRef(team.id), ...people.map(({ id }) => userRef(id)))
    const memberIds = [...team.memberIds, ...people.map(({ id }) => id)]
    this.#note(
      (directory) => changeTeam(directory, team.id, { memberIds }),
      `${this.#tags(people)} in ${this.#tag(team)}`,
    )
  }

  removeMembers(team: Team | undefined, numbers: readonly number[]): void {
    if (team === undefined) return
    this.#removeMembers(
      team,
      several(this.directory.users, numbers, ({ id }) => team.memberIds.includes(id)),
    )
  }

  moveMembers({ team: number, other, members }: Of<"moveMembers">): void {
    const from = chosen(this.liveTeams, number, ({ memberIds }) => memberIds.length > 0)
    const to = chosen(this.liveTeams, other, ({ id }) => id !== from?.id)
    if (from === undefined || to === undefined) return
    const people = several(
      this.live,
      members,
      ({ id }) => from.memberIds.includes(id) && !isMember(this.directory, to.id, id),
    )
    this.#removeMembers(from, people)
    this.addMembers(
      teamIn(this.directory, to.id),
      people.map(({ id }) =>
        this.live.filter((one) => !to.memberIds.includes(one.id)).findIndex((one) => one.id === id),
      ),
    )
  }

  #removeMembers(team: Team, people: readonly Person[]): void {
    if (people.length === 0) return
    this.#world.tenant.removeMember(groupRef(team.id), ...people.map(({ id }) => userRef(id)))
    const gone = new Set(people.map(({ id }) => id))
    const memberIds = team.memberIds.filter((id) => !gone.has(id))
    this.#note(
      (directory) => changeTeam(directory, team.id, { memberIds }),
      `${this.#tags(people)} out of ${this.#tag(team)}`,
    )
  }

  #setManager(id: string, managerId: string): void {
    this.#world.tenant.setManager(userRef(id), userRef(managerId))
    this.#note(
      (directory) => changePerson(directory, id, { managerId }),
      `the manager of ${this.#tag({ id })} is ${this.#tag({ id: managerId })}`,
    )
  }

  #noteDeleted(one: Person | Team, isDeleted: boolean): void {
    const deletedAtMs = isDeleted ? this.#world.clock.now() : null
    this.#note(
      (directory) => setDeleted(directory, one.id, deletedAtMs),
      `${this.#tag(one)} is ${isDeleted ? "deleted" : "restored"}`,
    )
  }

  /** A name that no live person has, from the list; names of the deleted are free. */
  #freeName(number: number): string | undefined {
    const taken = new Set(this.live.map(nameOf))
    return chosen(PERSON_NAMES, number, (name) => !taken.has(`${name}@${DOMAIN}`))
  }

  /** Groups may share a name in the directory, so now and then they do. */
  #teamName(number: number): string {
    const taken = new Set(this.liveTeams.map(({ displayName }) => displayName))
    const name = chosen(TEAM_NAMES, number, (one) => number === 7 || !taken.has(one))
    return name ?? `Team ${number}`
  }

  #note(change: (directory: Directory) => Directory, line: string): void {
    this.#world.note(change, this.#isMeanwhile)
    this.#world.say(this.#isMeanwhile ? `meanwhile, ${line}` : line)
  }

  #tag({ id }: { readonly id: string }): string {
    return this.#world.tag(id)
  }

  #tags(people: readonly Person[]): string {
    return people.map((person) => this.#tag(person)).join(", ")
  }
}

function nameOf({ attributes }: Person): string {
  return attributes["userPrincipalName"] ?? ""
}
