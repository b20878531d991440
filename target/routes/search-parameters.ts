/** What a query asks for, from the parameters of a GET or the body of a POST /.search (RFC 7644 §3.4.2, §3.4.3). */
import { SEARCH_REQUEST_URN } from "../../protocol/index.ts"
import type { ScimType } from "../../protocol/index.ts"
import { isJsonArray, isJsonObject, textsIn } from "../json.ts"
import type { JsonObject, JsonValue } from "../json.ts"
import type { Limits } from "../limits.ts"
import type { RequestedAttributes } from "../resource/projection.ts"
import type { Query } from "../resource/query.ts"
import type { SortOrder } from "../resource/sort.ts"
import { badRequest } from "../scim-error.ts"
import type { Parameters } from "./query-string.ts"

/** Larger indexes are beyond every end. */
const MAX_INDEX = 2_147_483_647

type PageLimits = Pick<Limits, "defaultPageSize" | "maxPageSize" | "maxElements">

export interface SearchParameters {
  readonly query: Query
  readonly requested: RequestedAttributes
}

/** Unknown parameters are ignored (RFC7644-3.4.2-06). @throws ScimError 400 invalidValue */
export function readQueryParameters(parameters: Parameters, limits: PageLimits): SearchParameters {
  const filter = parameters.get("filter")
  const sortBy = parameters.get("sortBy")
  const cursor = parameters.get("cursor")
  const query = toQuery(limits, {
    ...(filter !== undefined && { filter }),
    ...(sortBy !== undefined && sortBy !== "" && { sortBy }),
    sortOrder: parameters.get("sortOrder"),
    startIndex: integerOf(parameters.get("startIndex")),
    count: integerOf(parameters.get("count")),
    ...(cursor !== undefined && { cursor }),
  })
  return { query, requested: readRequestedAttributes(parameters) }
}

/** The projection that a request's parameters ask for; an empty list counts as none. */
export function readRequestedAttributes(parameters: Parameters): RequestedAttributes {
  const attributes = namesIn(parameters.get("attributes"))
  const excludedAttributes = namesIn(parameters.get("excludedAttributes"))
  return {
    ...(attributes.length > 0 && { attributes }),
    ...(excludedAttributes.length > 0 && { excludedAttributes }),
  }
}

/** @throws ScimError 400 invalidSyntax where the body is no SearchRequest, invalidValue where a member has a wrong type */
export function readSearchRequest(body: JsonValue, limits: PageLimits): SearchParameters {
  if (!isJsonObject(body)) throw badRequest("invalidSyntax", "The body must be a JSON object.")
  if (!textsIn(body["schemas"]).some((urn) => urn.toLowerCase() === SEARCH_REQUEST_URN.toLowerCase())) {
    throw badRequest("invalidSyntax", `schemas must contain ${SEARCH_REQUEST_URN}.`)
  }
  const filter = textMember(body, "filter")
  const sortBy = textMember(body, "sortBy")
  const cursor = textMember(body, "cursor")
  const attributes = namesMember(body, "attributes", limits)
  const excludedAttributes = namesMember(body, "excludedAttributes", limits)
  return {
    query: toQuery(limits, {
      ...(filter !== undefined && { filter }),
      ...(sortBy !== undefined && { sortBy }),
      ...(cursor !== undefined && { cursor }),
      sortOrder: textMember(body, "sortOrder"),
      startIndex: body["startIndex"] ?? undefined,
      count: body["count"] ?? undefined,
    }),
    requested: {
      ...(attributes.length > 0 && { attributes }),
      ...(excludedAttributes.length > 0 && { excludedAttributes }),
    },
  }
}

interface RawQuery {
  readonly filter?: string
  readonly sortBy?: string
  readonly cursor?: string
  readonly sortOrder: string | undefined
  readonly startIndex: JsonValue | undefined
  readonly count: JsonValue | undefined
}

function toQuery(limits: PageLimits, { sortOrder, startIndex, count, ...texts }: RawQuery): Query {
  const { defaultPageSize, maxPageSize } = limits
  return {
    ...texts,
    sortOrder: readSortOrder(sortOrder),
    startIndex: boundedBy(integer(startIndex ?? 1, "startIndex", "invalidValue"), 1, MAX_INDEX),
    count: boundedBy(countOf(count ?? defaultPageSize, texts.cursor), 0, maxPageSize),
  }
}

/** Beside a cursor, a count that is none has a keyword of its own (RFC9865-2.1-03). */
function countOf(count: JsonValue, cursor: string | undefined): number {
  return integer(count, "count", cursor === undefined ? "invalidValue" : "invalidCount")
}

function integer(value: JsonValue, name: string, scimType: ScimType): number {
  if (typeof value === "number" && Number.isInteger(value)) return value
  throw badRequest(scimType, `${name} must be an integer.`)
}

/** Values beyond the bounds count as the bound (RFC7644-3.4.2.4-02, -04, -11). */
function boundedBy(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}

function readSortOrder(text: string | undefined): SortOrder {
  if (text === undefined || text === "") return "ascending"
  const order = text.toLowerCase()
  if (order === "ascending" || order === "descending") return order
  throw badRequest("invalidValue", "sortOrder must be ascending or descending.")
}

/** The number a parameter spells, or its text where it spells none. */
function integerOf(text: string | undefined): JsonValue | undefined {
  if (text === undefined || text === "") return undefined
  return /^[+-]?\d+$/.test(text) ? Number(text) : text
}

function namesIn(list: string | undefined): readonly string[] {
  return list === undefined ? [] : list.split(",").filter((name) => name.trim() !== "")
}

function textMember(body: JsonObject, name: string): string | undefined {
  const value = body[name] ?? undefined
  if (value === undefined || typeof value === "string") return value
  throw badRequest("invalidValue", `${name} must be a string.`)
}

function namesMember(body: JsonObject, name: string, { maxElements }: PageLimits): readonly string[] {
  const value = body[name] ?? []
  if (isJsonArray(value) && value.length > maxElements) {
    throw badRequest("invalidValue", `${name} can have ${maxElements} names at most.`)
  }
  const names = textsIn(value)
  if (!isJsonArray(value) || names.length !== value.length) {
    throw badRequest("invalidValue", `${name} must be a list of attribute names.`)
  }
  return names.filter((one) => one.trim() !== "")
}
