/** What an administrator of the job edits, as changes of its rules: mappings and filters, or settings. */
import type { EventOf } from "./events.ts"
import { EVERY_GROUP, EVERYBODY, ROW_CHOICES, type Rules, TEAM_FILTERS, USER_FILTERS } from "./rules.ts"

/** Saving mappings or filters starts a new initial cycle (ENG-CYCLE-12). */
export type MappingEvent = EventOf<
  "filterUsers" | "filterTeams" | "mapRow" | "mapSoftDeleted" | "userActions" | "teamActions"
>
/** Settings hold for what is evaluated from then on (ENG-SCOPE-12). */
export type SettingsEvent = EventOf<"skipOutOfScope" | "threshold" | "switchScope">

export interface Edit {
  readonly line: string
  readonly change: Partial<Rules>
}

export function toMappingEdit(event: MappingEvent, { sources }: Rules): Edit {
  switch (event.do) {
    case "filterUsers": {
      const userFilter = USER_FILTERS[event.filter] ?? EVERYBODY
      return { line: `in scope is ${userFilter.label}`, change: { userFilter } }
    }
    case "filterTeams": {
      const teamFilter = TEAM_FILTERS[event.filter] ?? EVERY_GROUP
      return { line: `in scope is ${teamFilter.label}`, change: { teamFilter } }
    }
    case "mapRow": {
      const choices: readonly (string | null)[] = ROW_CHOICES[event.row]
      const source = choices[event.source % choices.length] ?? null
      const line = source === null ? `${event.row} is not mapped` : `${event.row} is mapped from ${source}`
      return { line, change: { sources: { ...sources, [event.row]: source } } }
    }
    case "mapSoftDeleted": {
      const line = `active is ${event.isMapped ? "mapped from IsSoftDeleted" : "not mapped"}`
      return { line, change: { mapsSoftDeleted: event.isMapped } }
    }
    case "userActions":
      return { line: `of users is allowed: ${event.actions.join(", ")}`, change: { userActions: event.actions } }
    case "teamActions":
      return { line: `of groups is allowed: ${event.actions.join(", ")}`, change: { teamActions: event.actions } }
  }
}

export function toSettingsEdit(event: SettingsEvent, { syncAll }: Rules): Edit {
  switch (event.do) {
    case "skipOutOfScope": {
      const line = `SkipOutOfScopeDeletions is ${event.skips ? "on" : "off"}`
      return { line, change: { skipOutOfScopeDeletions: event.skips } }
    }
    case "threshold": {
      const line = event.most === null ? "any number of deletions is fine" : `at most ${event.most} deletions a cycle`
      return { line, change: { deleteThreshold: event.most } }
    }
    case "switchScope":
      return { line: `synchronized are ${syncAll ? "the assigned" : "all"}`, change: { syncAll: !syncAll } }
  }
}
