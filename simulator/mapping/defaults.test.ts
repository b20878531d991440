import { describe, expect, it } from "vitest"
import { defaultMappings, exampleMappings } from "./defaults.ts"
import type { ObjectMapping } from "./model.ts"
import { validateMappings } from "./validate.ts"

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
const ACTIVE = 'Switch([IsSoftDeleted], , "False", "True", "True", "False")'

function rows(mapping: ObjectMapping): readonly (readonly [string | null, string])[] {
  return mapping.attributes.map(({ source, target }) => [source, target])
}

describe("default mappings", () => {
  it("MAP-601 MAP-605 a non-gallery application starts with 22 user rows, in the table's order", () => {
    const { user } = defaultMappings()
    expect(rows(user)).toEqual([
      ["[userPrincipalName]", "userName"],
      [ACTIVE, "active"],
      ["[displayName]", "displayName"],
      ["[jobTitle]", "title"],
      ["[mail]", 'emails[type eq "work"].value'],
      ["[preferredLanguage]", "preferredLanguage"],
      ["[givenName]", "name.givenName"],
      ["[surname]", "name.familyName"],
      ['Join(" ", [givenName], [surname])', "name.formatted"],
      ["[physicalDeliveryOfficeName]", 'addresses[type eq "work"].formatted'],
      ["[streetAddress]", 'addresses[type eq "work"].streetAddress'],
      ["[city]", 'addresses[type eq "work"].locality'],
      ["[state]", 'addresses[type eq "work"].region'],
      ["[postalCode]", 'addresses[type eq "work"].postalCode'],
      ["[country]", 'addresses[type eq "work"].country'],
      ["[telephoneNumber]", 'phoneNumbers[type eq "work"].value'],
      ["[mobile]", 'phoneNumbers[type eq "mobile"].value'],
      ["[facsimileTelephoneNumber]", 'phoneNumbers[type eq "fax"].value'],
      ["[mailNickname]", "externalId"],
      ["[employeeId]", `${ENTERPRISE}:employeeNumber`],
      ["[department]", `${ENTERPRISE}:department`],
      ["[manager]", `${ENTERPRISE}:manager`],
    ])
  })

  it("MAP-601 MAP-420 MAP-706 only userName matches; active is Boolean, manager a reference, all else text", () => {
    const { user } = defaultMappings()
    expect(user).toMatchObject({
      objectType: "User",
      targetObjectName: ENTERPRISE,
      actions: ["Add", "Update", "Delete"],
    })
    expect(user.attributes.filter(({ matchingPriority }) => matchingPriority > 0).map(({ target }) => target)).toEqual([
      "userName",
    ])
    const typed = user.attributes.filter(({ targetType }) => targetType !== "String")
    expect(typed.map(({ target, targetType }) => [target, targetType])).toEqual([
      ["active", "Boolean"],
      [`${ENTERPRISE}:manager`, "Reference"],
    ])
    for (const row of user.attributes) {
      expect(row).toMatchObject({ defaultValue: null, flowType: "Always", flowBehavior: "FlowWhenChanged" })
    }
  })

  it("MAP-602 groups start with three rows, matched by displayName", () => {
    const { group } = defaultMappings()
    expect(rows(group)).toEqual([
      ["[displayName]", "displayName"],
      ["[objectId]", "externalId"],
      ["[members]", "members"],
    ])
    expect(group.attributes.map(({ matchingPriority }) => matchingPriority)).toEqual([1, 0, 0])
    expect(group.attributes[2]).toMatchObject({ targetType: "Reference", multiValued: true })
    expect(group.targetObjectName).toBe("urn:ietf:params:scim:schemas:core:2.0:Group")
  })

  it("MAP-603 the example set differs where Microsoft's page does", () => {
    const sources = new Map(rows(exampleMappings().user).map(([source, target]) => [target, source]))
    expect(sources.size).toBe(18)
    expect(sources.get('addresses[type eq "other"].Formatted')).toBe("[physicalDeliveryOfficeName]")
    expect(sources.get('emails[type eq "other"].Value')).toBe("[proxyAddresses]")
    for (const target of ["preferredLanguage", "name.formatted", 'addresses[type eq "work"].locality']) {
      expect(sources.has(target)).toBe(false)
    }
  })

  it("MAP-221 both sets can be saved without a remark", () => {
    expect(validateMappings(defaultMappings())).toEqual([])
    expect(validateMappings(exampleMappings())).toEqual([])
  })
})
