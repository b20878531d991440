/** A target with the schemas of docs/examples/custom-schemas.json: what the file says is served and enforced. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { BULK_REQUEST_URN } from "../../protocol/index.ts"
import type { JsonObject, JsonValue } from "../json.ts"
import { readSchemas } from "../schemas/read-schemas.ts"
import { column, createTestTarget, group, patch, resourcesIn, textOf, user } from "../testing.ts"
import type { Answer, TestTarget } from "../testing.ts"

const EXAMPLE = readFileSync(new URL("../../docs/examples/custom-schemas.json", import.meta.url), "utf8")
const BADGE = "urn:example:params:scim:schemas:extension:badge:2.0:User"
const DEVICE = "urn:example:params:scim:schemas:core:2.0:Device"
const LEASE = "urn:example:params:scim:schemas:extension:lease:2.0:Device"

const schemas = readSchemas(EXAMPLE, "custom-schemas.json")
const served = (options = {}): TestTarget => createTestTarget({ schemas, ...options })

function holder(userName: string, badge: JsonObject): JsonObject {
  return user(userName, { [BADGE]: badge })
}

function device(serialNumber: string, more: JsonObject = {}): JsonObject {
  return { schemas: [DEVICE, LEASE], serialNumber, [LEASE]: { contract: "C1" }, ...more }
}

function refusal({ status, json }: Answer): readonly [number, JsonValue | undefined] {
  return [status, json["scimType"]]
}

describe("discovery", () => {
  it("RFC7643-6-01 RFC7643-6-04 RFC7643-7-01 serves the schemas and resource types of the file", async () => {
    const { send } = served()
    const types = resourcesIn(await send("GET", "/ResourceTypes"))
    expect(types.map((type) => type["name"])).toEqual(["User", "Group", "Device"])
    expect(types[0]?.["schemaExtensions"]).toContainEqual({ schema: BADGE, required: false })
    expect(types[2]).toMatchObject({
      endpoint: "/Devices",
      schema: DEVICE,
      schemaExtensions: [{ schema: LEASE, required: true }],
    })
    const badge = await send("GET", `/Schemas/${BADGE}`)
    expect(badge.json).toMatchObject({ id: BADGE, name: "Badge", meta: { resourceType: "Schema" } })
    expect(column(await send("GET", "/Schemas"), "id")).toEqual(expect.arrayContaining([BADGE, DEVICE, LEASE]))
  })

  it("RFC7643-7-03 says of each attribute what the file says", async () => {
    const { send } = served()
    const { attributes } = (await send("GET", `/Schemas/${DEVICE}`)).json
    expect(attributes).toContainEqual({
      name: "serialNumber",
      type: "string",
      multiValued: false,
      description: "Number its maker gave it.",
      required: true,
      caseExact: true,
      mutability: "immutable",
      returned: "default",
      uniqueness: "server",
    })
  })
})

describe("an extension of User", () => {
  it.each<readonly [string, JsonObject]>([
    ["a type", { number: "7" }],
    ["a dateTime in a list", { number: 7, doors: [{ value: "1", until: "tomorrow" }] }],
    ["a missing attribute", { code: "x" }],
    ["a missing part", { number: 7, doors: [{ type: "inner" }] }],
    ["a text that is not canonical", { number: 7, level: "boss" }],
    ["a part that is not canonical", { number: 7, doors: [{ value: "1", type: "trap" }] }],
    [
      "two primaries",
      {
        number: 7,
        doors: [
          { value: "1", primary: true },
          { value: "2", primary: true },
        ],
      },
    ],
  ])("RFC7644-3.3-08 RFC7643-2.3.1-02 refuses %s", async (_what, badge) => {
    const { send } = served()
    expect(refusal(await send("POST", "/Users", holder("ada", badge)))).toEqual([400, "invalidValue"])
    expect((await send("GET", "/Users")).json["totalResults"]).toBe(0)
  })

  it("RFC7643-2.3.1-02 canonical values are found in any case where case has no meaning", async () => {
    const { send } = served()
    const created = await send("POST", "/Users", holder("ada", { number: 7, level: "Staff" }))
    expect(created.json[BADGE]).toEqual({ number: 7, level: "Staff" })
  })

  it("RFC7643-7-16 refuses a number that another has", async () => {
    const { send, create } = served()
    await create("/Users", holder("ada", { number: 7 }))
    const id = await create("/Users", holder("bob", { number: 8 }))
    expect(refusal(await send("POST", "/Users", holder("cyd", { number: 7 })))).toEqual([409, "uniqueness"])
    const taken = patch({ op: "replace", path: `${BADGE}:number`, value: 7.0 })
    expect(refusal(await send("PATCH", `/Users/${id}`, taken))).toEqual([409, "uniqueness"])
    await send("PATCH", `/Users/${id}`, patch({ op: "replace", path: `${BADGE}:number`, value: 9 }))
    expect((await send("POST", "/Users", holder("dan", { number: 8 }))).status).toBe(201)
  })

  it("RFC7643-7-10 keeps what is immutable, in PUT as in PATCH, and the immutable parts of what is not", async () => {
    const { send, create } = served()
    const badge = { number: 7, code: "A", doors: [{ value: "1", type: "inner" }] }
    const path = `/Users/${await create("/Users", holder("ada", badge))}`
    const change = (operation: JsonObject) => send("PATCH", path, patch({ op: "replace", ...operation }))
    expect(refusal(await send("PUT", path, holder("ada", { ...badge, code: "a" })))).toEqual([400, "mutability"])
    expect(refusal(await change({ path: `${BADGE}:code`, value: "B" }))).toEqual([400, "mutability"])
    const door = `${BADGE}:doors[value eq "1"].value`
    expect(refusal(await change({ path: door, value: "2" }))).toEqual([400, "mutability"])
    expect((await change({ path: `${BADGE}:doors[value eq "1"].type`, value: "outer" })).status).toBe(200)
    expect((await send("PUT", path, holder("ada", { ...badge, doors: [{ value: "2" }] }))).status).toBe(200)
  })

  it("RFC7643-7-09 RFC7644-3.3-01 ignores what only the server writes", async () => {
    const { send } = served()
    const sent = holder("ada", { number: 7, lastUsed: "2026-01-01T00:00:00Z" })
    const created = await send("POST", "/Users", sent)
    expect(created.json[BADGE]).toEqual({ number: 7 })
    const path = `/Users/${textOf(created, "id")}`
    const write = patch({ op: "add", path: `${BADGE}:lastUsed`, value: "2026-01-01T00:00:00Z" })
    expect(refusal(await send("PATCH", path, write))).toEqual([400, "mutability"])
  })

  it("RFC7643-7-15 returns what is returned on request to who asks for it or sets it", async () => {
    const { send } = served()
    const created = await send("POST", "/Users", holder("ada", { number: 7, note: "lost once" }))
    expect(created.json[BADGE]).toEqual({ number: 7, note: "lost once" })
    const path = `/Users/${textOf(created, "id")}`
    expect((await send("GET", path)).json[BADGE]).toEqual({ number: 7 })
    expect((await send("GET", `${path}?attributes=${BADGE}:note`)).json[BADGE]).toEqual({ note: "lost once" })
    expect((await send("GET", `${path}?excludedAttributes=${BADGE}`)).json[BADGE]).toBeUndefined()
  })

  it("RFC7643-7-11 RFC7644-7.5.2-01 never shows a secret and never filters by one", async () => {
    const { send, create } = served()
    const path = `/Users/${await create("/Users", holder("ada", { number: 7, pin: "4711" }))}`
    for (const query of ["", `?attributes=${BADGE}:pin`, `?attributes=${BADGE}`]) {
      expect((await send("GET", `${path}${query}`)).text).not.toMatch(/"pin"|4711/)
    }
    const found = await send("GET", `/Users?filter=${encodeURIComponent(`${BADGE}:pin eq "4711"`)}`)
    expect(refusal(found)).toEqual([403, "sensitive"])
  })

  it("RFC7644-3.10-01 tells its attributes from those of the same name in the core", async () => {
    const { send, create } = served()
    await create("/Users", holder("ada", { number: 1, displayName: "Countess" }))
    const find = async (filter: string) =>
      column(await send("GET", `/Users?filter=${encodeURIComponent(filter)}`), "userName")
    expect(await find('displayName eq "Countess"')).toEqual([])
    expect(await find(`${BADGE}:displayName eq "countess"`)).toEqual(["ada"])
  })

  it.each([
    [`${BADGE}:number gt 7`, ["bob"]],
    [`${BADGE}:number le 7`, ["ada"]],
    [`${BADGE}:code eq "a"`, []],
    [`${BADGE}:code sw "A"`, ["ada"]],
    [`${BADGE}:level eq "STAFF"`, ["bob"]],
    [`${BADGE}:doors[value eq "1" and until lt "2026-06-01T00:00:00+02:00"]`, ["ada"]],
    [`${BADGE}:doors.type eq "outer"`, ["ada"]],
    [`not (${BADGE}:doors pr)`, ["bob"]],
  ])("RFC7643-7-06 RFC7644-3.10-01 filters by %s", async (filter, found) => {
    const { send, create } = served()
    const doors = [
      { value: "1", type: "inner", until: "2026-05-31T22:00:00-00:00" },
      { value: "2", type: "outer", until: "2025-01-01T00:00:00Z" },
    ]
    const [first = {}, second = {}] = doors
    const sooner = { ...first, until: "2026-05-31T21:59:59.999Z" }
    await create("/Users", holder("ada", { number: 7, code: "A1", doors: [sooner, second] }))
    await create("/Users", holder("bob", { number: 8, level: "staff" }))
    expect(column(await send("GET", `/Users?filter=${encodeURIComponent(filter)}`), "userName")).toEqual(found)
  })

  it("RFC7644-3.4.2.3-02 RFC7644-3.4.2.3-04 sorts by its attributes, numbers as numbers and lists by their primary", async () => {
    const { send, create } = served()
    await create("/Users", holder("ada", { number: 10, doors: [{ value: "a" }, { value: "c", primary: true }] }))
    await create("/Users", holder("bob", { number: 9, doors: [{ value: "b" }] }))
    const sorted = async (by: string) => column(await send("GET", `/Users?sortBy=${by}`), "userName")
    expect(await sorted(`${BADGE}:number`)).toEqual(["bob", "ada"])
    expect(await sorted(`${BADGE}:doors`)).toEqual(["bob", "ada"])
    expect(await sorted(`${BADGE}:doors.value`)).toEqual(["bob", "ada"])
  })

  it("RFC7644-3.5.2-06 is patched by qualified paths, by its container and by value paths", async () => {
    const { send, create } = served()
    const path = `/Users/${await create("/Users", user("ada"))}`
    const change = async (...operations: readonly JsonObject[]) =>
      (await send("PATCH", path, patch(...operations))).json[BADGE]
    expect(await change({ op: "add", path: `${BADGE}:number`, value: 7 })).toEqual({ number: 7 })
    expect(await change({ op: "add", value: { [BADGE]: { doors: [{ value: "1" }] } } })).toEqual({
      number: 7,
      doors: [{ value: "1" }],
    })
    const door = `${BADGE}:doors[value eq "1"].until`
    expect(await change({ op: "replace", path: door, value: "2026-01-01T00:00:00Z" })).toEqual({
      number: 7,
      doors: [{ value: "1", until: "2026-01-01T00:00:00Z" }],
    })
    expect(await change({ op: "remove", path: `${BADGE}:doors[until le "2026-01-01T00:00:00Z"]` })).toEqual({
      number: 7,
    })
    expect(await change({ op: "remove", path: BADGE })).toBeUndefined()
  })

  it("RFC7644-3.5.2-08 a PATCH cannot leave it without what it requires", async () => {
    const { send, create } = served()
    const path = `/Users/${await create("/Users", user("ada"))}`
    const before = await send("GET", path)
    const change = (operation: JsonObject) => send("PATCH", path, patch(operation))
    expect(refusal(await change({ op: "add", path: `${BADGE}:code`, value: "A" }))).toEqual([400, "invalidValue"])
    const half = { op: "add", value: { [BADGE]: { number: 7, doors: [{ type: "inner" }] } } }
    expect(refusal(await change(half))).toEqual([400, "invalidValue"])
    expect((await send("GET", path)).text).toBe(before.text)
  })
})

describe("a list inside a complex attribute", () => {
  const DAYS = `${BADGE}:doors[value eq "1"].days`

  async function withDays() {
    const made = served()
    const badge = (number: number, ...days: readonly string[]) => ({
      number,
      doors: [{ value: "1", days }, { value: "2" }],
    })
    const path = `/Users/${await made.create("/Users", holder("ada", badge(1, "Tue", "Mon")))}`
    await made.create("/Users", holder("bob", badge(2, "Wed")))
    const daysNow = async () => {
      const { doors } = (await made.send("GET", path)).json[BADGE] as { doors: readonly { days?: readonly string[] }[] }
      return doors[0]?.days
    }
    return { ...made, path, daysNow }
  }

  it.each([
    [`${BADGE}:doors.days eq "mon"`, ["ada"]],
    [`${BADGE}:doors[days eq "Wed" and value eq "1"]`, ["bob"]],
    [`${BADGE}:doors[days eq "Wed" and value eq "2"]`, []],
    [`${BADGE}:doors[not (days pr)]`, ["ada", "bob"]],
    [`${BADGE}:doors[days sw "t"]`, ["ada"]],
  ])("RFC7644-3.4.2.2-19 is met by any of its values: %s", async (filter, found) => {
    const { send } = await withDays()
    expect(column(await send("GET", `/Users?filter=${encodeURIComponent(filter)}`), "userName")).toEqual(found)
  })

  it("RFC7644-3.5.2.1-05 RFC7644-3.5.2.3-02 grows by add, is replaced by replace and goes by remove", async () => {
    const { send, path, daysNow } = await withDays()
    await send("PATCH", path, patch({ op: "add", path: DAYS, value: ["Mon", "Sun"] }))
    expect(await daysNow()).toEqual(["Tue", "Mon", "Sun"])
    await send("PATCH", path, patch({ op: "replace", path: DAYS, value: ["Fri"] }))
    expect(await daysNow()).toEqual(["Fri"])
    const chosen = `${BADGE}:doors[days eq "fri"].type`
    expect((await send("PATCH", path, patch({ op: "add", path: chosen, value: "inner" }))).status).toBe(200)
    await send("PATCH", path, patch({ op: "remove", path: DAYS }))
    expect(await daysNow()).toBeUndefined()
  })

  it("RFC7643-2.3.1-02 takes none but its canonical values, and only texts", async () => {
    const { send, path, daysNow } = await withDays()
    for (const value of [["Someday"], [1], [["Mon"]]]) {
      expect(refusal(await send("PATCH", path, patch({ op: "add", path: DAYS, value })))).toEqual([400, "invalidValue"])
    }
    expect(await daysNow()).toEqual(["Tue", "Mon"])
  })

  it("RFC7644-3.4.2.3-02 sorts by its first value", async () => {
    const { send } = await withDays()
    const sorted = await send("GET", `/Users?sortBy=${BADGE}:doors.days&sortOrder=descending`)
    expect(column(sorted, "userName")).toEqual(["bob", "ada"])
  })
})

describe("a resource type of its own", () => {
  it("RFC7643-6-02 lives at its endpoint, from POST to DELETE", async () => {
    const { send } = served()
    const created = await send("POST", "/Devices", device("S1", { weight: 1.5, tags: ["loan", "old"] }))
    expect([created.status, created.json["meta"]]).toMatchObject([201, { resourceType: "Device" }])
    const location = `https://example.com/v2/Devices/${textOf(created, "id")}`
    expect([created.headers.get("location"), created.headers.get("etag")]).toEqual([location, 'W/"1"'])
    const path = location.replace("https://example.com/v2", "")
    expect((await send("GET", path)).json).toEqual(created.json)
    const put = await send("PUT", path, device("S1", { inUse: true }))
    expect([put.status, put.json["inUse"], put.json["weight"]]).toEqual([200, true, undefined])
    const tagged = await send("PATCH", path, patch({ op: "add", path: "tags", value: ["new"] }))
    expect(tagged.json["tags"]).toEqual(["new"])
    expect((await send("DELETE", path)).status).toBe(204)
    expect((await send("GET", path)).status).toBe(404)
  })

  it("RFC7643-6-05 needs its required extension, in PATCH too", async () => {
    const { send, create } = served()
    const bare = { schemas: [DEVICE], serialNumber: "S1" }
    expect(refusal(await send("POST", "/Devices", bare))).toEqual([400, "invalidValue"])
    const path = `/Devices/${await create("/Devices", device("S1"))}`
    expect((await send("PATCH", path, patch({ op: "remove", path: LEASE }))).status).toBe(400)
    expect((await send("GET", path)).json[LEASE]).toEqual({ contract: "C1" })
  })

  it("RFC7643-7-06 RFC7643-7-16 tells serial numbers apart by case and refuses one that is taken", async () => {
    const { send, create } = served()
    const id = await create("/Devices", device("S1"))
    await create("/Devices", device("s1"))
    expect(refusal(await send("POST", "/Devices", device("S1")))).toEqual([409, "uniqueness"])
    const filter = encodeURIComponent('serialNumber eq "S1"')
    expect(column(await send("GET", `/Devices?filter=${filter}`), "id")).toEqual([id])
  })

  it("RFC7644-3.4.2.1-01 takes part in root queries, bulk jobs and groups", async () => {
    const { send } = served()
    const job = await send("POST", "/Bulk", {
      schemas: [BULK_REQUEST_URN],
      Operations: [
        { method: "POST", path: "/Groups", bulkId: "g", data: group("kit", ["bulkId:d"]) },
        { method: "POST", path: "/Devices", bulkId: "d", data: device("S1", { externalId: "x1" }) },
      ],
    })
    expect(job.json["Operations"]).toMatchObject([{ status: "201" }, { status: "201" }])
    const everything = await send("GET", `?filter=${encodeURIComponent('externalId eq "x1"')}`)
    expect(resourcesIn(everything)).toMatchObject([{ meta: { resourceType: "Device" } }])
    const [kit] = resourcesIn(await send("GET", "/Groups"))
    expect(kit?.["members"]).toMatchObject([{ type: "Device" }])
  })

  it("RFC7643-7-10 keeps the immutable part of a complex attribute and needs its required one", async () => {
    const { send, create } = served()
    const owner = { value: "u1", since: "2026-01-01T00:00:00Z" }
    const path = `/Devices/${await create("/Devices", device("S1", { owner }))}`
    const later = patch({ op: "replace", path: "owner.since", value: "2026-02-01T00:00:00Z" })
    expect(refusal(await send("PATCH", path, later))).toEqual([400, "mutability"])
    expect((await send("PATCH", path, patch({ op: "replace", path: "owner.value", value: "u2" }))).status).toBe(200)
    const nobody = patch({ op: "remove", path: "owner.value" })
    expect(refusal(await send("PATCH", path, nobody))).toEqual([400, "invalidValue"])
  })
})

describe("a database file", () => {
  it("takes more schemas, and refuses to be read by fewer or other ones", () => {
    const folder = mkdtempSync(join(tmpdir(), "scimulate-"))
    const db = join(folder, "target.db")
    const open = (text?: string) => {
      const options = text === undefined ? {} : { schemas: readSchemas(text, "custom-schemas.json") }
      createTestTarget({ db, ...options }).target.close()
    }
    open()
    open(EXAMPLE)
    open(EXAMPLE.replace("Number printed on the badge.", "Other words."))
    expect(() => open()).toThrow(/target\.db was made with the extension urn:example:\S+ of User, which is missing now/)
    const changed = EXAMPLE.replace('"type": "decimal"', '"type": "integer"')
    expect(() => open(changed)).toThrow(/schema urn:example:params:scim:schemas:core:2\.0:Device, which has changed/)
    open(EXAMPLE)
    rmSync(folder, { recursive: true })
  })
})
