/**
 * The messages of RFC 7644 and the core resources as they travel, as zod schemas and types. Unknown members pass through;
 * resources are loosely typed, since what they hold is the schemas' business.
 */
import { z } from "zod"
import { ERROR_URN, LIST_RESPONSE_URN, PATCH_OP_URN, SEARCH_REQUEST_URN } from "./urns.ts"

/** `schemas` of a message: a list that names the message's URN. URNs are compared without regard to case. */
function schemasWith(urn: string): z.ZodType<readonly string[]> {
  const wanted = urn.toLowerCase()
  return z
    .array(z.string())
    .refine((schemas) => schemas.some((schema) => schema.toLowerCase() === wanted), `schemas must contain ${urn}`)
}

/** One element of a multi-valued attribute (RFC 7643 §2.4). */
const element = z.looseObject({
  value: z.string().optional(),
  display: z.string().optional(),
  type: z.string().optional(),
  primary: z.boolean().optional(),
  $ref: z.string().nullish(),
})

/** Any resource as a server returns it (RFC 7643 §3.1). */
export const resourceSchema = z.looseObject({
  schemas: z.array(z.string()).min(1),
  id: z.string().min(1),
  externalId: z.string().optional(),
  meta: z
    .looseObject({
      resourceType: z.string().optional(),
      created: z.string().optional(),
      lastModified: z.string().optional(),
      location: z.string().optional(),
      version: z.string().optional(),
    })
    .optional(),
})
export type Resource = z.infer<typeof resourceSchema>

/** A User as a server returns it (RFC 7643 §4.1). */
export const userSchema = resourceSchema.extend({
  userName: z.string().optional(),
  name: z
    .looseObject({
      formatted: z.string().optional(),
      familyName: z.string().optional(),
      givenName: z.string().optional(),
    })
    .optional(),
  displayName: z.string().optional(),
  active: z.boolean().optional(),
  emails: z.array(element).optional(),
  phoneNumbers: z.array(element).optional(),
  addresses: z.array(z.looseObject({ type: z.string().optional(), primary: z.boolean().optional() })).optional(),
  groups: z.array(element).optional(),
  roles: z.array(element).optional(),
})
export type UserResource = z.infer<typeof userSchema>

/** A Group as a server returns it (RFC 7643 §4.2). */
export const groupSchema = resourceSchema.extend({
  displayName: z.string().optional(),
  members: z.array(element).optional(),
})
export type GroupResource = z.infer<typeof groupSchema>

/** The answer to a query (RFC 7644 §3.4.2). `Resources` may be missing where there are none. */
export const listResponseSchema = z.looseObject({
  schemas: schemasWith(LIST_RESPONSE_URN),
  totalResults: z.int().min(0),
  startIndex: z.int().min(1).optional(),
  itemsPerPage: z.int().min(0).optional(),
  Resources: z.array(z.looseObject({})).optional(),
})
export type ListResponse = z.infer<typeof listResponseSchema>

/** One PATCH operation (RFC 7644 §3.5.2); `op` in any case, as Entra sends "Add" (C-27), lower case once parsed. */
export const patchOperationSchema = z.looseObject({
  op: z
    .string()
    .toLowerCase()
    .pipe(z.enum(["add", "replace", "remove"])),
  path: z.string().optional(),
  value: z.json().optional(),
})
export type PatchOperation = z.infer<typeof patchOperationSchema>

/** The body of a PATCH request (RFC 7644 §3.5.2). */
export const patchRequestSchema = z.looseObject({
  schemas: schemasWith(PATCH_OP_URN),
  Operations: z.array(patchOperationSchema).min(1),
})
export type PatchRequest = z.infer<typeof patchRequestSchema>

/** The body of POST …/.search (RFC 7644 §3.4.3); out-of-range numbers are for the server to interpret (§3.4.2.4). */
export const searchRequestSchema = z.looseObject({
  schemas: schemasWith(SEARCH_REQUEST_URN),
  attributes: z.array(z.string()).optional(),
  excludedAttributes: z.array(z.string()).optional(),
  filter: z.string().optional(),
  sortBy: z.string().optional(),
  sortOrder: z.enum(["ascending", "descending"]).optional(),
  startIndex: z.int().optional(),
  count: z.int().optional(),
})
export type SearchRequest = z.infer<typeof searchRequestSchema>

/** The body of an error answer (RFC 7644 §3.12) as a client should take it; scimType is open, as servers invent some. */
export const errorMessageSchema = z.looseObject({
  schemas: schemasWith(ERROR_URN),
  status: z.string(),
  scimType: z.string().optional(),
  detail: z.string().optional(),
})
