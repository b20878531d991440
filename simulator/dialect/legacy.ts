/**
 * What jobs from before December 2018 sent otherwise (WIRE-008, documented): a dot instead of a colon before the attribute of an
 * extension, a filter in paths that does not follow the grammar, and a schema of Microsoft's own for groups. Of the filter only
 * that it was invalid is published: here its value stands without quotes (assumed).
 */
import { targetPath } from "./target-path.ts"

/** A mapping's target as such a job writes it: `urn:…:User.department`, `emails[type eq work].value`. */
export function legacyPath(path: string): string {
  const { schema } = targetPath(path)
  const dotted = schema === undefined ? path : `${schema}.${path.slice(schema.length + 1)}`
  return dotted.replaceAll(/\[[^\]]*\]/g, (filter) => filter.replaceAll('"', ""))
}

/** Such a job needs `/scim` at the root of its URL. */
export function isLegacyAddress(baseUrl: string): boolean {
  return /^\/scim(\/|$)/.test(new URL(baseUrl).pathname)
}
