/** What happens to people. */
import { addPerson, changeAttributes, changePerson, type Person, personIn, purge } from "./directory.ts"
import { chosen } from "./choice.ts"
import type { EventOf } from "./events.ts"
import { ATTRIBUTE_VALUES, PERSON_NAMES } from "./names.ts"
import { type Scene, userRef } from "./scene.ts"
import { DOMAIN } from "./world.ts"

/** More than this makes a history slow and nothing else. */
const PEOPLE_MAX = 12

export class PeoplePlay {
  readonly #scene: Scene

  constructor(scene: Scene) {
    this.#scene = scene
  }

  create({ name, manager, isAssigned }: EventOf<"create">): void {
    const alias = this.#freeName(name)
    if (alias === undefined || this.#scene.directory.users.length >= PEOPLE_MAX) return
    const tag = `P${this.#scene.world.tags.size + 1}`
    const attributes = {
      userPrincipalName: `${alias}@${DOMAIN}`,
      displayName: `Person ${tag}`,
      employeeId: tag,
      department: ATTRIBUTE_VALUES.department[name % 2] ?? "",
      jobTitle: "Picker",
    }
    const { id } = this.#scene.world.tenant.createUser(attributes)
    this.#scene.world.tags.set(id, tag)
    this.#scene.note(
      (directory) => addPerson(directory, id, { ...attributes, mailNickname: alias }),
      `${tag} is hired as ${alias}`,
    )
    const boss = chosen(this.#scene.live, manager, (person) => person.id !== id)
    if (boss !== undefined) this.#setManager(id, boss.id)
    if (isAssigned) this.#scene.setAssigned(personIn(this.#scene.directory, id), true)
  }

  rename({ who, name }: EventOf<"rename">): void {
    const person = chosen(this.#scene.live, who)
    const alias = this.#freeName(name)
    if (person === undefined || alias === undefined) return
    const userPrincipalName = `${alias}@${DOMAIN}`
    this.#scene.world.tenant.update(userRef(person.id), { userPrincipalName })
    this.#scene.note(
      (directory) => changeAttributes(directory, person.id, { userPrincipalName }),
      `${this.#scene.tag(person)} is called ${alias}`,
    )
  }

  change({ who, attribute, value: number }: EventOf<"change">): void {
    const person = chosen(this.#scene.live, who)
    const values = ATTRIBUTE_VALUES[attribute]
    const isIndispensable = attribute === "displayName" || attribute === "mailNickname"
    const value = number < 0 && !isIndispensable ? null : (values[Math.max(number, 0) % values.length] ?? null)
    if (person === undefined || (person.attributes[attribute] ?? null) === value) return
    this.#scene.world.tenant.update(userRef(person.id), { [attribute]: value })
    this.#scene.note(
      (directory) => changeAttributes(directory, person.id, { [attribute]: value }),
      `${attribute} of ${this.#scene.tag(person)} is ${value === null ? "cleared" : JSON.stringify(value)}`,
    )
  }

  setEnabled(who: number, enabled: boolean): void {
    const person = chosen(this.#scene.live, who, (one) => one.enabled !== enabled)
    if (person === undefined) return
    if (enabled) this.#scene.world.tenant.enable(userRef(person.id))
    else this.#scene.world.tenant.disable(userRef(person.id))
    this.#scene.note(
      (directory) => changePerson(directory, person.id, { enabled }),
      `${this.#scene.tag(person)} is ${enabled ? "enabled" : "disabled"}`,
    )
  }

  softDelete(who: number): void {
    const person = chosen(this.#scene.live, who)
    if (person === undefined) return
    this.#scene.world.tenant.softDelete(userRef(person.id))
    this.#scene.noteDeleted(person, true)
  }

  restore(who: number): void {
    const names = new Set(this.#scene.live.map(nameOf))
    const person = chosen(this.#scene.directory.users, who, (one) => one.deleted && !names.has(nameOf(one)))
    if (person === undefined) return
    this.#scene.world.tenant.restore(userRef(person.id))
    this.#scene.noteDeleted(person, false)
  }

  purge(who: number): void {
    const person = chosen(this.#scene.directory.users, who, ({ deleted }) => deleted)
    if (person === undefined) return
    this.#scene.world.tenant.purge(userRef(person.id))
    this.#scene.note((directory) => purge(directory, person.id), `${this.#scene.tag(person)} is deleted for good`)
  }

  setManager(who: number, other: number): void {
    const person = chosen(this.#scene.live, who)
    const manager = chosen(this.#scene.live, other, ({ id }) => id !== person?.id && id !== person?.managerId)
    if (person !== undefined && manager !== undefined) this.#setManager(person.id, manager.id)
  }

  clearManager(who: number): void {
    const person = chosen(this.#scene.live, who, ({ managerId }) => managerId !== null)
    if (person === undefined) return
    this.#scene.world.tenant.setManager(userRef(person.id), null)
    this.#scene.note(
      (directory) => changePerson(directory, person.id, { managerId: null }),
      `${this.#scene.tag(person)} has no manager`,
    )
  }

  #setManager(id: string, managerId: string): void {
    this.#scene.world.tenant.setManager(userRef(id), userRef(managerId))
    this.#scene.note(
      (directory) => changePerson(directory, id, { managerId }),
      `the manager of ${this.#scene.tag({ id })} is ${this.#scene.tag({ id: managerId })}`,
    )
  }

  /** A name that no live person has, from the list; names of the deleted are free. */
  #freeName(number: number): string | undefined {
    const taken = new Set(this.#scene.live.map(nameOf))
    return chosen(PERSON_NAMES, number, (name) => !taken.has(`${name}@${DOMAIN}`))
  }
}

function nameOf({ attributes }: Person): string {
  return attributes["userPrincipalName"] ?? ""
}
