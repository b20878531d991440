import { describe, expect, it } from "vitest"
import type { EndState, ObjectName } from "../plan/plan.ts"
import { compareEndState, type Difference, type FoundObject } from "./compare-end-state.ts"

const PLANNED: EndState = {
  users: [
    { name: "user.0", find: "/Users?0", attributes: { userName: "ada@x.example", active: true, title: "Lead" } },
    {
      name: "user.1",
      find: "/Users?1",
      attributes: { userName: "grace@x.example", active: false, "manager.value": "{user.0}" },
    },
    { name: "user.2", find: "/Users?2", attributes: { userName: "alan@x.example", active: true, title: "Clerk" } },
  ],
  groups: [{ name: "group.0", find: "/Groups?0", attributes: { displayName: "Sales" }, members: ["user.0", "user.1"] }],
  gone: [{ name: "user.9", find: "/Users?9" }],
}

const user = (id: string, attributes: FoundObject["attributes"], total = 1): FoundObject => ({
  total,
  id,
  attributes,
  members: [],
})
const nobody: FoundObject = { total: 0, id: null, attributes: {}, members: [] }

const AS_PLANNED: Readonly<Record<string, FoundObject>> = {
  "user.0": user("a", { userName: "ada@x.example", active: true, title: "Lead", nickName: "not asked for" }),
  "user.1": user("g", { userName: "grace@x.example", active: false, "manager.value": "a" }),
  "user.2": user("t", { userName: "alan@x.example", active: true, title: "Clerk" }),
  "group.0": { total: 1, id: "s", attributes: { displayName: "Sales" }, members: ["a", "g"] },
  "user.9": nobody,
}

function differences(
  changed: Readonly<Record<string, FoundObject | undefined>>,
  planned = PLANNED,
): readonly Difference[] {
  const all = Object.entries({ ...AS_PLANNED, ...changed })
  const found = new Map(
    all.flatMap(([name, object]) => (object === undefined ? [] : [[name as ObjectName, object] as const])),
  )
  return compareEndState(planned, found).differences
}

describe("the end state", () => {
  it("as planned has no difference", () => {
    expect(differences({})).toEqual([])
  })

  it("tells a person who is lost, once, and not again as a lost member", () => {
    expect(differences({ "user.1": nobody })).toEqual([{ kind: "lost", name: "user.1" }])
  })

  it("tells doubles", () => {
    const ada = AS_PLANNED["user.0"] ?? nobody
    expect(differences({ "user.0": { ...ada, total: 2 } })).toEqual([{ kind: "doubled", name: "user.0", total: 2 }])
  })

  it("tells who should be gone", () => {
    expect(differences({ "user.9": user("z", {}) })).toContainEqual({ kind: "not-gone", name: "user.9" })
  })

  it("tells a change of which only half was applied", () => {
    expect(differences({ "user.0": user("a", { userName: "ada@x.example", active: false, title: "Lead" }) })).toEqual([
      { kind: "wrong-value", name: "user.0", path: "active", expected: true, actual: false },
    ])
  })

  it("tells a value that is missing, and a manager who is another one", () => {
    expect(
      differences({
        "user.0": user("a", { userName: "ada@x.example", active: true }),
        "user.1": user("g", { userName: "grace@x.example", active: false, "manager.value": "t" }),
      }),
    ).toEqual([
      { kind: "wrong-value", name: "user.0", path: "title", expected: "Lead", actual: null },
      { kind: "wrong-value", name: "user.1", path: "manager.value", expected: "a", actual: "t" },
    ])
  })

  it("WIRE-171: tells members who are lost, doubled or too many", () => {
    const group = { total: 1, id: "s", attributes: { displayName: "Sales" } }
    expect(differences({ "group.0": { ...group, members: ["a"] } })).toEqual([
      { kind: "member-lost", name: "group.0", member: "user.1" },
    ])
    expect(differences({ "group.0": { ...group, members: ["a", "g", "g"] } })).toEqual([
      { kind: "member-doubled", name: "group.0", member: "user.1", total: 2 },
    ])
    expect(differences({ "group.0": { ...group, members: ["a", "g", "t"] } })).toEqual([
      { kind: "member-extra", name: "group.0", member: "user.2" },
    ])
  })

  it("lets the id of somebody deleted stay in a group, but a stranger only where nobody was deleted", () => {
    const group = { total: 1, id: "s", attributes: { displayName: "Sales" }, members: ["a", "g", "ghost"] }
    expect(differences({ "group.0": group })).toEqual([])
    expect(differences({ "group.0": group }, { ...PLANNED, gone: [] })).toEqual([
      { kind: "member-extra", name: "group.0", member: "ghost" },
    ])
  })

  it("does not judge what could not be read", () => {
    expect(differences({ "user.2": undefined, "group.0": undefined })).toEqual([])
  })

  it("does not judge what a write was about that was refused", () => {
    const found = new Map(
      Object.entries({
        ...AS_PLANNED,
        "user.0": user("a", { userName: "ada@x.example", active: true, title: "Clerk" }),
        "group.0": { total: 1, id: "s", attributes: { displayName: "Sales" }, members: [] },
      }).map(([name, object]) => [name as ObjectName, object] as const),
    )
    const lost = (member: ObjectName): Difference => ({ kind: "member-lost", name: "group.0", member })
    expect(
      compareEndState(PLANNED, found, [
        ["user.0", "user.2"],
        ["group.0", "user.1"],
      ]).differences,
    ).toEqual([lost("user.0")])
    expect(compareEndState(PLANNED, found, [["group.0"]]).differences).toEqual([
      { kind: "wrong-value", name: "user.0", path: "title", expected: "Lead", actual: "Clerk" },
    ])
  })

  it("takes texts in another case and booleans as text for the same", () => {
    expect(
      differences({ "user.2": user("t", { userName: "ALAN@x.example", active: "True", title: "clerk" }) }),
    ).toEqual([])
  })

  it("blames no load for an attribute that nobody has as written", () => {
    const found = new Map<ObjectName, FoundObject>([
      ["user.0", user("a", { userName: "ada@x.example", active: true })],
      ["user.1", user("g", { userName: "grace@x.example", active: false, "manager.value": "a" })],
      ["user.2", user("t", { userName: "alan@x.example", active: true })],
      ["group.0", { total: 1, id: "s", attributes: { displayName: "Sales" }, members: ["a", "g"] }],
    ])
    expect(compareEndState(PLANNED, found)).toEqual({ differences: [], notKept: ["title"] })
  })
})
