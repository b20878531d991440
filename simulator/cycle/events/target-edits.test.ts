/** Table 16.2 of the engine's facts, rows 41 to 43: somebody edits the target; what the next cycle sends, and how it is logged. */
import { describe, expect, it } from "vitest"
import {
  search,
  post,
  patch,
  readGroup,
  activate,
  addMember,
  linkedAda,
  linkedGroup,
  nextCycle,
} from "../next-cycle.fixture.ts"
describe("events in the target", () => {
  it("row 41 ENG-MATCH-09 deleted there: found missing at the next evaluation, then created anew", async () => {
    const world = await linkedAda()
    world.target.resources.delete("u1")
    expect(await nextCycle(world)).toEqual({ sent: [], log: [] })
    world.tenant.update(world.user, { displayName: "Ada L" })
    expect(await nextCycle(world)).toEqual({
      sent: ["GET /Users/u1", search("ada"), post("ada", "Ada L")],
      log: ["Ada L create/success"],
    })
    expect(world.job.link("User", world.user.id)?.targetId).toBe("u2")
  })

  it("row 41 RES-07 by switch the missing object is an InvalidAnchor until a restart", async () => {
    const world = await linkedAda({ vanishedTarget: "invalidAnchor" })
    world.target.resources.delete("u1")
    world.tenant.update(world.user, { displayName: "Ada L" })
    expect(await nextCycle(world)).toEqual({ sent: ["GET /Users/u1"], log: ["Ada L update/failure InvalidAnchor"] })
    await world.job.restart(["Full"])
    expect(world.target.take()).toEqual([search("ada"), post("ada", "Ada L")])
  })

  it("row 42 ENG-MAP-07 edited there: overwritten at the next change of the source, whatever changed", async () => {
    const world = await linkedAda()
    const resource = world.target.resources.get("u1")
    if (resource !== undefined) resource["active"] = false
    expect(await nextCycle(world)).toEqual({ sent: [], log: [] })
    world.tenant.update(world.user, { jobTitle: "Picker" })
    expect((await nextCycle(world)).sent).toEqual([
      "GET /Users/u1",
      patch("/Users/u1", `${activate},{"op":"Add","path":"title","value":"Picker"}`),
    ])
  })

  it("row 43 ENG-REF-10 ENG-REF-11 memberships edited there: never noticed; a restart adds all of them again", async () => {
    const world = await linkedGroup()
    const group = world.target.resources.get("g1")
    if (group !== undefined) group["members"] = ["u9"]
    expect(await nextCycle(world)).toEqual({ sent: [], log: [] })
    await world.job.restart()
    expect(world.target.take()).toEqual(["GET /Users/u1", "GET /Users/u2", readGroup, addMember("u1"), addMember("u2")])
    expect(world.target.resources.get("g1")?.["members"]).toEqual(["u9", "u1", "u2"])
  })
})
