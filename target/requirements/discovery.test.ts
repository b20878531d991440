import { describe, expect, it } from "vitest"
import { ENTERPRISE_USER_URN, GROUP_URN, USER_URN } from "../../protocol/index.ts"
import { isJsonArray, isJsonObject } from "../json.ts"
import type { JsonObject, JsonValue } from "../json.ts"
import { column, createTestTarget, group, patch, resourcesIn, user } from "../testing.ts"

const { send, create } = createTestTarget()

async function schemas(): Promise<readonly JsonObject[]> {
  return resourcesIn(await send("GET", "/Schemas"))
}

/** Every attribute definition of every schema, sub-attributes included, with the schema's id. */
async function definitions(): Promise<readonly { schema: JsonValue; definition: JsonObject }[]> {
  return (await schemas()).flatMap((schema) =>
    objectsIn(schema["attributes"]).flatMap((definition) =>
      [definition, ...objectsIn(definition["subAttributes"])].map((one) => ({
        schema: schema["id"] ?? null,
        definition: one,
      })),
    ),
  )
}

function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter((one) => isJsonObject(one)) : []
}

describe("ServiceProviderConfig", () => {
  it("RFC7644-4-01 RFC7643-5-01 RFC7643-5-02 RFC7643-5-03 RFC7643-5-04 RFC7643-5-05 RFC7643-5-08 RFC7643-5-09 is one object that says what is supported", async () => {
    const answer = await send("GET", "/ServiceProviderConfig")
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 1000, maxPayloadSize: 1_048_576 },
      filter: { supported: true, maxResults: 500 },
      changePassword: { supported: true },
      sort: { supported: true },
      etag: { supported: true },
      pagination: {
        cursor: true,
        index: true,
        defaultPaginationMethod: "index",
        defaultPageSize: 100,
        maxPageSize: 500,
      },
      authenticationSchemes: [
        {
          type: "oauthbearertoken",
          name: "OAuth Bearer Token",
          description: "A token in the Authorization header",
          specUri: "https://www.rfc-editor.org/info/rfc6750",
          primary: true,
        },
      ],
      meta: {
        resourceType: "ServiceProviderConfig",
        location: "https://example.com/v2/ServiceProviderConfig",
        version: answer.headers.get("etag"),
      },
    })
  })

  it.each(["/ServiceProviderConfig", "/ResourceTypes", "/ResourceTypes/User", "/Schemas", `/Schemas/${USER_URN}`])(
    "RFC7643-5-07 RFC7643-6-07 RFC7643-7-17 %s is read-only",
    async (path) => {
      const before = await send("GET", path)
      for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
        const answer = await send(method, path, method === "DELETE" ? undefined : { schemas: [] })
        expect(answer.status).toBe(405)
        expect(answer.headers.get("allow")).toBe("GET, HEAD")
        expect(answer.json["schemas"]).toEqual(["urn:ietf:params:scim:api:messages:2.0:Error"])
      }
      expect((await send("GET", path)).text).toBe(before.text)
    },
  )

  it("RFC7644-4-07 RFC7644-3.5-02 keeps what it announces: patch, bulk, filter, sort, etag and changePassword work", async () => {
    const id = await create("/Users", user("truth"))
    const patched = await send("PATCH", `/Users/${id}`, patch({ op: "replace", path: "password", value: "s3cret" }))
    expect(patched.status).toBe(200)
    expect(patched.headers.get("etag")).toBe('W/"2"')
    expect((await send("GET", '/Users?filter=userName eq "truth"&sortBy=userName')).json["totalResults"]).toBe(1)
    const job = { schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], Operations: [] }
    expect((await send("POST", "/Bulk", job)).status).toBe(200)
  })
})

