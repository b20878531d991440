/** Every resetScope of Graph's restart at a job with a link, an escrow and a quarantine (ENG-RESTART-01, -02). */
import { describe, expect, it } from "vitest"
import type { User } from "../directory/model.ts"
import { respond } from "./fake-target.fixture.ts"
import { person, type World, worldWithAda } from "./job.fixture.ts"
import type { ResetFlag } from "./reset.ts"

describe("what each scope of a restart resets", () => {
  /** Linked Ada with a failing Bob in escrow, in quarantine, and a change that no cycle has seen. */
  async function stuck(): Promise<World & { user: User; other: User }> {
    const world = worldWithAda()
    const other = person(world, "bob")
    world.application.assign(other)
    world.target.intercept = ({ method, body }) =>
      method === "POST" && body?.includes("bob@") === true ? respond(500, "oops") : undefined
    await world.job.start()
    // From now on no retry of Bob's is due for hours.
    await world.clock.advance({ minutes: 40 })
    world.job.quarantine()
    world.target.take()
    return { ...world, other }
  }

  /** What the cycle of the restart was and did, and what is left. */
  async function after(flags?: readonly ResetFlag[]): Promise<Record<string, unknown>> {
    const world = await stuck()
    await world.job.restart(flags)
    const sent = world.target.take().map((line) => line.replace(/\?.*|\{.*/, "").trim())
    return {
      kind: world.job.cycles().at(-1)?.kind,
      searched: sent.filter((line) => line === "GET /Users").length,
      read: sent.filter((line) => line === "GET /Users/u1").length,
      retries: world.job.escrows().map(({ retryCount }) => retryCount),
    }
  }

  it.each([
    // The portal: everything is looked at, by the links; Bob fails afresh.
    [undefined, { kind: "initial", searched: 1, read: 1, retries: [0] }],
    [["QuarantineState", "Watermark", "Escrows"], { kind: "initial", searched: 1, read: 1, retries: [0] }],
    [["Watermark"], { kind: "initial", searched: 1, read: 1, retries: [2] }],
    [["Escrows"], { kind: "incremental", searched: 0, read: 0, retries: [] }],
    [["QuarantineState"], { kind: "incremental", searched: 0, read: 0, retries: [1] }],
    [["None"], { kind: "incremental", searched: 0, read: 0, retries: [1] }],
    [["ConnectorDataStore"], { kind: "incremental", searched: 0, read: 0, retries: [1] }],
    // Ada's link is gone, so that she is searched for like Bob.
    [["Full"], { kind: "initial", searched: 2, read: 0, retries: [0] }],
    [["ForceDeletes"], { kind: "incremental", searched: 0, read: 0, retries: [1] }],
  ] as const)("ENG-RESTART-01 ENG-RETRY-07 WIRE-226 %j: %o", async (flags, expected) => {
    expect(await after(flags)).toEqual(expected)
  })

  it("ENG-RETRY-07 WIRE-226 escrows that were cleared are not tried again until the object changes or is fully evaluated", async () => {
    const world = await stuck()
    await world.job.restart(["Escrows"])
    world.target.intercept = undefined
    await world.clock.advance({ days: 3 })
    expect(world.job.link("User", world.other.id)).toBeNull()
    world.tenant.update(world.other, { jobTitle: "Picker" })
    await world.clock.advance({ minutes: 40 })
    expect(world.job.link("User", world.other.id)).not.toBeNull()
  })
})
