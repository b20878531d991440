import { describe, expect, it } from "vitest"
import { ENTERPRISE_USER_URN, SEARCH_REQUEST_URN, USER_URN } from "../../protocol/index.ts"
import { createTestTarget, employee, group, patch, resourcesIn, textOf, user } from "../testing.ts"
import { vectorSchemas } from "../vectors.ts"

const HARNESS_URN = "urn:example:params:scim:schemas:extension:harness:2.0:User"
const { send, create } = createTestTarget()
const person = employee(
  "ada",
  { department: "Engines", costCenter: "7" },
  {
    displayName: "Ada King",
    password: "s3cret",
    name: { givenName: "Ada", familyName: "King" },
    emails: [
      { value: "a@x", type: "work" },
      { value: "b@x", type: "home" },
    ],
  },
)
const id = await create("/Users", person)
const minimum = { schemas: [USER_URN, ENTERPRISE_USER_URN], id }

/** The user as a projection shows it. */
async function read(parameters: string): Promise<unknown> {
  return (await send("GET", `/Users/${id}?${parameters}`)).json
}

describe("attributes", () => {
  it.each([
    ["RFC7644-3.9-01 RFC7643-7-12 RFC7643-7-14 RFC7644-3.9-06", "attributes=displayName", { displayName: "Ada King" }],
    ["RFC7644-3.9-03", "attributes=userName,%20name.givenName", { userName: "ada", name: { givenName: "Ada" } }],
    ["RFC7644-3.4.2.5-03 RFC7644-3.10-01", "attributes=USERNAME", { userName: "ada" }],
    ["RFC7644-3.4.2.5-03", `attributes=${USER_URN}:userName`, { userName: "ada" }],
    ["RFC7644-3.4.2.5-03", "attributes=emails.value", { emails: [{ value: "a@x" }, { value: "b@x" }] }],
    [
      "RFC7644-3.4.2.5-03",
      `attributes=${ENTERPRISE_USER_URN}:department`,
      { [ENTERPRISE_USER_URN]: { department: "Engines" } },
    ],
    [
      "RFC7644-3.9-07",
      `attributes=${ENTERPRISE_USER_URN}`,
      { [ENTERPRISE_USER_URN]: { department: "Engines", costCenter: "7" } },
    ],
    ["RFC7644-3.9-05", "attributes=nonexistent,name.nonexistent", {}],
    ["RFC7643-7-13 RFC7643-4.1.1-05", "attributes=password", {}],
    ["WIRE-054", "attributes=id", {}],
  ])("%s: %s", async (_ids, parameters, expected) => {
    expect(await read(parameters)).toEqual({ ...minimum, ...expected })
  })

  it("RFC7644-3.9-05 gives the whole for a blank list", async () => {
    expect((await send("GET", `/Users/${id}?attributes=&excludedAttributes=`)).text).toBe(
      (await send("GET", `/Users/${id}`)).text,
    )
  })
})

describe("excludedAttributes", () => {
  it("RFC7644-3.9-02 takes from the default set, RFC7644-3.4.2.5-02 and never what is always returned", async () => {
    const parameters = "excludedAttributes=id,schemas,meta,emails,name.givenName,displayName"
    expect(await read(`${parameters},${ENTERPRISE_USER_URN}:costCenter`)).toEqual({
      ...minimum,
      userName: "ada",
      name: { familyName: "King" },
      [ENTERPRISE_USER_URN]: { department: "Engines" },
    })
  })

  it("RFC7644-3.9-04 cannot stand beside attributes", async () => {
    const { status, json } = await send("GET", `/Users/${id}?attributes=userName&excludedAttributes=title`)
    expect([status, json["scimType"]]).toEqual([400, "invalidValue"])
  })

  it("RFC7644-3.9-02 WIRE-157 WIRE-158 leaves the members of groups out", async () => {
    const groupId = await create("/Groups", group("engineers", [id]))
    const one = await send("GET", `/Groups/${groupId}?excludedAttributes=members`)
    expect(one.json).not.toHaveProperty("members")
    expect(one.json["displayName"]).toBe("engineers")
    const listed = await send("GET", "/Groups?excludedAttributes=members&filter=displayName+eq+%22Engineers%22")
    expect(resourcesIn(listed)).toEqual([one.json])
    await send("DELETE", `/Groups/${groupId}`)
  })
})

describe("projection of every answer", () => {
  it("RFC7644-3.4.2.5-01 holds for create, read, query, search, replace and modify", async () => {
    const parameters = "attributes=userName"
    const created = await send("POST", `/Users?${parameters}`, user("bob", { title: "x" }))
    const bob = { schemas: [USER_URN], id: created.json["id"], userName: "bob" }
    expect(created.json).toEqual(bob)
    const path = `/Users/${textOf(created, "id")}`
    expect((await send("GET", `${path}?${parameters}`)).json).toEqual(bob)
    const filter = encodeURIComponent('userName eq "bob"')
    expect(resourcesIn(await send("GET", `/Users?${parameters}&filter=${filter}`))).toEqual([bob])
    const request = { schemas: [SEARCH_REQUEST_URN], filter: 'userName eq "bob"', attributes: ["userName"] }
    expect(resourcesIn(await send("POST", "/Users/.search", request))).toEqual([bob])
    expect((await send("PUT", `${path}?${parameters}`, user("bob", { title: "y" }))).json).toEqual(bob)
    const operation = { op: "replace", path: "title", value: "z" }
    expect((await send("PATCH", `${path}?${parameters}`, patch(operation))).json).toEqual(bob)
  })
})

describe("returned by request", () => {
  it("RFC7643-7-15 shows the attribute where it is asked for or was just written", async () => {
    const { send } = createTestTarget({ schemas: vectorSchemas })
    const extension = { notes: "secretive", staffId: "s1", remote: true }
    const created = await send("POST", "/Users", user("ada", { [HARNESS_URN]: extension }))
    expect(created.json[HARNESS_URN]).toEqual(extension)
    const path = `/Users/${textOf(created, "id")}`
    expect((await send("GET", path)).json[HARNESS_URN]).toEqual({ staffId: "s1", remote: true })
    expect(resourcesIn(await send("GET", "/Users"))[0]?.[HARNESS_URN]).toEqual({ staffId: "s1", remote: true })
    const asked = await send("GET", `${path}?attributes=${HARNESS_URN}:notes`)
    expect(asked.json[HARNESS_URN]).toEqual({ notes: "secretive", staffId: "s1" })
    const other = await send("PATCH", path, patch({ op: "replace", path: `${HARNESS_URN}:remote`, value: false }))
    expect(other.json[HARNESS_URN]).toEqual({ staffId: "s1", remote: false })
    const written = await send("PATCH", path, patch({ op: "replace", path: `${HARNESS_URN}:notes`, value: "new" }))
    expect(written.json[HARNESS_URN]).toEqual({ notes: "new", staffId: "s1", remote: false })
  })
})
