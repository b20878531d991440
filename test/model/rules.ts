/**
 * What a job is set to do, in a form that a naive reader can follow: rows of the mapping table as texts, and filters written twice,
 * as Entra stores them and as a plain test. Nothing here evaluates with the simulator's code.
 */
import { DEFAULT_ROWS, type Expectations, toExpectations } from "../../scenarios/oracles/expected-attributes.ts"
import { isEntitled } from "../../scenarios/oracles/snapshot.ts"
import {
  defaultMappings,
  type GivenSettings,
  type ProvisioningMappings,
  type ScopingFilter,
} from "../../simulator/index.ts"
import { type Directory, type Person, personIn, type Team, teamIn } from "./directory.ts"

type Attributes = Readonly<Record<string, string | undefined>>

/** A scoping filter, as stored and as meant. */
export interface FilterChoice {
  readonly label: string
  readonly scope: readonly ScopingFilter[]
  readonly passes: (attributes: Attributes) => boolean
}

const clause = (attribute: string, operator: string, ...values: string[]) => ({ attribute, operator, values })

export const EVERYBODY: FilterChoice = { label: "everybody", scope: [], passes: () => true }
export const EVERY_GROUP: FilterChoice = { label: "every group", scope: [], passes: () => true }

export const USER_FILTERS: readonly FilterChoice[] = [
  EVERYBODY,
  {
    label: "department EQUALS Sales",
    scope: [{ name: "sales", clauses: [clause("department", "EQUALS", "Sales")] }],
    passes: ({ department }) => department === "Sales",
  },
  {
    label: "department IS NOT NULL and jobTitle not retired",
    scope: [
      {
        name: "working",
        clauses: [clause("department", "IS NOT NULL"), clause("jobTitle", "NOT REGEX MATCH", "retired.*")],
      },
    ],
    // An attribute without a value passes no operator but IS NULL (ENG-FILTER-04).
    passes: ({ department, jobTitle }) =>
      department !== undefined && jobTitle !== undefined && !jobTitle.startsWith("retired"),
  },
  {
    label: "city INCLUDES York, or department EQUALS IT",
    scope: [
      { name: "york", clauses: [clause("city", "INCLUDES", "York")] },
      { name: "it", clauses: [clause("department", "EQUALS", "IT")] },
    ],
    passes: ({ city, department }) => (city?.includes("York") ?? false) || department === "IT",
  },
]

export const TEAM_FILTERS: readonly FilterChoice[] = [
  EVERY_GROUP,
  {
    label: "displayName INCLUDES Team",
    scope: [{ name: "teams", clauses: [clause("displayName", "INCLUDES", "Team")] }],
    passes: ({ displayName }) => displayName?.includes("Team") ?? false,
  },
]

/** Rows of the user mapping that an administrator changes: the first source is the default; null takes the row out. */
export const ROW_CHOICES = {
  displayName: ["[displayName]", 'Join(" ", [givenName], [surname])'],
  title: ["[jobTitle]", "[companyName]", null],
  preferredLanguage: ["[preferredLanguage]", '"en-GB"', null],
  "name.formatted": ['Join(" ", [givenName], [surname])', "[displayName]"],
  'addresses[type eq "work"].locality': ["[city]", "[department]", null],
} as const satisfies Record<string, readonly (string | null)[]>

export type ChangeableRow = keyof typeof ROW_CHOICES
export const CHANGEABLE_ROWS = Object.keys(ROW_CHOICES).filter((name): name is ChangeableRow => name in ROW_CHOICES)

/** What may be sent of an object type (ENG-MAP-01). */
export type Action = "Add" | "Update" | "Delete"
export const EVERY_ACTION: readonly Action[] = ["Add", "Update", "Delete"]

