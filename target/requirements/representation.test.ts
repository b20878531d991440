import { describe, expect, it } from "vitest"
import { ENTERPRISE_USER_URN, USER_URN } from "../../protocol/index.ts"
import { column, createTestTarget, employee, group, patch, resourcesIn, user } from "../testing.ts"
import { vectorSchemas } from "../vectors.ts"

const HARNESS_URN = "urn:example:params:scim:schemas:extension:harness:2.0:User"

describe("names and values", () => {
  it("RFC7643-2.1-03 RFC7643-2.3.8-01 finds attribute names in any case and members in any order", async () => {
    const { send } = createTestTarget()
    const answer = await send("POST", "/Users", {
      NAME: { GIVENNAME: "Ada" },
      USERNAME: "ada",
      [ENTERPRISE_USER_URN.toUpperCase()]: { Department: "Engines" },
      SCHEMAS: [USER_URN.toUpperCase()],
    })
    expect(answer.json).toMatchObject({
      schemas: [USER_URN, ENTERPRISE_USER_URN],
      userName: "ada",
      name: { givenName: "Ada" },
      [ENTERPRISE_USER_URN]: { department: "Engines" },
    })
  })

  it("refuses a name that is given twice in two spellings", async () => {
    const { send } = createTestTarget()
    for (const twice of [
      { userName: "a", USERNAME: "b" },
      { userName: "a", name: { givenName: "x", GivenName: "y" } },
      { userName: "a", [ENTERPRISE_USER_URN]: {}, [ENTERPRISE_USER_URN.toUpperCase()]: {} },
    ]) {
      const answer = await send("POST", "/Users", { schemas: [USER_URN], ...twice })
      expect([answer.status, answer.json["scimType"]]).toEqual([400, "invalidSyntax"])
    }
  })

  it("RFC7643-2.3.1-01 RFC7643-7-07 RFC7643-7-08 RFC7644-3.8-01 WIRE-078 keeps texts as they are", async () => {
    const { send, create } = createTestTarget()
    const displayName = 'Jürgen 🚀 "x" \\ / \u0000 \u2028 Ä\tEnd '
    const id = await create("/Users", user("Ada.KING", { displayName, externalId: "AbC", title: "TOUR guide" }))
    expect((await send("GET", `/Users/${id}`)).json).toMatchObject({
      userName: "Ada.KING",
      displayName,
      externalId: "AbC",
      title: "TOUR guide",
    })
  })

  it("RFC7643-2.3.1-02 takes values beside the canonical ones", async () => {
    const { send } = createTestTarget()
    const answer = await send("POST", "/Users", user("ada", { emails: [{ value: "a@x", type: "x-unlisted" }] }))
    expect(answer.json["emails"]).toEqual([{ value: "a@x", type: "x-unlisted" }])
  })

  it.each(["yes", 1, "", {}, []])("RFC7643-2.3.2-02 refuses %j for a Boolean", async (active) => {
    const { send } = createTestTarget()
    const answer = await send("POST", "/Users", user("ada", { active }))
    expect([answer.status, answer.json["scimType"]]).toEqual([400, "invalidValue"])
  })

  it("RFC7643-2.3.2-01 RFC7643-4.1.1-07 returns Booleans", async () => {
    const { send, create } = createTestTarget()
    const id = await create("/Users", user("ada", { active: false, emails: [{ value: "a@x", primary: true }] }))
    expect((await send("GET", `/Users/${id}`)).json).toMatchObject({
      active: false,
      emails: [{ value: "a@x", primary: true }],
    })
    await send("PATCH", `/Users/${id}`, patch({ op: "replace", path: "active", value: true }))
    expect((await send("GET", `/Users/${id}`)).json["active"]).toBe(true)
  })

  it("RFC7643-2.3.7-01 RFC7643-4.1.1-08 RFC7643-4.1.2-01 RFC7643-4.1.2-02 RFC7643-4.1.2-03 stores formatted texts unchanged", async () => {
    const { send } = createTestTarget()
    const values = {
      profileUrl: "https://login.example.com/ada",
      locale: "en_US",
      timezone: "America/Los_Angeles",
      preferredLanguage: "de, en;q=0.5",
      emails: [{ value: "Ada.King@Example.COM", type: "work" }],
      phoneNumbers: [{ value: "tel:+1-201-555-0123", type: "work" }],
      addresses: [{ country: "US", type: "work", primary: true }],
    }
    const answer = await send("POST", "/Users", user("ada", values))
    expect(answer.json).toMatchObject({
      ...values,
      emails: [{ value: "Ada.King@Example.COM", type: "work" }],
    })
  })
})

