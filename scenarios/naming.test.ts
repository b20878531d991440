import { describe, expect, it } from "vitest"

import { createIdSource, createRandom } from "../simulator/index.ts"
import { caseNamePart, runIdOf } from "./naming.ts"
import { createPeople } from "./people.ts"

describe("runIdOf", () => {
  it("is a function of the seed", () => {
    expect(runIdOf(1)).toMatch(/^[a-z][a-z0-9]{6}$/)
    expect(runIdOf(1)).toBe(runIdOf(1))
    expect(runIdOf(1)).not.toBe(runIdOf(2))
  })
})

describe("caseNamePart", () => {
  it("keeps letters, digits and hyphens", () => {
    expect(caseNamePart("rfc7644-3.3-dup@entra")).toBe("rfc7644-3-3-dup-entra")
  })
  it("shortens long keys without making two alike", () => {
    const a = caseNamePart("entra-a-very-long-name-of-a-case-that-goes-on@entra")
    const b = caseNamePart("entra-a-very-long-name-of-a-case-that-goes-on@entra-optscim")
    expect(a.length).toBeLessThanOrEqual(32)
    expect(a).not.toBe(b)
  })
})

describe("createPeople", () => {
  const peopleOf = (seed: number, key: string) => {
    const random = createRandom(seed).fork(key)
    return createPeople({ runId: runIdOf(seed), key, random, ids: createIdSource(random) })
  }

  it("invents the same people for the same seed and case, and others otherwise", () => {
    expect(peopleOf(1, "a").entraUser()).toEqual(peopleOf(1, "a").entraUser())
    expect(peopleOf(1, "a").entraUser()).not.toEqual(peopleOf(1, "b").entraUser())
    expect(peopleOf(1, "a").guid()).not.toBe(peopleOf(2, "a").guid())
  })

  it("puts run and case into every name, and none twice", () => {
    const people = peopleOf(7, "rfc7644-3.3-dup")
    expect(people.unique("group")).toBe(`group-${runIdOf(7)}-rfc7644-3-3-dup-1`)
    expect(people.userName()).toBe(`user-${runIdOf(7)}-rfc7644-3-3-dup-2@example.com`)
    expect(people.userName().split("@")[0]?.length).toBeLessThanOrEqual(64)
  })

  it("WIRE-082 WIRE-083 gives the body that Entra creates with: both schemas, one work address, no manager", () => {
    const user = peopleOf(1, "a").entraUser({ active: false })
    expect(user).toMatchObject({
      schemas: [
        "urn:ietf:params:scim:schemas:core:2.0:User",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
      ],
      active: false,
      emails: [{ primary: true, type: "work" }],
      meta: { resourceType: "User" },
    })
    expect(Object.keys(user["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"] ?? {})).toEqual([
      "employeeNumber",
      "department",
    ])
  })
})
