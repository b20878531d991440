/**
 * In a split load each part learns only the ids of what it created itself. What another part creates is looked up by its
 * matching attribute and waited for: so the groups' phase of one part waits for the users' phase of all.
 */
import type { ObjectName, PlannedRequest } from "../../plan/plan.ts"
import { waitUntil } from "./pacer.ts"
import type { TenantJobOptions } from "./tenant-job.ts"

const POLL_INTERVAL_MS = 500
/** Longer than any part should be behind another. */
const PATIENCE_MS = 10 * 60_000

/** Gives whether the object's id is known now. Never so in a load that is not split: there its creation failed. */
export function createResolver({
  plan,
  index,
  lanes,
  client,
}: TenantJobOptions): (name: ObjectName, activityId: string) => Promise<boolean> {
  if (lanes === 1) return () => Promise.resolve(false)
  const searches = plan.searches[index]
  const underWay = new Map<ObjectName, Promise<boolean>>()

  async function find(name: ObjectName, activityId: string): Promise<boolean> {
    const path = searches?.[name]
    if (path === undefined) return false
    const untilMs = Date.now() + PATIENCE_MS
    const search: PlannedRequest = {
      step: name.startsWith("user.") ? "find-user" : "find-group",
      method: "GET",
      path,
      body: null,
      uses: [],
      learns: name,
    }
    while (Date.now() < untilMs) {
      const { isGood } = await client.send(search, "split", activityId)
      if (client.ids.has(name)) return true
      if (!isGood) return false
      await waitUntil(Date.now() + POLL_INTERVAL_MS)
    }
    return false
  }

  return (name, activityId) => {
    const search = underWay.get(name) ?? find(name, activityId).finally(() => underWay.delete(name))
    underWay.set(name, search)
    return search
  }
}
