/** Random resources, filters and sortings: the database finds and orders what a naive reading of the RFC does. */
import { readFileSync } from "node:fs"
import * as fc from "fast-check"
import { expect, it } from "vitest"
import { ENTERPRISE_USER_URN, GROUP_URN, USER_URN } from "../../protocol/index.ts"
import type { JsonObject, JsonValue } from "../json.ts"
import { readSchemas } from "../schemas/read-schemas.ts"
import { column, createTestTarget, patch, resourcesIn } from "../testing.ts"
import type { TestTarget } from "../testing.ts"
import { filterVectors } from "../vectors.ts"
import { meets, sorted, write } from "./naive-filter.fixture.ts"
import type { Attribute, Comparison, Kind, Operator, Tree } from "./naive-filter.fixture.ts"

const BADGE = "urn:example:params:scim:schemas:extension:badge:2.0:User"
const HARNESS = "urn:example:params:scim:schemas:extension:harness:2.0:User"

/** The core, an extension with an attribute of each type, and one with a complex list. */
function bothExtensions(): string {
  const path = new URL("../../docs/examples/custom-schemas.json", import.meta.url)
  const { schemas } = JSON.parse(readFileSync(path, "utf8")) as { schemas: readonly JsonObject[] }
  const badge = schemas.filter(({ id }) => id === BADGE)
  const schemaExtensions = [{ schema: BADGE }, { schema: HARNESS }]
  return JSON.stringify({
    schemas: [...badge, ...filterVectors.extensionSchemas],
    resourceTypes: [{ name: "User", schemaExtensions }],
  })
}
const schemas = readSchemas(bothExtensions(), "both.json")

/** `name.familyName`, or an attribute of an extension as `URN:name.part`. */
function attribute(kind: Kind, name: string, extension?: string): Attribute {
  const place = name.split(".")
  return extension === undefined
    ? { kind, path: name, place }
    : { kind, path: `${extension}:${name}`, place: [extension, ...place] }
}

const SINGULAR = [
  attribute("exact", "id"),
  attribute("exact", "externalId"),
  attribute("username", "userName"),
  attribute("folded", "displayName"),
  attribute("folded", "title"),
  attribute("folded", "name.familyName"),
  attribute("boolean", "active"),
  attribute("verbatim", "profileUrl"),
  attribute("instant", "meta.created"),
  attribute("instant", "meta.lastModified"),
  attribute("folded", "department", ENTERPRISE_USER_URN),
  attribute("exact", "manager.value", ENTERPRISE_USER_URN),
  attribute("folded", "manager.displayName", ENTERPRISE_USER_URN),
  attribute("number", "badgeNumber", HARNESS),
  attribute("number", "score", HARNESS),
  attribute("boolean", "remote", HARNESS),
  attribute("instant", "hiredAt", HARNESS),
  attribute("exact", "codeName", HARNESS),
  attribute("verbatim", "keyMaterial", HARNESS),
  attribute("number", "number", BADGE),
  attribute("exact", "code", BADGE),
  attribute("folded", "displayName", BADGE),
  attribute("folded", "nope"),
]
const LISTED = [
  attribute("folded", "tags", HARNESS),
  attribute("folded", "emails.value"),
  attribute("folded", "emails.type"),
  attribute("primary", "emails.primary"),
  attribute("folded", "doors.value", BADGE),
  attribute("instant", "doors.until", BADGE),
  attribute("exact", "groups.value"),
  attribute("folded", "groups.display"),
  attribute("folded", "groups.type"),
]
const EMAILS = attribute("folded", "emails")
const EMAIL_PARTS = [
  attribute("folded", "value"),
  attribute("folded", "type"),
  attribute("folded", "display"),
  attribute("primary", "primary"),
]
const DOORS = attribute("folded", "doors", BADGE)
const DOOR_PARTS = [
  attribute("folded", "value"),
  attribute("folded", "days"),
  attribute("folded", "type"),
  attribute("instant", "until"),
  attribute("primary", "primary"),
]
const GROUPS = attribute("folded", "groups")
const GROUP_PARTS = [attribute("exact", "value"), attribute("folded", "display"), attribute("folded", "type")]
const MEMBERS = attribute("folded", "members")
const MEMBER_PARTS = [attribute("exact", "value"), attribute("folded", "display"), attribute("folded", "type")]
const GROUP_ATTRIBUTES = [
  attribute("folded", "displayName"),
  attribute("exact", "externalId"),
  attribute("exact", "members.value"),
  attribute("folded", "members.display"),
]

