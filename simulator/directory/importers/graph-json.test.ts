import { fileURLToPath } from "node:url"

import { beforeAll, describe, expect, it } from "vitest"

import { VirtualClock } from "../../clock.ts"
import { createIdSource, createRandom } from "../../random.ts"
import type { Group, User } from "../model.ts"
import { createTenant } from "../tenant.ts"
import type { Tenant } from "../tenant-interface.ts"
import { type DirectoryContents, loadDirectory } from "./contents.ts"
import { parseGraphJson } from "./graph-json.ts"
import { readDirectoryFile } from "./read-directory-file.ts"

const EXPORT = fileURLToPath(new URL("../../../test/fixtures/directory/graph-export.json", import.meta.url))

function openTenant(): Tenant {
  const random = createRandom(1)
  return createTenant({ clock: new VirtualClock(0), random, ids: createIdSource(random) })
}

describe("a Graph export of 43 people and 10 groups", () => {
  let contents: DirectoryContents
  let tenant: Tenant
  let groups: Group[]
  beforeAll(() => {
    contents = readDirectoryFile(EXPORT)
    tenant = openTenant()
    groups = loadDirectory(tenant, contents).groups
  })
  const named = (userPrincipalName: string): User | undefined => tenant.userNamed(userPrincipalName)
  const memberNames = (group: Group | undefined): string[] =>
    group === undefined
      ? []
      : Array.from(
          tenant.members(group),
          ({ id }) => tenant.user(id)?.displayName ?? tenant.group(id)?.displayName ?? "",
        )

  it("becomes a tenant with the same people, ids and groups", () => {
    expect([...tenant.users()]).toHaveLength(43)
    expect([...tenant.groups()]).toHaveLength(10)
    expect(tenant.user("47eaa099-2cb6-416d-86dc-283cf0480ff9")?.displayName).toBe("Maria Oberhuber")
    expect(contents.notes).toEqual(["Members that are neither users nor groups were left out: 1."])
  })

  it("MAP-121 gives attributes the directory's names", () => {
    expect(named("katerina.novotna@northwind.example")).toMatchObject({
      surname: "Novotná",
      telephoneNumber: "+420 2 5550 130",
      mobile: "+420 601 555 130",
      facsimileTelephoneNumber: "+420 2 5550 131",
      physicalDeliveryOfficeName: "PRG-5",
      dirSyncEnabled: true,
      extensionAttribute1: "HQ",
      employeeId: "20130",
    })
  })

  it("keeps names in their scripts, and people without mail, without phone, or disabled", () => {
    expect(named("akira.sato@northwind.example")).toMatchObject({ displayName: "佐藤 明", department: "開発部" })
    expect(named("layla.haddad@northwind.example")?.displayName).toBe("ليلى حداد")
    expect(named("siriporn.chai@northwind.example")).not.toHaveProperty("mail")
    expect(named("siriporn.chai@northwind.example")).not.toHaveProperty("telephoneNumber")
    expect(Array.from(tenant.users()).filter(({ accountEnabled }) => !accountEnabled)).toHaveLength(5)
  })

  it("MAP-124 keeps guests under their full name, in the initial domain", () => {
    const guest = named("taro.yamada_tailspin.example#EXT#@northwindexample.onmicrosoft.com")
    expect(guest?.userType).toBe("Guest")
    expect(guest === undefined ? null : tenant.sourceObject(guest).read("userPrincipalName")).toBe(
      "taro.yamada@tailspin.example",
    )
    expect(tenant.domains().map(({ name }) => name)).toContain("northwindexample.onmicrosoft.com")
  })

  it("keeps managers", () => {
    const akira = named("akira.sato@northwind.example")
    expect(named("yuki.tanaka@northwind.example")?.managerId).toBe(akira?.id)
    expect(named("maria.oberhuber@northwind.example")?.managerId).toBeNull()
  })

  it("keeps memberships: nested, empty, of Microsoft 365, and of two groups with one name", () => {
    const byName = (name: string): Group[] => groups.filter(({ displayName }) => displayName === name)
    expect(memberNames(byName("開発部（東京）")[0])).toEqual(["佐藤 明", "田中 由紀", "鈴木 花子"])
    expect(memberNames(byName("All technology")[0])).toEqual(["James Taylor", "Engineering", "Équipe support"])
    expect(memberNames(byName("Project Óðinn")[0])).toEqual([])
    expect(byName("Northwind News")[0]).toMatchObject({
      groupTypes: ["Unified"],
      securityEnabled: false,
      mailEnabled: true,
    })
    expect(byName("Sales").map((group) => memberNames(group).length)).toEqual([6, 2])
  })

  it("is loaded whole or not at all", () => {
    const other = openTenant()
    other.addDomain("northwind.example")
    other.createUser({ userPrincipalName: "emma.brown@northwind.example", displayName: "Another Emma" })
    expect(() => loadDirectory(other, contents)).toThrow(/emma.brown@northwind.example is taken: The user Another Emma/)
    expect([...other.users()]).toHaveLength(1)
    expect(other.domains()).toHaveLength(3)
  })
})

