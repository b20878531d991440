import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { z } from "zod"
import {
  COMMON_ATTRIBUTES,
  ENTERPRISE_USER_SCHEMA,
  GROUP_RESOURCE_TYPE,
  GROUP_SCHEMA,
  RESOURCE_TYPE_SCHEMA,
  SCHEMA_SCHEMA,
  SERVICE_PROVIDER_CONFIG_SCHEMA,
  USER_RESOURCE_TYPE,
  USER_SCHEMA,
} from "../index.ts"
import type { AttributeDefinition } from "../index.ts"

const SCHEMAS = [
  USER_SCHEMA,
  GROUP_SCHEMA,
  ENTERPRISE_USER_SCHEMA,
  SERVICE_PROVIDER_CONFIG_SCHEMA,
  RESOURCE_TYPE_SCHEMA,
  SCHEMA_SCHEMA,
]

/** One row of the RFC's tables with its errata; null where the RFC says nothing. */
const rowSchema = z.object({
  schema: z.string(),
  attribute: z.string(),
  type: z.string(),
  multiValued: z.boolean(),
  required: z.boolean().nullable(),
  caseExact: z.boolean().nullable(),
  mutability: z.string(),
  returned: z.string(),
  uniqueness: z.string().nullable(),
  canonicalValues: z.array(z.string()),
  referenceTypes: z.array(z.string()),
})
const rowsText = readFileSync(new URL("../../test/vectors/schema-attributes.json", import.meta.url), "utf8")
const rows = z.array(rowSchema).parse(JSON.parse(rowsText))

/** Where the accepted reading differs from the printed tables, and why. */
const DEVIATIONS: Readonly<Record<string, Partial<z.infer<typeof rowSchema>>>> = {
  "common schemas": { returned: "always", caseExact: true }, // RFC7644-3.9-06, RFC7643-2.3.7-04
  "common meta.location": { referenceTypes: ["uri"] }, // RFC7643-7-05: a reference says what it points to
  "User groups.value": { caseExact: true }, // C-11: an id
  "Group members.value": { caseExact: true }, // C-11: an id
  "Group members.display": { mutability: "readOnly" }, // C-16: derived, as in groups (decision 0041)
  "ServiceProviderConfig documentationUri": { caseExact: true }, // RFC7643-2.3.7-04
  "ServiceProviderConfig authenticationSchemes.specUri": { caseExact: true },
  "ServiceProviderConfig authenticationSchemes.documentationUri": { caseExact: true },
}

interface Placed {
  readonly schema: string
  readonly path: string
  readonly definition: AttributeDefinition
}

function flatten(schema: string, definitions: readonly AttributeDefinition[], prefix = ""): Placed[] {
  return definitions.flatMap((definition) => {
    const path = `${prefix}${definition.name}`
    return [{ schema, path, definition }, ...flatten(schema, definition.subAttributes ?? [], `${path}.`)]
  })
}

const placed = [
  ...flatten("common", COMMON_ATTRIBUTES),
  ...SCHEMAS.flatMap((schema) => flatten(schema.id, schema.attributes)),
]

describe("attribute definitions", () => {
  it.each(rows)("$schema $attribute has every characteristic of RFC 7643 §8.7", (row) => {
    const found = placed.find(({ schema, path }) => schema === row.schema && path === row.attribute)?.definition
    const short = `${row.schema.split(":").at(row.schema.includes("extension") ? -3 : -1)} ${row.attribute}`
    const wanted = { ...row, ...DEVIATIONS[short] }
    expect(found).toMatchObject({
      type: wanted.type,
      multiValued: wanted.multiValued,
      required: wanted.required ?? false,
      caseExact: wanted.caseExact ?? false,
      mutability: wanted.mutability,
      returned: wanted.returned,
      uniqueness: wanted.uniqueness ?? "none",
    })
    expect(found?.canonicalValues?.toSorted() ?? []).toEqual(wanted.canonicalValues.toSorted())
    expect(found?.referenceTypes ?? []).toEqual(wanted.referenceTypes)
    expect(found?.description).toMatch(/^[A-Z].*\.$/)
  })

  it("RFC7643-7-18 has no attribute beyond the RFC's", () => {
    const known = new Set(rows.map((row) => `${row.schema} ${row.attribute}`))
    expect(placed.map(({ schema, path }) => `${schema} ${path}`).filter((key) => !known.has(key))).toEqual([])
    expect(placed).toHaveLength(159)
  })

  it("RFC7643-1.2-01 RFC7643-7-04 RFC7643-2.3.8-03 complex attributes, and only they, have sub-attributes, and neither case nor uniqueness", () => {
    for (const { path, definition } of placed) {
      expect(definition.subAttributes !== undefined, path).toBe(definition.type === "complex")
      if (definition.type === "complex")
        expect(definition, path).toMatchObject({ caseExact: false, uniqueness: "none" })
    }
  })

  it("RFC7643-7-05 references, and only they, say what they point to", () => {
    for (const { path, definition } of placed) {
      expect(definition.referenceTypes !== undefined, path).toBe(definition.type === "reference")
    }
  })
})

describe("resource types", () => {
  it("C-54 User offers the enterprise extension without demanding it", () => {
    expect(USER_RESOURCE_TYPE).toMatchObject({
      id: "User",
      name: "User",
      endpoint: "/Users",
      schema: "urn:ietf:params:scim:schemas:core:2.0:User",
      schemaExtensions: [{ schema: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", required: false }],
    })
  })

  it("Group has no extension", () => {
    expect(GROUP_RESOURCE_TYPE).toMatchObject({
      id: "Group",
      name: "Group",
      endpoint: "/Groups",
      schema: "urn:ietf:params:scim:schemas:core:2.0:Group",
      schemaExtensions: [],
    })
  })
})
