import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

import { afterAll, describe, expect, it } from "vitest"

import { VirtualClock } from "../../clock.ts"
import { createIdSource, createRandom } from "../../random.ts"
import { createTenant } from "../tenant.ts"
import { loadDirectory } from "./contents.ts"
import { readDirectoryFile } from "./read-directory-file.ts"
import { parseUsersCsv } from "./users-csv.ts"

const DOWNLOAD = fileURLToPath(new URL("../../../test/fixtures/directory/users-download.csv", import.meta.url))

describe("the portal's download of 43 users", () => {
  it("becomes a tenant of the same people", () => {
    const random = createRandom(1)
    const tenant = createTenant({ clock: new VirtualClock(0), random, ids: createIdSource(random) })
    const contents = readDirectoryFile(DOWNLOAD)
    const { users, groups } = loadDirectory(tenant, contents)
    expect(users).toHaveLength(43)
    expect(groups).toEqual([])
    expect(contents.notes).toEqual([])
    expect(users[0]).toEqual({
      objectType: "User",
      id: "47eaa099-2cb6-416d-86dc-283cf0480ff9",
      userPrincipalName: "maria.oberhuber@northwind.example",
      displayName: "Maria Oberhuber",
      mailNickname: "maria.oberhuber",
      surname: "Oberhuber",
      mail: "maria.oberhuber@northwind.example",
      givenName: "Maria",
      userType: "Member",
      jobTitle: "Geschäftsführerin",
      department: "Geschäftsleitung",
      accountEnabled: true,
      usageLocation: "DE",
      streetAddress: "Marienplatz 8\r\nRückgebäude, 2. Stock",
      state: "Bayern",
      country: "Germany",
      physicalDeliveryOfficeName: "A-101",
      city: "München",
      postalCode: "80331",
      telephoneNumber: "+49 89 5550100",
      mobile: "+49 170 5550100",
      managerId: null,
      nameBeforeDeletion: null,
      createdAtMs: 0,
      deletedAtMs: null,
    })
    expect(tenant.userNamed("emma.brown@northwind.example")?.displayName).toBe('Brown, Emma "Em"')
    expect(users.filter(({ accountEnabled }) => !accountEnabled)).toHaveLength(5)
    expect(users.filter(({ userType }) => userType === "Guest")).toHaveLength(5)
  })
})

describe("parseUsersCsv", () => {
  it("knows the columns of files seen in the wild, in any order and case, and names those it passes over", () => {
    const text = [
      "displayName,USERPRINCIPALNAME,id,officeLocation,mobilePhone,alternateEmailAddress,directorySynced,createdDateTime,shoeSize",
      "Ada,ada@x.example,7cc0c81b-f2a2-489a-8243-eda96da4214d,A 1,+44 1,private@x.example,True,8/19/2021 1:25:31 PM,38",
    ].join("\n")
    const { users, notes } = parseUsersCsv(text, "u.csv")
    expect(users).toEqual([
      {
        id: "7cc0c81b-f2a2-489a-8243-eda96da4214d",
        attributes: {
          displayName: "Ada",
          userPrincipalName: "ada@x.example",
          physicalDeliveryOfficeName: "A 1",
          mobile: "+44 1",
          dirSyncEnabled: true,
        },
        managerId: null,
      },
    ])
    expect(notes).toEqual(["Columns that mean nothing here were passed over: shoeSize."])
  })

  it.each([
    ["nothing", "", "u.csv: The file is empty; it needs a line of column names."],
    [
      "no name column",
      "displayName,mail\nAda,a@x.example",
      /^u\.csv:1: There is no column "userPrincipalName"\. Download/,
    ],
    ["semicolons", "userPrincipalName;displayName\na@x.example;A", /separated by semicolons/],
    [
      "a column twice",
      "userPrincipalName,displayName,displayName\na@x.example,A,A",
      /^u\.csv:1: The column "displayname" is there twice/,
    ],
    ["no users", "userPrincipalName,displayName\n", "u.csv:1: There are no users after the column names."],
    [
      "a missing field",
      "userPrincipalName,displayName,mail\na@x.example,A,\n\nb@x.example,B",
      /^u\.csv:4: This line has 2 fields, but there are 3 columns/,
    ],
    [
      "a broken quote",
      'userPrincipalName,displayName\na@x.example,"A',
      /^u\.csv:2: A quoted field begins here and never ends/,
    ],
    [
      "a strange flag",
      "userPrincipalName,displayName,accountEnabled\na@x.example,A,maybe",
      'u.csv:2: "maybe" in the column accountenabled is neither True nor False.',
    ],
    [
      "a user without name",
      "userPrincipalName,displayName\n,Ada",
      "u.csv:2: This user has no userPrincipalName; give it one, or delete the line.",
    ],
    ["an impossible name", "userPrincipalName,displayName\nada,Ada", /^u\.csv:2: "ada" is no userPrincipalName/],
    [
      "a name twice",
      'userPrincipalName,displayName\na@x.example,"A\n1"\nA@x.example,B',
      /^u\.csv:4: The userPrincipalName A@x\.example was used before/,
    ],
  ])("refuses %s, and says where", (_, text, message) => {
    const read = (): unknown => parseUsersCsv(text, "u.csv")
    expect(read).toThrow(expect.objectContaining({ name: "DirectoryFileError", file: "u.csv" }) as Error)
    expect(read).toThrow(message)
  })
})

describe("readDirectoryFile", () => {
  const folder = mkdtempSync(join(tmpdir(), "scimulate-directory-"))
  afterAll(() => rmSync(folder, { recursive: true }))
  const CSV = "userPrincipalName,displayName\nada@x.example,Ada"

  it.each<[string, Buffer]>([
    ["UTF-8", Buffer.from(CSV)],
    ["UTF-8 with a byte order mark", Buffer.from(`\uFEFF${CSV}`)],
    ["UTF-16, as Windows PowerShell writes it", Buffer.from(`\uFEFF${CSV}`, "utf16le")],
    [
      "JSON with a byte order mark",
      Buffer.from('\uFEFF{"users":[{"id":"1","userPrincipalName":"ada@x.example","displayName":"Ada"}]}'),
    ],
  ])("reads %s", (_, bytes) => {
    const file = join(folder, "people")
    writeFileSync(file, bytes)
    expect(readDirectoryFile(file).users.map(({ attributes }) => attributes.displayName)).toEqual(["Ada"])
  })

  it("says what is wrong with a file that can't be read", () => {
    const latin1 = join(folder, "latin1.csv")
    writeFileSync(latin1, Buffer.from("userPrincipalName,displayName\nada@x.example,Jürgen", "latin1"))
    expect(() => readDirectoryFile(latin1)).toThrow(/latin1\.csv: The file is not UTF-8 text\. Save it as UTF-8\.$/)
    expect(() => readDirectoryFile(join(folder, "missing.csv"))).toThrow(
      /missing\.csv: The file can't be read \(ENOENT/,
    )
  })
})
