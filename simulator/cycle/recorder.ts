/** How a run ends on paper: the log entry, the counters, and the object's escrow. */
import { toRfc3339 } from "../../protocol/index.ts"
import type { LogOutcome } from "../log/entry.ts"
import type { LogStore } from "../log/store.ts"
import type { CycleContext, CycleCounts, RunOutcome } from "./context.ts"
import { type Escrow, escrowAfterFailure } from "./escrow.ts"
import type { ObjectType } from "../mapping/model.ts"

const COUNTED = {
  create: "created",
  update: "updated",
  disable: "disabled",
  delete: "deleted",
  stagedDelete: "skipped",
  other: "skipped",
} as const

type Recorder = Pick<CycleContext, "record" | "settle">
type RecorderParts = Pick<CycleContext, "store" | "ids" | "clock" | "counts" | "settings"> & {
  readonly log: LogStore
}

/** `isOnDemand`: only the members that were chosen are written; what is left of an earlier failure keeps its escrow (ENG-POD-02). */
export function createRecorder(
  parts: RecorderParts,
  { cycleId, isOnDemand }: { readonly cycleId: string; readonly isOnDemand: boolean },
): Recorder {
  const { store, ids, clock, counts, settings, log } = parts
  return {
    record(run, outcome) {
      const nowMs = clock.now()
      const { objectType, objectId } = run.item
      const concerns = outcome.concerns ?? "object"
      store.atomically(() => {
        const escrow =
          outcome.error === undefined
            ? null
            : escrowed(store.escrow(objectType, objectId), {
                objectType,
                objectId,
                kind: concerns,
                errorCode: outcome.error.code,
              })
        if (outcome.error === undefined) settle(objectType, objectId, concerns)
        if (outcome.action === "stagedDelete") store.stage(objectType, objectId)
        else if (concerns === "object" && outcome.error === undefined) store.unstage(objectType, objectId)
        count(counts, outcome)
        log.add({
          id: ids.next(),
          cycleId,
          changeId: run.changeId,
          beganMs: run.beganMs,
          endedMs: nowMs,
          subject: run.subject,
          outcome: toLogOutcome(run.steps, outcome, escrow),
        })
      })
    },
    settle,
  }

  /** References that fail beside their object wait for the object's own retry, which brings them along. */
  function escrowed(previous: Escrow | null, failure: Parameters<typeof escrowAfterFailure>[1]): Escrow | null {
    if (failure.kind === "reference" && previous?.kind === "object") return previous
    const escrow = escrowAfterFailure(previous, failure, clock.now(), settings.escrow)
    if (escrow === null) store.removeEscrow(failure.objectType, failure.objectId)
    else store.setEscrow(escrow)
    return escrow
  }

  /** An object in step has no escrow; one with references still to be written, in this cycle or later, keeps theirs. */
  function settle(objectType: ObjectType, objectId: string, concerns: Escrow["kind"]): void {
    const escrow = store.escrow(objectType, objectId)
    if (escrow === null) return
    if ((concerns === "reference" || isOnDemand) && store.references.hasPending(objectType, objectId)) {
      if (concerns === "object") store.setEscrow({ ...escrow, kind: "reference" })
      return
    }
    const isOver =
      escrow.kind === concerns || (concerns === "object" && !store.references.isQueued(objectType, objectId))
    if (isOver) store.removeEscrow(objectType, objectId)
  }
}

function count(counts: CycleCounts, { action, status }: RunOutcome): void {
  if (status === "failure") counts.failed += 1
  else if (status === "skipped") counts.skipped += 1
  else counts[COUNTED[action]] += 1
}

/** ENG-RETRY-04, observed: a failure says how often it was tried again and when it will be next. */
function toLogOutcome(steps: LogOutcome["steps"], outcome: RunOutcome, escrow: Escrow | null): LogOutcome {
  const { action, status, targetId, modifiedProperties = [], error } = outcome
  const base = { action, status, steps, targetId, modifiedProperties }
  if (error === undefined) return base
  const retried = escrow?.retryCount ?? 0
  const next =
    escrow === null
      ? "It will not be retried again until the object changes."
      : `It will be retried again after this date: ${toRfc3339(escrow.notBeforeMs)}`
  const reason = `${error.reason} This operation was retried ${retried} times. ${next}`
  return { ...base, error: { code: error.code, reason, category: error.category } }
}
