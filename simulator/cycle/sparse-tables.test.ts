import { describe, expect, it } from "vitest"
import { openJobDatabase } from "./job-database.ts"
import { JobStore } from "./store.ts"

const ESCROW = {
  objectType: "User",
  objectId: "ada",
  kind: "object",
  errorCode: "InternalServerError",
  firstFailureMs: 0,
  retryCount: 0,
  notBeforeMs: 0,
} as const

describe("a job's memory of what is usually not there", () => {
  it("sees escrows come and go", () => {
    const store = new JobStore(openJobDatabase(":memory:"), 1)
    expect(store.dueEscrows("User", 1)).toEqual([])
    store.setEscrow(ESCROW)
    expect(store.dueEscrows("User", 1)).toEqual([ESCROW])
    expect(store.countEscrows("object")).toBe(1)
    store.removeEscrow("User", "ada")
    expect(store.dueEscrows("User", 1)).toEqual([])
    expect(store.countEscrows("object")).toBe(0)
  })

  it("sees deletions held back, pending references and queued owners come and go", () => {
    const store = new JobStore(openJobDatabase(":memory:"), 1)
    expect([store.staged("User"), store.references.countPending(), [...store.references.takeQueued()]]).toEqual([
      [],
      0,
      [],
    ])
    store.stage("User", "ada")
    store.references.addPending({
      ownerType: "Group",
      ownerId: "crew",
      path: "members",
      memberId: "ada",
      isForced: false,
    })
    store.references.queueOwner("Group", "crew", {})
    expect([store.staged("User"), store.references.countPending()]).toEqual([["ada"], 1])
    expect(store.references.hasPending("Group", "crew")).toBe(true)
    expect([...store.references.takeQueued()].map(({ ownerId }) => ownerId)).toEqual(["crew"])
    store.unstage("User", "ada")
    store.references.removePending({ ownerType: "Group", ownerId: "crew", path: "members", memberId: "ada" })
    expect([store.staged("User"), store.references.countPending(), [...store.references.takeQueued()]]).toEqual([
      [],
      0,
      [],
    ])
  })

  it("forgets what it thought it knew where a unit of work fails", () => {
    const store = new JobStore(openJobDatabase(":memory:"), 1)
    store.setValue("watermark", "1")
    const fail = (): void =>
      store.atomically(() => {
        store.setValue("watermark", "2")
        store.setEscrow(ESCROW)
        throw new Error("a fault of ours")
      })
    expect(fail).toThrow("a fault of ours")
    expect(store.value("watermark")).toBe("1")
    expect(store.countEscrows("object")).toBe(0)
  })
})
