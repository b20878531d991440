/** What may be provisioned on demand, and how often (ENG-POD-02, -04). Pure but for the count of calls. */
import type { Clock } from "../../protocol/index.ts"
import type { GroupRef, UserRef } from "../directory/model.ts"
import type { ImportedObject } from "./context.ts"
import { JobError } from "./job-error.ts"
import type { SourceDirectory } from "./source.ts"

/** One user, or one group with the members to process along with it. */
export type OnDemandSubject = UserRef | { readonly group: GroupRef; readonly members?: readonly UserRef[] }

/** ENG-POD-02, WIRE-177, documented. */
const MEMBERS_MAX = 5

/** The objects to work on, users first, each with everything it holds. Throws {@link JobError} for what on-demand can't do. */
export function onDemandItems(subject: OnDemandSubject, source: SourceDirectory): readonly ImportedObject[] {
  const { users, groups } = "group" in subject ? groupAndMembers(subject) : { users: [subject], groups: [] }
  return [
    ...users.map(({ id }) => item(source, "User", id)),
    // Of a group only the chosen members: the others are left to the next cycle.
    ...groups.map(({ id }) => ({
      ...item(source, "Group", id),
      isFull: false,
      changedReferences: new Set(["members"]),
    })),
  ]
}

function groupAndMembers({ group, members = [] }: Extract<OnDemandSubject, { readonly group: GroupRef }>) {
  if (members.length > MEMBERS_MAX) {
    throw new JobError(
      "BadRequest",
      `At most ${MEMBERS_MAX} members of a group are provisioned on demand; got ${members.length}.`,
    )
  }
  return { users: members, groups: [group] }
}

/** ENG-POD-04, ENG-DEPROV-15, documented: nobody who is disabled or deleted. */
function item(source: SourceDirectory, objectType: ImportedObject["objectType"], objectId: string): ImportedObject {
  const entry = source.entry(objectType, objectId)
  if (entry === null) {
    throw new JobError("BadRequest", `There is no ${objectType.toLowerCase()} with the id ${objectId}.`)
  }
  if (!entry.isActive) {
    const state = entry.isDeleted ? "deleted" : "disabled"
    throw new JobError("BadRequest", `${entry.displayName} is ${state}, so it can't be provisioned on demand.`)
  }
  return { objectType, objectId, isFull: true, changedReferences: new Set(), changedAttributes: null }
}

const CALLS_MAX = 5
const WINDOW_MS = 10_000

/** Lets 5 calls through in any 10 seconds of the clock (ENG-POD-02, GRAPH-615, documented). */
export class CallWindow {
  readonly #clock: Clock
  #callsMs: readonly number[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Counts a call. Throws {@link JobError} where it is one too many. */
  enter(): void {
    const nowMs = this.#clock.now()
    const recent = this.#callsMs.filter((atMs) => nowMs - atMs < WINDOW_MS)
    if (recent.length >= CALLS_MAX) {
      throw new JobError(
        "TooManyRequests",
        `Provision on demand takes ${CALLS_MAX} calls in ${WINDOW_MS / 1000} seconds.`,
      )
    }
    this.#callsMs = [...recent, nowMs]
  }
}
