/** Plays what happens in the tenant: on the real one, and in the same words on the naive directory. */
import { chosen } from "./choice.ts"
import type { TenantEvent } from "./events.ts"
import { PeoplePlay } from "./people-play.ts"
import { Scene } from "./scene.ts"
import { TeamsPlay } from "./teams-play.ts"
import type { World } from "./world.ts"

/** Plays one event; nothing happens where it fits nobody. `isMeanwhile`: while the job is in the middle of a look. */
export function playInTenant(world: World, event: TenantEvent, isMeanwhile = false): void {
  world.expire()
  const scene = new Scene(world, isMeanwhile)
  const people = new PeoplePlay(scene)
  const teams = new TeamsPlay(scene)
  const isToBe =
    (assigned: boolean) =>
    ({ id }: { readonly id: string }): boolean =>
      scene.directory.assigned.has(id) !== assigned
  switch (event.do) {
    case "create":
      return people.create(event)
    case "rename":
      return people.rename(event)
    case "change":
      return people.change(event)
    case "disable":
    case "enable":
      return people.setEnabled(event.who, event.do === "enable")
    case "softDelete":
      return people.softDelete(event.who)
    case "restore":
      return people.restore(event.who)
    case "purge":
      return people.purge(event.who)
    case "assign":
    case "unassign": {
      const assigns = event.do === "assign"
      return scene.setAssigned(chosen(scene.live, event.who, isToBe(assigns)), assigns)
    }
    case "setManager":
      return people.setManager(event.who, event.other)
    case "clearManager":
      return people.clearManager(event.who)
    case "createTeam":
      return teams.createTeam(event)
    case "renameTeam":
      return teams.renameTeam(event)
    case "deleteTeam":
      return teams.deleteTeam(event.team)
    case "restoreTeam":
      return teams.restoreTeam(event.team)
    case "purgeTeam":
      return teams.purgeTeam(event.team)
    case "assignTeam":
    case "unassignTeam": {
      const assigns = event.do === "assignTeam"
      return scene.setAssigned(chosen(scene.liveTeams, event.team, isToBe(assigns)), assigns)
    }
    case "addMembers":
      return teams.addMembers(chosen(scene.liveTeams, event.team), event.members)
    case "removeMembers":
      return teams.removeMembers(chosen(scene.liveTeams, event.team), event.members)
    case "moveMembers":
      return teams.moveMembers(event)
  }
}
