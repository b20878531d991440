import { describe, expect, it } from "vitest"
import { ENTERPRISE_USER_URN, GROUP_URN } from "../../protocol/index.ts"
import { column, createTestTarget, employee, group, patch, user } from "../testing.ts"

describe("groups", () => {
  it.each([{}, { displayName: "" }, { displayName: null }])("RFC7643-4.2-01 needs a displayName: %j", async (part) => {
    const { send } = createTestTarget()
    const answer = await send("POST", "/Groups", { schemas: [GROUP_URN], ...part })
    expect([answer.status, answer.json["scimType"]]).toEqual([400, "invalidValue"])
  })

  it("RFC7643-4.2-02 RFC7643-2.3.7-02 RFC7643-2.3.7-03 names members by id, with a URL that answers", async () => {
    const { send, create } = createTestTarget()
    const id = await create("/Users", user("ada", { displayName: "Ada King" }))
    const answer = await send("POST", "/Groups", group("engineers", [id]))
    expect(answer.json["members"]).toEqual([
      { value: id, $ref: `https://example.com/v2/Users/${id}`, display: "Ada King", type: "User" },
    ])
    expect((await send("GET", `/Users/${id}`)).json["id"]).toBe(id)
  })

  it("RFC7643-2.3.7-05 refuses a member that does not exist", async () => {
    const { send } = createTestTarget()
    const answer = await send("POST", "/Groups", group("engineers", ["nobody"]))
    expect([answer.status, answer.json["scimType"]]).toEqual([400, "invalidValue"])
    expect((await send("GET", "/Groups")).json["totalResults"]).toBe(0)
  })

  it("takes a member that is given by its URL alone, and one that is not in a list", async () => {
    const { send, create } = createTestTarget()
    const id = await create("/Users", user("ada"))
    const body = { schemas: [GROUP_URN], displayName: "g", members: { $ref: `../Users/${id}` } }
    expect((await send("POST", "/Groups", body)).json["members"]).toMatchObject([{ value: id }])
  })

  it("RFC7643-4.2-03 does not change a member in place", async () => {
    const { send, create } = createTestTarget()
    const [ada, bob] = [await create("/Users", user("ada")), await create("/Users", user("bob"))]
    const id = await create("/Groups", group("engineers", [ada]))
    for (const path of [`members[value eq "${ada}"].value`, "members.value", `members[value eq "${ada}"]`]) {
      const answer = await send("PATCH", `/Groups/${id}`, patch({ op: "replace", path, value: bob }))
      expect([answer.status, answer.json["scimType"]]).toEqual([400, "mutability"])
    }
  })

  it("RFC7643-4.1.2-05 RFC7643-4.1.2-06 RFC7643-4.1.2-07 RFC7643-4.2-04 shows a user's groups, direct and through groups", async () => {
    const { send, create } = createTestTarget()
    const ada = await create("/Users", user("ada"))
    const inner = await create("/Groups", group("inner", [ada]))
    const outer = await create("/Groups", group("outer", [inner]))
    expect((await send("GET", `/Users/${ada}`)).json["groups"]).toEqual([
      { value: inner, $ref: `https://example.com/v2/Groups/${inner}`, display: "inner", type: "direct" },
      { value: outer, $ref: `https://example.com/v2/Groups/${outer}`, display: "outer", type: "indirect" },
    ])
    expect(column(await send("GET", `/Groups?filter=members[type eq "Group"]`), "id")).toEqual([outer])
    await send("PATCH", `/Groups/${inner}`, patch({ op: "remove", path: `members[value eq "${ada}"]` }))
    expect((await send("GET", `/Users/${ada}`)).json).not.toHaveProperty("groups")
  })

  it("bears groups that contain each other", async () => {
    const { send, create } = createTestTarget()
    const ada = await create("/Users", user("ada"))
    const first = await create("/Groups", group("first", [ada]))
    const second = await create("/Groups", group("second", [first]))
    await send(
      "PATCH",
      `/Groups/${first}`,
      patch({ op: "add", path: "members", value: [{ value: second }, { value: first }] }),
    )
    expect((await send("GET", `/Users/${ada}?attributes=groups.value,groups.type`)).json["groups"]).toEqual([
      { value: first, type: "direct" },
      { value: second, type: "indirect" },
    ])
    expect((await send("GET", '/Users?filter=groups.display eq "second"')).json["totalResults"]).toBe(1)
  })

  it("RFC7643-4.2-05 WIRE-164 refuses a second group of the same name for Entra, and lets it be by the RFC", async () => {
    const entra = createTestTarget({ compat: "entra" })
    await entra.create("/Groups", group("Engineers"))
    const answer = await entra.send("POST", "/Groups", group("ENGINEERS"))
    expect([answer.status, answer.json["scimType"]]).toEqual([409, "uniqueness"])
    const other = await entra.create("/Groups", group("Other"))
    const renamed = await entra.send(
      "PATCH",
      `/Groups/${other}`,
      patch({ op: "replace", path: "displayName", value: "engineers" }),
    )
    expect([renamed.status, renamed.json["scimType"]]).toEqual([409, "uniqueness"])

    const rfc = createTestTarget({ compat: "rfc" })
    await rfc.create("/Groups", group("Engineers"))
    expect((await rfc.send("POST", "/Groups", group("Engineers"))).status).toBe(201)
    expect((await rfc.send("GET", '/Groups?filter=displayName eq "engineers"')).json["totalResults"]).toBe(2)
  })

  it("WIRE-168 RFC7644-3.5.2.2-06 removes only the listed members for Entra, and refuses the list strictly", async () => {
    for (const [compat, status] of [
      ["entra", 204],
      ["rfc", 400],
    ] as const) {
      const { send, create } = createTestTarget({ compat })
      const [ada, bob] = [await create("/Users", user("ada")), await create("/Users", user("bob"))]
      const id = await create("/Groups", group("engineers", [ada, bob]))
      const answer = await send(
        "PATCH",
        `/Groups/${id}`,
        patch({ op: "remove", path: "members", value: [{ value: ada }] }),
      )
      expect(answer.status).toBe(status)
      const left = compat === "entra" ? [bob] : [ada, bob]
      const { members } = (await send("GET", `/Groups/${id}?attributes=members.value`)).json
      expect(members).toEqual(left.map((value) => ({ value })))
    }
  })

  it("RFC7644-3.5.2.2-05 WIRE-172 removes who is not there, and adds who is there, without a change", async () => {
    const { send, create } = createTestTarget()
    const [ada, bob] = [await create("/Users", user("ada")), await create("/Users", user("bob"))]
    const path = `/Groups/${await create("/Groups", group("engineers", [ada]))}`
    const before = await send("GET", path)
    for (const operation of [
      { op: "remove", path: `members[value eq "${bob}"]` },
      { op: "Remove", path: "members", value: [{ value: bob }, { value: "never-seen" }] },
      { op: "Add", path: "members", value: [{ $ref: null, value: ada }] },
    ]) {
      expect((await send("PATCH", path, patch(operation))).status).toBe(204)
    }
    expect((await send("GET", path)).text).toBe(before.text)
  })

  it("WIRE-169 WIRE-171 adds many members in one request", async () => {
    const { send, create } = createTestTarget()
    const ids: string[] = []
    for (let index = 0; index < 20; index += 1) ids.push(await create("/Users", user(`u${index}`)))
    const id = await create("/Groups", group("engineers"))
    await send("PATCH", `/Groups/${id}`, patch({ op: "Add", path: "members", value: ids.map((value) => ({ value })) }))
    expect((await send("GET", `/Groups/${id}`)).json["members"]).toHaveLength(20)
    expect((await send("GET", `/Groups/${id}`)).headers.get("etag")).toBe('W/"2"')
  })
})

