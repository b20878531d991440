/** What the store says of resources, as far as no endpoint shows it alone. */
import { describe, expect, it } from "vitest"
import { openDatabase } from "./database.ts"
import { ResourceStore, UniquenessError } from "./resource-store.ts"
import type { LookupKey } from "./resource-store.ts"

function row(id: string): Parameters<ResourceStore["insert"]>[0] {
  return {
    id,
    type: "User",
    document: "{}",
    display: null,
    manager: null,
    created: 0,
    lastModified: 0,
    version: 1,
  }
}

const everybody = { parts: [{ type: "User" }] }
const name = (key: string): LookupKey => ({ name: "User.userName", key, unique: true })

describe("the count of a type", () => {
  it("follows what is added and removed, before and after somebody asked", () => {
    const store = new ResourceStore(openDatabase(":memory:"))
    store.insert(row("a"), [])
    store.insert(row("b"), [])
    expect(store.selections.count(everybody)).toBe(2)
    store.insert(row("c"), [])
    const found = store.find("User", "a")
    if (found === undefined) throw new Error("a was not stored")
    store.remove(found, [])
    expect(store.selections.count(everybody)).toBe(2)
  })

  it("forgets what a failed write counted", async () => {
    const store = new ResourceStore(openDatabase(":memory:"))
    store.insert(row("a"), [])
    expect(store.selections.count(everybody)).toBe(1)
    const failing = store.enqueue(() => {
      store.insert(row("b"), [])
      throw new Error("no")
    })
    await expect(failing).rejects.toThrow("no")
    expect(store.selections.count(everybody)).toBe(1)
  })
})

it("forgets how groups were shown while a write was under way that failed", () => {
  const store = new ResourceStore(openDatabase(":memory:"))
  const shown = (text: string): string => store.groupTexts.recall("1", () => text)
  const failing = (): void =>
    store.atomically(() => {
      shown("of the failed write")
      throw new Error("no")
    })
  expect(failing).toThrow("no")
  expect([shown("as it is"), shown("another")]).toEqual(["as it is", "as it is"])
})

describe("a unique key", () => {
  it("that is taken is refused before anything is changed", () => {
    const store = new ResourceStore(openDatabase(":memory:"))
    store.insert(row("a"), [name("ada")])
    expect(() => store.insert(row("b"), [name("ada")])).toThrow(UniquenessError)
    expect(store.find("User", "b")).toBeUndefined()
    const seq = store.insert(row("c"), [name("bob")])
    const update = { added: [name("ada")], removed: [name("bob")] }
    expect(() => store.update({ ...row("c"), seq, version: 2 }, update)).toThrow(UniquenessError)
    expect(store.find("User", "c")?.version).toBe(1)
  })

  it("can be given to another once it is free", () => {
    const store = new ResourceStore(openDatabase(":memory:"))
    const seq = store.insert(row("a"), [name("ada")])
    store.update({ ...row("a"), seq }, { added: [name("bob")], removed: [name("ada")] })
    expect(() => store.insert(row("b"), [name("ada")])).not.toThrow()
  })
})
