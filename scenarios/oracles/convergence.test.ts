import { describe, expect, it } from "vitest"

import type { JsonObject } from "../checks/context.ts"
import { judgeConvergence } from "./convergence.ts"
import { DEFAULT_ROWS, toExpectations } from "./expected-attributes.ts"
import type { Exemption, TargetResource } from "./situation.ts"
import type { DirectorySnapshot, SnapshotGroup, SnapshotUser } from "./snapshot.ts"

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

function person(id: string, more: Partial<SnapshotUser> & { attributes?: Record<string, string> } = {}): SnapshotUser {
  return {
    id,
    enabled: true,
    deleted: false,
    managerId: null,
    ...more,
    attributes: { userPrincipalName: `${id}@example.com`, displayName: id, mailNickname: id, ...more.attributes },
  }
}
const ada = person("ada")
const grace = person("grace")

function group(id: string, memberIds: readonly string[] = [], more: Partial<SnapshotGroup> = {}): SnapshotGroup {
  return { id, displayName: id, deleted: false, memberIds, ...more }
}

function directory(
  users: readonly SnapshotUser[],
  assigned: readonly string[],
  groups: readonly SnapshotGroup[] = [],
): DirectorySnapshot {
  return { users, groups, assigned: new Set(assigned) }
}

function account(name: string, more: JsonObject = {}, byJob = true): TargetResource {
  const body = {
    id: `t-${name}`,
    userName: `${name}@example.com`,
    displayName: name,
    externalId: name,
    active: true,
    ...more,
  }
  return { id: body.id, body, exchange: `c#${name}`, byJob }
}

function targetGroup(
  name: string,
  members: readonly string[] = [],
  more: JsonObject = {},
  byJob = true,
): TargetResource {
  const body = {
    id: `t-${name}`,
    displayName: name,
    externalId: name,
    members: members.map((value) => ({ value })),
    ...more,
  }
  return { id: body.id, body, exchange: `c#${name}`, byJob }
}

interface Situation {
  seen?: readonly DirectorySnapshot[]
  now: DirectorySnapshot
  users?: readonly TargetResource[]
  groups?: readonly TargetResource[]
  exemptions?: readonly Exemption[]
}

function judge({ now, seen = [now], users = [], groups = [], exemptions = [] }: Situation) {
  const { drafts, excuses } = judgeConvergence({
    history: { seen, now },
    target: { users, groups, searches: new Map([["ada@example.com", "c#search"]]) },
    expectations: toExpectations(DEFAULT_ROWS),
    exemptions,
  })
  return { codes: drafts.map(({ code }) => code), facts: excuses.map(({ fact }) => fact), drafts }
}
const content = { codes: [], facts: [] }