describe("types of the test extension", () => {
  it.each(["not a url", "https://x/\u0000", "<https://x>", "https://x/%zz", "a|b", "\\\\share"])(
    "RFC7643-2.3.7-01 refuses %j for a reference",
    async (profileUrl) => {
      const { send } = createTestTarget()
      const answer = await send("POST", "/Users", user("ada", { profileUrl }))
      expect([answer.status, answer.json["scimType"]]).toEqual([400, "invalidValue"])
    },
  )

  it.each(["https://x/%41?q=1#f", "../Users/1", "urn:x:y", "mailto:a@x", "https://bücher.example/é", ""])(
    "RFC7643-2.3.7-01 stores the reference %j",
    async (profileUrl) => {
      const { send } = createTestTarget()
      expect((await send("POST", "/Users", user("ada", { profileUrl }))).json["profileUrl"]).toBe(profileUrl)
    },
  )

  it.each([
    ["RFC7643-2.3.3-01", { score: -1.5 }],
    ["RFC7643-2.3.4-01", { badgeNumber: 7 }],
    ["RFC7643-2.3.5-01", { hiredAt: "2024-02-29T23:59:59.5+02:00" }],
    ["RFC7643-2.3.6-01", { keyMaterial: "AQIDBA" }],
  ])("%s stores %j", async (_id, values) => {
    const { send } = createTestTarget({ schemas: vectorSchemas })
    const answer = await send("POST", "/Users", user("ada", { [HARNESS_URN]: values }))
    expect(answer.json[HARNESS_URN]).toEqual(values)
  })

  it.each([
    ["RFC7643-2.3.3-01", { score: "1" }],
    ["RFC7643-2.3.4-01", { badgeNumber: 1.5 }],
    ["RFC7643-2.3.4-01", { badgeNumber: 1e300 }],
    ["RFC7643-2.3.5-02", { hiredAt: "yesterday" }],
    ["RFC7643-2.3.5-02", { hiredAt: "2024-03-01" }],
    ["RFC7643-2.3.5-02", { hiredAt: "2023-02-29T00:00:00Z" }],
    ["RFC7643-2.3.5-02", { hiredAt: "2024-03-01T24:00:00Z" }],
    ["RFC7643-2.3.6-01", { keyMaterial: "***" }],
    ["RFC7643-2.3.6-01", { keyMaterial: "A" }],
  ])("%s refuses %j", async (_id, values) => {
    const { send } = createTestTarget({ schemas: vectorSchemas })
    const answer = await send("POST", "/Users", user("ada", { [HARNESS_URN]: values }))
    expect([answer.status, answer.json["scimType"]]).toEqual([400, "invalidValue"])
  })

  it("RFC7643-4.1.2-08 stores a certificate as given", async () => {
    const { send } = createTestTarget()
    const answer = await send(
      "POST",
      "/Users",
      user("ada", { x509Certificates: [{ value: "MIIDQzCCAqygAwIBAgICEAA=" }] }),
    )
    expect(answer.json["x509Certificates"]).toEqual([{ value: "MIIDQzCCAqygAwIBAgICEAA=" }])
  })

  it("RFC7643-7-11 never returns what is write-only", async () => {
    const { send, create } = createTestTarget({ schemas: vectorSchemas })
    const id = await create("/Users", user("ada", { [HARNESS_URN]: { pin: "1234" } }))
    for (const path of [`/Users/${id}`, `/Users/${id}?attributes=${HARNESS_URN}:pin`, "/Users"]) {
      expect((await send("GET", path)).text).not.toMatch(/pin|1234/)
    }
  })

  it("RFC7643-7-10 RFC7643-7-09 keeps immutable and read-only values", async () => {
    const { send } = createTestTarget({
      schemas: vectorSchemas,
      seed: [user("ada", { id: "u1", [HARNESS_URN]: { assetTag: "A1", loginCount: 3 } })],
    })
    const other = user("ada", { [HARNESS_URN]: { assetTag: "A2" } })
    const refused = await send("PUT", "/Users/u1", other)
    expect([refused.status, refused.json["scimType"]]).toEqual([400, "mutability"])
    const same = await send("PUT", "/Users/u1", user("ada", { [HARNESS_URN]: { assetTag: "A1", loginCount: 9 } }))
    expect(same.json[HARNESS_URN]).toEqual({ assetTag: "A1", loginCount: 3 })
  })
})

