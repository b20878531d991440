/** A look-up goes straight to an index. In brackets the same filter takes the long way: both must answer alike. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  ENTERPRISE_USER_SCHEMA,
  ENTERPRISE_USER_URN,
  USER_RESOURCE_TYPE,
  USER_SCHEMA,
  USER_URN,
} from "../../../protocol/index.ts"
import { column, createTestTarget, employee } from "../../testing.ts"
import { tolerancesOf } from "../../tolerances.ts"
import { createShape } from "../shape.ts"
import { LookupReader } from "./lookup.ts"

const lookups = new LookupReader(
  createShape(USER_RESOURCE_TYPE, [USER_SCHEMA, ENTERPRISE_USER_SCHEMA]),
  tolerancesOf("entra"),
  100,
)

describe("what is looked up", () => {
  it.each([
    ['userName eq "Ada@Example.com"', { name: "User.userName", key: "ada@example.com" }],
    ['USERNAME EQ "ada"', { name: "User.userName", key: "ada" }],
    [`${USER_URN}:userName eq "ada"`, { name: "User.userName", key: "ada" }],
    ['externalId eq "Ada"', { name: "User.externalId", key: "Ada" }],
    ['emails.value eq "a@x"', { name: "User.emails.value", key: "a@x" }],
    ['emails eq "a@x"', { name: "User.emails.value", key: "a@x" }],
    ['externalId eq ""', { name: "User.externalId", key: "" }],
  ])("%s", (filter, found) => {
    expect(lookups.read(filter)).toEqual(found)
  })

  it.each([
    ["has no index", 'title eq "x"'],
    ["is no text", 'active eq "true"'],
    ["is a secret", 'password eq "x"'],
    ["is unknown", 'shoeSize eq "x"'],
    ["is too long", `userName eq "${"x".repeat(100)}"`],
    ["is not compared by eq", 'userName sw "a"'],
    ["is one of several", 'userName eq "a" or userName eq "b"'],
    ["is a part of what was asked", 'emails[type eq "work"].value eq "a@x"'],
    ["is written with an escape", String.raw`userName eq "\u0061"`],
    ["does not parse", 'userName  eq "a"'],
    ["holds a control character", 'userName eq "a\tb"'],
    ["is compared with null", "externalId eq null"],
  ])("nothing where the value %s", (_why, filter) => {
    expect(lookups.read(filter)).toBeUndefined()
  })
})

const attribute = fc.constantFrom(
  "userName",
  "USERNAME",
  `${USER_URN}:userName`,
  "externalId",
  "displayName",
  "emails",
  "emails.value",
  "id",
  "title",
  `${ENTERPRISE_USER_URN}:employeeNumber`,
  "active",
  "no.such.name",
)
const value = fc.constantFrom(
  "ada",
  "ADA",
  "ada@x",
  "é",
  "e\u0301",
  "\u{1f680}",
  "",
  " ",
  "true",
  "2024-01-01T00:00:00Z",
  "'",
)
const person = fc.record({ userName: fc.constantFrom("ada", "É", "ada@x", "b\u{1f680}"), text: value, email: value })

it("finds what the long way finds", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(person, { selector: ({ userName }) => userName, minLength: 1 }),
      fc.array(fc.tuple(attribute, value, fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 8 }),
      async (people, asked) => {
        const { target, send, create } = createTestTarget()
        for (const { userName, text, email } of people) {
          const more = { externalId: text, displayName: text, emails: [{ value: email }, { value: `${email}2` }] }
          await create("/Users", employee(userName, { employeeNumber: text }, more))
        }
        for (const [name, text, startIndex] of asked) {
          const ask = async (filter: string): ReturnType<typeof send> => {
            return send("GET", `/Users?startIndex=${startIndex}&count=2&filter=${encodeURIComponent(filter)}`)
          }
          const direct = await ask(`${name} eq ${JSON.stringify(text)}`)
          const roundabout = await ask(`(${name} eq ${JSON.stringify(text)})`)
          expect(direct.status).toBe(roundabout.status)
          // Errors name a position, which the bracket moves.
          if (direct.status === 200) expect(direct.text).toBe(roundabout.text)
        }
        target.close()
      },
    ),
    { numRuns: 60 },
  )
})

it("pages through many that have the value", async () => {
  const { send, create } = createTestTarget()
  for (let n = 0; n < 5; n++) await create("/Users", employee(`u${n}`, {}, { externalId: "same" }))
  const page = await send("GET", '/Users?filter=externalId eq "same"&startIndex=4&count=1')
  expect(page.json).toMatchObject({ totalResults: 5, startIndex: 4, itemsPerPage: 1 })
  expect(column(page, "userName")).toEqual(["u3"])
})