describe("accounts", () => {
  const scoped = directory([ada], ["ada"])

  it("are there once, active, with what the default mapping sends", () => {
    expect(judge({ now: scoped, users: [account("ada")] })).toMatchObject(content)
    const through = directory([ada], ["press"], [group("press", ["ada"])])
    const { codes } = judge({ now: through, users: [account("ada")], groups: [targetGroup("press", ["t-ada"])] })
    expect(codes).toEqual([])
  })

  it.each<[string, JsonObject]>([
    ["value-differs:displayName", { displayName: "Somebody" }],
    ["attribute-dropped", { displayName: "" }],
    ["value-normalised:userName", { userName: "ADA@example.com" }],
    ["not-activated", { active: false }],
    ["not-activated", { active: "True" }],
    ["manager-differs", { [ENTERPRISE]: { manager: { value: "t-nobody" } } }],
  ])("%s", (code, body) => {
    expect(judge({ now: scoped, users: [account("ada", body)] }).codes).toEqual([code])
  })

  it("may not be missing, and the finding names the search that found nothing", () => {
    expect(judge({ now: scoped }).drafts).toMatchObject([{ code: "account-missing", exchanges: ["c#search"] }])
  })

  it("may not be doubled: nobody has two", () => {
    expect(judge({ now: scoped, users: [account("ada"), account("ada", { id: "t-2" })] }).codes).toEqual([
      "account-doubled",
    ])
  })

  it("WIRE-078 only warn where a value changed its form, and where an attribute is dropped", () => {
    const phoned = directory([person("ada", { attributes: { telephoneNumber: "+1 425 555 0100" } })], ["ada"])
    const normalised = account("ada", { phoneNumbers: [{ type: "work", value: "+14255550100" }] })
    expect(judge({ now: phoned, users: [normalised] }).drafts).toMatchObject([
      { code: 'value-normalised:phoneNumbers[type eq "work"].value', severity: "warning" },
    ])
    expect(judge({ now: phoned, users: [account("ada")] }).drafts).toMatchObject([{ severity: "warning" }])
  })

  it("MAP-501 keep what was cleared in the directory", () => {
    const { codes, facts } = judge({ now: scoped, users: [account("ada", { title: "Grower" })] })
    expect({ codes, facts }).toEqual({ codes: [], facts: ["MAP-501"] })
  })

  it("MAP-601 name.formatted joins given name and surname; MAP-124 a guest goes by the original name", () => {
    const guest = person("ada", {
      attributes: { userPrincipalName: "ada_partner.example#EXT#@example.com", givenName: "Ada", surname: "Lovelace" },
    })
    const body = {
      userName: "ada@partner.example",
      name: { givenName: "Ada", familyName: "Lovelace", formatted: "Ada Lovelace" },
    }
    expect(judge({ now: directory([guest], ["ada"]), users: [account("ada", body)] })).toMatchObject(content)
  })

  it("ENG-DEPROV-01 are kept and deactivated when their person is disabled, unassigned or deleted", () => {
    for (const after of [
      directory([{ ...ada, enabled: false }], ["ada"]),
      directory([ada], []),
      directory([{ ...ada, deleted: true }], ["ada"]),
    ]) {
      const seen = [scoped, after]
      expect(judge({ seen, now: after, users: [account("ada", { active: false })] })).toMatchObject(content)
      expect(judge({ seen, now: after, users: [account("ada")] }).codes).toEqual(["not-deactivated"])
      expect(judge({ seen, now: after }).codes).toEqual(["account-missing"])
    }
  })

  it("ENG-DEPROV-03 are gone when their person is deleted for good; ENG-DEPROV-07 unless let go of before", () => {
    const gone = directory([], [])
    expect(judge({ seen: [scoped, gone], now: gone })).toMatchObject(content)
    expect(judge({ seen: [scoped, gone], now: gone, users: [account("ada")] }).codes).toEqual(["account-not-deleted"])
    const unassigned = directory([ada], [])
    const left = account("ada", { active: false })
    expect(judge({ seen: [scoped, unassigned, gone], now: gone, users: [left] })).toMatchObject({
      codes: [],
      facts: ["ENG-DEPROV-07"],
    })
  })

  it("ENG-SCOPE-08 ENG-SCOPE-13 are not made for people never in scope, and those there before are left alone", () => {
    const out = directory([{ ...ada, enabled: false }], ["ada"])
    expect(judge({ now: out })).toMatchObject(content)
    expect(judge({ now: out, users: [account("ada", {}, false)] })).toMatchObject(content)
    expect(judge({ now: out, users: [account("ada")] }).codes).toEqual(["account-unexpected"])
  })

  it("follow a rename, and leave a name that was passed on to its new bearer", () => {
    const renamed = person("ada", { attributes: { userPrincipalName: "king@example.com" } })
    const now = directory(
      [renamed, person("other", { attributes: { userPrincipalName: "ada@example.com" } })],
      ["ada", "other"],
    )
    const king = account("ada", { userName: "king@example.com" })
    const other = account("other", { userName: "ada@example.com" })
    expect(judge({ seen: [scoped, now], now, users: [king, other] })).toMatchObject(content)
    const stuck = directory([renamed], ["ada"])
    expect(judge({ seen: [scoped, stuck], now: stuck, users: [account("ada")] }).codes).toEqual([
      "value-differs:userName",
    ])
  })

  it("FN-TOLOWER-2 that were there before keep their letter case, and nothing else", () => {
    const was = (body: JsonObject) => judge({ now: scoped, users: [account("ada", body, false)] })
    expect(was({ userName: "ADA@example.com" })).toMatchObject({ codes: [], facts: ["FN-TOLOWER-2"] })
    expect(was({ displayName: "A.D.A." }).codes).toEqual(["value-normalised:displayName"])
  })

  it("may differ where the story says so", () => {
    const exemptions = [{ name: "ada@example.com", path: "displayName", fact: "ENG-MAP-07" }]
    const users = [account("ada", { displayName: "Edited at the target" })]
    expect(judge({ now: scoped, users, exemptions })).toMatchObject({ codes: [], facts: ["ENG-MAP-07"] })
  })
})

