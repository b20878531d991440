/** Attribute names in request parameters, with their syntax errors as SCIM errors. */
import { parseAttributePath, parseAttributeSelector, PathSyntaxError } from "../../protocol/index.ts"
import type { AttributePath, AttributeSelector } from "../../protocol/index.ts"
import { badRequest } from "../scim-error.ts"

/** One attribute. @throws ScimError 400 invalidValue */
export function parseAttributeName(text: string): AttributePath {
  return refusing(() => parseAttributePath(text))
}

/** One attribute or one whole schema of `schemas`. @throws ScimError 400 invalidValue */
export function parseSelector(text: string, schemas: readonly string[]): AttributeSelector {
  return refusing(() => parseAttributeSelector(text, { schemas }))
}

function refusing<T>(parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (error instanceof PathSyntaxError) throw badRequest("invalidValue", error.message, error)
    throw error
  }
}