/** How the job is set at a moment. */
export interface Rules {
  readonly syncAll: boolean
  readonly skipOutOfScopeDeletions: boolean
  /** Whether the application knows soft delete; of the connector, so that nobody changes it (ENG-DEPROV-04). */
  readonly supportsSoftDelete: boolean
  /** More than this in one cycle are held back (ENG-DEL-01); null: however many. */
  readonly deleteThreshold: number | null
  /** Whether `active` is mapped from IsSoftDeleted. */
  readonly mapsSoftDeleted: boolean
  readonly userActions: readonly Action[]
  readonly teamActions: readonly Action[]
  readonly userFilter: FilterChoice
  readonly teamFilter: FilterChoice
  /** Sources of rows that are not as they are by default, by target. */
  readonly sources: Readonly<Partial<Record<ChangeableRow, string | null>>>
}

/** The mappings as the job takes them. */
export function toMappings(rules: Rules): ProvisioningMappings {
  const { user, group } = defaultMappings()
  const sources = new Map<string, string | null>(Object.entries(rules.sources))
  if (!rules.mapsSoftDeleted) sources.set("active", null)
  const attributes = user.attributes.flatMap((row) => {
    const source = sources.get(row.target)
    if (source === null) return []
    return [source === undefined ? row : { ...row, source }]
  })
  return {
    user: { ...user, attributes, scope: rules.userFilter.scope, actions: rules.userActions },
    group: { ...group, scope: rules.teamFilter.scope, actions: rules.teamActions },
  }
}

/** The settings as the job takes them. */
export function toSettings({
  syncAll,
  skipOutOfScopeDeletions,
  supportsSoftDelete,
  deleteThreshold,
}: Rules): GivenSettings {
  return { syncAll, skipOutOfScopeDeletions, supportsSoftDelete, deleteThreshold }
}

const expectations = new WeakMap<Rules, Expectations>()

/** What a user should look like by these rules, row by row. */
export function expectationsOf(rules: Rules): Expectations {
  const known = expectations.get(rules)
  if (known !== undefined) return known
  const rows = DEFAULT_ROWS.flatMap(({ target, source }) => {
    const changed = (rules.sources as Readonly<Record<string, string | null>>)[target]
    if (changed === null) return []
    return [{ target, source: changed ?? source }]
  })
  const made = toExpectations(rows)
  expectations.set(rules, made)
  return made
}

/** Attributes whose change makes the job look at a person: those that a mapping or a filter reads (ENG-DELTA-03). */
export function trackedOf(rules: Rules): ReadonlySet<string> {
  const rows = DEFAULT_ROWS.map(({ target, source }) => {
    const changed = (rules.sources as Readonly<Record<string, string | null>>)[target]
    return changed === undefined ? source : changed
  })
  const mapped = rows.flatMap((source) => [...(source ?? "").matchAll(/\[(\w+)\]/g)].flatMap(([, name]) => name ?? []))
  const filtered = rules.userFilter.scope.flatMap(({ clauses }) => clauses.map(({ attribute }) => attribute))
  return new Set([...mapped, ...filtered])
}

/** A moment of a history: nothing in it changes any more. */
export interface Moment {
  readonly directory: Directory
  readonly rules: Rules
}

/** Assigned, or everybody is in scope; and not filtered out (ENG-SCOPE-10). */
export function isPersonEntitled({ directory, rules }: Moment, person: Person): boolean {
  return (rules.syncAll || isEntitled(directory, person.id)) && rules.userFilter.passes(person.attributes)
}

export function isPersonInScope(moment: Moment, id: string): boolean {
  const person = personIn(moment.directory, id)
  return person !== undefined && person.enabled && !person.deleted && isPersonEntitled(moment, person)
}

/** Groups need an assignment of their own (ENG-SCOPE-10). */
export function isTeamEntitled({ directory, rules }: Moment, team: Team): boolean {
  return (
    (rules.syncAll || directory.assigned.has(team.id)) && rules.teamFilter.passes({ displayName: team.displayName })
  )
}

export function isTeamInScope(moment: Moment, id: string): boolean {
  const team = teamIn(moment.directory, id)
  return team !== undefined && !team.deleted && isTeamEntitled(moment, team)
}
