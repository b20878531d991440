/** What kinds of attributes mappings and filters may read (MAP-121 to -126). The names themselves are the directory's. */
import { GROUP_LISTS, USER_LISTS, isExtensionName } from "../directory/attributes.ts"

/** Attributes that hold references to other objects (MAP-421). */
export const REFERENCE_ATTRIBUTES: ReadonlySet<string> = new Set(["manager", "members"])

/** Attributes that hold several values (SCOPE-10, documented: not usable in filters). */
export const MULTI_VALUED_ATTRIBUTES: ReadonlySet<string> = new Set([
  ...USER_LISTS,
  ...GROUP_LISTS,
  "members",
  "appRoleAssignments",
])

/** Attributes of the directory that provisioning does not offer (MAP-123, documented). */
const UNAVAILABLE_ATTRIBUTES: ReadonlySet<string> = new Set(["samAccountName", "userType"])

/**
 * Why a mapping cannot read `name`, or null where it can. Names are case-sensitive (MAP-112, observed); directory extensions need
 * not be listed (MAP-122, documented).
 */
export function unreadableReason(name: string, known: readonly string[]): string | null {
  if (known.includes(name) || isExtensionName(name)) return null
  if (UNAVAILABLE_ATTRIBUTES.has(name)) return `${name} is not available as a source attribute (MAP-123)`
  return `the source object has no attribute ${JSON.stringify(name)}`
}
