/** What Entra needs of the answer to each kind of request, rule by rule with its fact. Pure. */
import { LIST_RESPONSE_URN } from "../../protocol/index.ts"
import type { Answer, JsonObject } from "../checks/context.ts"
import { describeAnswer, statusKind, toText } from "../describe.ts"
import { isArray, isObject, readPath } from "../path-value.ts"
import { isSought, type Sought } from "../sought.ts"
import type { Question } from "./question.ts"
import {
  hasSchema,
  judgeForm,
  judgeResource,
  judgeTypes,
  nameOf,
  unstableId,
  type Complaint,
  type Memory,
} from "./resource-rules.ts"

/** Everything that is wrong with the answer to this question. */
export function judgeAnswer(question: Question, answer: Answer, asked: string, memory: Memory): Complaint[] {
  const form = judgeForm(answer, asked)
  switch (question.kind) {
    case "search":
      return [...judgeSearch(question, answer, asked, memory), ...form]
    case "read":
      return [...judgeRead(question, answer, asked), ...form]
    case "create":
      return [...judgeCreate(question, answer, asked, memory), ...form]
    case "patch":
      return [...judgePatch(question, answer, asked), ...form]
    case "delete":
      return [...judgeDelete(answer, asked), ...form]
    default:
      return []
  }
}

/** An answer to a request whose token is no longer valid (WIRE-225, documented). */
export function judgeRefusal(answer: Answer, asked: string): Complaint[] {
  if (answer.status === 401 || answer.status === 403) return []
  return [
    {
      code: "token-not-checked",
      message: `${asked} answered ${answer.status} though its token is not valid any more`,
      expected: "status 401",
      actual: describeAnswer(answer),
      advice: "Check expiry and revocation of the token on every request.",
      fact: "WIRE-225",
      confidence: "documented",
    },
  ]
}

type Asked<Kind extends Question["kind"]> = Extract<Question, { kind: Kind }>

function judgeSearch(
  { endpoint, sought, withoutMembers }: Asked<"search">,
  answer: Answer,
  asked: string,
  memory: Memory,
): Complaint[] {
  const expected = `status 200 with a ListResponse, empty where nobody matches`
  if (answer.status === 404) {
    const advice = "A search that finds nothing is no error: answer 200 with totalResults 0."
    return [refused(answer, asked, "empty-search-not-200", { expected, advice, fact: "WIRE-203" })]
  }
  if (answer.status !== 200) return [refused(answer, asked, "search-refused", { expected, fact: "WIRE-061" })]
  const total = readPath(answer.json, "totalResults")
  const resources = readPath(answer.json, "Resources") ?? []
  if (!hasSchema(answer.json, LIST_RESPONSE_URN) || typeof total !== "number" || !isArray(resources)) {
    const message = `${asked} answered something that is no ListResponse`
    const advice = "Wrap every search result in a ListResponse with schemas, totalResults and Resources."
    return [{ code: "list-response", message, expected, actual: describeAnswer(answer), advice, fact: "WIRE-203" }]
  }
  const found = resources.filter((resource) => isObject(resource))
  if (sought !== undefined) {
    const key = `${endpoint} ${sought.value.toLowerCase()}`
    if (total === 0) memory.absent.add(key)
    else memory.absent.delete(key)
  }
  return [
    ...(sought === undefined ? [] : judgeMatches(sought, found, total, asked)),
    ...found.flatMap((resource) => judgeResource(resource, { endpoint, asked, withoutMembers, memory })),
  ]
}

function judgeMatches(sought: Sought, found: readonly JsonObject[], total: number, asked: string): Complaint[] {
  const { attribute, value } = sought
  const others = found.filter((resource) => !isSought(resource, sought))
  if (others.length > 0) {
    return [
      {
        code: "filter-ignored",
        message: `${asked} found somebody else`,
        expected: `only resources whose ${attribute} is "${value}"`,
        actual: `${total} found, among them ${attribute} = ${toText(readPath(others[0], attribute))}`,
        advice: `Apply the filter: Entra takes whoever comes back for the match, and several for an error.`,
        fact: "WIRE-074",
      },
    ]
  }
  if (total <= 1) return []
  return [
    {
      code: "several-matches",
      message: `${asked} found ${total} that share ${attribute}`,
      expected: `at most one resource whose ${attribute} is "${value}"`,
      actual: `totalResults ${total}`,
      advice: `Keep ${attribute} unique: with several matches Entra writes to none of them.`,
      fact: "WIRE-074",
    },
  ]
}

