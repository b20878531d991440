/**
 * What is disputed or unpublished about Entra's requests, as switches. The defaults are those of the facts' table "Suggested
 * simulator defaults" (entra-wire.md) and of resolutions.md.
 */

export interface WireOptions {
  /**
   * The requests of today's jobs, or of those from before December 2018, whose id begins with `customappsso` (WIRE-008, documented; what
   * exactly was wrong with their paths is not, see legacy.ts). The choice is made when a job is created.
   */
  readonly generation: "scim" | "customappsso"
  /** Booleans in PATCH of the default dialect: `"False"` (WIRE-106, documented) or `false` (observed in one sample). */
  readonly patchBooleans: "text" | "native"
  /** Booleans in POST: `true` (WIRE-085, documented) or `"True"` (observed). */
  readonly postBooleans: "native" | "text"
  /**
   * Several values of one attribute in a PATCH of the default dialect: only ever added, each as `{"value"}`, so that they accumulate
   * (FN-SPLIT-3, observed), or replaced as a plain list.
   */
  readonly multiValuedPatch: "addObjects" | "replace"
  /** A first value is added, or replaced: "not always consistent" (MAP-509, observed). */
  readonly firstValue: "add" | "replace"
  /** An element of `members`: `{"value"}` (nearly all captures) or `{"$ref":null,"value"}` (WIRE-166, documented). */
  readonly memberValueShape: "value" | "nullRef"
  /** How the flag dialect adds a member: `add` (WIRE-167, documented 2020) or `replace` with only the new one (observed 2026). */
  readonly optscimMemberAdd: "add" | "replace"
  /** A lone changed scalar in the flag dialect: without path (WIRE-119, -165, observed) or with it (as WIRE-116 keeps it for adds). */
  readonly optscimSingleReplace: "pathless" | "path"
  /** Members in one PATCH (RES-05): 1 unless told. */
  readonly membersPerPatch: number
  /** The value of a manager PATCH: the target id as text (WIRE-130), `{"value"}` (WIRE-132) or an array of that (WIRE-131). */
  readonly managerShape: "text" | "object" | "array"
  /**
   * A changed role of SingleAppRoleAssignment in the default dialect: added to `roles` as JSON text (FN-SINGLEAPPROLEASSIGNMENT-3,
   * documented), or replaced at the mapping's own path, as the validator does (WIRE-139, observed).
   */
  readonly singleRolePatch: "json" | "path"
  /** What a removed manager sends (RES-01, disputed): an empty text, a Remove, or nothing. */
  readonly managerRemoval: "emptyString" | "remove" | "none"
  /** `schemas` of a new group (WIRE-161, -162). */
  readonly groupCreateSchemas: "core" | "coreAndAdscim"
  /** `"members": []` in a new group (WIRE-162, observed once), `"roles": []` in a new user (WIRE-082; illustrative by MAP-604). */
  readonly emptyCollectionsOnCreate: boolean
  /** A space in a query: `+` (WIRE-047, observed) or `%20` (WIRE-048). */
  readonly queryEncoding: "plus" | "percent"
  /** The query for a reference's current value before it is written (WIRE-135, -176): documented for years, now unconfirmed. */
  readonly referenceCheckGets: "off" | "idFirst" | "referenceFirst"
  /** The `ADSCIMVersion` header: of 2026 (date and activity id), of 2019 (`5.0`), or absent (WIRE-039, observed). */
  readonly adscimVersion: "activity" | "5.0" | "off"
  /** Whether a 429 with Retry-After is repeated inside the cycle (ENG-RETRY-11, disputed). */
  readonly retryAfter: "honoured" | "ignored"
  /** Longest Retry-After waited for; a longer one goes to escrow. Milliseconds. */
  readonly retryAfterCapMs: number
  /** How often one request is repeated after a Retry-After. */
  readonly retryAfterAttempts: number
}

export const DEFAULT_WIRE_OPTIONS: WireOptions = {
  generation: "scim",
  patchBooleans: "text",
  postBooleans: "native",
  multiValuedPatch: "addObjects",
  firstValue: "add",
  memberValueShape: "value",
  optscimMemberAdd: "add",
  optscimSingleReplace: "pathless",
  membersPerPatch: 1,
  managerShape: "text",
  singleRolePatch: "json",
  managerRemoval: "emptyString",
  groupCreateSchemas: "core",
  emptyCollectionsOnCreate: false,
  queryEncoding: "plus",
  referenceCheckGets: "off",
  adscimVersion: "activity",
  retryAfter: "honoured",
  retryAfterCapMs: 5 * 60_000,
  retryAfterAttempts: 3,
}
