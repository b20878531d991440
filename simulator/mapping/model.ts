/**
 * What a provisioning job maps, as data: Graph's synchronizationSchema reduced to what the engine uses
 * (MAP-702, MAP-703, MAP-705, documented). Loading and saving Graph's JSON is the job of schema-json.ts.
 */

/** The value of a source attribute, and of an expression: absent, one text, or several (MAP-201, documented). */
export type MappedValue = null | string | readonly string[]

/** Reads a source attribute by its directory name (`userPrincipalName`, `IsSoftDeleted` …). */
export interface SourceObject {
  read(attribute: string): MappedValue
}

/** When a mapping applies (MAP-307, documented). */
export type FlowType = "Always" | "ObjectAddOnly" | "MultiValueAddOnly" | "ValueAddOnly" | "AttributeAddOnly"

/** The JSON type of a target attribute: how the text that an expression gives travels (MAP-422, inferred). */
export type TargetType = "String" | "Boolean" | "Integer" | "DateTime" | "Binary" | "Reference"

/** One row of the portal's mapping table. */
export interface AttributeMapping {
  /** A SCIM path: `emails[type eq "work"].value`, `urn:…:User:department` (MAP-401, documented). */
  readonly target: string
  readonly targetType: TargetType
  readonly multiValued: boolean
  /** The expression; `[mail]` for a direct mapping, `"x"` for a constant; null for mapping type None (MAP-114, MAP-703). */
  readonly source: string | null
  /** Used on create only, where the source gives null (MAP-303, documented). */
  readonly defaultValue: string | null
  readonly flowType: FlowType
  readonly flowBehavior: "FlowWhenChanged" | "FlowAlways"
  /** 0: not a matching attribute; else lowest first (MAP-305, documented). */
  readonly matchingPriority: number
  /** No object is created without a value or a default (MAP-224, documented). Default false. */
  readonly required?: boolean
  /** A change of case alone is a change (FN-TOLOWER-2, documented). Default false. */
  readonly caseExact?: boolean
}

export type ObjectAction = "Add" | "Update" | "Delete"

export interface ScopingClause {
  readonly attribute: string
  readonly operator: string
  readonly values: readonly string[]
}

/** Clauses are joined by AND, several filters by OR (ENG-FILTER-01, documented). */
export interface ScopingFilter {
  readonly name: string
  readonly clauses: readonly ScopingClause[]
}

export type ObjectType = "User" | "Group"

/** The mapping of one object type. */
export interface ObjectMapping {
  readonly name: string
  readonly enabled: boolean
  readonly objectType: ObjectType
  /** The target schema URN, as Graph's JSON names it (MAP-706). */
  readonly targetObjectName: string
  /** Target object actions: which of create, update and delete are allowed (MAP-312, documented). */
  readonly actions: readonly ObjectAction[]
  readonly scope: readonly ScopingFilter[]
  /** Objects outside are not read, hence not de-provisioned either (SCOPE-03, documented as experimental). Default: none. */
  readonly inputScope?: readonly ScopingFilter[]
  /** Objects outside do not belong to this object mapping (SCOPE-03, documented as experimental). Default: none. */
  readonly categoryScope?: readonly ScopingFilter[]
  /** Source attributes that the tenant's own schema lists and the simulated directory does not keep: they read as null. Default: none. */
  readonly unkeptAttributes?: readonly string[]
  readonly attributes: readonly AttributeMapping[]
}

/** Everything a job maps. */
export interface ProvisioningMappings {
  readonly user: ObjectMapping
  readonly group: ObjectMapping
}
