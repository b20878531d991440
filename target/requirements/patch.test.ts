/** What the PATCH vectors do not say: the message, the answer, atomicity over the store. */
import { describe, expect, it } from "vitest"
import { ENTERPRISE_USER_URN, PATCH_OP_URN, USER_URN } from "../../protocol/index.ts"
import { createTestTarget, employee, group, patch, user } from "../testing.ts"
import type { Answer, TestTarget } from "../testing.ts"
import { vectorSchemas } from "../vectors.ts"

async function withUser(options: Parameters<typeof createTestTarget>[0] = {}): Promise<TestTarget & { path: string }> {
  const testTarget = createTestTarget(options)
  const id = await testTarget.create("/Users", user("ada", { title: "x", emails: [{ value: "a@x", type: "work" }] }))
  return { ...testTarget, path: `/Users/${id}` }
}

function outcome({ status, json }: Answer): readonly unknown[] {
  return [status, json["scimType"]]
}

describe("the PATCH message", () => {
  const operations = [{ op: "replace", path: "title", value: "y" }]

  it.each([
    ["RFC7644-3.5.2-02", { Operations: operations }],
    ["RFC7644-3.5.2-02", { schemas: [USER_URN], Operations: operations }],
    ["RFC7644-3.5.2-03", { schemas: [PATCH_OP_URN] }],
    ["RFC7644-3.5.2-03", { schemas: [PATCH_OP_URN], Operations: [] }],
    ["RFC7644-3.5.2-03", { schemas: [PATCH_OP_URN], Operations: { op: "add" } }],
    ["RFC7644-3.5.2-04", { schemas: [PATCH_OP_URN], Operations: ["add"] }],
    ["RFC7644-3.5.2-04", { schemas: [PATCH_OP_URN], Operations: [{ path: "title", value: "y" }] }],
    ["RFC7644-3.5.2-04", { schemas: [PATCH_OP_URN], Operations: [{ op: "move", path: "title", value: "y" }] }],
  ])("%s refuses %j", async (_id, body) => {
    const { send, path } = await withUser()
    expect(outcome(await send("PATCH", path, body))).toEqual([400, "invalidSyntax"])
    expect((await send("GET", path)).json["title"]).toBe("x")
  })

  it("RFC7644-3.5.2-05 WIRE-097 takes op in any case for Entra, and lower case only strictly", async () => {
    const message = patch({ op: "Replace", path: "title", value: "y" })
    const tolerant = await withUser({ compat: "entra" })
    expect((await tolerant.send("PATCH", tolerant.path, message)).json["title"]).toBe("y")
    const strict = await withUser({ compat: "rfc" })
    expect(outcome(await strict.send("PATCH", strict.path, message))).toEqual([400, "invalidSyntax"])
  })

  it("RFC7643-2.1-03 finds the members of the message in any case", async () => {
    const { send, path } = await withUser()
    const answer = await send("PATCH", path, {
      SCHEMAS: [PATCH_OP_URN],
      operations: [{ OP: "replace", Path: "title", VALUE: "y" }],
    })
    expect(answer.json["title"]).toBe("y")
  })

  it("refuses more operations than anybody needs", async () => {
    const { send, path } = await withUser()
    const many = Array.from({ length: 5001 }, () => ({ op: "replace", path: "title", value: "y" }))
    expect((await send("PATCH", path, patch(...many))).status).toBe(413)
  })
})

