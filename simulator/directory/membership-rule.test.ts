import { describe, expect, it } from "vitest"
import { DirectoryError } from "./directory-error.ts"
import { parseMembershipRule } from "./membership-rule.ts"
import type { User } from "./model.ts"

const ADA: User = {
  objectType: "User",
  id: "u-1",
  createdAtMs: 0,
  deletedAtMs: null,
  managerId: null,
  nameBeforeDeletion: null,
  userPrincipalName: "ada@orchard.example",
  displayName: "Ada",
  department: "Cider",
  jobTitle: 'Picker "A"',
  mobile: "+44 1",
  accountEnabled: true,
  proxyAddresses: ["smtp:ada@orchard.example", "SMTP:a@orchard.example"],
}

describe("a rule", () => {
  it.each([
    ['user.department -eq "Cider"', true],
    ['user.department -eq "cIDER"', true],
    ['USER.Department -EQ "Cider"', true],
    ['user.department -ne "Cider"', false],
    ['user.city -ne "York"', true],
    ['user.city -eq "York"', false],
    ["user.city -eq null", true],
    ["user.city -ne null", false],
    ["user.department -ne $null", true],
    ["user.accountEnabled -eq true", true],
    ["user.accountEnabled -eq false", false],
    ['user.department -startsWith "ci"', true],
    ['user.department -notStartsWith "ci"', false],
    ['user.userPrincipalName -endsWith "@orchard.example"', true],
    ['user.userPrincipalName -contains "ORCHARD"', true],
    ['user.city -notContains "York"', true],
    ['user.department -match "^c.d"', true],
    ['user.department -notMatch "^d"', true],
    ['user.department -in ["Juice", "Cider"]', true],
    ['user.department -notIn ["Juice", "Cider"]', false],
    ['user.city -notIn ["York"]', true],
    ['user.jobTitle -eq "Picker `"A`""', true],
    ['user.mobilePhone -startsWith "+44"', true],
    ['user.objectId -eq "U-1"', true],
    ['user.proxyAddresses -contains "a@orchard"', true],
    ['user.city -eq null -and user.department -eq "Juice"', false],
    ['user.city -eq null -or user.city -eq null -and user.department -eq "Juice"', true],
    ['(user.city -eq null -or user.city -eq null) -and user.department -eq "Juice"', false],
    ['-not (user.department -eq "Juice")', true],
    ['not user.department -eq "Cider"', false],
  ])("GRAPH-202 %s: %s", (rule, isMember) => {
    expect(parseMembershipRule(rule)(ADA)).toBe(isMember)
  })

  it.each([
    ["", "position 1: a property such as user.department was expected, but the rule ends"],
    ['device.name -eq "x"', "position 1: a property such as user.department was expected, not device.name"],
    ['user.departmnt -eq "x"', "position 1: a user has no property departmnt; did you mean department?"],
    ['user.department -is "x"', "position 17: -is is no operator; there are -eq, -startsWith"],
    ["user.department -eq Cider", "position 21: a text in double quotes, true, false or null was expected, not Cider"],
    ['user.department -eq "Cider', "position 20: a text is not closed"],
    ['user.department -in "Cider"', 'position 21: "[" was expected, not "Cider"'],
    ['user.department -match "("', "position 24: "],
    ["(user.city -eq null", 'position 20: ")" was expected, but the rule ends'],
    ["user.city -eq null user.city", 'position 20: "-and", "-or" or the end was expected, not user.city'],
  ])("%j is refused: %s", (rule, message) => {
    expect(() => parseMembershipRule(rule)).toThrow(DirectoryError)
    expect(() => parseMembershipRule(rule)).toThrow(message)
  })
})
