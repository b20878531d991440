/** From what was recorded to phases and chains. */
import { createPlaceholders, idsIn, type Placeholders } from "./placeholders.ts"
import type { Chain, ObjectName, Phase, PlannedRequest } from "./plan.ts"
import type { Recorded } from "./recording.ts"
import type { Step } from "./step-names.ts"
import { isRecord, stepOf } from "./steps.ts"
import { RECORDING_URL } from "./world.ts"

export interface Assembled {
  /** Ranges of `chains`. */
  readonly phases: readonly Phase[]
  readonly chains: readonly Chain[]
  /** How each object is found, as it was found or looked for before its creation. */
  readonly objects: Readonly<Record<ObjectName, string>>
  /** Objects that were deleted in the end. */
  readonly deleted: ReadonlySet<ObjectName>
  readonly placeholders: Placeholders
}

/** A request that could not be part of a plan: the reference target refused what the simulator sent. */
export class PlanError extends Error {
  override readonly name = "PlanError"
}

/** Takes records in the order sent, and keeps it. `firstChain`: where the chains go in the plan's list. */
export function assemble(records: readonly Recorded[], firstChain = 0): Assembled {
  const placeholders = createPlaceholders()
  const phases: Phase[] = []
  const chains: { lane: number; requests: PlannedRequest[] }[] = []
  const objects: Record<ObjectName, string> = {}
  const deleted = new Set<ObjectName>()
  const partStarts = new Map<string, number>()
  let openKey = ""
  for (const record of records) {
    const step = stepOf(record.request, RECORDING_URL)
    const planned = toPlanned(record, step, placeholders)
    const activityId = activityOf(record)
    const name = phaseOf(step)
    const key = `${record.part} ${activityId} ${name}`
    if (!partStarts.has(record.part)) partStarts.set(record.part, record.atMs)
    const chain = chains.at(-1)
    const end = firstChain + chains.length
    if (key !== openKey) {
      openKey = key
      const atMs = record.atMs - (partStarts.get(record.part) ?? record.atMs)
      phases.push({ part: record.part, name, atMs, activityId, from: end, to: end + 1 })
      chains.push({ lane: 0, requests: [planned] })
    } else if (chain !== undefined && continues(chain.requests, planned)) {
      chain.requests.push(planned)
    } else {
      extend(phases)
      chains.push({ lane: 0, requests: [planned] })
    }
    remember(chains.at(-1)?.requests ?? [], objects, deleted)
  }
  return {
    phases,
    chains: chains.map(({ requests }, index) => ({ lane: laneOf(requests, index), requests })),
    objects,
    deleted,
    placeholders,
  }
}

function extend(phases: Phase[]): void {
  const last = phases.pop()
  if (last !== undefined) phases.push({ ...last, to: last.to + 1 })
}

function toPlanned({ request, response }: Recorded, step: Step, placeholders: Placeholders): PlannedRequest {
  if (response.status >= 400 && !(step.startsWith("delete-") && response.status === 404)) {
    throw new PlanError(`The reference target answered ${response.status} to ${request.method} ${request.url}`)
  }
  const path = placeholders.hide(request.url.slice(RECORDING_URL.length))
  const body = request.body === null ? null : placeholders.hide(request.body)
  const type = step.endsWith("-group") ? "group" : "user"
  const ids = idsIn(response)
  const [id] = ids
  const isSearch = step === "probe" || step.startsWith("find-")
  const isLearnt = id !== undefined && ids.length === 1 && (isSearch || step.startsWith("create-"))
  return {
    step,
    method: methodOf(request.method),
    path: path.text,
    body: body?.text ?? null,
    uses: [...new Set([...path.uses, ...(body?.uses ?? [])])],
    ...(isLearnt && { learns: placeholders.name(type, id) }),
    ...(isSearch && { finds: totalOf(response.body) }),
  }
}

function methodOf(method: string): PlannedRequest["method"] {
  if (method === "GET" || method === "POST" || method === "PATCH" || method === "DELETE") return method
  throw new PlanError(`${method} is no method of the provisioning service.`)
}

function totalOf(body: string | null): number {
  const list: unknown = JSON.parse(body ?? "{}")
  const total = isRecord(list) ? list["totalResults"] : undefined
  if (typeof total !== "number") throw new PlanError("The reference target answered a search without totalResults.")
  return total
}

/** `Date:…, ActivityId:…` of the ADSCIMVersion header (WIRE-039). */
function activityOf({ request }: Recorded): string {
  const version = request.headers["adscimversion"] ?? ""
  return /ActivityId:(\S+)/.exec(version)?.[1] ?? ""
}

function phaseOf(step: Step): Phase["name"] {
  if (step === "probe") return "probe"
  if (step === "set-manager" || step === "add-member" || step === "remove-member") return "references"
  return step.endsWith("-group") ? "groups" : "users"
}

/** A search or a read begins with an object; a create follows its search, and a change what was read or found of the same object. */
function continues(requests: readonly PlannedRequest[], next: PlannedRequest): boolean {
  const last = requests.at(-1)
  if (last === undefined || phaseOf(next.step) === "references") return false
  if (next.step.startsWith("create-")) return last.finds === 0
  if (next.step.startsWith("find-") || next.step === "probe" || next.step.startsWith("read-")) return false
  const owner = last.learns ?? last.uses[0]
  return owner !== undefined && next.uses[0] === owner
}

function remember(
  requests: readonly PlannedRequest[],
  objects: Record<ObjectName, string>,
  deleted: Set<ObjectName>,
): void {
  const last = requests.at(-1)
  const search = requests.findLast(({ finds }) => finds !== undefined)
  if (last === undefined) return
  if (last.learns !== undefined) {
    if (search !== undefined) objects[last.learns] = search.path
    deleted.delete(last.learns)
  }
  const [owner] = last.uses
  if (last.step.startsWith("delete-") && owner !== undefined) deleted.add(owner)
}

/** By the member where it is one, else by the object itself: an addition and the removal that undoes it keep their order. */
function laneOf(requests: readonly PlannedRequest[], index: number): number {
  const names = requests.flatMap(({ step, uses, learns }) => {
    const own = learns === undefined ? uses : [learns, ...uses]
    return step.endsWith("-member") ? own.filter((name) => name.startsWith("user.")) : own
  })
  return names[0] === undefined ? index : Number(names[0].split(".")[1])
}