describe("managers", () => {
  it("RFC7643-4.3-02 RFC7643-4.3-03 derives name and URL from the manager, whatever the client says of them", async () => {
    const { send, create } = createTestTarget()
    const boss = await create("/Users", user("boss", { displayName: "The Boss" }))
    const id = await create(
      "/Users",
      employee("ada", { manager: { value: boss, displayName: "X", $ref: "../Users/other" } }),
    )
    const path = `/Users/${id}`
    const manager = { value: boss, $ref: `https://example.com/v2/Users/${boss}`, displayName: "The Boss" }
    expect((await send("GET", path)).json[ENTERPRISE_USER_URN]).toEqual({ manager })
    await send("PATCH", `/Users/${boss}`, patch({ op: "replace", path: "displayName", value: "New Name" }))
    expect((await send("GET", path)).json[ENTERPRISE_USER_URN]).toEqual({
      manager: { ...manager, displayName: "New Name" },
    })
    await send("DELETE", `/Users/${boss}`)
    expect((await send("GET", path)).json[ENTERPRISE_USER_URN]).toEqual({ manager: { value: boss } })
  })

  it("WIRE-080 WIRE-133 returns an object whatever form the manager came in", async () => {
    const { send, create } = createTestTarget()
    const boss = await create("/Users", user("boss", { displayName: "The Boss" }))
    for (const [index, value] of [
      boss,
      { value: boss },
      [{ value: boss, $ref: "x" }],
      { $ref: `../Users/${boss}` },
    ].entries()) {
      const path = `/Users/${await create("/Users", user(`u${index}`))}`
      await send("PATCH", path, patch({ op: "Add", path: `${ENTERPRISE_USER_URN}:manager`, value }))
      const { json } = await send("GET", path)
      expect(json[ENTERPRISE_USER_URN]).toMatchObject({ manager: { value: boss, displayName: "The Boss" } })
    }
  })
})
