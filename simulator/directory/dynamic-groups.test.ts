import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { VirtualClock } from "../clock.ts"
import { createIdSource, createRandom } from "../random.ts"
import { createTenant } from "./tenant.ts"
import type { Tenant } from "./tenant-interface.ts"

const RULE = 'user.department -eq "Cider"'

function newTenant(options: { readonly lagMs?: number; readonly db?: string } = {}): {
  clock: VirtualClock
  tenant: Tenant
} {
  const clock = new VirtualClock(1_772_438_400_000)
  const random = createRandom(1)
  const { lagMs, db } = options
  const tenant = createTenant({
    clock,
    random,
    ids: createIdSource(random),
    domain: "orchard.example",
    ...(lagMs !== undefined && { membershipRuleLagMs: lagMs }),
    ...(db !== undefined && { db }),
  })
  return { clock, tenant }
}

const hire = (tenant: Tenant, name: string, department: string) =>
  tenant.createUser({ userPrincipalName: `${name}@orchard.example`, displayName: name, department })

describe("a dynamic group", () => {
  it("GRAPH-202 ENG-SCOPE-04 has whom its rule names: those there already, those hired, moved and moved away", () => {
    const { tenant } = newTenant()
    const ada = hire(tenant, "ada", "Cider")
    const bob = hire(tenant, "bob", "Juice")
    const group = tenant.createGroup({ displayName: "Cider people", membershipRule: RULE })
    expect(group.groupTypes).toEqual(["DynamicMembership"])
    const names = () => Array.from(tenant.members(group), ({ id }) => tenant.user(id)?.displayName)
    expect(names()).toEqual(["ada"])
    hire(tenant, "cleo", "Cider")
    tenant.update(bob, { department: "Cider" })
    tenant.update(ada, { department: null })
    expect(names()).toEqual(["bob", "cleo"])
    tenant.update(group, { membershipRule: 'user.displayName -eq "ada"' })
    expect(names()).toEqual(["ada"])
  })

  it("ENG-SCOPE-04 follows only after its lag", async () => {
    const { clock, tenant } = newTenant({ lagMs: 10 * 60_000 })
    const group = tenant.createGroup({ displayName: "Cider people", membershipRule: RULE })
    const ada = hire(tenant, "ada", "Cider")
    await clock.advance({ minutes: 9 })
    expect(tenant.isMember(group, ada)).toBe(false)
    await clock.advance({ minutes: 1 })
    expect(tenant.isMember(group, ada)).toBe(true)
  })

  it("GRAPH-202 takes no members by hand, and no rule that can't be read; nothing is written then", () => {
    const { tenant } = newTenant()
    const ada = hire(tenant, "ada", "Juice")
    const group = tenant.createGroup({ displayName: "Cider people", membershipRule: RULE })
    expect(() => tenant.addMember(group, ada)).toThrow(/is dynamic: its members follow its membershipRule/)
    expect(() => tenant.createGroup({ displayName: "x", membershipRule: RULE }, { members: [ada] })).toThrow(
      /is dynamic/,
    )
    expect(() => tenant.createGroup({ displayName: "y", membershipRule: "nonsense" })).toThrow(/position 1/)
    expect(() => tenant.update(group, { membershipRule: "nonsense" })).toThrow(/position 1/)
    expect(Array.from(tenant.groups(), ({ displayName }) => displayName)).toEqual(["Cider people"])
    expect(tenant.group(group.id)?.membershipRule).toBe(RULE)
    tenant.update(group, { membershipRule: null, groupTypes: null })
    tenant.addMember(group, ada)
    expect(tenant.memberCount(group)).toBe(1)
  })

  it("a file keeps its rule", () => {
    const folder = mkdtempSync(join(tmpdir(), "scimulate-rules-"))
    try {
      const db = join(folder, "tenant.db")
      const first = newTenant({ db }).tenant
      const group = first.createGroup({ displayName: "Cider people", membershipRule: RULE })
      const ada = hire(first, "ada", "Cider")
      expect(first.isMember(group, ada)).toBe(true)
      first.close()
      const second = newTenant({ db }).tenant
      second.update(ada, { department: "Juice" })
      expect(second.isMember(group, ada)).toBe(false)
      second.close()
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
