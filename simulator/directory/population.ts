/** Puts generated people and groups into a tenant, in bounded memory: of a million people only the managers are remembered. */
import type { Random } from "../../protocol/index.ts"
import type { ChangedObject } from "./change-feed.ts"
import { DirectoryError } from "./directory-error.ts"
import { generatePeople, type PeopleOptions, type PeopleSource, REPORTS_PER_MANAGER } from "./generator.ts"
import type { GroupRef, UserRef } from "./model.ts"
import type { Parts } from "./parts.ts"
import { addMember, createGroup, createUser } from "./users-and-groups.ts"

export interface PopulationOptions extends PeopleOptions {
  /** How many people. */
  readonly users: number
  /** How many members each group has, at most `users`. By default 0, 1, 5, 25, 100 … as far as people suffice, and one of everybody. */
  readonly groupSizes?: readonly number[]
}

/** As varied as a real tenant: some guests, some blocked, some without mail, and everybody with a manager. */
const USUAL_VARIETY: Required<PeopleOptions> = {
  guestShare: 0.06,
  disabledShare: 0.04,
  mailMissingShare: 0.08,
  withManagers: true,
}

const USUAL_SIZES = [0, 1, 5, 25, 100, 500, 2000, 10_000]

const GROUP_NAMES = [
  "Engineering",
  "Vertrieb Süd",
  "Équipe produit",
  "営業部",
  "Бухгалтерия",
  "Μάρκετινγκ",
  "Zespół wsparcia",
  "فريق المبيعات",
  "İnsan Kaynakları",
  "Project Óðinn",
]

/** Creates people and gives them one by one. Runs inside a transaction. */
export function* addPeople(
  parts: Parts,
  source: PeopleSource,
  count: number,
  options?: PeopleOptions,
): Generator<UserRef> {
  const managers: ChangedObject[] = []
  const managerCount = options?.withManagers === true ? Math.ceil(count / REPORTS_PER_MANAGER) : 0
  for (const { user, managerIndex } of generatePeople(source, count, options)) {
    const manager = managerIndex === null ? undefined : managers[managerIndex]
    const created = createUser(parts, user, parts.ids.next(), manager)
    if (managers.length < managerCount) managers.push(created)
    yield { objectType: "User", id: created.id }
  }
}

/** Creates people and groups; gives the groups. Runs inside a transaction. Throws {@link DirectoryError} for a group larger than the tenant. */
export function populate(parts: Parts, source: PeopleSource, options: PopulationOptions): GroupRef[] {
  const { users, groupSizes = usualSizes(users) } = options
  const groups = groupSizes.map((size, index) => createRound(parts, source.random, index, size, users))
  let index = 0
  for (const person of addPeople(parts, source, users, { ...USUAL_VARIETY, ...options })) {
    for (const { group, includes } of groups) if (includes(index)) addMember(parts, group, person)
    index++
  }
  return groups.map(({ group }) => group)
}

function usualSizes(users: number): readonly number[] {
  return [...USUAL_SIZES.filter((size) => size < users), users]
}

/** A group, and which of the people who arrive one after the other belong to it. */
interface Round {
  readonly group: GroupRef
  readonly includes: (index: number) => boolean
}

function createRound(parts: Parts, random: Random, number: number, size: number, users: number): Round {
  if (!Number.isInteger(size) || size < 0 || size > users) {
    throw new DirectoryError("InvalidValue", `A group has between 0 and ${users} members here; got ${size}.`)
  }
  const group: GroupRef = { objectType: "Group", id: parts.ids.next() }
  const name = GROUP_NAMES[number % GROUP_NAMES.length] ?? "Group"
  const round = Math.floor(number / GROUP_NAMES.length)
  createGroup(parts, { displayName: round === 0 ? name : `${name} ${round + 1}` }, group.id)
  const offset = random.fork(`group ${number}`).int(Math.max(users, 1))
  // Spreads exactly `size` members evenly over everybody, beginning anywhere.
  const before = (position: number): number => Math.floor((position * size) / users)
  return {
    group,
    includes: (index) => {
      const position = (index + offset) % users
      return before(position + 1) > before(position)
    },
  }
}
