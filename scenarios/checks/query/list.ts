import { LIST_RESPONSE_URN } from "../../../protocol/index.ts"
import { check } from "../../define.ts"
import { isArray, isObject } from "../../path-value.ts"
import type { Answer, JsonObject } from "../context.ts"

export const listResponse = check({
  id: "rfc7644-3.4.2-list-response",
  title: "A search with valid credentials is answered with a ListResponse of users with their ids",
  suite: "basic",
  requirement: { source: "rfc", ref: "7644 §3.4.2", level: "must" },
  facts: ["RFC7644-3.4.2-01", "RFC7644-3.4.2-02", "RFC7644-3.4.2-03", "WIRE-203", "WIRE-204"],
  needs: ["users"],
  clients: ["rfc", "entra", "entra-optscim"],
  confidence: "documented",
  why: "Entra reads nothing but ListResponse messages: a bare array fails Test Connection and every search after it.",
  fix: "Answer searches with schemas, totalResults as a number, and Resources holding whole users.",
  defects: ["list-as-array", "total-results-as-text", "list-entries-without-id"],
  async run({ scim, expect }) {
    await scim.givenUser()
    const answer = await scim.get("/Users", { query: { startIndex: "1", count: "2" } })
    if (!expect(answer).toHaveStatus(200)) return
    const { schemas, totalResults } = answer.object
    const isList = isArray(schemas) && schemas.includes(LIST_RESPONSE_URN) && Number.isInteger(totalResults)
    expect.that(isList, {
      code: "list-response",
      message: "The answer to a search is no ListResponse with totalResults as an integer",
      expected: `schemas ["${LIST_RESPONSE_URN}"] and totalResults such as 3`,
      actual: answer.text.slice(0, 120),
      exchanges: [answer.exchange],
    })
    const nameless = entriesOf(answer).filter(({ id }) => typeof id !== "string" || id === "")
    expect.that(nameless.length === 0, {
      code: "list-entries-without-id",
      message: "Not every entry of Resources has an id",
      expected: "an id in each",
      actual: JSON.stringify(nameless).slice(0, 120),
      exchanges: [answer.exchange],
    })
  },
})

export const listEntries = check({
  id: "rfc7644-3.4.2-list-entries",
  title: "Every entry of a list has schemas, as it has when it is read alone",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.2", level: "must" },
  facts: ["RFC7644-3.4.2-07", "RFC7643-2.1-01"],
  needs: ["users"],
  clients: ["rfc"],
  confidence: "documented",
  why: "A client that reads users and groups from one list cannot tell them apart.",
  fix: "Put whole resources into lists, schemas included.",
  defects: ["list-entries-without-schemas"],
  async run({ scim, expect }) {
    await scim.givenUser()
    const answer = await scim.get("/Users", { query: { startIndex: "1", count: "2" } })
    if (!expect(answer).toHaveStatus(200)) return
    const untyped = entriesOf(answer).filter(({ schemas }) => !isArray(schemas) || schemas.length === 0)
    expect.that(untyped.length === 0, {
      code: "list-entries-without-schemas",
      message: "Not every entry of Resources has schemas",
      expected: "schemas in each",
      actual: JSON.stringify(untyped).slice(0, 120),
      exchanges: [answer.exchange],
    })
  },
})

function entriesOf({ object: { Resources } }: Answer): JsonObject[] {
  return isArray(Resources) ? Resources.filter((resource) => isObject(resource)) : []
}
