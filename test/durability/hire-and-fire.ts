/** A small company in which something happens all the time, but nothing that Entra itself would lose (late references). */
import type { Random } from "../../protocol/index.ts"
import type { Application, Group, Tenant, User } from "../../simulator/index.ts"

export interface Company {
  readonly tenant: Tenant
  readonly application: Application
  readonly random: Random
  /** Stay for good: they manage others and are members of groups. */
  readonly staff: readonly User[]
  readonly groups: readonly Group[]
  /** Come and go. */
  readonly temps: User[]
}

const STAFF_COUNT = 16
const GROUP_COUNT = 4

export function found(tenant: Tenant, random: Random): Company {
  return tenant.transaction(() => {
    const application = tenant.createApplication("Orchard")
    const staff = Array.from({ length: STAFF_COUNT }, (_, index) => person(tenant, `staff${index}`))
    staff.forEach((user, index) => {
      const manager = staff[Math.floor(index / 4)]
      if (manager !== undefined && manager !== user) tenant.setManager(user, manager)
    })
    const groups = Array.from({ length: GROUP_COUNT }, (_, index) =>
      tenant.createGroup(
        { displayName: `Team ${index}` },
        { members: staff.filter((_, at) => at % GROUP_COUNT === index) },
      ),
    )
    application.assign(...staff, ...groups)
    return { tenant, application, random, staff, groups, temps: [] }
  })
}

function person(tenant: Tenant, name: string): User {
  return tenant.createUser({ userPrincipalName: `${name}@contoso.example`, displayName: name, jobTitle: "Clerk" })
}

/** Lets a few things happen. `round` makes names unique. */
export function live(company: Company, round: number): void {
  const { tenant, application, random, staff, groups, temps } = company
  tenant.transaction(() => {
    const temp = person(tenant, `temp${round}`)
    application.assign(temp)
    tenant.setManager(temp, random.pick(staff))
    temps.push(temp)
    for (let count = 0; count < 4; count += 1) {
      tenant.update(random.pick(staff), { displayName: `Staff ${round}.${count}`, jobTitle: `Job ${round}.${count}` })
    }
    const [group, member] = [random.pick(groups), random.pick(staff)]
    if (tenant.isMember(group, member)) tenant.removeMember(group, member)
    else tenant.addMember(group, member)
    tenant.renameGroup(random.pick(groups), `Team renamed in ${round}`)
    leaveOrReturn(company, random.pick(temps))
  })
}

function leaveOrReturn({ tenant, random }: Company, { id }: User): void {
  const user = tenant.user(id)
  if (user === undefined) return
  if (user.deletedAtMs !== null) {
    if (random.next() < 0.5) tenant.restore(user)
    else tenant.purge(user)
  } else if (!user.accountEnabled) tenant.enable(user)
  else if (random.next() < 0.5) tenant.disable(user)
  else tenant.softDelete(user)
}