const IDS = Array.from({ length: 6 }, (_, index) => `00000000-0000-4000-8000-${String(index + 1).padStart(12, "0")}`)
const words = [
  "",
  "\u0000",
  "a\u0000b",
  "a",
  "A",
  "ab",
  "ABC",
  "é",
  "e\u0301",
  "É",
  "ß",
  "ΟΔΟΣ",
  "οδος",
  "%",
  "_",
  '"',
  "\\",
  "\u{1f680}",
  "\uffee",
  "a b",
]
const text = fc.oneof(fc.constantFrom(...words), fc.string({ unit: "grapheme", maxLength: 3 }))
const filled = text.filter((one) => one !== "")
const url = fc.constantFrom("https://a.example/x", "https://a.example/X", "urn:x:y")
const number = fc.constantFrom(-2, -1, 0, 1, 2, 10, 2 ** 40)
const decimal = fc.constantFrom(-1.5, -1, 0, 0.1, 0.30000000000000004, 1, 1e10)
const instant = fc.constantFrom(
  "2024-01-01T00:00:00Z",
  "2024-01-01T01:00:00+01:00",
  "2024-01-01T00:00:00.000Z",
  "2023-12-31T23:59:59.999Z",
  "2024-02-29T12:00:00-05:00",
  "2026-03-01T12:00:00Z",
)
const base64 = fc.constantFrom("AQID", "aqid", "AQ==", "AQ")
const optional = { requiredKeys: [] }

const newUser = fc.record(
  {
    externalId: filled,
    displayName: text,
    title: text,
    name: fc.record({ familyName: text, givenName: text }, optional),
    active: fc.boolean(),
    profileUrl: url,
    emails: fc.uniqueArray(
      fc.record(
        { value: filled, type: fc.constantFrom("work", "WORK", "home"), display: text, primary: fc.constant(false) },
        { requiredKeys: ["value"] },
      ),
      { maxLength: 3, selector: ({ value }) => value },
    ),
    [ENTERPRISE_USER_URN]: fc.record(
      { department: text, manager: fc.record({ value: fc.constantFrom(...IDS) }) },
      optional,
    ),
    [HARNESS]: fc.record(
      {
        badgeNumber: number,
        score: decimal,
        remote: fc.boolean(),
        hiredAt: instant,
        codeName: filled,
        tags: fc.array(filled, { maxLength: 3 }),
        keyMaterial: base64,
      },
      optional,
    ),
    badge: fc.record(
      {
        code: filled,
        displayName: text,
        doors: fc.uniqueArray(
          fc.record(
            {
              value: filled,
              type: fc.constantFrom("inner", "Outer"),
              days: fc.uniqueArray(fc.constantFrom("Mon", "tue", "SUN"), { maxLength: 2 }),
              until: instant,
              primary: fc.constant(false),
            },
            { requiredKeys: ["value"] },
          ),
          { maxLength: 3, selector: ({ value }) => value },
        ),
      },
      optional,
    ),
  },
  optional,
)

function operandOf(kind: Kind): fc.Arbitrary<JsonValue> {
  switch (kind) {
    case "number":
      return fc.oneof(number, decimal)
    case "instant":
      return instant
    case "boolean":
    case "primary":
      return fc.boolean()
    case "verbatim":
      return fc.oneof(url, base64, text)
    case "exact":
      return fc.oneof(text, fc.constantFrom(...IDS))
    case "username":
      return fc.oneof(text, fc.constantFrom("User 1", "ｕｓｅｒ 2", "USER", "\uff10"))
    case "folded":
      return fc.oneof(text, fc.constantFrom("work", "inner", "direct", "user", "mon", "Sun"))
  }
}

const EQUALITY: readonly Operator[] = ["eq", "ne", "pr"]
const ORDER: readonly Operator[] = ["gt", "ge", "lt", "le"]
const SUBSTRING: readonly Operator[] = ["co", "sw", "ew"]

function operatorsOf({ kind, place }: Attribute): readonly Operator[] {
  if (kind === "boolean" || kind === "primary") return EQUALITY
  if (kind === "number" || kind === "instant") return [...EQUALITY, ...ORDER]
  // Base64 has no order.
  return place.includes("keyMaterial") ? [...EQUALITY, ...SUBSTRING] : [...EQUALITY, ...ORDER, ...SUBSTRING]
}

function comparisonOf(attributes: readonly Attribute[]): fc.Arbitrary<Tree> {
  return fc.constantFrom(...attributes).chain((chosen) =>
    fc
      .tuple(fc.constantFrom(...operatorsOf(chosen)), operandOf(chosen.kind), fc.integer({ max: 9, min: 0 }))
      .map(([operator, operand, dice]): Comparison => {
        const isNull = dice === 0 && (operator === "eq" || operator === "ne")
        return { form: "comparison", attribute: chosen, operator, operand: isNull ? null : operand }
      }),
  )
}

