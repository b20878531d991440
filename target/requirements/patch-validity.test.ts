/** Whatever a PATCH asks: afterwards the resource is what its schemas allow, or it is what it was before. */
import { readFileSync } from "node:fs"
import * as fc from "fast-check"
import { expect, it } from "vitest"
import { ENTERPRISE_USER_URN, USER_URN } from "../../protocol/index.ts"
import type { AttributeDefinition } from "../../protocol/index.ts"
import { isJsonArray, isJsonObject } from "../json.ts"
import type { JsonObject, JsonValue } from "../json.ts"
import { readSchemas } from "../schemas/read-schemas.ts"
import { createTestTarget, patch, resourcesIn, user } from "../testing.ts"
import type { TestTarget } from "../testing.ts"

const BADGE = "urn:example:params:scim:schemas:extension:badge:2.0:User"
const EXAMPLE = readFileSync(new URL("../../docs/examples/custom-schemas.json", import.meta.url), "utf8")
const schemas = readSchemas(EXAMPLE, "custom-schemas.json")

/** What is wrong with a value by the definition that /Schemas gives; as a client would check it, with no code of the target. */
function problemsOf(definition: AttributeDefinition, value: JsonValue, isStrict: boolean): readonly string[] {
  const { name, multiValued } = definition
  if (!multiValued) return problemsOfOne(definition, value, isStrict)
  if (!isJsonArray(value)) return [`${name} is no list`]
  const primaries = value.filter((element) => isJsonObject(element) && element["primary"] === true)
  return [
    ...(value.length === 0 ? [`${name} is an empty list`] : []),
    ...(primaries.length > 1 ? [`${name} has ${primaries.length} primaries`] : []),
    ...value.flatMap((element) => problemsOfOne(definition, element, isStrict)),
  ]
}

function problemsOfOne(definition: AttributeDefinition, value: JsonValue, isStrict: boolean): readonly string[] {
  const { name, type, subAttributes = [], canonicalValues } = definition
  if (type === "complex")
    return isJsonObject(value) ? problemsIn(subAttributes, value, isStrict) : [`${name} is no object`]
  const forms: Readonly<Record<typeof type, boolean>> = {
    string: typeof value === "string",
    reference: typeof value === "string",
    binary: typeof value === "string" && /^[A-Za-z0-9+/_-]*=*$/.test(value),
    dateTime:
      typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value) && !Number.isNaN(Date.parse(value)),
    boolean: typeof value === "boolean",
    integer: Number.isInteger(value),
    decimal: typeof value === "number",
  }
  if (!forms[type]) return [`${name} is no ${type}`]
  const isCanonical = canonicalValues?.some(
    (one) => one.toLowerCase() === JSON.stringify(value).slice(1, -1).toLowerCase(),
  )
  return isStrict && isCanonical === false ? [`${name} is none of its canonical values`] : []
}

function problemsIn(
  definitions: readonly AttributeDefinition[],
  object: JsonObject,
  isStrict: boolean,
): readonly string[] {
  const known = new Map(definitions.map((definition) => [definition.name, definition]))
  const given = Object.entries(object).flatMap(([name, value]) => {
    const definition = known.get(name)
    return definition === undefined ? [`${name} is in no schema`] : problemsOf(definition, value, isStrict)
  })
  const missing = definitions.filter(({ name, required, returned, mutability }) => {
    return required && returned !== "never" && mutability !== "readOnly" && (object[name] ?? "") === ""
  })
  return [...given, ...missing.map(({ name }) => `${name} is missing`)]
}

/** What is wrong with a User by the schemas that the target publishes. */
function problemsOfUser(
  resource: JsonObject,
  published: ReadonlyMap<string, readonly AttributeDefinition[]>,
): readonly string[] {
  const { schemas: urns, id, meta, externalId = "", ...rest } = resource
  const extensions = [ENTERPRISE_USER_URN, BADGE].filter((urn) => rest[urn] !== undefined)
  const core = Object.fromEntries(Object.entries(rest).filter(([name]) => !extensions.includes(name)))
  const declared = isJsonArray(urns) ? urns : []
  return [
    ...(typeof id === "string" && isJsonObject(meta) && typeof externalId === "string"
      ? []
      : ["a common attribute is wrong"]),
    ...[USER_URN, ...extensions].filter((urn) => !declared.includes(urn)).map((urn) => `${urn} is not in schemas`),
    ...problemsIn(published.get(USER_URN) ?? [], core, false),
    ...extensions.flatMap((urn) => {
      const container = rest[urn]
      return isJsonObject(container)
        ? problemsIn(published.get(urn) ?? [], container, urn === BADGE)
        : [`${urn} is no object`]
    }),
  ]
}

const texts = [
  "",
  "a",
  "work",
  "home",
  "staff",
  "boss",
  "True",
  "7",
  "2026-01-01T00:00:00Z",
  "AQ==",
  "https://x.example/",
]
const simple = fc.oneof(fc.constantFrom<JsonValue>(...texts), fc.constantFrom<JsonValue>(null, true, false, 0, 7, -1.5))
const PARTS = [
  "value",
  "type",
  "primary",
  "display",
  "until",
  "givenName",
  "familyName",
  "formatted",
  "country",
  "VALUE",
  "$ref",
]
const element = fc.dictionary(fc.constantFrom(...PARTS), simple, { maxKeys: 4 })
const value: fc.Arbitrary<JsonValue> = fc.oneof(simple, element, fc.array(fc.oneof(simple, element), { maxLength: 3 }))