function judgeRead({ endpoint, id, withoutMembers }: Asked<"read">, answer: Answer, asked: string): Complaint[] {
  if (answer.status === 404) return []
  const expected = "status 200 with the resource, or 404 where it is gone"
  if (answer.status !== 200) return [refused(answer, asked, "read-refused", { expected, fact: "WIRE-205" })]
  if (!isObject(answer.json)) {
    const message = `${asked} answered something that is no resource`
    const advice = "Answer with the resource itself as a JSON object."
    return [{ code: "resource-form", message, expected, actual: describeAnswer(answer), advice, fact: "WIRE-205" }]
  }
  const complaints = judgeResource(answer.json, { endpoint, asked, withoutMembers })
  if (typeof answer.json["id"] !== "string" || answer.json["id"] === id) return complaints
  return [...complaints, unstableId(asked, id, answer.json["id"])]
}

function judgeCreate({ endpoint, body }: Asked<"create">, answer: Answer, asked: string, memory: Memory): Complaint[] {
  const expected = "status 201 with the stored resource and its id"
  const name = nameOf(endpoint, body)
  if (answer.status === 409 && name !== undefined && memory.absent.has(`${endpoint} ${name.toLowerCase()}`)) {
    return [
      {
        code: "conflict-after-empty-search",
        message: `${asked} answered 409 for "${name}", whom the search before had not found`,
        expected,
        actual: describeAnswer(answer),
        advice:
          "Let searches find everything that a create can collide with: disabled people, and names in any letter case.",
        fact: "WIRE-079",
      },
    ]
  }
  // A conflict with what exists is an answer that Entra understands (WIRE-093).
  if (answer.status === 409) return []
  if (answer.status !== 201 && answer.status !== 200) {
    return [refused(answer, asked, "create-refused", { expected, fact: "WIRE-205" })]
  }
  const resource: JsonObject = isObject(answer.json) ? answer.json : {}
  const complaints = judgeResource(resource, { endpoint, asked, withoutMembers: false })
  if (name !== undefined && typeof resource["id"] === "string") {
    memory.ids.set(`${endpoint} ${name.toLowerCase()}`, resource["id"])
    memory.absent.delete(`${endpoint} ${name.toLowerCase()}`)
  }
  if (answer.status === 201) return complaints
  const message = `${asked} answered 200 instead of 201`
  const advice = "Answer a create with 201: 200 says that something was there already."
  return [
    ...complaints,
    { code: "create-status", message, expected, actual: "status 200", advice, fact: "WIRE-205", severity: "warning" },
  ]
}

function judgePatch({ targets, clearsManager }: Asked<"patch">, answer: Answer, asked: string): Complaint[] {
  // The resource in the answer need not be complete (WIRE-101), yet what is there must be readable.
  if (answer.status === 200) return isObject(answer.json) ? judgeTypes(answer.json, asked) : []
  if (answer.status === 204) return []
  const written = targets.join(", ")
  const complaint = refused(answer, `${asked} (${written})`, refusalOf(answer), {
    expected: "status 200 or 204",
    advice: `Accept what Entra writes here (${written}), operations in any letter case.`,
    fact: clearsManager ? "RES-01" : "WIRE-101",
  })
  // Whether Entra clears a manager at all is disputed (RES-01): nobody fails on it.
  return [clearsManager ? { ...complaint, severity: "warning" } : complaint]
}

/** The kind of a refused PATCH, as far as the answer tells. */
function refusalOf(answer: Answer): string {
  if (answer.status === 409) return "patch-conflict"
  return readPath(answer.json, "scimType") === "noTarget" ? "value-path-not-created" : "patch-refused"
}

function judgeDelete(answer: Answer, asked: string): Complaint[] {
  if (answer.status === 204 || answer.status === 404) return []
  const expected = "status 204, or 404 where it is gone already"
  if (answer.status !== 200 && answer.status !== 202) {
    return [refused(answer, asked, "delete-refused", { expected, fact: "WIRE-182" })]
  }
  const message = `${asked} answered ${answer.status} instead of 204`
  const advice = "Answer a delete with 204 and no body."
  const actual = `status ${answer.status}`
  return [{ code: "delete-status", message, expected, actual, advice, fact: "WIRE-205", severity: "warning" }]
}

function refused(
  answer: Answer,
  asked: string,
  code: string,
  words: { readonly expected: string; readonly advice?: string; readonly fact: string },
): Complaint {
  return {
    code: statusKind(answer.status) ?? code,
    message: `${asked} answered ${answer.status}`,
    actual: describeAnswer(answer),
    ...words,
  }
}
