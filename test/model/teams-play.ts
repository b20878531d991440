/** What happens to groups and their members. */
import { addTeam, changeTeam, isMember, type Person, purge, type Team, teamIn } from "./directory.ts"
import { chosen, several } from "./choice.ts"
import type { EventOf } from "./events.ts"
import { TEAM_NAMES } from "./names.ts"
import { groupRef, type Scene, userRef } from "./scene.ts"

/** More than this makes a history slow and nothing else. */
const TEAMS_MAX = 6

export class TeamsPlay {
  readonly #scene: Scene

  constructor(scene: Scene) {
    this.#scene = scene
  }

  createTeam({ name, members, isAssigned }: EventOf<"createTeam">): void {
    if (this.#scene.directory.groups.length >= TEAMS_MAX) return
    const displayName = this.#teamName(name)
    const { id } = this.#scene.world.tenant.createGroup({ displayName })
    this.#scene.world.tags.set(id, `G${this.#scene.world.tags.size + 1}`)
    this.#scene.note(
      (directory) => addTeam(directory, id, displayName),
      `there is a group ${this.#scene.tag({ id })} "${displayName}"`,
    )
    this.addMembers(teamIn(this.#scene.directory, id), members)
    if (isAssigned) this.#scene.setAssigned({ id }, true)
  }

  renameTeam({ team: number, name }: EventOf<"renameTeam">): void {
    const team = chosen(this.#scene.liveTeams, number)
    const displayName = this.#teamName(name)
    if (team === undefined || team.displayName === displayName) return
    this.#scene.world.tenant.renameGroup(groupRef(team.id), displayName)
    this.#scene.note(
      (directory) => changeTeam(directory, team.id, { displayName }),
      `${this.#scene.tag(team)} is called "${displayName}"`,
    )
  }

  deleteTeam(number: number): void {
    const team = chosen(this.#scene.liveTeams, number)
    if (team === undefined) return
    this.#scene.world.tenant.deleteGroup(groupRef(team.id))
    this.#scene.noteDeleted(team, true)
  }

  restoreTeam(number: number): void {
    const team = chosen(this.#scene.directory.groups, number, ({ deleted }) => deleted)
    if (team === undefined) return
    this.#scene.world.tenant.restore(groupRef(team.id))
    this.#scene.noteDeleted(team, false)
  }

  purgeTeam(number: number): void {
    const team = chosen(this.#scene.directory.groups, number, ({ deleted }) => deleted)
    if (team === undefined) return
    this.#scene.world.tenant.purge(groupRef(team.id))
    this.#scene.note((directory) => purge(directory, team.id), `${this.#scene.tag(team)} is deleted for good`)
  }

  addMembers(team: Team | undefined, numbers: readonly number[]): void {
    if (team === undefined) return
    const people = several(this.#scene.live, numbers, ({ id }) => !isMember(this.#scene.directory, team.id, id))
    if (people.length === 0) return
    this.#scene.world.tenant.addMember(groupRef(team.id), ...people.map(({ id }) => userRef(id)))
    const memberIds = [...team.memberIds, ...people.map(({ id }) => id)]
    this.#scene.note(
      (directory) => changeTeam(directory, team.id, { memberIds }),
      `${this.#scene.tags(people)} in ${this.#scene.tag(team)}`,
    )
  }

  removeMembers(team: Team | undefined, numbers: readonly number[]): void {
    if (team === undefined) return
    this.#removeMembers(
      team,
      several(this.#scene.directory.users, numbers, ({ id }) => team.memberIds.includes(id)),
    )
  }

  moveMembers({ team: number, other, members }: EventOf<"moveMembers">): void {
    const from = chosen(this.#scene.liveTeams, number, ({ memberIds }) => memberIds.length > 0)
    const to = chosen(this.#scene.liveTeams, other, ({ id }) => id !== from?.id)
    if (from === undefined || to === undefined) return
    const people = several(
      this.#scene.live,
      members,
      ({ id }) => from.memberIds.includes(id) && !isMember(this.#scene.directory, to.id, id),
    )
    this.#removeMembers(from, people)
    this.addMembers(
      teamIn(this.#scene.directory, to.id),
      people.map(({ id }) =>
        this.#scene.live.filter((one) => !to.memberIds.includes(one.id)).findIndex((one) => one.id === id),
      ),
    )
  }

  #removeMembers(team: Team, people: readonly Person[]): void {
    if (people.length === 0) return
    this.#scene.world.tenant.removeMember(groupRef(team.id), ...people.map(({ id }) => userRef(id)))
    const gone = new Set(people.map(({ id }) => id))
    const memberIds = team.memberIds.filter((id) => !gone.has(id))
    this.#scene.note(
      (directory) => changeTeam(directory, team.id, { memberIds }),
      `${this.#scene.tags(people)} out of ${this.#scene.tag(team)}`,
    )
  }

  /** Groups may share a name in the directory, so now and then they do. */
  #teamName(number: number): string {
    const taken = new Set(this.#scene.liveTeams.map(({ displayName }) => displayName))
    const name = chosen(TEAM_NAMES, number, (one) => number === 7 || !taken.has(one))
    return name ?? `Team ${number}`
  }
}