describe("lists", () => {
  it("RFC7643-2.4-01 is an array with one element too", async () => {
    const { send } = createTestTarget()
    const answer = await send("POST", "/Users", user("ada", { emails: { value: "a@x", type: "work" } }))
    expect(answer.json["emails"]).toEqual([{ value: "a@x", type: "work" }])
  })

  it("RFC7643-2.4-03 refuses two primaries", async () => {
    const { send } = createTestTarget()
    const emails = [
      { value: "a@x", primary: true },
      { value: "b@x", primary: true },
    ]
    const answer = await send("POST", "/Users", user("ada", { emails }))
    expect([answer.status, answer.json["scimType"]]).toEqual([400, "invalidValue"])
  })

  it("RFC7643-2.4-04 counts an element without primary as not primary", async () => {
    const { send, create } = createTestTarget()
    const id = await create("/Users", user("ada", { emails: [{ value: "a@x" }] }))
    expect(column(await send("GET", "/Users?filter=emails[primary eq false]"), "id")).toEqual([id])
  })

  it("RFC7643-2.4-05 keeps one element of those with the same value and type", async () => {
    const { send } = createTestTarget()
    const emails = [
      { value: "a@x", type: "work" },
      { value: "A@X", type: "WORK", display: "Ada" },
      { value: "a@x", type: "home" },
    ]
    const answer = await send("POST", "/Users", user("ada", { emails }))
    expect(answer.json["emails"]).toEqual([
      { value: "A@X", display: "Ada", type: "WORK" },
      { value: "a@x", type: "home" },
    ])
  })

  it("refuses lists that nobody needs", async () => {
    const { send } = createTestTarget()
    const emails = Array.from({ length: 1001 }, (_, index) => ({ value: `a${index}@x` }))
    const answer = await send("POST", "/Users", user("ada", { emails }))
    expect([answer.status, answer.json["scimType"]]).toEqual([400, "invalidValue"])
  })
})