describe("managers", () => {
  const managed = { ...ada, managerId: "grace" }
  const both = directory([managed, grace], ["ada", "grace"])
  const withManager = account("ada", { [ENTERPRISE]: { manager: { value: "t-grace" } } })

  it("WIRE-133 are set once both have accounts", () => {
    expect(judge({ now: both, users: [withManager, account("grace")] })).toMatchObject(content)
    expect(judge({ now: both, users: [account("ada"), account("grace")] }).codes).toEqual(["manager-differs"])
  })

  it("ENG-REF-03 who came too late are not missed", () => {
    const before = directory([managed, grace], ["ada"])
    const situation = { seen: [before, both], now: both, users: [account("ada"), account("grace")] }
    expect(judge(situation)).toMatchObject({ codes: [], facts: ["ENG-REF-03"] })
  })

  it("RES-01 who were removed may stay", () => {
    const removed = directory([ada, grace], ["ada", "grace"])
    expect(judge({ seen: [both, removed], now: removed, users: [withManager, account("grace")] })).toMatchObject({
      codes: [],
      facts: ["RES-01"],
    })
  })
})

describe("groups", () => {
  const assigned = ["ada", "grace", "press"]
  const now = directory([ada, grace], assigned, [group("press", ["ada", "grace"])])
  const users = [account("ada"), account("grace")]

  it("are there once, with their members", () => {
    expect(judge({ now, users, groups: [targetGroup("press", ["t-ada", "t-grace"])] })).toMatchObject(content)
    expect(judge({ now, users, groups: [targetGroup("press", ["t-ada"])] }).codes).toEqual(["member-missing"])
    expect(judge({ now, users }).codes).toEqual(["group-missing"])
    const twice = [targetGroup("press", ["t-ada", "t-grace"]), targetGroup("press", [], { id: "t-2" })]
    expect(judge({ now, users, groups: twice }).codes).toEqual(["group-doubled"])
  })

  it("lose members who were removed, and keep those who were deleted (ENG-DEPROV-08)", () => {
    const after = directory([ada, grace], assigned, [group("press", ["ada"])])
    const kept = [targetGroup("press", ["t-ada", "t-grace"])]
    expect(judge({ seen: [now, after], now: after, users, groups: kept }).codes).toEqual(["member-not-removed"])
    const deleted = directory([ada, { ...grace, deleted: true }], assigned, [group("press", ["ada"])])
    const inactive = [account("ada"), account("grace", { active: false })]
    expect(judge({ seen: [now, deleted], now: deleted, users: inactive, groups: kept })).toMatchObject({
      codes: [],
      facts: ["ENG-DEPROV-08"],
    })
  })

  it("ENG-REF-04 do not miss members who came into scope after them", () => {
    const before = directory([ada, grace], ["ada", "press"], [group("press", ["ada"])])
    const early = directory([ada, { ...grace, enabled: false }], assigned, [group("press", ["ada", "grace"])])
    const situation = { seen: [before, early, now], now, users, groups: [targetGroup("press", ["t-ada"])] }
    expect(judge(situation)).toMatchObject({ codes: [], facts: ["ENG-REF-04"] })
  })

  it("ENG-REF-10 may have members whom nobody here added", () => {
    const groups = [targetGroup("press", ["t-ada", "t-grace", "t-stranger"])]
    expect(judge({ now, users, groups })).toMatchObject({ codes: [], facts: ["ENG-REF-10"] })
  })

  it("WIRE-175 are deleted when they leave the scope", () => {
    const after = directory([ada, grace], ["ada", "grace"], [group("press", ["ada", "grace"])])
    const groups = [targetGroup("press", ["t-ada", "t-grace"])]
    expect(judge({ seen: [now, after], now: after, users, groups }).codes).toEqual(["group-not-deleted"])
    expect(judge({ seen: [now, after], now: after, users })).toMatchObject(content)
  })

  it("ENG-MATCH-05 of the same name share one group at the target", () => {
    const twins = directory(
      [],
      ["g1", "g2"],
      [group("g1", [], { displayName: "Press" }), group("g2", [], { displayName: "press" })],
    )
    const groups = [targetGroup("g1", [], { displayName: "Press" })]
    expect(judge({ now: twins, groups })).toMatchObject({ codes: [], facts: ["ENG-MATCH-05"] })
  })

  it("FN-TOLOWER-2 that were there before keep their letter case", () => {
    const members = ["t-ada", "t-grace"]
    const before = targetGroup("press", members, { displayName: "PRESS", externalId: "press" }, false)
    expect(judge({ now, users, groups: [before] })).toMatchObject({ codes: [], facts: ["FN-TOLOWER-2"] })
    expect(judge({ now, users, groups: [{ ...before, byJob: true }] }).codes).toEqual(["value-differs:displayName"])
  })

  it("carry name and object id", () => {
    const groups = [targetGroup("press", ["t-ada", "t-grace"], { externalId: null })]
    expect(judge({ now, users, groups }).drafts).toMatchObject([{ code: "attribute-dropped", severity: "warning" }])
  })
})
