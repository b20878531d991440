import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import type { JsonObject, JsonValue } from "../json.ts"
import { SchemaFileError } from "./problem.ts"
import { readSchemas } from "./read-schemas.ts"

const URN = "urn:example:params:scim:schemas:extension:badge:2.0:User"

/** A file with one extension of User that has these attributes. */
function withAttributes(...attributes: readonly JsonObject[]): JsonObject {
  return {
    schemas: [{ id: URN, attributes }],
    resourceTypes: [{ name: "User", schemaExtensions: [{ schema: URN }] }],
  }
}

function withType(type: JsonObject): JsonObject {
  return {
    schemas: [{ id: URN, attributes: [{ name: "a" }] }],
    resourceTypes: [{ name: "Thing", endpoint: "/Things", schema: URN, ...type }],
  }
}

function errorOf(file: JsonValue): SchemaFileError {
  try {
    readSchemas(typeof file === "string" ? file : JSON.stringify(file), "my.json")
  } catch (error) {
    if (error instanceof SchemaFileError) return error
    throw error
  }
  throw new Error("Nothing was wrong.")
}

it("the example in docs/ can be served", () => {
  const path = new URL("../../docs/examples/custom-schemas.json", import.meta.url)
  const { types, custom } = readSchemas(readFileSync(path, "utf8"), "custom-schemas.json")
  expect(types.map(({ name, endpoint }) => [name, endpoint])).toEqual([
    ["User", "/Users"],
    ["Group", "/Groups"],
    ["Device", "/Devices"],
  ])
  expect(custom.size).toBe(3)
})

it("RFC7643-2.2-01 gives what an attribute leaves out its default", () => {
  const { schemas } = readSchemas(JSON.stringify(withAttributes({ name: "a" })), "my.json")
  expect(schemas.find(({ id }) => id === URN)).toEqual({
    id: URN,
    name: "User",
    description: "",
    attributes: [
      {
        name: "a",
        type: "string",
        multiValued: false,
        description: "",
        required: false,
        caseExact: false,
        mutability: "readWrite",
        returned: "default",
        uniqueness: "none",
      },
    ],
  })
})