describe("ResourceTypes", () => {
  it("RFC7644-4-04 RFC7643-6-01 RFC7643-6-04 RFC7644-3.2-01 lists the types with endpoint, schema and extensions", async () => {
    const answer = await send("GET", "/ResourceTypes")
    expect(answer.json).toMatchObject({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
      totalResults: 2,
      startIndex: 1,
      itemsPerPage: 2,
    })
    const version = expect.stringMatching(/^W\/"/)
    expect(resourcesIn(answer)).toEqual([
      {
        schemas: ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
        id: "User",
        name: "User",
        description: "User Account",
        endpoint: "/Users",
        schema: USER_URN,
        schemaExtensions: [{ schema: ENTERPRISE_USER_URN, required: false }],
        meta: { resourceType: "ResourceType", location: "https://example.com/v2/ResourceTypes/User", version },
      },
      {
        schemas: ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
        id: "Group",
        name: "Group",
        description: "Group",
        endpoint: "/Groups",
        schema: GROUP_URN,
        schemaExtensions: [],
        meta: { resourceType: "ResourceType", location: "https://example.com/v2/ResourceTypes/Group", version },
      },
    ])
  })

  it("RFC7644-4-04 RFC7643-6-06 gives one type by its id, and 404 for another", async () => {
    expect((await send("GET", "/ResourceTypes/Group")).json).toMatchObject({ name: "Group", endpoint: "/Groups" })
    expect((await send("GET", "/ResourceTypes/Device")).status).toBe(404)
  })

  it("RFC7643-6-02 serves exactly the type at its endpoint", async () => {
    const { send, create } = createTestTarget()
    await create("/Users", user("ada"))
    await create("/Groups", group("engineers"))
    for (const type of resourcesIn(await send("GET", "/ResourceTypes"))) {
      const metas = column(await send("GET", JSON.stringify(type["endpoint"]).slice(1, -1)), "meta")
      expect(metas).toMatchObject([{ resourceType: type["name"] }])
    }
  })

  it("RFC7643-6-03 RFC7643-6-04 names schemas that are published", async () => {
    const published = (await schemas()).map(({ id }) => id)
    for (const type of resourcesIn(await send("GET", "/ResourceTypes"))) {
      expect(published).toContain(type["schema"])
      for (const { schema } of objectsIn(type["schemaExtensions"])) expect(published).toContain(schema)
    }
  })
})

describe("Schemas", () => {
  it("RFC7644-4-02 RFC7643-7-02 lists every schema with attributes", async () => {
    const answer = await send("GET", "/Schemas")
    expect(answer.json).toMatchObject({ totalResults: 6, itemsPerPage: 6, startIndex: 1 })
    expect(column(answer, "id")).toEqual([
      USER_URN,
      GROUP_URN,
      ENTERPRISE_USER_URN,
      "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig",
      "urn:ietf:params:scim:schemas:core:2.0:ResourceType",
      "urn:ietf:params:scim:schemas:core:2.0:Schema",
    ])
    for (const schema of resourcesIn(answer)) {
      expect(objectsIn(schema["attributes"]).length).toBeGreaterThan(0)
      expect(schema["schemas"]).toEqual(["urn:ietf:params:scim:schemas:core:2.0:Schema"])
    }
  })

  it("RFC7644-4-03 gives one schema by its URN, colons raw or encoded, and 404 for another", async () => {
    for (const urn of [GROUP_URN, encodeURIComponent(GROUP_URN), GROUP_URN.toUpperCase()]) {
      const answer = await send("GET", `/Schemas/${urn}`)
      expect(answer.status).toBe(200)
      expect(answer.json["id"]).toBe(GROUP_URN)
    }
    expect((await send("GET", "/Schemas/urn:example:unknown")).status).toBe(404)
  })

  it("RFC7644-3.1-02 publishes no message schema", async () => {
    for (const { id } of await schemas()) expect(id).not.toMatch(/^urn:ietf:params:scim:api:/)
  })

  it("RFC7643-7-03 RFC7643-2.3-01 RFC7643-2.2-01 RFC7643-2.1-02 defines attributes with the keywords of RFC 7643", async () => {
    for (const { definition } of await definitions()) {
      expect(definition["name"]).toMatch(/^\$?[A-Za-z][A-Za-z0-9_$-]*$/)
      expect(definition["type"]).toMatch(/^(string|boolean|decimal|integer|dateTime|binary|reference|complex)$/)
      expect(definition["mutability"]).toMatch(/^(readOnly|readWrite|immutable|writeOnly)$/)
      expect(definition["returned"]).toMatch(/^(always|never|default|request)$/)
      expect(definition["uniqueness"] ?? "none").toMatch(/^(none|server|global)$/)
      expect([typeof definition["multiValued"], typeof definition["required"]]).toEqual(["boolean", "boolean"])
      expect(JSON.stringify(definition)).not.toContain("null")
    }
  })

  it("RFC7643-1.2-01 RFC7643-7-04 RFC7643-2.3.8-03 gives sub-attributes to complex attributes only, and these no case", async () => {
    for (const { definition } of await definitions()) {
      const isComplex = definition["type"] === "complex"
      expect(objectsIn(definition["subAttributes"]).length > 0).toBe(isComplex)
      if (isComplex) expect([definition["caseExact"], definition["uniqueness"]]).toEqual([undefined, undefined])
    }
  })

  it("RFC7643-2.3.8-02 has no complex sub-attribute outside the schema of schemas", async () => {
    for (const schema of (await schemas()).filter(({ id }) => id !== "urn:ietf:params:scim:schemas:core:2.0:Schema")) {
      const subs = objectsIn(schema["attributes"]).flatMap((attribute) => objectsIn(attribute["subAttributes"]))
      expect(subs.filter(({ type }) => type === "complex")).toEqual([])
    }
  })

  it("RFC7643-7-05 RFC7643-2.4-02 says what references refer to, and keeps the meaning of the common sub-attributes", async () => {
    const expected: Readonly<Record<string, string>> = { primary: "boolean", $ref: "reference", display: "string" }
    for (const { definition } of await definitions()) {
      const name = JSON.stringify(definition["name"]).slice(1, -1)
      expect(isJsonArray(definition["referenceTypes"])).toBe(definition["type"] === "reference")
      if (expected[name] !== undefined) expect(definition["type"]).toBe(expected[name])
    }
  })

  it("RFC7643-3.3-04 does not define a core attribute anew in the extension", async () => {
    const topLevel = async (id: string): Promise<readonly (JsonValue | undefined)[]> =>
      objectsIn((await send("GET", `/Schemas/${id}`)).json["attributes"]).map(({ name }) => name)
    const core = await topLevel(USER_URN)
    expect((await topLevel(ENTERPRISE_USER_URN)).filter((name) => core.includes(name))).toEqual([])
  })

  it("RFC7643-7-18 RFC7643-4.3-01 keeps the types of the standard attributes", async () => {
    const enterprise = objectsIn((await send("GET", `/Schemas/${ENTERPRISE_USER_URN}`)).json["attributes"])
    expect(enterprise.map(({ name, type, multiValued }) => [name, type, multiValued])).toEqual([
      ["employeeNumber", "string", false],
      ["costCenter", "string", false],
      ["organization", "string", false],
      ["division", "string", false],
      ["department", "string", false],
      ["manager", "complex", false],
    ])
  })
})

describe("all discovery endpoints", () => {
  it.each([
    "/ServiceProviderConfig",
    "/ResourceTypes",
    "/Schemas",
    "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User",
  ])("RFC7644-3.2-04 RFC7644-4-06 %s answers GET, and refuses a filter with 403", async (path) => {
    expect((await send("GET", path)).status).toBe(200)
    const filtered = await send("GET", `${path}?filter=${encodeURIComponent("id pr")}`)
    expect(filtered.status).toBe(403)
    expect(filtered.json["status"]).toBe("403")
  })

  it.each(["/ServiceProviderConfig", "/ResourceTypes/User", `/Schemas/${USER_URN}`])(
    "RFC7644-3.14-01 RFC7643-3.1-18 RFC9110-13.1.2-01 %s has a tag that stays, and answers 304 to who has it",
    async (path) => {
      const { headers, json } = await send("GET", path)
      const etag = headers.get("etag") ?? ""
      expect(etag).toMatch(/^W\/"[\w-]{16}"$/)
      expect(json["meta"]).toMatchObject({ version: etag })
      const again = await send("GET", path, undefined, { "if-none-match": `"x", ${etag.slice(2)}` })
      expect([again.status, again.text, again.headers.get("etag")]).toEqual([304, "", etag])
      expect((await send("GET", path, undefined, { "if-none-match": 'W/"1"' })).status).toBe(200)
      expect((await send("GET", path, undefined, { "if-match": 'W/"1"' })).status).toBe(412)
    },
  )

  it("RFC7644-4-05 ignores sorting and paging", async () => {
    const all = await send("GET", "/Schemas")
    expect((await send("GET", "/Schemas?startIndex=2&count=1&sortBy=id&sortOrder=descending")).text).toBe(all.text)
  })

  it("RFC7644-3.13-01 RFC7644-3.12-19 serves version 2 and names another version as not supported", async () => {
    for (const path of ["/../v1/Users", "/../v3/Users", "/../v9"]) {
      const answer = await send("GET", path)
      expect([answer.status, answer.json["scimType"]]).toEqual([400, "invalidVers"])
    }
    expect((await send("GET", "/../other/Users")).status).toBe(404)
  })

  it("RFC7644-1.3-01 does not take a base URL with a query", () => {
    expect(() => createTestTarget({ baseUrl: "https://example.com/v2?aadOptscim062020" })).toThrow(RangeError)
  })
})