describe("paths and values", () => {
  it.each([
    ["RFC7644-3.5.2-06", { op: "replace", path: `${USER_URN.toUpperCase()}:TITLE`, value: "y" }, [200, undefined]],
    ["RFC7644-3.5.2-06", { op: "replace", path: 'emails[type eq "work"].value', value: "b@x" }, [200, undefined]],
    ["RFC7644-3.5.2-07 RFC7644-3.12-16", { op: "replace", path: "name..x", value: "y" }, [400, "invalidPath"]],
    ["RFC7644-3.5.2-07", { op: "replace", path: "emails[type zz 1].value", value: "y" }, [400, "invalidFilter"]],
    ["RFC7644-3.5.2-08", { op: "replace", path: "active", value: "maybe" }, [400, "invalidValue"]],
    ["RFC7644-3.5.2-11", { op: "replace", path: "id", value: "y" }, [400, "mutability"]],
    ["RFC7644-3.5.2-11 RFC7643-4.1.2-04", { op: "add", path: "groups", value: [{ value: "g" }] }, [400, "mutability"]],
    ["RFC7644-3.5.2.1-01", { op: "add", path: "title" }, [400, "invalidValue"]],
    ["RFC7644-3.5.2.2-01 RFC7644-3.12-17", { op: "remove" }, [400, "noTarget"]],
    ["RFC7644-3.5.2.2-04 RFC7644-3.12-14", { op: "remove", path: "userName" }, [400, "mutability"]],
    ["RFC7644-3.5.2.3-06", { op: "replace", path: 'emails[type ne "work"].value', value: "y" }, [400, "noTarget"]],
    [
      "RFC7643-4.3-03",
      { op: "replace", path: `${ENTERPRISE_USER_URN}:manager.displayName`, value: "y" },
      [400, "mutability"],
    ],
  ])("%s: %j", async (_ids, operation, expected) => {
    const { send, path } = await withUser()
    expect(outcome(await send("PATCH", path, patch(operation)))).toEqual(expected)
  })

  it("RFC7644-3.5.2-09 RFC7644-3.5.2-13 lets schemas be declared, and adds them by itself", async () => {
    const { send, path } = await withUser()
    const declared = await send(
      "PATCH",
      path,
      patch(
        { op: "add", path: "schemas", value: [ENTERPRISE_USER_URN] },
        { op: "add", path: `${ENTERPRISE_USER_URN}:department`, value: "Engines" },
      ),
    )
    expect(declared.json["schemas"]).toEqual([USER_URN, ENTERPRISE_USER_URN])
    expect(outcome(await send("PATCH", path, patch({ op: "remove", path: "schemas" })))).toEqual([400, "mutability"])
    const without = patch({ op: "replace", path: "schemas", value: [ENTERPRISE_USER_URN] })
    expect(outcome(await send("PATCH", path, without))).toEqual([400, "invalidSyntax"])
  })

  it("RFC7644-3.5.2-12 lets an immutable attribute take its first value and keep it", async () => {
    const { send, path } = await withUser({ schemas: vectorSchemas })
    const assetTag = "urn:example:params:scim:schemas:extension:harness:2.0:User:assetTag"
    const set = async (value: string): Promise<Answer> =>
      send("PATCH", path, patch({ op: "add", path: assetTag, value }))
    expect((await set("A1")).status).toBe(200)
    expect((await set("A1")).headers.get("etag")).toBe('W/"2"')
    expect(outcome(await set("A2"))).toEqual([400, "mutability"])
    expect(outcome(await send("PATCH", path, patch({ op: "remove", path: assetTag })))).toEqual([400, "mutability"])
  })

  it("RFC7644-3.5.2-10 ignores a repeated id and refuses another", async () => {
    const { send, path } = await withUser()
    const id = path.replace("/Users/", "")
    expect((await send("PATCH", path, patch({ op: "replace", value: { id, title: "y" } }))).json["title"]).toBe("y")
    expect(outcome(await send("PATCH", path, patch({ op: "replace", value: { id: "other" } })))).toEqual([
      400,
      "mutability",
    ])
  })

  it("WIRE-103 WIRE-117 gives the same user for both dialects of Entra", async () => {
    const verbose = patch(
      { op: "Replace", path: "displayName", value: "Lena" },
      { op: "Replace", path: 'emails[type eq "work"].value', value: "lena@x" },
      { op: "Replace", path: "name.familyName", value: "Fischer" },
      { op: "Replace", path: "active", value: "False" },
      { op: "Replace", path: `${ENTERPRISE_USER_URN}:employeeNumber`, value: "20417" },
    )
    const batched = patch(
      { op: "replace", path: 'emails[type eq "work"].value', value: "lena@x" },
      {
        op: "replace",
        value: {
          displayName: "Lena",
          "name.familyName": "Fischer",
          active: false,
          [`${ENTERPRISE_USER_URN}:employeeNumber`]: "20417",
        },
      },
    )
    const first = await withUser()
    const second = await withUser()
    const one = await first.send("PATCH", first.path, verbose)
    expect(one.json).toMatchObject({
      displayName: "Lena",
      active: false,
      name: { familyName: "Fischer" },
      emails: [{ value: "lena@x", type: "work" }],
      [ENTERPRISE_USER_URN]: { employeeNumber: "20417" },
    })
    expect((await second.send("PATCH", second.path, batched)).text).toBe(one.text)
  })

  it("WIRE-134 RES-01 takes every form of an empty manager for none", async () => {
    const path = `${ENTERPRISE_USER_URN}:manager`
    for (const operation of [
      { op: "Replace", path, value: "" },
      { op: "replace", path, value: { value: "" } },
      { op: "remove", path },
      { op: "replace", path, value: null },
      { op: "replace", value: { [path]: "" } },
    ]) {
      const { send, create } = createTestTarget()
      const boss = await create("/Users", user("boss"))
      const id = await create("/Users", employee("ada", { manager: { value: boss } }))
      await send("PATCH", `/Users/${id}`, patch(operation))
      expect((await send("GET", `/Users/${id}`)).json).not.toHaveProperty([ENTERPRISE_USER_URN])
    }
  })
})

