import { describe, expect, it } from "vitest"
import { DEFAULT_WIRE_OPTIONS, type WireOptions } from "./options.ts"
import { type AttributeValue, resourceBody } from "./resource-body.ts"

const options = (given: Partial<WireOptions> = {}): WireOptions => ({ ...DEFAULT_WIRE_OPTIONS, ...given })

const lena: AttributeValue[] = [
  { path: "userName", value: "lena.fischer@orchard.example" },
  { path: "active", value: true },
  { path: 'emails[type eq "work"].value', value: "lena.fischer@orchard.example" },
  { path: "name.givenName", value: "Lena" },
  { path: "name.familyName", value: "Fischer" },
  { path: "name.formatted", value: "Lena Fischer" },
  { path: "externalId", value: "8b0e0c5e-5d2c-44a4-a5a4-58f2a4d5b0a1" },
]

describe("a new user", () => {
  it("WIRE-082 is the documented body, key by key", () => {
    expect(resourceBody("User", lena, options({ emptyCollectionsOnCreate: true }))).toBe(
      JSON.stringify({
        schemas: [
          "urn:ietf:params:scim:schemas:core:2.0:User",
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        ],
        externalId: "8b0e0c5e-5d2c-44a4-a5a4-58f2a4d5b0a1",
        userName: "lena.fischer@orchard.example",
        active: true,
        emails: [{ primary: true, type: "work", value: "lena.fischer@orchard.example" }],
        meta: { resourceType: "User" },
        name: { formatted: "Lena Fischer", familyName: "Fischer", givenName: "Lena" },
        roles: [],
      }),
    )
  })

  it("MAP-604 has no empty roles unless asked", () => {
    expect(resourceBody("User", lena, options())).not.toContain("roles")
  })

  it("WIRE-041 the order of mappings does not change the body", () => {
    expect(resourceBody("User", [...lena].reverse(), options())).toBe(resourceBody("User", lena, options()))
  })

  it("WIRE-085 by switch booleans are texts", () => {
    const body = resourceBody("User", lena, options({ postBooleans: "text" }))
    expect(body).toContain('"active":"True"')
    expect(body).toContain('"primary":"True"')
  })

  it("WIRE-088 MAP-404 targets with one filter share one element", () => {
    const values = [
      { path: 'addresses[type eq "work"].locality', value: "Werder" },
      { path: 'addresses[type eq "work"].country', value: "DE" },
      { path: 'phoneNumbers[type eq "mobile"].value', value: "+49 1" },
      { path: 'phoneNumbers[type eq "work"].value', value: "+49 2" },
      { path: 'roles[primary eq "True"].value', value: "Admin" },
    ]
    expect(JSON.parse(resourceBody("User", values, options()))).toMatchObject({
      addresses: [{ type: "work", locality: "Werder", country: "DE" }],
      phoneNumbers: [
        { type: "mobile", value: "+49 1" },
        { type: "work", value: "+49 2" },
      ],
      roles: [{ primary: true, value: "Admin" }],
    })
  })

  it("WIRE-090 WIRE-148 WIRE-149 extensions are nested, a custom URN is not in schemas", () => {
    const values = [
      { path: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", value: "Cider" },
      { path: "urn:ietf:params:scim:schemas:extension:Orchard:2.0:User:tree", value: "Boskoop" },
    ]
    expect(resourceBody("User", values, options())).toBe(
      JSON.stringify({
        schemas: [
          "urn:ietf:params:scim:schemas:core:2.0:User",
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        ],
        meta: { resourceType: "User" },
        "urn:ietf:params:scim:schemas:extension:Orchard:2.0:User": { tree: "Boskoop" },
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { department: "Cider" },
      }),
    )
  })
})

describe("a new group", () => {
  const pickers = [
    { path: "displayName", value: "Pickers" },
    { path: "externalId", value: "0d5cc1a7-0f4f-4b3f-8a0a-c55be1a4a3c8" },
  ]

  it("WIRE-162 WIRE-163 lists the core schema only and has no members", () => {
    expect(resourceBody("Group", pickers, options())).toBe(
      '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"externalId":"0d5cc1a7-0f4f-4b3f-8a0a-c55be1a4a3c8","displayName":"Pickers","meta":{"resourceType":"Group"}}',
    )
  })

  it("WIRE-161 by switch is the documented body with Microsoft's own URN", () => {
    expect(resourceBody("Group", pickers, options({ groupCreateSchemas: "coreAndAdscim" }))).toBe(
      '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group","http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],"externalId":"0d5cc1a7-0f4f-4b3f-8a0a-c55be1a4a3c8","displayName":"Pickers","meta":{"resourceType":"Group"}}',
    )
  })
})