const ATTRIBUTES = [
  ..."userName externalId name displayName emails addresses phoneNumbers roles active title password".split(" "),
  ..."profileUrl x509Certificates schemas id meta groups nope".split(" "),
  ...["employeeNumber", "manager"].map((name) => `${ENTERPRISE_USER_URN}:${name}`),
  ...["number", "code", "level", "pin", "note", "lastUsed", "doors"].map((name) => `${BADGE}:${name}`),
]
const selection = fc.constantFrom(
  '[type eq "work"]',
  "[primary eq true]",
  '[value eq "a"]',
  "[value pr]",
  '[not (type eq "x")]',
)
const path = fc.oneof(
  fc.constantFrom(...ATTRIBUTES, ENTERPRISE_USER_URN, BADGE),
  fc.tuple(fc.constantFrom(...ATTRIBUTES), fc.constantFrom(...PARTS)).map(([name, part]) => `${name}.${part}`),
  fc.tuple(fc.constantFrom("emails", "roles", `${BADGE}:doors`), selection).map((pair) => pair.join("")),
  fc
    .tuple(fc.constantFrom("emails", "roles", `${BADGE}:doors`), selection, fc.constantFrom(...PARTS))
    .map(([name, chosen, part]) => `${name}${chosen}.${part}`),
)
const whole = fc.dictionary(
  fc.oneof(fc.constantFrom(...ATTRIBUTES), fc.constantFrom(BADGE, ENTERPRISE_USER_URN)),
  fc.oneof(value, fc.dictionary(fc.constantFrom("number", "code", "level", "doors", "department", "manager"), value)),
  { maxKeys: 3 },
)
const wild = fc.oneof(
  fc.record({ op: fc.constantFrom("add", "replace"), path, value }),
  fc.record({ op: fc.constantFrom("add", "replace"), value: whole }),
  fc.record({ op: fc.constant("remove"), path }),
)
/** Operations that a client with sense sends: beside them a wild one has something to spoil. */
const sound = fc.constantFrom<JsonObject>(
  { op: "replace", path: "title", value: "a" },
  { op: "remove", path: "title" },
  { op: "replace", value: { active: false, name: { familyName: "b" } } },
  { op: "remove", path: "name.givenName" },
  { op: "add", path: "emails", value: [{ value: "c", type: "work", primary: true }] },
  { op: "replace", path: 'emails[type eq "work"].value', value: "d" },
  { op: "add", path: 'emails[value eq "b"].primary', value: true },
  { op: "remove", path: "emails[primary eq true]" },
  { op: "remove", path: "emails" },
  { op: "add", path: "roles", value: [{ value: "r", primary: true }, { value: "s" }] },
  { op: "add", value: { [ENTERPRISE_USER_URN]: { department: "x", manager: { value: "u1" } } } },
  { op: "remove", path: ENTERPRISE_USER_URN },
  { op: "replace", path: `${BADGE}:level`, value: "staff" },
  { op: "add", path: `${BADGE}:doors`, value: [{ value: "c", until: "2026-01-01T00:00:00Z", primary: true }] },
  { op: "replace", path: `${BADGE}:doors[value eq "a"].type`, value: "outer" },
  { op: "remove", path: `${BADGE}:doors[until pr]` },
  { op: "remove", path: BADGE },
  { op: "add", value: { [BADGE]: { number: 2, doors: [{ value: "e", type: "inner" }] } } },
)
const operation = fc.oneof({ weight: 3, arbitrary: sound }, { weight: 1, arbitrary: wild })

async function withHolder(compat: "entra" | "rfc"): Promise<TestTarget & { readonly path: string }> {
  const made = createTestTarget({ schemas, compat })
  const holder = user("ada", {
    name: { givenName: "Ada" },
    emails: [
      { value: "a", type: "work", primary: true },
      { value: "b", type: "home" },
    ],
    [BADGE]: { number: 1, code: "A", doors: [{ value: "a", type: "inner" }] },
  })
  return { ...made, path: `/Users/${await made.create("/Users", holder)}` }
}

it.each(["entra", "rfc"] as const)(
  "RFC7644-3.5.2-08 RFC7644-3.5.2-16 a PATCH leaves a valid resource, or the old one untouched (%s)",
  async (compat) => {
    const { send, path: place, target } = await withHolder(compat)
    const documents = resourcesIn(await send("GET", "/Schemas"))
    const published = new Map(
      documents.map(({ id, attributes }) => [
        JSON.stringify(id).slice(1, -1),
        JSON.parse(JSON.stringify(attributes)) as readonly AttributeDefinition[],
      ]),
    )
    const counts = { changed: 0, refused: 0 }
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 1, maxLength: 3 }), async (operations) => {
        const before = await send("GET", `${place}?attributes=${[...published.keys()].join(",")}`)
        const answer = await send("PATCH", place, patch(...operations))
        const after = await send("GET", `${place}?attributes=${[...published.keys()].join(",")}`)
        expect([200, 400, 403, 409]).toContain(answer.status)
        if (answer.status === 200) {
          expect(problemsOfUser(after.json, published)).toEqual([])
          counts.changed += after.text === before.text ? 0 : 1
        } else {
          expect([after.text, after.headers.get("etag")]).toEqual([before.text, before.headers.get("etag")])
          counts.refused += 1
        }
      }),
      { numRuns: 600, seed: 11 },
    )
    expect(counts.changed).toBeGreaterThan(60)
    expect(counts.refused).toBeGreaterThan(60)
    target.close()
  },
)