describe("the answer to a PATCH", () => {
  it("RFC7644-3.5.2-17 WIRE-101 is 200 with the user, and 204 for a group", async () => {
    const { send, path, create } = await withUser()
    const answer = await send("PATCH", path, patch({ op: "replace", path: "title", value: "y" }))
    expect([answer.status, answer.text]).toEqual([200, (await send("GET", path)).text])
    const id = await create("/Groups", group("engineers"))
    const grouped = await send(
      "PATCH",
      `/Groups/${id}`,
      patch({ op: "replace", path: "displayName", value: "Engineers" }),
    )
    expect([grouped.status, grouped.text, grouped.headers.get("content-type")]).toEqual([204, "", null])
  })

  it("RFC7644-3.5.2-18 is 200 with the projection that was asked for", async () => {
    const { send, create } = createTestTarget()
    const id = await create("/Groups", group("engineers"))
    const answer = await send(
      "PATCH",
      `/Groups/${id}?attributes=displayName`,
      patch({ op: "replace", path: "displayName", value: "E" }),
    )
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({ schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"], id, displayName: "E" })
  })

  it("RFC7644-3.5.2-19 is 404 for an unknown id", async () => {
    const { send } = createTestTarget()
    expect((await send("PATCH", "/Users/nobody", patch({ op: "remove", path: "title" }))).status).toBe(404)
  })
})

describe("a PATCH is one unit", () => {
  it("RFC7644-3.5.2-14 applies each operation to the result of the one before", async () => {
    const { send, path } = await withUser()
    const { json } = await send(
      "PATCH",
      path,
      patch(
        { op: "remove", path: "emails" },
        { op: "add", path: "emails", value: [{ value: "new@x", type: "other" }] },
        { op: "replace", path: 'emails[value eq "new@x"].type', value: "work" },
        { op: "add", path: "title", value: "first" },
        { op: "replace", path: "title", value: "second" },
      ),
    )
    expect([json["emails"], json["title"]]).toEqual([[{ value: "new@x", type: "work" }], "second"])
    const turned = patch({ op: "replace", path: "title", value: "third" }, { op: "remove", path: "title" })
    expect((await send("PATCH", path, turned)).json).not.toHaveProperty("title")
  })

  it("RFC7644-3.5.2-16 undoes members, attributes and lookups where a later operation fails", async () => {
    const { send, create } = createTestTarget()
    const [ada, bob] = [await create("/Users", user("ada")), await create("/Users", user("bob"))]
    const path = `/Groups/${await create("/Groups", group("engineers", [ada]))}`
    const before = await send("GET", path)
    const answer = await send(
      "PATCH",
      path,
      patch(
        { op: "add", path: "members", value: [{ value: bob }] },
        { op: "remove", path: `members[value eq "${ada}"]` },
        { op: "replace", path: "displayName", value: "renamed" },
        { op: "add", path: "members", value: [{ value: "nobody" }] },
      ),
    )
    expect(outcome(answer)).toEqual([400, "invalidValue"])
    expect((await send("GET", path)).text).toBe(before.text)
    expect((await send("GET", '/Groups?filter=displayName eq "renamed"')).json["totalResults"]).toBe(0)
    expect((await send("GET", `/Groups?filter=members.value eq "${ada}"`)).json["totalResults"]).toBe(1)
  })

  it("RFC7644-3.5.2-16 undoes everything where uniqueness is broken", async () => {
    const { send, path, create } = await withUser()
    await create("/Users", user("bob"))
    const before = await send("GET", path)
    const message = patch(
      { op: "replace", path: "title", value: "y" },
      { op: "replace", path: "userName", value: "BOB" },
    )
    expect(outcome(await send("PATCH", path, message))).toEqual([409, "uniqueness"])
    expect((await send("GET", path)).text).toBe(before.text)
  })

  it("RFC7644-3.5.2.1-06 RFC7644-3.5.2.1-07 changes neither version nor lastModified where nothing changes", async () => {
    const { send, path, clock } = await withUser()
    const before = await send("GET", path)
    clock.nowMs += 1000
    await send("PATCH", path, patch({ op: "add", path: "emails", value: [{ value: "a@x", type: "work" }] }))
    expect((await send("GET", path)).text).toBe(before.text)
  })

  it("RFC7644-3.5.2-15 leaves one primary", async () => {
    const { send, path } = await withUser()
    await send(
      "PATCH",
      path,
      patch({ op: "add", path: "emails", value: [{ value: "b@x", type: "home", primary: true }] }),
    )
    await send("PATCH", path, patch({ op: "replace", path: 'emails[type eq "work"].primary', value: true }))
    expect((await send("GET", path)).json["emails"]).toEqual([
      { value: "a@x", type: "work", primary: true },
      { value: "b@x", type: "home", primary: false },
    ])
  })
})
