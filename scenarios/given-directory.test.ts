import { describe, expect, it } from "vitest"

import type { NewUser } from "../simulator/index.ts"
import { markContents, markedGroupNames, markedUserNames } from "./given-directory.ts"

const MARK = "k3f9a1x-0b4zq"
const ada: NewUser = { userPrincipalName: "ada.lovelace@northwind.example", displayName: "Ada Lovelace" }

describe("a marked user", () => {
  it("has the mark in everything that tells people apart, and in nothing else", () => {
    const marked = markedUserNames(
      {
        ...ada,
        mailNickname: "ada",
        mail: "ada@northwind.example",
        employeeId: "20100",
        jobTitle: "Countess",
        proxyAddresses: ["SMTP:ada@northwind.example", "x500:/o=Northwind/cn=ada"],
        otherMails: ["ada@home.example"],
      },
      MARK,
    )
    expect(marked).toEqual({
      userPrincipalName: "ada.lovelace-k3f9a1x-0b4zq@northwind.example",
      mailNickname: "ada-k3f9a1x-0b4zq",
      mail: "ada-k3f9a1x-0b4zq@northwind.example",
      employeeId: "20100-k3f9a1x-0b4zq",
      proxyAddresses: ["SMTP:ada-k3f9a1x-0b4zq@northwind.example", "x500:/o=Northwind/cn=ada-k3f9a1x-0b4zq"],
      otherMails: ["ada-k3f9a1x-0b4zq@home.example"],
    })
  })

  it("has the nickname that the directory would give, and no value that was not there", () => {
    expect(markedUserNames({ ...ada, mail: null }, MARK)).toEqual({
      userPrincipalName: "ada.lovelace-k3f9a1x-0b4zq@northwind.example",
      mailNickname: "ada.lovelace-k3f9a1x-0b4zq",
    })
  })

  it("MAP-124 keeps a guest's home, so that the address at home carries the mark", () => {
    const userPrincipalName = "p_j.smith_adatum.example#EXT#@northwind.onmicrosoft.com"
    expect(markedUserNames({ ...ada, userPrincipalName }, MARK).userPrincipalName).toBe(
      "p_j.smith-k3f9a1x-0b4zq_adatum.example#EXT#@northwind.onmicrosoft.com",
    )
  })

  it("has an alias of at most 64 characters, and not that of another", () => {
    const long = "a".repeat(60)
    const [one, two] = ["x", "y"].map(
      (end) => markedUserNames({ ...ada, userPrincipalName: `${long}${end}@a.example` }, MARK).userPrincipalName,
    )
    expect(one).toMatch(/^a{44}-[a-z0-9]{5}-k3f9a1x-0b4zq@a\.example$/)
    expect(one?.split("@")[0]).toHaveLength(64)
    expect(one).not.toBe(two)
  })
})

it("a marked group has the mark in its name and addresses", () => {
  expect(
    markedGroupNames({ displayName: "Équipe support", mailNickname: "support", mail: "s@a.example" }, MARK),
  ).toEqual({
    displayName: "Équipe support-k3f9a1x-0b4zq",
    mailNickname: "support-k3f9a1x-0b4zq",
    mail: "s-k3f9a1x-0b4zq@a.example",
  })
})

it("a marked directory has ids of its own, and the same managers and members", () => {
  let count = 0
  const marked = markContents(
    {
      users: [
        { id: "u1", attributes: ada, managerId: "u2" },
        { id: "u2", attributes: { ...ada, userPrincipalName: "grace@a.example" }, managerId: null },
        { id: null, attributes: { ...ada, userPrincipalName: "alan@a.example" }, managerId: null },
      ],
      groups: [{ id: "g1", attributes: { displayName: "Pickers" }, memberIds: ["u1", "u2"] }],
      notes: ["a note"],
    },
    MARK,
    { next: () => `new-${++count}` },
  )
  expect(marked.users.map(({ id, managerId }) => [id, managerId])).toEqual([
    ["new-1", "new-2"],
    ["new-2", null],
    [null, null],
  ])
  expect(marked.groups).toEqual([
    {
      id: "new-3",
      attributes: { displayName: "Pickers-k3f9a1x-0b4zq" },
      memberIds: ["new-1", "new-2"],
    },
  ])
  expect(marked.notes).toEqual(["a note"])
})
