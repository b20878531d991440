import { describe, expect, it } from "vitest"
import { ADSCIM_GROUP_URN, ENTERPRISE_USER_URN, GROUP_URN, USER_URN } from "../../protocol/index.ts"
import { column, createTestTarget, employee, group, user } from "../testing.ts"

describe("create", () => {
  it("RFC7644-3.3-04 RFC7644-3.3-05 RFC7644-3.3-06 RFC9110-10.2.2-01 answers 201 with the resource and its URL", async () => {
    const { send } = createTestTarget()
    const answer = await send("POST", "/Users", user("ada", { name: { givenName: "Ada", familyName: "King" } }))
    expect(answer.status).toBe(201)
    expect(answer.json).toEqual({
      schemas: [USER_URN],
      id: "00000000-0000-4000-8000-000000000001",
      userName: "ada",
      name: { familyName: "King", givenName: "Ada" },
      meta: {
        resourceType: "User",
        created: "2026-03-01T12:00:00.000Z",
        lastModified: "2026-03-01T12:00:00.000Z",
        location: "https://example.com/v2/Users/00000000-0000-4000-8000-000000000001",
        version: 'W/"1"',
      },
    })
    expect(answer.headers.get("location")).toBe("https://example.com/v2/Users/00000000-0000-4000-8000-000000000001")
    const read = await send("GET", "/Users/00000000-0000-4000-8000-000000000001")
    expect(read.text).toBe(answer.text)
  })

  it("RFC7644-3.3.1-01 RFC7643-3.1-13 takes meta.resourceType from the endpoint", async () => {
    const { send } = createTestTarget()
    expect((await send("POST", "/Users", user("ada"))).json["meta"]).toMatchObject({ resourceType: "User" })
    expect((await send("POST", "/Groups", group("engineers"))).json["meta"]).toMatchObject({ resourceType: "Group" })
  })

  it("RFC7644-3.3-01 RFC7643-3.1-05 RFC7643-3.1-12 RFC7643-4.1.2-04 ignores what only the server writes", async () => {
    const { send } = createTestTarget()
    const answer = await send(
      "POST",
      "/Users",
      user("ada", {
        id: "chosen-by-client",
        meta: { resourceType: "X", created: "2000-01-01T00:00:00Z", version: "1" },
        groups: [{ value: "g1" }],
      }),
    )
    expect(answer.status).toBe(201)
    expect(answer.json["id"]).toBe("00000000-0000-4000-8000-000000000001")
    expect(answer.json["meta"]).toMatchObject({ resourceType: "User", created: "2026-03-01T12:00:00.000Z" })
    expect(answer.json).not.toHaveProperty("groups")
  })

  it("RFC7643-3-03 refuses a body without the base schema, or without schemas", async () => {
    const { send } = createTestTarget()
    for (const schemas of [undefined, [], [ENTERPRISE_USER_URN], USER_URN, [7], null]) {
      const answer = await send("POST", "/Users", { ...(schemas !== undefined && { schemas }), userName: "ada" })
      expect([answer.status, answer.json["scimType"]]).toEqual([400, "invalidSyntax"])
    }
  })

  it.each([{}, { userName: "" }, { userName: null }])("RFC7643-4.1.1-01 needs a userName: %j", async (part) => {
    const { send } = createTestTarget()
    const answer = await send("POST", "/Users", { schemas: [USER_URN], ...part })
    expect([answer.status, answer.json["scimType"]]).toEqual([400, "invalidValue"])
  })

  it("RFC7643-4.1.1-02 RFC7643-4.1.1-03 RFC7644-3.3-07 RFC7643-7-16 refuses a taken userName in any case with 409", async () => {
    const { send, create } = createTestTarget()
    await create("/Users", user("Alice"))
    for (const userName of ["Alice", "ALICE", "alice"]) {
      const answer = await send("POST", "/Users", user(userName))
      expect([answer.status, answer.json["status"], answer.json["scimType"]]).toEqual([409, "409", "uniqueness"])
    }
    expect((await send("GET", "/Users")).json["totalResults"]).toBe(1)
  })

  it("RFC7644-5-01 takes two spellings of one name for one name", async () => {
    const { send, create } = createTestTarget()
    const id = await create("/Users", user("caf\u00e9"))
    for (const spelling of ["cafe\u0301", "CAFÉ", "ｃａｆé"]) {
      expect((await send("POST", "/Users", user(spelling))).status).toBe(409)
      expect(column(await send("GET", `/Users?filter=userName eq "${spelling}"`), "id")).toEqual([id])
    }
    expect((await send("POST", "/Users", user("cafe"))).status).toBe(201)
  })

  it("RFC7644-3.3-02 RFC7644-3.3-03 RFC7643-2.5-01 invents no defaults, and takes null and [] for no value", async () => {
    const { send } = createTestTarget()
    const answer = await send("POST", "/Users", user("ada", { active: null, nickName: null, emails: [], name: {} }))
    expect(answer.status).toBe(201)
    for (const name of ["active", "nickName", "emails", "name"]) expect(answer.json).not.toHaveProperty(name)
    expect((await send("GET", "/Users?filter=nickName pr or emails pr or active pr")).json["totalResults"]).toBe(0)
  })

  it.each(["{", "[]", "null", '"text"', "", "7"])(
    "RFC7644-3.3-08 RFC7644-3.12-04 refuses the body %j",
    async (body) => {
      const { send } = createTestTarget()
      const answer = await send("POST", "/Users", body)
      expect([answer.status, answer.json["scimType"]]).toEqual([400, "invalidSyntax"])
    },
  )

  it("RFC7644-3.3-08 refuses values of another type", async () => {
    const { send } = createTestTarget()
    for (const wrong of [{ userName: 5 }, { active: "yes" }, { name: "Ada" }, { emails: "a@x" }, { emails: ["a@x"] }]) {
      const answer = await send("POST", "/Users", user("ada", wrong))
      expect([answer.status, answer.json["scimType"]]).toEqual([400, "invalidValue"])
    }
    expect((await send("GET", "/Users")).json["totalResults"]).toBe(0)
  })

  it("RFC7644-3.3-09 ignores attributes that no schema knows", async () => {
    const { send } = createTestTarget()
    const answer = await send("POST", "/Users", user("ada", { xyzUnknown: 1, name: { givenName: "Ada", shoeSize: 7 } }))
    expect(answer.status).toBe(201)
    expect(answer.text).not.toMatch(/xyzUnknown|shoeSize/)
  })

  it("RFC7643-3.3-03 adds the extension's URN where its data come without it", async () => {
    const { send } = createTestTarget()
    const answer = await send("POST", "/Users", { ...employee("ada", { department: "Engines" }), schemas: [USER_URN] })
    expect(answer.json["schemas"]).toEqual([USER_URN, ENTERPRISE_USER_URN])
  })

  it("WIRE-082 WIRE-083 WIRE-084 creates a user from Entra's body", async () => {
    const { send } = createTestTarget()
    const answer = await send("POST", "/Users", {
      schemas: [USER_URN, ENTERPRISE_USER_URN],
      externalId: "8b0e0c5e-5d2c-44a4-a5a4-58f2a4d5b0a1",
      userName: "lena.fischer@orchard.example",
      active: true,
      emails: [{ primary: true, type: "work", value: "lena.fischer@orchard.example" }],
      meta: { resourceType: "User" },
      name: { formatted: "Lena Fischer", familyName: "Fischer", givenName: "Lena" },
      roles: [],
    })
    expect(answer.status).toBe(201)
    expect(answer.json).toMatchObject({
      schemas: [USER_URN, ENTERPRISE_USER_URN],
      externalId: "8b0e0c5e-5d2c-44a4-a5a4-58f2a4d5b0a1",
      active: true,
    })
  })

  it("WIRE-085 WIRE-146 stores Entra's text Booleans as Booleans, and refuses them strictly", async () => {
    const body = user("ada", { active: "True", roles: [{ value: "admin", primary: "True" }] })
    const tolerant = await createTestTarget({ compat: "entra" }).send("POST", "/Users", body)
    expect(tolerant.json).toMatchObject({ active: true, roles: [{ value: "admin", primary: true }] })
    const strict = await createTestTarget({ compat: "rfc" }).send("POST", "/Users", body)
    expect([strict.status, strict.json["scimType"]]).toEqual([400, "invalidValue"])
  })

  it("WIRE-161 WIRE-162 ignores the ADSCIM schema of a group, and refuses it strictly", async () => {
    const body = { ...group("Pickers"), schemas: [GROUP_URN, ADSCIM_GROUP_URN], meta: { resourceType: "Group" } }
    const tolerant = await createTestTarget({ compat: "entra" }).send("POST", "/Groups", body)
    expect([tolerant.status, tolerant.json["schemas"]]).toEqual([201, [GROUP_URN]])
    const strict = await createTestTarget({ compat: "rfc" }).send("POST", "/Groups", body)
    expect([strict.status, strict.json["scimType"]]).toEqual([400, "invalidValue"])
  })
})
