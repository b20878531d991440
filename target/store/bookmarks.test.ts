/** Pages begin where the ones before ended, whatever was created and removed in between: as counted by the offset itself. */
import * as fc from "fast-check"
import { expect, it } from "vitest"
import { openDatabase } from "./database.ts"
import { ResourceStore } from "./resource-store.ts"

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("create"), type: fc.constantFrom("User", "Group") }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("remove"), at: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("fail") }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("page"), offset: fc.nat(12), limit: fc.integer({ min: 0, max: 4 }) }),
  },
)

it("a page holds what its offset says", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const store = new ResourceStore(openDatabase(":memory:"))
      let users: string[] = []
      let created = 0
      const insert = (type: string): string => {
        const id = `${type}-${(created += 1)}`
        const row = { id, type, display: null, manager: null, created: 0, lastModified: 0, version: 1 }
        store.insert({ ...row, document: id }, [])
        return id
      }
      for (const one of steps) {
        if (one.kind === "create") {
          const id = insert(one.type)
          if (one.type === "User") users.push(id)
        } else if (one.kind === "remove") {
          const found = store.find("User", users[one.at] ?? "")
          if (found !== undefined) store.remove(found, [])
          users = users.filter((id) => id !== found?.id)
        } else if (one.kind === "fail") {
          const failing = (): never => {
            insert("User")
            throw new Error("no")
          }
          expect(() => store.atomically(failing)).toThrow("no")
        } else {
          const page = store.selections.list({ parts: [{ type: "User" }] }, one, {
            withContainers: true,
            asDocuments: true,
          })
          expect(page).toEqual(users.slice(one.offset, one.offset + one.limit))
        }
      }
    }),
    { numRuns: 300 },
  )
})

it("nothing is left of the pages from before everything was removed", () => {
  const store = new ResourceStore(openDatabase(":memory:"))
  const insert = (type: string, id: string): void => {
    const row = { id, type, display: null, manager: null, created: 0, lastModified: 0, version: 1 }
    store.insert({ ...row, document: id }, [])
  }
  const second = (): readonly unknown[] => {
    const reading = { withContainers: true, asDocuments: true }
    return store.selections.list({ parts: [{ type: "User" }] }, { offset: 1, limit: 1 }, reading)
  }
  for (const id of ["team", "crew"]) insert("Group", id)
  for (const id of ["ada", "bob"]) insert("User", id)
  expect(second()).toEqual(["bob"])
  store.clear()
  for (const id of ["cid", "dan"]) insert("User", id)
  expect(second()).toEqual(["dan"])
})
