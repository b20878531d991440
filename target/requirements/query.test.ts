import { describe, expect, it } from "vitest"
import { ENTERPRISE_USER_URN, USER_URN } from "../../protocol/index.ts"
import { column, createTestTarget, employee, group, patch, user } from "../testing.ts"
import type { Answer } from "../testing.ts"

const { send, create } = createTestTarget()
await create("/Users", employee("alice", { department: "Engines" }, { title: "Guide", active: true, externalId: "A" }))
await create(
  "/Users",
  user("Bob", {
    title: "50%_off*",
    active: false,
    emails: [
      { value: "b1@x.org", type: "home" },
      { value: "b2@x.org", type: "work", primary: true },
    ],
  }),
)
await create("/Users", user("carol", { name: { givenName: "Carol" }, emails: [{ value: "b2@x.org", type: "home" }] }))
await create("/Groups", group("engineers"))

async function find(filter: string, endpoint = "/Users"): Promise<Answer> {
  return send("GET", `${endpoint}?filter=${encodeURIComponent(filter)}`)
}

async function names(filter: string): Promise<readonly unknown[]> {
  const answer = await find(filter)
  return answer.status === 200 ? column(answer, "userName") : [answer.status, answer.json["scimType"]]
}

describe("list answers", () => {
  it("RFC7644-3.4.2-01 RFC7644-3.4.2-02 RFC7644-3.4.2-03 is a ListResponse with a whole number of results", async () => {
    const { status, json } = await send("GET", "/Users")
    expect([status, json["schemas"], json["totalResults"], json["startIndex"], json["itemsPerPage"]]).toEqual([
      200,
      ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
      3,
      1,
      3,
    ])
  })

  it("RFC7644-3.4.2-05 WIRE-057 answers 200 and an empty list where nothing matches", async () => {
    const { status, json } = await find('userName eq "6f1c9a54-0f35-4a0e-9a42-2f6f7f3a0b11"')
    expect([status, json]).toEqual([
      200,
      {
        schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        totalResults: 0,
        startIndex: 1,
        itemsPerPage: 0,
        Resources: [],
      },
    ])
  })

  it("RFC7644-3.4.2-06 ignores parameters it does not know", async () => {
    expect((await send("GET", "/Users?xyz=1&aadOptscim062020")).json["totalResults"]).toBe(3)
  })

  it("RFC7644-3.4.2-08 WIRE-079 shows inactive people", async () => {
    expect(await names("active eq false")).toEqual(["Bob"])
  })

  it("RFC7644-3.4.2.1-03 RFC7644-3.12-12 pages instead of refusing many results", async () => {
    expect((await send("GET", "/Users?count=1")).json).toMatchObject({ totalResults: 3, itemsPerPage: 1 })
  })

  it("WIRE-047 WIRE-048 reads a plus as a blank, as Entra writes it", async () => {
    const answer = await send("GET", "/Users?filter=userName+eq+%22alice%22")
    expect(column(answer, "userName")).toEqual(["alice"])
  })
})