function treeOf(leaf: fc.Arbitrary<Tree>): fc.Arbitrary<Tree> {
  return fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaf,
      fc.record({ form: fc.constantFrom("and" as const, "or" as const), left: tie("tree"), right: tie("tree") }),
      fc.record({ form: fc.constant("not" as const), inner: tie("tree") }),
    ),
  })).tree
}

function bracketsOf(list: Attribute, parts: readonly Attribute[]): fc.Arbitrary<Tree> {
  return treeOf(comparisonOf(parts)).map((inner) => ({ form: "brackets", list, inner }))
}

const userFilter = treeOf(
  fc.oneof(
    comparisonOf([...SINGULAR, ...LISTED]),
    comparisonOf(SINGULAR),
    bracketsOf(EMAILS, EMAIL_PARTS),
    bracketsOf(DOORS, DOOR_PARTS),
    bracketsOf(GROUPS, GROUP_PARTS),
  ),
)
const groupFilter = treeOf(fc.oneof(comparisonOf(GROUP_ATTRIBUTES), bracketsOf(MEMBERS, MEMBER_PARTS)))

interface Population {
  readonly users: readonly JsonObject[]
  /** Positions of the members of each group. */
  readonly groups: readonly (readonly number[])[]
}

const population: fc.Arbitrary<Population> = fc.record({
  users: fc.array(newUser, { minLength: 4, maxLength: 6 }),
  groups: fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 3 })), { minLength: 2, maxLength: 4 }),
})

/** A target that holds them, at times some minutes apart; the second group is in the first. */
async function populated({ users, groups }: Population): Promise<TestTarget> {
  const made = createTestTarget({ schemas })
  for (const [index, { badge, ...rest }] of users.entries()) {
    made.clock.nowMs += 600_000
    const extension = badge === undefined ? {} : { [BADGE]: { ...(badge as JsonObject), number: index } }
    await made.create("/Users", { schemas: [USER_URN], userName: `User ${index}`, ...rest, ...extension })
  }
  const groupIds: string[] = []
  for (const [index, members] of groups.entries()) {
    const value = members.map((position) => ({ value: IDS[position] ?? "" }))
    const body = { schemas: [GROUP_URN], displayName: `Group ${index}`, externalId: `g${index}`, members: value }
    groupIds.push(await made.create("/Groups", body))
  }
  const [outer, inner] = groupIds
  if (outer !== undefined && inner !== undefined) {
    const nest = patch({ op: "add", path: "members", value: [{ value: inner }] })
    await made.send("PATCH", `/Groups/${outer}`, nest)
  }
  return made
}

it.each([
  ["/Users", userFilter],
  ["/Groups", groupFilter],
] as const)(
  "RFC7644-3.4.2.2-10 RFC7644-3.4.2.2-12 RFC7644-3.4.2.2-13 RFC7644-3.4.2.2-19 finds what a naive evaluator finds: %s",
  async (endpoint, filter) => {
    let found = 0
    await fc.assert(
      fc.asyncProperty(population, fc.array(filter, { minLength: 15, maxLength: 15 }), async (people, filters) => {
        const { send, target } = await populated(people)
        const everybody = resourcesIn(await send("GET", endpoint))
        for (const tree of filters) {
          const written = write(tree)
          const answer = await send("GET", `${endpoint}?filter=${encodeURIComponent(written)}`)
          const expected = everybody.filter((one) => meets(tree, one)).map(({ id }) => id)
          expect([written, answer.status, column(answer, "id")]).toEqual([written, 200, expected])
          if (expected.length > 0 && expected.length < everybody.length) found += 1
        }
        target.close()
      }),
      { numRuns: 40, seed: 7 },
    )
    // Filters that find nothing, or everything, would prove little.
    expect(found).toBeGreaterThan(50)
  },
)

const sortable = [
  ...SINGULAR.filter(({ path }) => path !== "nope"),
  ...LISTED.filter(({ path, kind }) => {
    return kind !== "primary" && !path.startsWith("groups")
  }),
]

it("RFC7644-3.4.2.3-02 RFC7644-3.4.2.3-03 RFC7644-3.4.2.3-04 orders as a naive reading does, whatever the locale", async () => {
  await fc.assert(
    fc.asyncProperty(population, fc.boolean(), async (people, isDescending) => {
      const { send, target } = await populated(people)
      const everybody = resourcesIn(await send("GET", "/Users"))
      for (const by of sortable) {
        const order = isDescending ? "descending" : "ascending"
        const answer = await send("GET", `/Users?sortBy=${by.path}&sortOrder=${order}`)
        expect([by.path, order, column(answer, "id")]).toEqual([by.path, order, sorted(everybody, by, isDescending)])
      }
      target.close()
    }),
    { numRuns: 25, seed: 8 },
  )
})
