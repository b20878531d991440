/** What happens to people: one change each, of every kind in turn. */
import type { Group, User } from "../../../simulator/index.ts"
import type { World } from "../world.ts"

/** Changes `count` people one after the other, `before` each of them. */
export async function changePeople(
  world: World,
  groups: readonly Group[],
  count: number,
  before: (index: number) => Promise<void>,
): Promise<void> {
  const people = [...world.tenant.users()].filter(({ accountEnabled }) => accountEnabled)
  for (let index = 0; index < count; index++) {
    await before(index)
    // Spread over everybody, so that groups of all sizes are touched.
    const person = people[Math.floor((index * people.length) / count)]
    const group = groups[index % Math.max(1, groups.length)]
    if (person !== undefined) KINDS[index % KINDS.length]?.(world, person, group, index)
  }
}

type Kind = (world: World, person: User, group: Group | undefined, index: number) => void

const KINDS: readonly Kind[] = [
  ({ tenant }, person, _group, index) => void tenant.update(person, { jobTitle: `Lead ${index}` }),
  ({ tenant }, person, _group, index) => void tenant.update(person, { department: "Orchard", city: `City ${index}` }),
  function moves({ tenant }, person, group) {
    if (group === undefined) return
    if (tenant.isMember(group, person)) tenant.removeMember(group, person)
    else tenant.addMember(group, person)
  },
  function joins({ tenant, app }, _person, group) {
    const joiners = tenant.createUsers(1)
    app.assign(...joiners)
    if (group !== undefined) tenant.addMember(group, ...joiners)
  },
  ({ tenant }, person) => void tenant.disable(person),
  ({ tenant }, person) => void tenant.softDelete(person),
]
