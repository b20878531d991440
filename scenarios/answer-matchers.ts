/**
 * The matchers over one answer. Their codes name kinds of fault, so that the same fault in many cases is one cause: a 500
 * is a 500 wherever it comes from. Where the kind cannot be told, the code is the case's own id.
 */
import { ERROR_URN, LIST_RESPONSE_URN, SCIM_MEDIA_TYPE } from "../protocol/index.ts"
import type { Answer, Json } from "./checks/context.ts"
import { headlineOf } from "./fault-kinds.ts"
import { describeAnswer, describeRequest, listWords, statusKind, toText } from "./describe.ts"
import type { AnswerMatchers, FindingDraft, Hint } from "./expect.ts"
import { isArray, isNoValue, readPath, sameValue } from "./path-value.ts"
import { isSought, toSought } from "./sought.ts"

type Draft = Pick<FindingDraft, "code" | "message" | "expected" | "actual">

/** Faults that are what they are whatever a request asked for. */
const PLAIN_KINDS: ReadonlySet<string> = new Set(["server-error", "redirected", "throttled"])

/** Matchers that hand what does not hold to `fail`. */
export function createAnswerMatchers(
  answer: Answer,
  { id: caseId, title }: { readonly id: string; readonly title: string },
  fail: (draft: FindingDraft) => void,
): AnswerMatchers {
  const asked = describeRequest(answer)

  /** Records what is wrong, in the words of the hint where it has any. Gives false, for the matcher to return. */
  function wrong(draft: Draft, hint: Hint | undefined): false {
    const finding = { ...draft, ...hint, exchanges: [answer.exchange] }
    fail(hint?.message === undefined ? { ...finding, headline: headlineOf(finding.code, title) } : finding)
    return false
  }

  function toHaveStatus(status: number | readonly number[], hint?: Hint): boolean {
    const legal = typeof status === "number" ? [status] : status
    if (legal.includes(answer.status)) return true
    const expected = `status ${listWords(legal)}`
    const kind = statusKind(answer.status)
    const draft = {
      code: kind ?? caseId,
      message: `${asked} answered ${answer.status} instead of ${listWords(legal)}`,
      expected,
      actual: describeAnswer(answer),
    }
    // A 500 is a 500 whatever was asked: code and words of the hint were meant for another fault.
    return wrong(draft, kind !== undefined && PLAIN_KINDS.has(kind) ? undefined : hint)
  }

  function toHaveHeader(name: string, value?: string | RegExp, hint?: Hint): boolean {
    const held = answer.header(name)
    const holds = value === undefined || (value instanceof RegExp ? held?.match(value) !== null : held === value)
    if (held !== undefined && holds) return true
    const draft = {
      code: `${name.toLowerCase()}-${held === undefined ? "missing" : "wrong"}`,
      message: `${asked} answered ${held === undefined ? "without" : "with a wrong"} ${name} header`,
      expected: value === undefined ? `a ${name} header` : `${name}: ${value}`,
      actual: held === undefined ? `no ${name} header` : `${name}: ${held}`,
    }
    return wrong(draft, hint)
  }

  function toBeScim(hint?: Hint): boolean {
    const mediaType = answer.header("content-type") ?? ""
    if (mediaType.split(";")[0]?.trim().toLowerCase() === SCIM_MEDIA_TYPE) return true
    const draft = {
      code: "media-type",
      message: `${asked} answered ${mediaType === "" ? "without a media type" : `as ${mediaType}`}`,
      expected: `Content-Type: ${SCIM_MEDIA_TYPE}`,
      actual: mediaType === "" ? "no Content-Type" : `Content-Type: ${mediaType}`,
    }
    return wrong(draft, hint)
  }

  function toBeScimError(
    status: number | readonly number[],
    scimType?: string | readonly string[],
    hint?: Hint,
  ): boolean {
    if (!toHaveStatus(status, hint)) return false
    // RFC 7644 §3.12: the HTTP status "as a JSON string".
    const held = readPath(answer.json, "status")
    const wellFormed = hasSchema(answer, ERROR_URN) && held === String(answer.status)
    if (!wellFormed) {
      const expected = `{"schemas":["${ERROR_URN}"],"status":"${answer.status}",…}`
      const message = `${asked} answered ${answer.status} without a SCIM error message`
      const code = held === answer.status ? "status-not-string" : "error-form"
      wrong({ code, message, expected, actual: describeAnswer(answer) }, hint)
    }
    if (scimType === undefined) return wellFormed
    const legal = typeof scimType === "string" ? [scimType] : scimType
    const type = readPath(answer.json, "scimType")
    if (typeof type === "string" && legal.includes(type)) return wellFormed
    const draft = {
      code: "scim-type",
      message: `${asked} answered ${answer.status} ${type === undefined ? "without scimType" : `with scimType ${toText(type)}`}`,
      expected: `scimType ${listWords(legal)}`,
      actual: type === undefined ? "no scimType" : `scimType ${toText(type)}`,
    }
    return wrong(draft, hint)
  }

  function toBeListOf(count: number, hint?: Hint): boolean {
    if (!toHaveStatus(200, hint)) return false
    const expected = `a ListResponse with totalResults ${count}`
    const total = readPath(answer.json, "totalResults")
    const resources = readPath(answer.json, "Resources") ?? []
    if (!hasSchema(answer, LIST_RESPONSE_URN) || typeof total !== "number" || !isArray(resources)) {
      const message = `${asked} answered something that is no ListResponse`
      return wrong({ code: "list-response", message, expected, actual: describeAnswer(answer) }, hint)
    }
    if (total === count && resources.length === count) return true
    const draft = {
      code: listFault(answer, resources, total > count) ?? caseId,
      message: `${asked} found ${total} instead of ${count}`,
      expected,
      actual: `totalResults ${total} and ${resources.length} Resources`,
    }
    return wrong(draft, hint)
  }

  function toHaveValue(path: string, value: Json, hint?: Hint): boolean {
    const held = readPath(answer.json, path)
    if (sameValue(held, value)) return true
    const missing = isNoValue(held)
    const draft = {
      code: `value-${missing ? "missing" : "differs"}:${path}`,
      message: `${asked} answered ${missing ? `without ${path}` : `with another ${path}`}`,
      expected: `${path} = ${toText(value)}`,
      actual: missing ? `no ${path}` : `${path} = ${toText(held)}`,
    }
    return wrong(draft, hint)
  }

  function toHaveNoValue(path: string, hint?: Hint): boolean {
    const held = readPath(answer.json, path)
    if (isNoValue(held)) return true
    const draft = {
      code: `value-present:${path}`,
      message: `${asked} answered with ${path}`,
      expected: `no ${path}`,
      actual: `${path} = ${toText(held)}`,
    }
    return wrong(draft, hint)
  }

  return { toHaveStatus, toHaveHeader, toBeScim, toBeScimError, toBeListOf, toHaveValue, toHaveNoValue }
}

function hasSchema(answer: Answer, urn: string): boolean {
  const schemas = readPath(answer.json, "schemas")
  return (
    isArray(schemas) &&
    schemas.some((schema) => typeof schema === "string" && schema.toLowerCase() === urn.toLowerCase())
  )
}

/** What a search that finds too many or too few does wrong; undefined where nothing was sought. */
function listFault({ request }: Answer, resources: readonly Json[], isTooMany: boolean): string | undefined {
  const filter = URL.parse(request?.url ?? "")?.searchParams.get("filter") ?? null
  if (filter === null) return undefined
  if (!isTooMany) return "filter-misses"
  const sought = toSought(filter)
  const areAllSought = sought !== undefined && resources.every((resource) => isSought(resource, sought))
  return areAllSought ? "several-matches" : "filter-ignored"
}
