/** Searches as Entra sends them, and what their answers must be. */
import { describeAnswer, describeRequest, statusKind } from "../../describe.ts"
import type { Expect, Hint } from "../../expect.ts"
import { isArray, readPath } from "../../path-value.ts"
import type { Answer, RequestOptions, ScimClient } from "../context.ts"

/**
 * The answer to a search with blanks as +. Where that is refused and %20 is not, the finding names this cause instead of the
 * case's own, and the answer to %20 is given, so that the case can go on.
 */
export async function search(
  { scim, expect }: { readonly scim: Pick<ScimClient, "find">; readonly expect: Expect },
  endpoint: "/Users" | "/Groups",
  filter: string,
  query: NonNullable<RequestOptions["query"]> = {},
): Promise<Answer> {
  const answer = await scim.find(endpoint, filter, { query })
  if (answer.status !== 400) return answer
  const other = await scim.find(endpoint, filter, { query, encoding: "percent" })
  if (other.status !== 200) return answer
  expect.fail({
    code: "plus-not-decoded",
    fact: "WIRE-047",
    message: `${describeRequest(answer)} is refused with blanks written +, and answered with blanks written %20`,
    expected: "status 200 for both",
    actual: describeAnswer(answer),
    advice: "Decode the query as a form (application/x-www-form-urlencoded): + is a blank.",
    exchanges: [answer.exchange, other.exchange],
  })
  return other
}

/** What it means where a search finds fewer than expected, or more; without a code the matcher says what it sees. */
export interface CountHint extends Pick<Hint, "severity"> {
  readonly fewer?: string
  readonly more?: string
}

/** Expects a list of so many. That a search is not answered, or not by a list, has codes of its own in every case. */
export function expectCount(
  expect: Expect,
  answer: Answer,
  count: number,
  { fewer, more, ...hint }: CountHint = {},
): boolean {
  if (answer.status !== 200) return expect(answer).toHaveStatus(200, { ...hint, code: refusalOf(answer) })
  const total = answer.object["totalResults"]
  const code = typeof total !== "number" || total === count ? undefined : total < count ? fewer : more
  return expect(answer).toBeListOf(count, { ...hint, ...(code !== undefined && { code }) })
}

/** Expects exactly the resource of that id. */
export function expectOnly(expect: Expect, answer: Answer, id: string, hint: CountHint = {}): boolean {
  if (!expectCount(expect, answer, 1, hint)) return false
  const ids = readPath(answer.json, "Resources.id")
  const found = isArray(ids) ? ids[0] : undefined
  const isSpelling = typeof found === "string" && found.toLowerCase() === id.toLowerCase()
  const { severity } = hint
  const code = found === undefined ? "id-missing" : isSpelling ? "id-unstable" : "filter-misses"
  return expect(answer).toHaveValue("Resources.id", [id], { code, ...(severity !== undefined && { severity }) })
}

function refusalOf({ status }: Answer): string {
  return status === 404 ? "empty-search-not-200" : (statusKind(status) ?? "search-refused")
}