describe("schemas and common attributes", () => {
  it("RFC7643-3-01 RFC7643-3-02 RFC7643-3-04 RFC7643-3-05 RFC7643-3-07 RFC7643-3.3-01 RFC7643-3.3-02 RFC7643-7-01 lists each schema once, in whatever order it came", async () => {
    const { send } = createTestTarget()
    const answer = await send("POST", "/Users", {
      ...employee("ada", { department: "Engines" }, { department: "top level" }),
      schemas: [ENTERPRISE_USER_URN, USER_URN, ENTERPRISE_USER_URN.toUpperCase()],
    })
    expect(answer.json["schemas"]).toEqual([USER_URN, ENTERPRISE_USER_URN])
    expect(answer.json[ENTERPRISE_USER_URN]).toEqual({ department: "Engines" })
    expect(answer.json).not.toHaveProperty("department")
  })

  it("RFC7643-2.1-01 RFC7643-3-06 RFC7643-3.1-01 RFC7643-3.1-02 RFC7644-3.4.2-07 gives every resource schemas, id and meta", async () => {
    const { send, create } = createTestTarget()
    await create("/Users", user("ada"))
    await create("/Groups", group("engineers"))
    const resources = [...resourcesIn(await send("GET", "/Users")), ...resourcesIn(await send("GET", "/Groups"))]
    expect(resources).toHaveLength(2)
    for (const { schemas, id, meta } of resources) {
      expect(schemas).toHaveLength(1)
      expect(id).toMatch(/^[0-9a-f-]{36}$/)
      expect(meta).toMatchObject({ created: "2026-03-01T12:00:00.000Z" })
    }
  })

  it("RFC7643-3.1-03 RFC7643-3.1-04 RFC7643-3.1-06 never gives an id twice", async () => {
    const { send, create } = createTestTarget()
    const first = await create("/Users", user("ada"))
    const other = await create("/Groups", group("engineers"))
    await send("DELETE", `/Users/${first}`)
    const second = await create("/Users", user("ada"))
    expect(new Set([first, other, second]).size).toBe(3)
    for (const id of [first, other, second]) expect(id.toLowerCase()).not.toContain("bulkid")
  })

  it("RFC7643-3.1-04 RFC7643-3.1-14 RFC7643-3.1-15 RFC7643-3.1-16 RFC7643-3.1-17 keeps id and created, and moves lastModified", async () => {
    const { send, create, clock } = createTestTarget()
    const id = await create("/Users", user("ada"))
    clock.nowMs += 60_000
    await send("PATCH", `/Users/${id}`, patch({ op: "replace", path: "title", value: "Guide" }))
    const { json } = await send("GET", `/Users/${id}`)
    expect(json).toMatchObject({
      id,
      meta: {
        created: "2026-03-01T12:00:00.000Z",
        lastModified: "2026-03-01T12:01:00.000Z",
        location: `https://example.com/v2/Users/${id}`,
      },
    })
    await send("PUT", `/Users/${id}`, user("ada", { title: "Leader" }))
    // The clock stood still, and still the later change is later.
    expect((await send("GET", `/Users/${id}`)).json["meta"]).toMatchObject({
      created: "2026-03-01T12:00:00.000Z",
      lastModified: "2026-03-01T12:01:00.001Z",
    })
  })

  it("RFC7643-3.1-08 RFC7643-3.1-09 RFC7643-3.1-10 RFC7643-3.1-11 keeps externalId as sent, invents none and lets two share one", async () => {
    const { send, create } = createTestTarget()
    const first = await create("/Users", user("ada", { externalId: "AbC" }))
    await create("/Users", user("bob", { externalId: "AbC" }))
    expect((await send("POST", "/Users", user("cyd"))).json).not.toHaveProperty("externalId")
    expect((await send("GET", '/Users?filter=externalId eq "abc"')).json["totalResults"]).toBe(0)
    expect((await send("GET", '/Users?filter=externalId eq "AbC"')).json["totalResults"]).toBe(2)
    await send("PUT", `/Users/${first}`, user("ada", { externalId: "xyz" }))
    expect((await send("GET", '/Users?filter=externalId eq "xyz"')).json["totalResults"]).toBe(1)
    expect((await send("GET", '/Users?filter=externalId eq "AbC"')).json["totalResults"]).toBe(1)
  })

  it("RFC7643-3.1-20 leaves meta out where other attributes are asked for", async () => {
    const { send, create } = createTestTarget()
    const id = await create("/Users", user("ada"))
    expect((await send("GET", `/Users/${id}?attributes=userName`)).json).toEqual({
      schemas: [USER_URN],
      id,
      userName: "ada",
    })
    const { json } = await send("GET", `/Users/${id}?attributes=meta.location`)
    expect(json["meta"]).toEqual({ location: `https://example.com/v2/Users/${id}` })
  })

  it("RFC7643-2.5-02 RFC7643-2.5-03 RFC7644-3.1-03 leaves out what has no value", async () => {
    const { send, create } = createTestTarget()
    const id = await create("/Users", user("ada", { nickName: "Countess", emails: [{ value: "a@x" }] }))
    const replaced = await send("PUT", `/Users/${id}`, user("ada", { nickName: null, emails: [] }))
    expect(Object.keys(replaced.json)).not.toContain("nickName")
    expect((await send("GET", `/Users/${id}`)).text).toBe(replaced.text)
  })
})
