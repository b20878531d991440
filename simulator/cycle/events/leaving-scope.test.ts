/** Table 16.2 of the engine's facts, rows 15 to 28: people leave the scope; what the next cycle sends, and how it is logged. */
import { describe, expect, it } from "vitest"
import {
  patch,
  deactivate,
  activate,
  linkedAda,
  linkedGroup,
  nextCycle,
  withUserMapping,
  ENTERPRISE,
} from "../next-cycle.fixture.ts"
import { createWorld } from "../job.fixture.ts"

const withoutDelete = withUserMapping((mapping) => ({ ...mapping, actions: ["Add", "Update"] }))
const withoutSoftDelete = withUserMapping((mapping) => ({
  ...mapping,
  attributes: mapping.attributes.filter(({ target }) => target !== "active"),
}))
const pickersOnly = withUserMapping((mapping) => ({
  ...mapping,
  scope: [{ name: "pickers", clauses: [{ attribute: "department", operator: "EQUALS", values: ["Pickers"] }] }],
}))

describe("users leaving scope", () => {
  it("row 15 and 16 ENG-DEPROV-01 ENG-DEPROV-09 RES-15 unassigned: disabled; assigned again: enabled by id", async () => {
    const world = await linkedAda()
    world.application.unassign(world.user)
    expect(await nextCycle(world)).toEqual({
      sent: ["GET /Users/u1", patch("/Users/u1", deactivate)],
      log: ["Ada disable/success"],
    })
    world.tenant.update(world.user, { jobTitle: "Picker" })
    world.application.assign(world.user)
    expect(await nextCycle(world)).toEqual({
      sent: ["GET /Users/u1", patch("/Users/u1", `${activate},{"op":"Add","path":"title","value":"Picker"}`)],
      log: ["Ada update/success"],
    })
  })

  it("row 17 and 18 ENG-DEPROV-01 blocked: disabled; enabled again: active", async () => {
    const world = await linkedAda()
    world.tenant.disable(world.user)
    expect(await nextCycle(world)).toEqual({
      sent: ["GET /Users/u1", patch("/Users/u1", deactivate)],
      log: ["Ada disable/success"],
    })
    world.tenant.enable(world.user)
    expect(await nextCycle(world)).toEqual({
      sent: ["GET /Users/u1", patch("/Users/u1", activate)],
      log: ["Ada update/success"],
    })
  })

  it("row 19 and 20 ENG-DEPROV-03 ENG-DEPROV-08 RES-11 deleted: disabled under its old name; restored: active, no membership", async () => {
    const world = await linkedGroup()
    world.tenant.softDelete(world.user)
    expect(await nextCycle(world)).toEqual({
      sent: ["GET /Users/u1", patch("/Users/u1", deactivate)],
      log: ["Ada disable/success"],
    })
    world.tenant.restore(world.user)
    expect(await nextCycle(world)).toEqual({
      sent: ["GET /Users/u1", patch("/Users/u1", activate)],
      log: ["Ada update/success"],
    })
  })

  it("ENG-DEPROV-16 by switch the mangled name goes out with the disable", async () => {
    const world = await linkedAda({ flowMangledUpn: true })
    world.tenant.softDelete(world.user)
    const mangled = `${world.user.id.replaceAll("-", "")}ada@orchard.example`
    expect((await nextCycle(world)).sent).toEqual([
      "GET /Users/u1",
      patch("/Users/u1", `{"op":"Replace","path":"userName","value":"${mangled}"},${deactivate}`),
    ])
  })

  it("row 21 ENG-DEPROV-03 purged by hand, or by itself after 30 days: deleted", async () => {
    const world = await linkedAda()
    world.tenant.softDelete(world.user)
    await nextCycle(world)
    world.tenant.purge(world.user)
    expect(await nextCycle(world)).toEqual({ sent: ["DELETE /Users/u1"], log: ["Ada delete/success"] })
    expect(world.job.link("User", world.user.id)).toBeNull()
  })

  it("row 21 ENG-DEPROV-03 30 days in the recycle bin", async () => {
    const world = await linkedAda()
    world.tenant.softDelete(world.user)
    await world.clock.advance({ days: 29 })
    expect(world.target.take()).toEqual(["GET /Users/u1", patch("/Users/u1", deactivate)])
    await world.clock.advance({ days: 2 })
    expect(world.target.take()).toEqual(["DELETE /Users/u1"])
  })

  it("row 22 ENG-DEPROV-07 unassigned long ago, then deleted: nothing", async () => {
    const world = await linkedAda()
    world.application.unassign(world.user)
    await nextCycle(world)
    world.tenant.softDelete(world.user)
    expect(await nextCycle(world)).toEqual({ sent: [], log: ["Ada other/skipped NotEffectivelyEntitled"] })
    world.tenant.purge(world.user)
    expect(await nextCycle(world)).toEqual({ sent: [], log: ["Ada delete/skipped NotEffectivelyEntitled"] })
  })

  it("row 23 and 24 ENG-DEPROV-01 failing a scoping filter: disabled; passing again: active", async () => {
    const world = createWorld({ mappings: pickersOnly })
    const user = world.tenant.createUser({
      userPrincipalName: "ada@orchard.example",
      displayName: "Ada",
      department: "Pickers",
    })
    world.application.assign(user)
    await world.job.start()
    world.target.take()
    world.tenant.update(user, { department: "Sorters" })
    expect(await nextCycle(world)).toEqual({
      sent: [
        "GET /Users/u1",
        patch("/Users/u1", `${deactivate},{"op":"Replace","path":"${ENTERPRISE}:department","value":"Sorters"}`),
      ],
      log: ["Ada disable/success"],
    })
    world.tenant.update(user, { department: "Pickers" })
    expect(await nextCycle(world)).toEqual({
      sent: [
        "GET /Users/u1",
        patch("/Users/u1", `${activate},{"op":"Replace","path":"${ENTERPRISE}:department","value":"Pickers"}`),
      ],
      log: ["Ada update/success"],
    })
  })

  it("row 25 ENG-DEPROV-10 RES-08 with SkipOutOfScopeDeletions nobody is disabled", async () => {
    const world = await linkedAda({ skipOutOfScopeDeletions: true })
    world.tenant.disable(world.user)
    expect(await nextCycle(world)).toEqual({ sent: [], log: ["Ada other/skipped SkipOutOfScopeDeletions"] })
    world.application.unassign(world.user)
    expect(await nextCycle(world)).toEqual({ sent: [], log: ["Ada other/skipped SkipOutOfScopeDeletions"] })
  })

  it("row 25 RES-08 with SkipOutOfScopeDeletions a hard delete of a managed person is sent", async () => {
    const world = await linkedAda({ skipOutOfScopeDeletions: true })
    world.tenant.softDelete(world.user)
    expect(await nextCycle(world)).toEqual({ sent: [], log: ["Ada other/skipped SkipOutOfScopeDeletions"] })
    world.tenant.purge(world.user)
    expect(await nextCycle(world)).toEqual({ sent: ["DELETE /Users/u1"], log: ["Ada delete/success"] })
  })

  it("row 25 RES-08 WIRE-186 by switch soft deletes and blocks of assigned people still flow; leaving the scope does not", async () => {
    const sentAnyway = { blocked: true, softDeleted: true, purged: true }
    const world = await linkedAda({ skipOutOfScopeDeletions: true, sentAnyway })
    world.tenant.disable(world.user)
    expect(await nextCycle(world)).toEqual({
      sent: ["GET /Users/u1", patch("/Users/u1", deactivate)],
      log: ["Ada disable/success"],
    })
    world.tenant.enable(world.user)
    await nextCycle(world)
    world.tenant.softDelete(world.user)
    expect((await nextCycle(world)).log).toEqual(["Ada disable/success"])
    world.tenant.restore(world.user)
    await nextCycle(world)
    world.application.unassign(world.user)
    expect(await nextCycle(world)).toEqual({ sent: [], log: ["Ada other/skipped SkipOutOfScopeDeletions"] })
  })

  it.each([
    ["SkipOutOfScopeDeletions", "skipped"],
    ["SoftDeleteNotMapped", "unmapped"],
    ["nothing", "neither"],
  ])("row 21 RES-08 by switch a hard delete is held back too: by %s", async (reason, case_) => {
    const sentAnyway = { blocked: false, softDeleted: false, purged: false }
    const mappings = case_ === "unmapped" ? withoutSoftDelete : undefined
    const world = await linkedAda({ skipOutOfScopeDeletions: case_ === "skipped", sentAnyway }, mappings)
    world.tenant.softDelete(world.user)
    await nextCycle(world)
    world.tenant.purge(world.user)
    const isSent = case_ === "neither"
    expect(await nextCycle(world)).toEqual({
      sent: isSent ? ["DELETE /Users/u1"] : [],
      log: [isSent ? "Ada delete/success" : `Ada delete/skipped ${reason}`],
    })
  })

  it("row 21 ENG-DEPROV-14 deleted and purged within one interval: deleted; by switch the report of no request at all", async () => {
    for (const [purgeInOneInterval, sent] of [
      ["delete", ["DELETE /Users/u1"]],
      ["lost", []],
    ] as const) {
      const world = await linkedAda({ purgeInOneInterval })
      world.tenant.softDelete(world.user)
      world.tenant.purge(world.user)
      expect((await nextCycle(world)).sent).toEqual(sent)
    }
    const world = await linkedAda({ purgeInOneInterval: "lost" })
    world.tenant.softDelete(world.user)
    await nextCycle(world)
    world.tenant.purge(world.user)
    expect((await nextCycle(world)).sent).toEqual(["DELETE /Users/u1"])
  })

  it("row 26 ENG-DEPROV-05 WIRE-185 without a mapping of IsSoftDeleted nobody is disabled", async () => {
    const world = await linkedAda({}, withoutSoftDelete)
    world.tenant.disable(world.user)
    expect(await nextCycle(world)).toEqual({ sent: [], log: ["Ada other/skipped SoftDeleteNotMapped"] })
  })

  it("row 27 ENG-DEPROV-04 WIRE-180 a target without soft delete gets a DELETE", async () => {
    const world = await linkedAda({ supportsSoftDelete: false })
    world.tenant.disable(world.user)
    expect(await nextCycle(world)).toEqual({ sent: ["DELETE /Users/u1"], log: ["Ada delete/success"] })
  })

  it("row 28 ENG-DEPROV-06 WIRE-180 with Delete unticked a purge sends nothing", async () => {
    const world = await linkedAda({}, withoutDelete)
    world.tenant.softDelete(world.user)
    await nextCycle(world)
    world.tenant.purge(world.user)
    expect(await nextCycle(world)).toEqual({ sent: [], log: ["Ada delete/skipped ActionNotAllowed"] })
  })
})