const ADA = '{"id": "1", "userPrincipalName": "ada@x.example", "displayName": "Ada"}'

describe("parseGraphJson", () => {
  it("takes plain lists, whole answers, and the answer of GET /users alone", () => {
    for (const text of [
      `{"users": [${ADA}]}`,
      `{"users": {"value": [${ADA}]}, "groups": {"value": []}}`,
      `{"@odata.context": "x", "value": [${ADA}]}`,
    ]) {
      expect(parseGraphJson(text, "f.json").users).toEqual([
        {
          id: "1",
          attributes: { telephoneNumber: null, userPrincipalName: "ada@x.example", displayName: "Ada" },
          managerId: null,
        },
      ])
    }
  })

  it("keeps directory extensions (MAP-122) and passes over what the directory does not have", () => {
    const text = `{"users": [{"id": "1", "userPrincipalName": "a@x.example", "displayName": "A", "ageGroup": null, "extension_0a_cc": "7"}]}`
    expect(parseGraphJson(text, "f.json").users[0]?.attributes).toEqual({
      telephoneNumber: null,
      userPrincipalName: "a@x.example",
      displayName: "A",
      extension_0a_cc: "7",
    })
  })

  it.each([
    [
      "not JSON",
      '{"users": [\n  {"id": "1",}\n]}',
      "f.json:2:14: This is not JSON: Expected double-quoted property name.",
    ],
    ["a file cut off", '{"users": [\n', "f.json:2:1: This is not JSON: Unexpected end of JSON input."],
    ["another kind of JSON", "[]", 'f.json:1:1: The export must be an object with "users" and "groups".'],
    [
      "no list of users",
      '{"members": []}',
      'f.json:1:1: "users" must be a list, or an answer of Graph with its list under "value".',
    ],
    ["no users", '{"users": []}', "f.json:1:11: There are no users in the export."],
    [
      "a wrong type",
      `{"users": [\n${ADA},\n{"id": 2, "userPrincipalName": "b@x.example", "displayName": "B"}]}`,
      'f.json:3:8: "id" is wrong. It must be a text.',
    ],
    [
      "a text for a flag",
      `{"users": [\n{"id": "2", "userPrincipalName": "b@x.example", "displayName": "B",\n  "accountEnabled": "True"}]}`,
      'f.json:3:21: "accountEnabled" is wrong. It must be true or false.',
    ],
    [
      "a missing name",
      '{"users": [\n {"id": "2", "displayName": "B"}]}',
      'f.json:2:2: "userPrincipalName" is wrong. It must be a text.',
    ],
    ["a user that is none", '{"users": [7]}', 'f.json:1:12: "" is wrong. A user must be an object.'],
    [
      "an impossible name",
      '{"users": [{"id": "2", "userPrincipalName": "b", "displayName": "B"}]}',
      /^f\.json:1:45: "b" is no userPrincipalName/,
    ],
    [
      "the same name twice",
      `{"users": [${ADA},\n{"id": "2", "userPrincipalName": "ADA@x.example", "displayName": "B"}]}`,
      /^f\.json:2:34: The userPrincipalName ADA@x.example was used before/,
    ],
    [
      "the same id twice",
      `{"users": [${ADA}], "groups": {"value": [\n{"id": "1", "displayName": "G"}]}}`,
      /^f\.json:2:8: The id 1 was used before/,
    ],
    [
      "an unknown manager",
      '{"users": [{"id": "2", "userPrincipalName": "b@x.example", "displayName": "B",\n"manager": {"id": "9"}}]}',
      /^f\.json:2:19: The manager 9 is none of the users/,
    ],
    [
      "an unknown member",
      `{"users": [${ADA}], "groups": [{"id": "g", "displayName": "G", "members": [{"@odata.type": "#microsoft.graph.device", "id": "d"},\n{"id": "9"}]}]}`,
      /^f\.json:2:8: The member 9 is no user or group/,
    ],
    [
      "a member twice",
      `{"users": [${ADA}], "groups": [{"id": "g", "displayName": "G", "members": [{"id": "1"},\n{"id": "1"}]}]}`,
      /^f\.json:2:8: The member 1 is in the list twice/,
    ],
    [
      "more pages",
      `{"users": {"@odata.nextLink":\n"https://graph", "value": [${ADA}]}}`,
      /^f\.json:2:1: Graph had more pages/,
    ],
    [
      "more pages of members",
      `{"users": [${ADA}], "groups": [{"id": "g", "displayName": "G", "members": [],\n"members@odata.nextLink": "x"}]}`,
      /^f\.json:2:27: Graph had more pages/,
    ],
  ])("refuses %s, and says where", (_, text, message) => {
    const read = (): unknown => parseGraphJson(text, "f.json")
    expect(read).toThrow(expect.objectContaining({ name: "DirectoryFileError", file: "f.json" }) as Error)
    expect(read).toThrow(message)
  })
})
