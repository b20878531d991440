import { describe, expect, it } from "vitest"
import type { Chain, LoadPlan, PlannedRequest } from "./plan.ts"
import { splitObstacle } from "./split.ts"

/** A request of the plan; what matters here is whom it uses. */
function request(step: PlannedRequest["step"], uses: PlannedRequest["uses"], body = ""): PlannedRequest {
  return { step, method: "PATCH", path: "/", body, uses }
}

function planOf(...chains: Chain[]): LoadPlan {
  const phases = [{ part: "load", name: "users", atMs: 0, activityId: "", from: 0, to: chains.length } as const]
  const endState = { users: [], groups: [], gone: [] }
  const tenants = [{ name: "t1", isNoisy: false, phases, objects: {}, endState }]
  return { version: 1, profile: "leavers", dialect: "entra", seed: 1, runId: "r", users: 2, tenants, chains }
}

const SETS_MANAGER: Chain = { lane: 5, requests: [request("set-manager", ["user.5", "user.7"])] }
const DELETES: Chain = { lane: 7, requests: [request("delete-user", ["user.7"])] }

describe("splitObstacle", () => {
  it("is somebody who is deleted by one part and needed by another", () => {
    expect(splitObstacle(planOf(SETS_MANAGER, DELETES), 4)).toEqual({ tenant: "t1", name: "user.7", reason: "deleted" })
  })

  it("is none where both fall to the same part, or nothing is split", () => {
    expect(splitObstacle(planOf(SETS_MANAGER, DELETES), 2)).toBeNull()
    expect(splitObstacle(planOf(SETS_MANAGER, DELETES), 1)).toBeNull()
  })

  it.each([
    ["a person's userName", request("update-user", ["user.7"], '{"path":"userName","value":"x"}')],
    ["a person's userName, without a path", request("update-user", ["user.7"], '{"value":{"userName":"x"}}')],
  ])("is somebody who is found no longer as before: %s changes", (_, change) => {
    expect(splitObstacle(planOf(SETS_MANAGER, { lane: 7, requests: [change] }), 4)).toMatchObject({ reason: "renamed" })
  })

  it("is a group that is renamed while others add members", () => {
    const adds: Chain = { lane: 5, requests: [request("add-member", ["group.0", "user.5"])] }
    const renames: Chain = { lane: 0, requests: [request("update-group", ["group.0"], '{"path":"displayName"}')] }
    expect(splitObstacle(planOf(adds, renames), 4)).toMatchObject({ name: "group.0", reason: "renamed" })
  })

  it("is nobody whose other attributes change", () => {
    const change = request("update-user", ["user.7"], '{"path":"title","value":"x"}')
    expect(splitObstacle(planOf(SETS_MANAGER, { lane: 7, requests: [change] }), 4)).toBeNull()
  })
})