it("takes documents as a server's discovery endpoints give them", () => {
  const file = {
    schemas: [
      {
        schemas: ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
        id: URN,
        name: "Badge",
        attributes: [{ name: "a" }],
        meta: { resourceType: "Schema", location: "https://example.com/v2/Schemas/x" },
      },
    ],
    resourceTypes: [
      {
        schemas: ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
        id: "User",
        name: "User",
        endpoint: "/Users",
        schema: "urn:ietf:params:scim:schemas:core:2.0:User",
        schemaExtensions: [
          { schema: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", required: false },
          { schema: URN, required: true },
        ],
        meta: { resourceType: "ResourceType" },
      },
    ],
  }
  const [user] = readSchemas(JSON.stringify(file), "my.json").types
  expect(user?.schemaExtensions).toEqual([
    { schema: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", required: false },
    { schema: URN, required: true },
  ])
})

it.each<readonly [what: string, file: JsonValue, place: string, problem: string, fix: string]>([
  ["no JSON", "{", "", "is not JSON", "correct the JSON"],
  ["no object", [], "", "is not valid", "see RFC 7643"],
  ["an unknown member", { schema: [] }, "", 'has an unknown member "schema"', "did you mean schemas?"],
  [
    "a misspelt characteristic",
    withAttributes({ name: "a", mutabilty: "readOnly" }),
    "schemas[0].attributes[0]",
    'has an unknown member "mutabilty"',
    "did you mean mutability?",
  ],
  [
    "an unknown type",
    withAttributes({ name: "a", type: "text" }),
    "schemas[0].attributes[0].type",
    "has a value that is not allowed",
    "choose among string, boolean, decimal, integer, dateTime, binary, reference, complex",
  ],
  [
    "a name that is none",
    withAttributes({ name: "first name" }),
    "schemas[0].attributes[0].name",
    'is "first name", which is no attribute name',
    "begin with a letter",
  ],
  [
    "a prototype's name",
    withAttributes({ name: "constructor" }),
    "schemas[0].attributes[0].name",
    "is constructor, which JavaScript keeps for itself",
    "choose another name",
  ],
  [
    "__proto__",
    withAttributes({ name: "__proto__" }),
    "schemas[0].attributes[0].name",
    'is "__proto__", which is no attribute name',
    "begin with a letter",
  ],
  [
    "a common attribute",
    withAttributes({ name: "ID" }),
    "schemas[0].attributes[0].name",
    "is ID, which every resource has already",
    "leave it out or rename it",
  ],
  [
    "a name twice",
    withAttributes({ name: "a" }, { name: "A" }),
    "schemas[0].attributes[1].name",
    "is A, which schemas[0].attributes[0] is called already",
    "letter case does not tell names apart",
  ],
  [
    "complex without parts",
    withAttributes({ name: "a", type: "complex" }),
    "schemas[0].attributes[0]",
    "is complex and has no subAttributes",
    "list its parts",
  ],
  [
    "parts of a text",
    withAttributes({ name: "a", subAttributes: [{ name: "b" }] }),
    "schemas[0].attributes[0]",
    "has subAttributes and is string",
    'say "type": "complex"',
  ],
  [
    "complex inside complex",
    withAttributes({ name: "a", type: "complex", subAttributes: [{ name: "b", type: "complex" }] }),
    "schemas[0].attributes[0].subAttributes[0].type",
    "has a value that is not allowed",
    "choose among string",
  ],
  [
    "parts of parts",
    withAttributes({ name: "a", type: "complex", subAttributes: [{ name: "b", subAttributes: [] }] }),
    "schemas[0].attributes[0].subAttributes[0]",
    "has subAttributes inside subAttributes",
    "complex attributes do not nest",
  ],
  [
    "a secret inside complex",
    withAttributes({ name: "a", type: "complex", subAttributes: [{ name: "b", returned: "never" }] }),
    "schemas[0].attributes[0].subAttributes[0]",
    "is a secret inside a complex attribute",
    "make it an attribute of its own",
  ],
  [
    "a reference to nothing",
    withAttributes({ name: "a", type: "reference" }),
    "schemas[0].attributes[0]",
    "is a reference without referenceTypes",
    "say what it points to",
  ],
  [
    "a reference to an unknown type",
    withAttributes({ name: "a", type: "reference", referenceTypes: ["Uesr"] }),
    "schemas[0].attributes[0].referenceTypes[0]",
    'is "Uesr", which is no resource type',
    "did you mean User?",
  ],
  [
    "referenceTypes of a text",
    withAttributes({ name: "a", referenceTypes: ["User"] }),
    "schemas[0].attributes[0]",
    "has referenceTypes and is string",
    'say "type": "reference"',
  ],
  [
    "what is write-only and returned",
    withAttributes({ name: "a", mutability: "writeOnly" }),
    "schemas[0].attributes[0]",
    "is writeOnly and returned default",
    'say "returned": "never"',
  ],
  [
    "what nobody can set or see",
    withAttributes({ name: "a", mutability: "readOnly", returned: "never" }),
    "schemas[0].attributes[0]",
    "is readOnly and never returned",
    "choose another",
  ],
  [
    "what is required and cannot be given",
    withAttributes({ name: "a", mutability: "readOnly", required: true }),
    "schemas[0].attributes[0]",
    "is required and readOnly",
    "leave required out",
  ],
  [
    "a unique Boolean",
    withAttributes({ name: "a", type: "boolean", uniqueness: "server" }),
    "schemas[0].attributes[0]",
    "is boolean and unique",
    "leave uniqueness out",
  ],
  [
    "a unique secret",
    withAttributes({ name: "a", returned: "never", uniqueness: "global" }),
    "schemas[0].attributes[0]",
    "is unique and never returned",
    "leave uniqueness out",
  ],
  [
    "canonical values of a number",
    withAttributes({ name: "a", type: "integer", canonicalValues: ["1"] }),
    "schemas[0].attributes[0]",
    "is integer and has canonicalValues",
    "they are for texts",
  ],
  [
    "an id that is no URI",
    { schemas: [{ id: "Badge", attributes: [{ name: "a" }] }] },
    "schemas[0].id",
    'is "Badge", which is no URI',
    "name the schema by a URN",
  ],
  [
    "an URN of the RFCs",
    { schemas: [{ id: "urn:ietf:params:scim:schemas:core:2.0:User", attributes: [{ name: "a" }] }] },
    "schemas[0].id",
    "which belongs to the RFCs",
    "choose a URN of your own",
  ],
  [
    "an URN twice",
    {
      schemas: [
        { id: URN, attributes: [{ name: "a" }] },
        { id: URN.toUpperCase(), attributes: [{ name: "b" }] },
      ],
    },
    "schemas[1].id",
    "as schemas[0].id is already",
    "give each schema a URN of its own",
  ],
  [
    "a schema that nothing uses",
    { schemas: [{ id: URN, attributes: [{ name: "a" }] }] },
    "schemas[0]",
    "is used by no resource type",
    "name it in resourceTypes",
  ],
  ["a type without endpoint", { resourceTypes: [{ name: "T" }] }, "resourceTypes[0]", "has no endpoint", '"/Ts"'],
  [
    "a type without schema",
    { resourceTypes: [{ name: "T", endpoint: "/Ts" }] },
    "resourceTypes[0]",
    "has no schema",
    "name its base schema",
  ],
  [
    "a type name that is none",
    withType({ name: "a thing" }),
    "resourceTypes[0].name",
    'is "a thing", which is no name',
    "begin with a letter",
  ],
  [
    "an endpoint that is no segment",
    withType({ endpoint: "/a/b" }),
    "resourceTypes[0].endpoint",
    'is "/a/b"',
    "give one path segment",
  ],
  [
    "an endpoint of SCIM itself",
    withType({ endpoint: "/bulk" }),
    "resourceTypes[0].endpoint",
    "is /bulk, which SCIM itself uses",
    "choose another path",
  ],
  [
    "an endpoint that is taken",
    withType({ endpoint: "/users" }),
    "resourceTypes[0].endpoint",
    "is /users, which User has already",
    "an endpoint of its own",
  ],
  [
    "an unknown schema",
    withType({ schema: `${URN}x` }),
    "resourceTypes[0].schema",
    "which is no schema of this file or of the RFC",
    `did you mean ${URN}?`,
  ],
  [
    "an extension that is the base",
    withType({ schemaExtensions: [{ schema: URN }] }),
    "resourceTypes[0].schemaExtensions[0].schema",
    "which the resource type has already",
    "once",
  ],
  [
    "another endpoint for User",
    { resourceTypes: [{ name: "User", endpoint: "/People" }] },
    "resourceTypes[0].endpoint",
    "is /People, and that of User is /Users",
    "leave endpoint as it is",
  ],
  [
    "User in another case",
    { resourceTypes: [{ name: "USER" }] },
    "resourceTypes[0].name",
    "is USER, and that of User is User",
    "leave name as it is",
  ],
  [
    "a type twice",
    { resourceTypes: [{ name: "User" }, { name: "User" }] },
    "resourceTypes[1].name",
    "is User, which stands in the file already",
    "in one place",
  ],
])("refuses %s", (_what, file, place, problem, fix) => {
  const error = errorOf(file)
  expect(error.problems).toContainEqual({
    place,
    problem: expect.stringContaining(problem),
    fix: expect.stringContaining(fix),
  })
  expect(error.message).toMatch(/^my\.json: /)
  expect(error.hint).toBe(error.problems[0]?.fix)
})

describe("the message", () => {
  it("names file, place and problem of the only one", () => {
    const { message } = errorOf(withAttributes({ name: "a", type: "complex" }))
    expect(message).toBe("my.json: schemas[0].attributes[0] is complex and has no subAttributes")
  })

  it("lists up to ten, each with its fix", () => {
    const { message } = errorOf(withAttributes(...Array.from({ length: 12 }, (_, index) => ({ name: `${index}` }))))
    const lines = message.split("\n")
    expect(lines[0]).toBe("my.json: 12 problems")
    expect(lines[1]).toMatch(/^ {2}schemas\[0\]\.attributes\[0\]\.name is "0", which is no attribute name: begin/)
    expect(lines.at(-1)).toBe("  and 2 more")
    expect(lines).toHaveLength(12)
  })
})
