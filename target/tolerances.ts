/**
 * Where the target gives way to Microsoft Entra ID. Each tolerance is one flag, named after what it lets pass; they are all
 * on with `compat: "entra"` and all off with `compat: "rfc"`. docs/target-deviations.md lists them; a test keeps both equal.
 */

/** `entra`: the RFC plus what Entra needs of a server. `rfc`: the RFC's letter. */
export type Compat = "entra" | "rfc"

export interface Tolerances {
  /** `Add`, `Replace`, `Remove` (WIRE-097, documented). */
  readonly operationsInAnyCase: boolean
  /** `"True"` and `"False"` for Booleans in bodies and PATCH values (WIRE-085, WIRE-106, documented). */
  readonly booleansAsText: boolean
  /** `roles[primary eq "True"]` in filters and paths (WIRE-049, WIRE-138, documented). */
  readonly quotedBooleansInFilters: boolean
  /** `emails[type eq "work"].value eq "x"` as a filter (WIRE-045, documented). */
  readonly subAttributeAfterBrackets: boolean
  /** A value path that selects nothing creates the element it describes (WIRE-109, observed; RES-02). */
  readonly createsSelectedElement: boolean
  /** `remove members` with a list of values removes these and no others (WIRE-168, documented). */
  readonly removesListedValues: boolean
  /** `"name.givenName"` and `"urn:…:User:department"` as keys of a value without path (WIRE-117, WIRE-118, documented). */
  readonly pathsAsKeys: boolean
  /** A complex value with a `value` given as that value alone or as a list of one: manager (WIRE-130, -131, observed). */
  readonly plainComplexValues: boolean
  /** An empty `value` unassigns such an attribute: manager removed (WIRE-134, observed; RES-01). */
  readonly emptyValueUnassigns: boolean
  /** A simple value wrapped as `[{"value": "x"}]`, as jobs before December 2018 sent it (P-entra-52, observed). */
  readonly wrappedSimpleValues: boolean
  /** A dot behind the extension's URN, as jobs before December 2018 wrote it (WIRE-008, documented). */
  readonly dotAfterSchema: boolean
  /** An extension's attribute without its URN as PATCH path: `manager` (P-entra-59, documented, obsolete). */
  readonly unqualifiedPaths: boolean
  /** URNs in `schemas` that no schema of the resource type has (WIRE-161, WIRE-162, documented). */
  readonly unknownSchemas: boolean
  /** Not a leniency but a demand: a second group of the same name is refused with 409 (WIRE-164, documented). */
  readonly uniqueGroupNames: boolean
  /** The same client credentials in header and body of a token request (WIRE-024, documented). */
  readonly clientCredentialsTwice: boolean
}

/** The tolerances of a mode. */
export function tolerancesOf(compat: Compat): Tolerances {
  const on = compat === "entra"
  return {
    operationsInAnyCase: on,
    booleansAsText: on,
    quotedBooleansInFilters: on,
    subAttributeAfterBrackets: on,
    createsSelectedElement: on,
    removesListedValues: on,
    pathsAsKeys: on,
    plainComplexValues: on,
    emptyValueUnassigns: on,
    wrappedSimpleValues: on,
    dotAfterSchema: on,
    unqualifiedPaths: on,
    unknownSchemas: on,
    uniqueGroupNames: on,
    clientCredentialsTwice: on,
  }
}
