import { describe, expect, it } from "vitest"

import { VirtualClock } from "../clock.ts"
import { createIdSource, createRandom } from "../random.ts"
import { generatePeople, type PeopleOptions, type Person } from "./generator.ts"
import { createTenant } from "./tenant.ts"
import type { Tenant } from "./tenant-interface.ts"
import { toAsciiAlias } from "./ascii-alias.ts"

const VARIED: PeopleOptions = { guestShare: 0.1, disabledShare: 0.1, mailMissingShare: 0.1, withManagers: true }

function generate(seed: number, count: number, options?: PeopleOptions, firstNumber = 1): Person[] {
  const domains = [
    { name: "contoso.example", kind: "default" },
    { name: "contoso.onmicrosoft.com", kind: "initial" },
  ] as const
  return [...generatePeople({ random: createRandom(seed), nowMs: 0, domains, firstNumber }, count, options)]
}

function openTenant(seed = 1): Tenant {
  const random = createRandom(seed)
  return createTenant({ clock: new VirtualClock(0), random, ids: createIdSource(random) })
}

describe("generatePeople", () => {
  it("is a function of seed and options: more people never change the first ones, nor does what a share decides", () => {
    expect(generate(1, 50, VARIED)).toEqual(generate(1, 80, VARIED).slice(0, 50))
    expect(generate(1, 50, VARIED)).not.toEqual(generate(2, 50, VARIED))
    const plain = generate(1, 50)
    const disabled = generate(1, 50, { disabledShare: 0.5 })
    expect(disabled.map(({ user }) => user.displayName)).toEqual(plain.map(({ user }) => user.displayName))
    expect(disabled.some(({ user }) => user.accountEnabled === false)).toBe(true)
  })

  it("gives a seed the people it has always given", () => {
    const [, , , , abraham] = generate(1, 5)
    expect(abraham?.user).toEqual({
      userPrincipalName: "abraham.rosiak5@contoso.example",
      givenName: "Abraham",
      surname: "Rosiak",
      displayName: "Abraham Rosiak",
      mail: "abraham.rosiak5@contoso.example",
      userType: "Member",
      jobTitle: "Manager",
      department: "Finance",
      companyName: null,
      employeeId: null,
      preferredLanguage: "pl-PL",
      usageLocation: "PL",
      country: "Poland",
      city: "Nowe Warpno",
      state: "mazowieckie",
      streetAddress: "ogród Jarosz 957",
      postalCode: "74-121",
      physicalDeliveryOfficeName: "7/484",
      telephoneNumber: "+48718631785",
      mobile: null,
      facsimileTelephoneNumber: null,
    })
  })

  it("writes names in several scripts, and addresses in ASCII, all different", () => {
    const people = generate(7, 400, VARIED)
    const names = people.map(({ user }) => user.displayName).join("")
    for (const script of ["Latin", "Cyrillic", "Greek", "Han", "Hiragana", "Hangul", "Arabic", "Hebrew"]) {
      expect(names, script).toMatch(new RegExp(String.raw`\p{Script=${script}}`, "u"))
    }
    expect(names).toMatch(/[éèüößłřşñ]/u)
    const addresses = people.map(({ user }) => user.userPrincipalName)
    for (const address of addresses) expect(address).toMatch(/^[a-z0-9.#EXT_-]+@contoso\.(?:example|onmicrosoft\.com)$/)
    expect(new Set(addresses).size).toBe(400)
  })

  it("makes plain members unless asked for more variety", () => {
    for (const { user, managerIndex } of generate(3, 100)) {
      expect(user.userType).toBe("Member")
      expect(user.mail).toBe(user.userPrincipalName)
      expect(user).not.toHaveProperty("accountEnabled")
      expect(managerIndex).toBeNull()
    }
  })

  it("makes guests with #EXT#, disabled people and people without mail, about as many as asked for", () => {
    const users = generate(5, 1000, VARIED).map(({ user }) => user)
    const guests = users.filter(({ userType }) => userType === "Guest")
    for (const guest of guests) {
      expect(guest.userPrincipalName).toBe(`${String(guest.mail).replace("@", "_")}#EXT#@contoso.onmicrosoft.com`)
    }
    const counts = [
      guests.length,
      users.filter(({ accountEnabled }) => accountEnabled === false).length,
      users.filter(({ mail }) => mail === null).length,
    ]
    // 100 each (90 without mail, as guests have one); four standard deviations are about 38.
    for (const count of counts) expect(Math.abs(count - 100)).toBeLessThan(40)
  })

  it("puts members under managers, in a tree", () => {
    const people = generate(5, 100, VARIED)
    for (const [index, { user, managerIndex }] of people.entries()) {
      if (index === 0 || user.userType === "Guest") expect(managerIndex).toBeNull()
      else expect(managerIndex).toBe(Math.floor((index - 1) / 7))
    }
  })

  it.each([-0.1, 1.5, Number.NaN])("refuses a share of %d", (guestShare) => {
    expect(() => generate(1, 1, { guestShare })).toThrow("guestShare lies between 0 and 1")
  })
})

describe("toAsciiAlias", () => {
  it.each([
    ["Zoë", "Müller-Strauß", "zoe.muller-strauss"],
    ["Łukasz", "Żółć", "lukasz.zolc"],
    ["Юрий", "Щербаков", "yurii.shcherbakov"],
    ["Ελένη", "Παπαδάκη", "eleni.papadaki"],
    ["Seán", "O'Brien", "sean.obrien"],
    ["太陽", "辻", null],
    ["Ada", "عظومة", null],
  ])("%s %s becomes %s", (givenName, surname, alias) => {
    expect(toAsciiAlias(givenName, surname)).toBe(alias)
  })
})

describe("a generated tenant", () => {
  it("gets as many live, enabled people as asked for, also the second time", () => {
    const tenant = openTenant()
    const first = tenant.createUsers(25)
    const second = tenant.createUsers(25, { withManagers: true })
    expect(new Set([...first, ...second].map(({ userPrincipalName }) => userPrincipalName)).size).toBe(50)
    expect([...tenant.users()]).toEqual([...first, ...second])
    expect(second[1]?.managerId).toBe(second[0]?.id)
    expect(second[20]?.managerId).toBe(second[2]?.id)
  })

  it("is populated with variety and groups of exactly the sizes asked for", () => {
    const tenant = openTenant()
    const groups = tenant.populate({ users: 300, groupSizes: [0, 1, 77, 300] })
    expect(groups.map((group) => tenant.memberCount(group))).toEqual([0, 1, 77, 300])
    const users = [...tenant.users()]
    expect(users).toHaveLength(300)
    expect(users.some(({ userType }) => userType === "Guest")).toBe(true)
    expect(users.some(({ accountEnabled }) => !accountEnabled)).toBe(true)
    expect(users.some(({ mail }) => mail === undefined)).toBe(true)
    const again = openTenant()
    again.populate({ users: 300, groupSizes: [0, 1, 77, 300] })
    expect([...again.users()]).toEqual(users)
    const other = openTenant(2)
    other.populate({ users: 300 })
    expect([...other.users()]).not.toEqual(users)
    expect(Array.from(other.groups(), (group) => other.memberCount(group))).toEqual([0, 1, 5, 25, 100, 300])
  })

  it("has as many groups as asked for, and none larger than itself", () => {
    const tenant = openTenant()
    const groups = tenant.populate({ users: 3, groupSizes: Array.from({ length: 25 }, () => 2) })
    expect(new Set(groups.map(({ displayName }) => displayName)).size).toBe(25)
    expect(() => tenant.populate({ users: 3, groupSizes: [4] })).toThrow("between 0 and 3 members here; got 4")
  })
})
