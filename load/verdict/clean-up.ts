/** Removes what a load created on somebody else's endpoint: groups first, so that none is left with members that are gone. */
import { TransportError } from "../../protocol/index.ts"
import type { Found } from "./compare-end-state.ts"
import { ask, type EndpointReader } from "./read-end-state.ts"

const IN_FLIGHT = 8
/** An endpoint that has gone is not asked for each of ten thousand people. */
const FAILURES_MAX = 50

/** Gives what could not be removed, as the report's leftovers. */
export async function removeFound(found: Found, reader: EndpointReader): Promise<string[]> {
  const leftovers: string[] = []
  for (const [type, prefix] of [
    ["Groups", "group."],
    ["Users", "user."],
  ] as const) {
    const ids = [...found].flatMap(([name, { id }]) => (id !== null && name.startsWith(prefix) ? [id] : []))
    const worker = async (): Promise<void> => {
      for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
        const path = `/${type}/${encodeURIComponent(id)}`
        if (leftovers.length >= FAILURES_MAX || !(await isRemoved(path, reader))) leftovers.push(path)
      }
    }
    await Promise.all(Array.from({ length: IN_FLIGHT }, worker))
  }
  return leftovers
}

async function isRemoved(path: string, reader: EndpointReader): Promise<boolean> {
  try {
    const { status } = await ask("DELETE", path, reader)
    return (status >= 200 && status < 300) || status === 404
  } catch (error) {
    if (error instanceof TransportError) return false
    throw error
  }
}
