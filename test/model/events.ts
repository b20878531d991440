/**
 * What may happen in a history, as data that fast-check draws and shrinks. An event names nobody: its numbers choose among those whom
 * it fits when its turn comes, so that nearly every event does something, and a shrunk history still makes sense.
 */
import * as fc from "fast-check"
import type { ResetFlag } from "../../simulator/index.ts"
import { type DrawnFault, drawnFaults } from "./fault-plan.ts"
import { ATTRIBUTES, type ChangeableAttribute } from "./names.ts"
import { type Action, CHANGEABLE_ROWS, type ChangeableRow, EVERY_ACTION, TEAM_FILTERS, USER_FILTERS } from "./rules.ts"

/** `who`, `team`, `other`: numbers that choose. */
export type TenantEvent =
  | { readonly do: "create"; readonly name: number; readonly manager: number; readonly isAssigned: boolean }
  | { readonly do: "rename"; readonly who: number; readonly name: number }
  | {
      readonly do: "change"
      readonly who: number
      readonly attribute: ChangeableAttribute
      /** Which value; -1 clears. */
      readonly value: number
    }
  | {
      readonly do: "disable" | "enable" | "softDelete" | "restore" | "purge" | "assign" | "unassign"
      readonly who: number
    }
  | { readonly do: "setManager"; readonly who: number; readonly other: number }
  | { readonly do: "clearManager"; readonly who: number }
  | {
      readonly do: "createTeam"
      readonly name: number
      readonly members: readonly number[]
      readonly isAssigned: boolean
    }
  | { readonly do: "renameTeam"; readonly team: number; readonly name: number }
  | { readonly do: "deleteTeam" | "restoreTeam" | "purgeTeam" | "assignTeam" | "unassignTeam"; readonly team: number }
  | { readonly do: "addMembers" | "removeMembers"; readonly team: number; readonly members: readonly number[] }
  | { readonly do: "moveMembers"; readonly team: number; readonly other: number; readonly members: readonly number[] }

/** What an administrator of the target does there by hand, to what the job has provisioned. `which`: a number that chooses. */
export type TargetEvent =
  | { readonly do: "targetRename" | "targetRetitle" | "targetDisable" | "targetDelete"; readonly which: number }
  | { readonly do: "targetRenameGroup" | "targetDeleteGroup"; readonly which: number }
  | { readonly do: "targetAddMember" | "targetRemoveMember"; readonly which: number; readonly member: number }

export type JobEvent =
  | { readonly do: "filterUsers"; readonly filter: number }
  | { readonly do: "filterTeams"; readonly filter: number }
  | { readonly do: "mapRow"; readonly row: ChangeableRow; readonly source: number }
  | { readonly do: "mapSoftDeleted"; readonly isMapped: boolean }
  | { readonly do: "userActions" | "teamActions"; readonly actions: readonly Action[] }
  | { readonly do: "skipOutOfScope"; readonly skips: boolean }
  | { readonly do: "threshold"; readonly most: number | null }
  /** The switch takes effect with a restart (ENG-SCOPE-12), which may follow or not. */
  | { readonly do: "switchScope"; readonly restarts: boolean }
  /** What was held back may go out (ENG-DEL-06). */
  | { readonly do: "allowDeletes" }
  | { readonly do: "wait"; readonly minutes: number }
  | { readonly do: "cycle" }
  | { readonly do: "pause" }
  | { readonly do: "start" }
  | { readonly do: "crash" }
  /** The process dies at its so manieth request from now: before it is sent, or before the answer is heard. */
  | { readonly do: "crashAt"; readonly request: number; readonly isSent: boolean }
  /** Something happens in the tenant as the job sends its so manieth request from now. */
  | { readonly do: "meanwhile"; readonly request: number; readonly event: TenantEvent | { readonly do: "pause" } }
  | { readonly do: "restart"; readonly flags: readonly ResetFlag[] | null }
  | { readonly do: "onDemand"; readonly who: number }
  | { readonly do: "onDemandTeam"; readonly team: number; readonly members: readonly number[] }
  | { readonly do: "fault"; readonly fault: DrawnFault }
  | { readonly do: "endFaults" }