/** Each case is a whole family of vectors in filter-vectors.json; here is the one that says it shortest. */
describe("filters", () => {
  it.each([
    ["RFC7644-3.4.2.2-01 RFC7644-3.4.2.2-02", 'userName eq "alice"', ["alice"]],
    ["RFC7644-3.4.2.2-03", 'USERNAME Eq "alice"', ["alice"]],
    ["RFC7644-3.4.2.2-04 RFC7643-7-06 RFC7644-3.4.2.2-22", 'userName eq "ALICE" or externalId eq "a"', ["alice"]],
    ["RFC7644-3.4.2.2-05", 'userName ne "alice"', ["Bob", "carol"]],
    ["RFC7644-3.4.2.2-06", 'userName co "LIC"', ["alice"]],
    ["RFC7644-3.4.2.2-07", 'userName sw "b"', ["Bob"]],
    ["RFC7644-3.4.2.2-08", 'userName ew "b"', ["Bob"]],
    ["RFC7644-3.4.2.2-09", "name pr", ["carol"]],
    ["RFC7644-3.4.2.2-10", 'userName ge "bob"', ["Bob", "carol"]],
    ["RFC7644-3.4.2.2-11", "active gt true", [400, "invalidFilter"]],
    ["RFC7644-3.4.2.2-12", 'userName eq "carol" or title pr and not (active eq true)', ["Bob", "carol"]],
    ["RFC7644-3.4.2.2-13", 'emails[type eq "work" and value eq "b2@x.org"]', ["Bob"]],
    ["RFC7644-3.4.2.2-14", 'emails[type eq "work" and emails[type eq "x"]]', [400, "invalidFilter"]],
    ["RFC7644-3.4.2.2-15", "not(title pr)", ["carol"]],
    ["RFC7644-3.4.2.2-15", "not title pr", [400, "invalidFilter"]],
    ["RFC7644-3.4.2.2-16", "userName eq", [400, "invalidFilter"]],
    ["RFC7644-3.4.2.2-18", 'userName eq "\\u0061lice"', ["alice"]],
    ["RFC7644-3.4.2.2-18", "userName eq alice", [400, "invalidFilter"]],
    ["RFC7644-3.4.2.2-19", 'emails.value eq "b2@x.org"', ["Bob", "carol"]],
    ["RFC7644-3.4.2.2-20", 'name.givenName eq "carol"', ["carol"]],
    ["RFC7644-3.4.2.2-20", 'name eq "carol"', [400, "invalidFilter"]],
    ["RFC7644-3.4.2.2-23", `${USER_URN}:userName eq "alice"`, ["alice"]],
    ["RFC7644-3.4.2.2-23", `${ENTERPRISE_USER_URN.toUpperCase()}:DEPARTMENT eq "engines"`, ["alice"]],
    ["RFC7644-3.4.2.2-24", `schemas eq "${ENTERPRISE_USER_URN}"`, ["alice"]],
    ["RFC7644-3.4.2.2-25", 'title co "%"', ["Bob"]],
    ["RFC7644-3.4.2.2-25", `title eq "x' OR '1'='1"`, []],
    ["RFC7644-3.4.2.2-26", 'nonexistent eq "x"', []],
    ["RFC7644-3.4.2.2-27", 'emails[type eq "work"].value eq "b2@x.org"', ["Bob"]],
  ])("%s: %s", async (_ids, filter, expected) => {
    expect(await names(filter)).toEqual(expected)
  })

  it("RFC7644-3.4.2.2-17 explains an unknown operator", async () => {
    const { status, json } = await find('userName regex "x"')
    expect([status, json["scimType"]]).toEqual([400, "invalidFilter"])
    expect(json["detail"]).toContain("expected an operator")
  })

  it("RFC7644-3.4.2.2-21 filters by what was last returned", async () => {
    const id = await create("/Users", user("dora", { active: true }))
    expect(await names('userName eq "dora" and active eq true')).toEqual(["dora"])
    await send("PATCH", `/Users/${id}`, patch({ op: "remove", path: "active" }))
    expect(await names('userName eq "dora" and active pr')).toEqual([])
    await send("DELETE", `/Users/${id}`)
  })

  it("RFC7643-4.1.1-06 RFC7644-7.5.2-01 RFC7644-3.12-20 refuses filters by a secret", async () => {
    for (const filter of ['password eq "x"', "password pr", 'userName eq "alice" and password sw "a"']) {
      const { status, json } = await find(filter)
      expect([status, json["scimType"], json["status"]]).toEqual([403, "sensitive", "403"])
    }
  })

  it("RFC7643-2.3.7-04 compares references as they are", async () => {
    const id = await create("/Users", user("erin", { profileUrl: "https://login.example.com/Erin" }))
    expect(await names('profileUrl eq "https://login.example.com/Erin"')).toEqual(["erin"])
    expect(await names('profileUrl eq "https://login.example.com/erin"')).toEqual([])
    await send("DELETE", `/Users/${id}`)
  })

  it("WIRE-211 sees a change at once", async () => {
    const id = await create("/Users", user("old-name"))
    await send("PATCH", `/Users/${id}`, patch({ op: "replace", value: { userName: "new-name" } }))
    expect(await names('userName eq "new-name"')).toEqual(["new-name"])
    expect(await names('userName eq "old-name"')).toEqual([])
    await send("DELETE", `/Users/${id}`)
  })

  it("WIRE-135 answers Entra's reference check", async () => {
    const boss = await create("/Users", user("boss"))
    const id = await create("/Users", employee("worker", { manager: { value: boss } }))
    const check = async (filter: string): Promise<Answer> =>
      send("GET", `/Users?filter=${encodeURIComponent(filter)}&attributes=id`)
    expect(column(await check(`id eq "${id}" and manager eq "${boss}"`), "id")).toEqual([id])
    expect(column(await check(`manager eq "${boss}" and id eq "${boss}"`), "id")).toEqual([])
    for (const one of [id, boss]) await send("DELETE", `/Users/${one}`)
  })
})
