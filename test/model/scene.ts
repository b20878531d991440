/** The tenant as a play sees it: who is there, and what is told to the real directory and the naive one in the same words. */
import type { GroupRef, UserRef } from "../../simulator/index.ts"
import { type Directory, type Person, setAssigned, setDeleted, type Team, teamIn } from "./directory.ts"
import type { World } from "./world.ts"

export function userRef(id: string): UserRef {
  return { objectType: "User", id }
}

export function groupRef(id: string): GroupRef {
  return { objectType: "Group", id }
}

export class Scene {
  readonly world: World
  readonly #isMeanwhile: boolean

  /** `isMeanwhile`: while the job is in the middle of a look. */
  constructor(world: World, isMeanwhile: boolean) {
    this.world = world
    this.#isMeanwhile = isMeanwhile
  }

  get directory(): Directory {
    return this.world.directory
  }

  get live(): readonly Person[] {
    return this.directory.users.filter(({ deleted }) => !deleted)
  }

  get liveTeams(): readonly Team[] {
    return this.directory.groups.filter(({ deleted }) => !deleted)
  }

  setAssigned(one: { readonly id: string } | undefined, isAssigned: boolean): void {
    if (one === undefined) return
    const ref = teamIn(this.directory, one.id) === undefined ? userRef(one.id) : groupRef(one.id)
    if (isAssigned) this.world.application.assign(ref)
    else this.world.application.unassign(ref)
    this.note(
      (directory) => setAssigned(directory, one.id, isAssigned),
      `${this.tag(one)} is ${isAssigned ? "assigned" : "unassigned"}`,
    )
  }

  note(change: (directory: Directory) => Directory, line: string): void {
    this.world.note(change, this.#isMeanwhile)
    this.world.say(this.#isMeanwhile ? `meanwhile, ${line}` : line)
  }

  noteDeleted(one: Person | Team, isDeleted: boolean): void {
    const deletedAtMs = isDeleted ? this.world.clock.now() : null
    this.note(
      (directory) => setDeleted(directory, one.id, deletedAtMs),
      `${this.tag(one)} is ${isDeleted ? "deleted" : "restored"}`,
    )
  }

  tag({ id }: { readonly id: string }): string {
    return this.world.tag(id)
  }

  tags(people: readonly Person[]): string {
    return people.map((person) => this.tag(person)).join(", ")
  }
}
