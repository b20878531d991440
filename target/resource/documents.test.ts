/** A resource that is sent as its stored text is the same as one whose values are looked up: over random people and groups. */
import * as fc from "fast-check"
import { expect, it } from "vitest"
import { ENTERPRISE_USER_URN } from "../../protocol/index.ts"
import type { JsonValue } from "../json.ts"
import type { ShownResource } from "../store/resource-store.ts"
import { employee, group } from "../testing.ts"
import { addressing, createContext, groups, users } from "./context.fixture.ts"
import { createView, renderResource } from "./render.ts"
import type { View } from "./render.ts"
import { seedResources } from "./seed.ts"
import { parseDocument, versionOf } from "./stored-form.ts"

const texts = fc.constantFrom(
  "Ada",
  "é\u{1f680}",
  '"location":"',
  '","meta":{"resourceType":"',
  String.raw`"version":"W/\"9\""}}`,
  "\\",
  "",
)
const person = fc.record({
  text: texts,
  manager: fc.option(fc.nat(4), { nil: undefined }),
  groups: fc.array(fc.nat(2)),
})
const requested = fc.constantFrom(
  {},
  { excludedAttributes: ["members"] },
  { excludedAttributes: ["groups"] },
  { excludedAttributes: ["displayName"] },
  { attributes: ["displayName", "groups"] },
)

it("RFC7643-4.3-02 has the manager's name and URL in it, as a projection has them", () => {
  const context = createContext()
  const { store } = context
  const hostile = '"manager":{"value":"u1"}'
  seedResources(
    context,
    [users],
    [
      { ...employee("ada", { manager: { value: "u1" } }, { displayName: hostile }), id: "u0" },
      { ...employee("eve", {}, { displayName: hostile }), id: "u1" },
    ],
  )
  const enterprise = (view: View): JsonValue | undefined => {
    const shown = store.show("User", "u0", view)
    if (shown === undefined) throw new Error("It was not stored.")
    const document = parseDocument(renderResource({ store, addressing }, view, shown))
    return document[ENTERPRISE_USER_URN]
  }
  const manager = { value: "u1", $ref: "https://example.com/v2/Users/u1", displayName: hostile }
  expect(enterprise(createView(users, {}))).toEqual({ manager })
  expect(enterprise(createView(users, { attributes: [`${ENTERPRISE_USER_URN}:manager`] }))).toEqual({ manager })
})

it("is the same text", () => {
  let documents = 0
  fc.assert(
    fc.property(fc.array(person, { minLength: 1, maxLength: 5 }), requested, (people, asked) => {
      const context = createContext()
      const { store } = context
      const seeded = people.map(({ text, manager }, n) => {
        const boss = manager === undefined ? {} : { manager: { value: `u${manager}` } }
        return { ...employee(`user${n}`, boss, { displayName: text, nickName: text }), id: `u${n}` }
      })
      const teams = [0, 1, 2].map((n) => {
        const members = people.flatMap((one, index) => (one.groups.includes(n) ? [`u${index}`] : []))
        return { ...group(`team ${n}`, members), id: `g${n}` }
      })
      seedResources(context, [users, groups], [...seeded, ...teams])
      for (const shape of [users, groups]) {
        const view = createView(shape, asked)
        const type = shape.type.name
        const render = (shown: ShownResource | undefined): string => {
          if (shown === undefined) throw new Error("It was not stored.")
          return renderResource({ store, addressing }, view, shown)
        }
        const rows = store.selections.listRows({ parts: [{ type }] }, { offset: 0, limit: 10 }, view.withContainers)
        const expected = rows.map((row) => render(row))
        const listed = store.selections.list({ parts: [{ type }] }, { offset: 0, limit: 10 }, view)
        expect(listed.map((one) => render(one))).toEqual(expected)
        const ids = (shape === users ? seeded : teams).map(({ id }) => id)
        expect(ids.map((id) => render(store.show(type, id, view)))).toEqual(expected)
        expect(rows.map(([, seq]) => render(store.showAt(seq, view)))).toEqual(expected)
        expect(rows.map(([document]) => versionOf(document))).toEqual(rows.map((row) => row[3]))
        documents += listed.filter((one) => typeof one === "string").length
      }
    }),
    { numRuns: 200 },
  )
  expect(documents).toBeGreaterThan(50)
})
