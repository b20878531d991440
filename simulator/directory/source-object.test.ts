import { describe, expect, it } from "vitest"

import { VirtualClock } from "../clock.ts"
import { createIdSource, createRandom } from "../random.ts"
import { isSourceAttribute, sourceAttributes } from "./source-object.ts"
import { createTenant } from "./tenant.ts"
import type { Tenant } from "./tenant-interface.ts"

function openTenant(): Tenant {
  const random = createRandom(1)
  return createTenant({ clock: new VirtualClock(0), random, ids: createIdSource(random) })
}

/** The 22 rows of MAP-601 read these. */
const DEFAULT_SOURCES =
  "userPrincipalName IsSoftDeleted displayName jobTitle mail preferredLanguage givenName surname physicalDeliveryOfficeName " +
  "streetAddress city state postalCode country telephoneNumber mobile facsimileTelephoneNumber mailNickname employeeId " +
  "department manager"

describe("source attributes", () => {
  it("MAP-121 MAP-601 hold everything that the default mappings read", () => {
    for (const name of DEFAULT_SOURCES.split(" ")) expect(isSourceAttribute("User", name), name).toBe(true)
    for (const name of ["displayName", "objectId", "members"]) expect(isSourceAttribute("Group", name), name).toBe(true)
    expect(sourceAttributes("User")).toContain("extensionAttribute15")
  })

  it("MAP-122 MAP-123 MAP-126 hold directory extensions, but neither userType, samAccountName nor Graph's names", () => {
    expect(isSourceAttribute("User", "extension_0123abc_costCentre")).toBe(true)
    for (const name of ["userType", "samAccountName", "mobilePhone", "members", "Surname"])
      expect(isSourceAttribute("User", name), name).toBe(false)
  })

  it("MAP-201 MAP-202 MAP-507 MAP-610 are null, a text, True or False, or several texts", () => {
    const tenant = openTenant()
    const ada = tenant.createUser({
      userPrincipalName: "ada@contoso.example",
      displayName: "Ada",
      mail: "",
      proxyAddresses: ["a", "b"],
      extension_0a_cc: "7",
    })
    const source = tenant.sourceObject(ada)
    expect(source.read("displayName")).toBe("Ada")
    expect(source.read("objectId")).toBe(ada.id)
    expect(source.read("mail")).toBeNull()
    expect(source.read("accountEnabled")).toBe("True")
    expect(source.read("dirSyncEnabled")).toBeNull()
    expect(source.read("proxyAddresses")).toEqual(["a", "b"])
    expect(source.read("extension_0a_cc")).toBe("7")
    expect(source.read("manager")).toBeNull()
    expect(source.read("passwordProfile.password")).toBeNull()
    expect(tenant.sourceObject(tenant.disable(ada)).read("accountEnabled")).toBe("False")
  })

  it.each([
    ["ada@contoso.example", "ada@contoso.example", "ada@contoso.example"],
    [
      "bob_fabrikam.example#EXT#@contoso.onmicrosoft.com",
      "bob@fabrikam.example",
      "bob_fabrikam.example#EXT#@contoso.onmicrosoft.com",
    ],
    [
      "p_j.smith_fabrikam.example#EXT#@contoso.onmicrosoft.com",
      "p_j.smith@fabrikam.example",
      "p_j.smith_fabrikam.example#EXT#@contoso.onmicrosoft.com",
    ],
    ["odd#EXT#@contoso.onmicrosoft.com", "odd", "odd#EXT#@contoso.onmicrosoft.com"],
  ])("MAP-124 ENG-SCOPE-15 read the userPrincipalName %s as %s", (userPrincipalName, original, full) => {
    const tenant = openTenant()
    const source = tenant.sourceObject(tenant.createUser({ userPrincipalName, displayName: "X" }))
    expect(source.read("userPrincipalName")).toBe(original)
    expect(source.read("originalUserPrincipalName")).toBe(full)
  })

  it("RES-11 ENG-DEPROV-16 keep the name of a user in the recycle bin, unless the mangled one is asked for", () => {
    const tenant = openTenant()
    const ada = tenant.softDelete(
      tenant.createUser(
        { userPrincipalName: "ada@contoso.example", displayName: "Ada" },
        { id: "11111111-2222-4333-8444-555555555555" },
      ),
    )
    expect(tenant.sourceObject(ada).read("userPrincipalName")).toBe("ada@contoso.example")
    expect(tenant.sourceObject(ada, { flowMangledUpn: true }).read("userPrincipalName")).toBe(
      "11111111222243338444555555555555ada@contoso.example",
    )
  })

  it("give a user's manager and a group's members by id", () => {
    const tenant = openTenant()
    const [ada, bob] = tenant.createUsers(2)
    if (ada === undefined || bob === undefined) throw new Error("two people were asked for")
    expect(tenant.sourceObject(tenant.setManager(ada, bob)).read("manager")).toBe(bob.id)
    const group = tenant.createGroup({ displayName: "G" }, { members: [ada, bob] })
    expect(tenant.sourceObject(group).read("members")).toEqual([ada.id, bob.id])
    expect(tenant.sourceObject(group).read("securityEnabled")).toBe("True")
    expect(tenant.sourceObject(tenant.createGroup({ displayName: "Empty" })).read("members")).toBeNull()
  })

  it("MAP-125 MAP-126 say so when an attribute is the job's to supply, or unknown", () => {
    const tenant = openTenant()
    const source = tenant.sourceObject(
      tenant.createUser({ userPrincipalName: "ada@contoso.example", displayName: "Ada" }),
    )
    expect(() => source.read("IsSoftDeleted")).toThrow("depends on the job")
    expect(() => source.read("surnam")).toThrow('can\'t read "surnam". Did you mean "surname"?')
    expect(() => source.read("userType")).toThrow('can\'t read "userType"')
  })
})