export type HistoryEvent = TenantEvent | TargetEvent | JobEvent

/** The event of a name. */
export type EventOf<Name extends HistoryEvent["do"]> = Extract<HistoryEvent, { readonly do: Name }>

const number = fc.nat({ max: 11 })
const rarely = fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) })
const mostly = rarely.map((isRare) => !isRare)
/** Of the accidental deletions: set low, so that they are met. */
const thresholds = fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat({ max: 2 }) })
const several = fc.array(number, { minLength: 1, maxLength: 4 })

function one<Name extends string>(...names: readonly [Name, ...Name[]]): fc.Arbitrary<Name> {
  return fc.constantFrom<Name>(...names)
}

const personEvents: fc.Arbitrary<TenantEvent> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: one("create"), name: number, manager: number, isAssigned: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: one("rename"), who: number, name: number }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: one("change"),
      who: number,
      attribute: fc.constantFrom(...ATTRIBUTES),
      value: fc.integer({ min: -1, max: 4 }),
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      do: one("disable", "enable", "softDelete", "restore", "purge", "assign", "unassign"),
      who: number,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: one("setManager"), who: number, other: number }) },
  { weight: 1, arbitrary: fc.record({ do: one("clearManager"), who: number }) },
)

const teamEvents: fc.Arbitrary<TenantEvent> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.record({ do: one("createTeam"), name: number, members: several, isAssigned: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: one("renameTeam"), team: number, name: number }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: one("deleteTeam", "restoreTeam", "purgeTeam", "assignTeam", "unassignTeam", "assignTeam"),
      team: number,
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: one("addMembers", "removeMembers"), team: number, members: several }) },
  { weight: 2, arbitrary: fc.record({ do: one("moveMembers"), team: number, other: number, members: several }) },
)

const tenantEvents: fc.Arbitrary<TenantEvent> = fc.oneof(
  { weight: 3, arbitrary: personEvents },
  { weight: 2, arbitrary: teamEvents },
)

const HOUR = 60
const DAY = 24 * HOUR

const waits: fc.Arbitrary<JobEvent> = fc.record({
  do: one("wait"),
  minutes: fc.oneof(
    { weight: 12, arbitrary: fc.constant(40) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 3 * HOUR }) },
    { weight: 2, arbitrary: fc.integer({ min: 6 * HOUR, max: 2 * DAY }) },
    { weight: 1, arbitrary: fc.integer({ min: 7 * DAY, max: 31 * DAY }) },
  ),
})

/** Null: as the portal's button restarts; else any of Graph's flags together (ENG-RESTART-01). */
const restarts: fc.Arbitrary<JobEvent> = fc.record({
  do: one("restart"),
  flags: fc.oneof(
    { weight: 2, arbitrary: fc.constant(null) },
    {
      weight: 5,
      arbitrary: fc.uniqueArray(
        fc.constantFrom<ResetFlag>("Watermark", "Escrows", "QuarantineState", "ConnectorDataStore", "ForceDeletes"),
        { minLength: 1, maxLength: 4 },
      ),
    },
    { weight: 2, arbitrary: fc.constantFrom<readonly ResetFlag[]>(["Full"], ["None"], ["Full", "ForceDeletes"]) },
  ),
})

/** All, mostly: without one of them little happens. */
const actions: fc.Arbitrary<readonly Action[]> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(EVERY_ACTION) },
  { weight: 3, arbitrary: fc.constantFrom(...EVERY_ACTION).map((off) => EVERY_ACTION.filter((one) => one !== off)) },
  { weight: 1, arbitrary: fc.constantFrom(...EVERY_ACTION).map((only) => [only]) },
)

