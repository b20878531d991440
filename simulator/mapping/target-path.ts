/**
 * The target of an attribute mapping, taken apart: `emails[type eq "work"].value`, `name.givenName`, `urn:…:User:department`
 * (MAP-401, documented). A path of a form that Entra does not map is refused.
 */
import { GROUP_URN, USER_URN, parsePath, type Filter } from "../../protocol/index.ts"

export interface TargetPath {
  /** The extension's URN, as written; absent for the core schema. */
  readonly schema?: string
  readonly attribute: string
  /** What the element is selected by: exactly one `attribute eq literal` (MAP-404). */
  readonly element?: TargetElement
  readonly sub?: string
}

interface TargetElement {
  readonly attribute: string
  /** Texts "True" and "False" that select by `primary` are Booleans here (MAP-404, inferred). */
  readonly value: string | number | boolean
}

/** A mapping names a target that Entra's mappings cannot have. */
export class TargetPathError extends Error {
  override readonly name = "TargetPathError"
}

const CORE_SCHEMAS = new Set([USER_URN, GROUP_URN].map((urn) => urn.toLowerCase()))

/** A custom attribute such as `custom:country`: SCIM's grammar has no such name, but the portal takes it (MAP-407, observed). */
const OFF_PATTERN = /^(?!urn:)([A-Za-z][\w-]*):([A-Za-z$][\w$-]*)$/i

/**
 * Takes a mapping's target apart.
 *
 * @throws TargetPathError where it is a path that no mapping has; PathSyntaxError where it is no path at all.
 */
export function parseTargetPath(text: string): TargetPath {
  const [, prefix, attribute] = OFF_PATTERN.exec(text) ?? []
  if (prefix !== undefined && attribute !== undefined) return { schema: prefix, attribute }
  const path = parsePath(text)
  if (path.name === undefined) throw new TargetPathError(`${JSON.stringify(text)} names no attribute`)
  const isCore = path.schema === undefined || CORE_SCHEMAS.has(path.schema.toLowerCase())
  return {
    ...(!isCore && path.schema !== undefined && { schema: path.schema }),
    attribute: path.name,
    ...(path.filter !== undefined && { element: toElement(path.filter, text) }),
    ...(path.sub !== undefined && { sub: path.sub }),
  }
}

/**
 * Whether the name of a custom attribute follows the pattern `urn:ietf:params:scim:schemas:extension:…`. One that does not is
 * left out of creates and follows in a later update (MAP-405, MAP-407, observed).
 */
export function isExportedOnCreate({ schema }: TargetPath): boolean {
  return schema === undefined || /^urn:ietf:params:scim:schemas:/i.test(schema)
}

function toElement(filter: Filter, text: string): TargetElement {
  if (filter.kind !== "compare" || filter.operator !== "eq" || filter.value === null || filter.path.sub !== undefined) {
    throw new TargetPathError(
      `between the brackets of ${JSON.stringify(text)} one comparison with eq is expected, as in emails[type eq "work"].value`,
    )
  }
  const { name } = filter.path
  const { value } = filter
  const isFlag = name.toLowerCase() === "primary" && typeof value === "string"
  return { attribute: name, value: isFlag ? value.toLowerCase() === "true" : value }
}