const ruleEvents: fc.Arbitrary<JobEvent> = fc.oneof(
  fc.record({ do: one("filterUsers"), filter: fc.nat({ max: USER_FILTERS.length - 1 }) }),
  fc.record({ do: one("filterTeams"), filter: fc.nat({ max: TEAM_FILTERS.length - 1 }) }),
  fc.record({ do: one("mapRow"), row: fc.constantFrom(...CHANGEABLE_ROWS), source: fc.nat({ max: 2 }) }),
  fc.record({ do: one("mapSoftDeleted"), isMapped: mostly }),
  fc.record({ do: one("userActions", "teamActions"), actions }),
  fc.record({ do: one("skipOutOfScope"), skips: rarely }),
  fc.record({ do: one("threshold"), most: thresholds }),
  fc.record({ do: one("switchScope"), restarts: fc.boolean() }),
)

const targetEvents: fc.Arbitrary<TargetEvent> = fc.oneof(
  fc.record({
    do: one("targetRename", "targetRetitle", "targetDisable", "targetDelete", "targetRenameGroup", "targetDeleteGroup"),
    which: number,
  }),
  fc.record({ do: one("targetAddMember", "targetRemoveMember"), which: number, member: number }),
)

const jobEvents: fc.Arbitrary<JobEvent> = fc.oneof(
  { weight: 16, arbitrary: waits },
  { weight: 3, arbitrary: fc.record({ do: one("cycle", "pause", "start") }) },
  { weight: 2, arbitrary: restarts },
  { weight: 1, arbitrary: fc.record({ do: one("crash") }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: one("crashAt"), request: fc.integer({ min: 1, max: 30 }), isSent: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: one("meanwhile"),
      request: fc.integer({ min: 1, max: 30 }),
      event: fc.oneof(
        { weight: 9, arbitrary: tenantEvents },
        { weight: 1, arbitrary: fc.record({ do: one("pause") }) },
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: one("onDemand"), who: number }) },
  { weight: 1, arbitrary: fc.record({ do: one("onDemandTeam"), team: number, members: several }) },
  { weight: 4, arbitrary: ruleEvents },
  { weight: 1, arbitrary: fc.record({ do: one("allowDeletes") }) },
  { weight: 4, arbitrary: fc.record({ do: one("fault"), fault: drawnFaults }) },
  { weight: 2, arbitrary: fc.record({ do: one("endFaults") }) },
)

export const historyEvents: fc.Arbitrary<HistoryEvent> = fc.oneof(
  { weight: 12, arbitrary: tenantEvents },
  { weight: 8, arbitrary: jobEvents },
  { weight: 1, arbitrary: targetEvents },
)

/** How a world is set up. */
export interface Setting {
  readonly dialect: "entra" | "entra-optscim"
  readonly syncAll: boolean
  readonly skipOutOfScopeDeletions: boolean
  readonly mapsSoftDeleted: boolean
  readonly deletesUsers: boolean
  readonly deletesGroups: boolean
  readonly supportsSoftDelete: boolean
  readonly deleteThreshold: number | null
  readonly parallel: number
  readonly membersPerPatch: number
  readonly probe: "always" | "whenBusy"
  /** Whether the job keeps its state in a file, so that it outlives a crash. */
  readonly isDurable: boolean
  /** How many accounts the target has already, of people who are yet to be provisioned. */
  readonly strangers: number
  /** Whether quiet time ends with the portal's restart, which heals what late references and drift leave behind (ENG-RESTART-07). */
  readonly restartsAtEnd: boolean
  /** Whether somebody allows at the end what is held back by then. */
  readonly allowsAtEnd: boolean
}

export const settings: fc.Arbitrary<Setting> = fc.record({
  dialect: fc.constantFrom("entra", "entra-optscim"),
  syncAll: rarely,
  skipOutOfScopeDeletions: rarely,
  mapsSoftDeleted: mostly,
  deletesUsers: mostly,
  deletesGroups: mostly,
  supportsSoftDelete: mostly,
  deleteThreshold: thresholds,
  parallel: fc.constantFrom(1, 1, 4),
  membersPerPatch: fc.constantFrom(1, 1, 3),
  probe: fc.constantFrom("always", "whenBusy"),
  isDurable: rarely,
  strangers: fc.nat({ max: 2 }),
  restartsAtEnd: fc.boolean(),
  allowsAtEnd: fc.boolean(),
})
