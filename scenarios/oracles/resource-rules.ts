/** What Entra needs of every answer and of every resource in it, whatever was asked. Pure. */
import { ERROR_URN, SCIM_MEDIA_TYPE } from "../../protocol/index.ts"
import type { Answer, Json, JsonObject } from "../checks/context.ts"
import { describeAnswer, toText } from "../describe.ts"
import type { FindingDraft } from "../expect.ts"
import { isArray, isObject, memberOf, readPath } from "../path-value.ts"
import type { Endpoint } from "./question.ts"

/** A finding in the making: the exchange is added by who sees it. */
export type Complaint = Omit<FindingDraft, "exchanges"> & { readonly fact: string }

/** What the oracle remembers of earlier answers. */
export interface Memory {
  /** Ids by endpoint and lower-case name: they must not change (WIRE-202). */
  readonly ids: Map<string, string>
  /** Endpoint and lower-case name of what the last search did not find. */
  readonly absent: Set<string>
}

export interface ResourceView {
  readonly endpoint: Endpoint
  readonly asked: string
  readonly withoutMembers: boolean
  readonly memory?: Memory
}

/** What every returned resource must be: identified, parseable, and without what was not asked for. */
export function judgeResource(
  resource: JsonObject,
  { endpoint, asked, withoutMembers, memory }: ResourceView,
): Complaint[] {
  const complaints: Complaint[] = []
  const { id } = resource
  if (typeof id !== "string" || id === "") {
    complaints.push({
      code: "id-missing",
      message: `${asked} answered with a resource without a usable id`,
      expected: "id as a text that is not empty",
      actual: `id = ${toText(id)}`,
      advice: "Give every resource an id of its own, as a JSON string, and return it with every answer.",
      fact: "WIRE-202",
    })
  } else if (memory !== undefined) {
    const before = memory.ids.get(`${endpoint} ${nameOf(endpoint, resource)?.toLowerCase()}`)
    if (before !== undefined && before !== id) complaints.push(unstableId(asked, before, id))
  }
  const members = memberOf(resource, "members")
  if (withoutMembers && members !== undefined) {
    complaints.push({
      code: "members-not-excluded",
      message: `${asked} answered with members although they were excluded`,
      expected: "a group without members",
      actual: `members = ${toText(members)}`,
      advice: "Honour excludedAttributes=members: Entra asks for it on every read of a group.",
      fact: "WIRE-158",
    })
  }
  return [...complaints, ...judgeTypes(resource, asked)]
}

/** A resource that Entra cannot parse is rejected as a whole. */
export function judgeTypes(resource: JsonObject, asked: string): Complaint[] {
  const complaints: Complaint[] = []
  const active = memberOf(resource, "active")
  if (active !== undefined && active !== null && typeof active !== "boolean") {
    complaints.push({
      code: "boolean-as-text",
      message: `${asked} answered with active as something other than true or false`,
      expected: "active as a JSON boolean",
      actual: `active = ${toText(active)}`,
      advice: 'Accept "True" and "False", store and return true and false.',
      fact: "WIRE-207",
    })
  }
  const manager = readPath(resource, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager")
  const managerId = isObject(manager) ? memberOf(manager, "value") : undefined
  const readable = isObject(manager) && (managerId === undefined || managerId === null || typeof managerId === "string")
  if (manager !== undefined && manager !== null && !readable) {
    complaints.push({
      code: "manager-form",
      message: `${asked} answered with a manager that is no object with a value`,
      expected: '"manager": {"value": "<id>"}',
      actual: `manager = ${toText(manager)}`,
      advice: "Accept the manager as a plain id, return it as an object with value.",
      fact: "WIRE-080",
    })
  }
  return complaints
}

/** How answers look whatever they say: media type, and the form of errors. Entra tolerates both, so they warn. */
export function judgeForm(answer: Answer, asked: string): Complaint[] {
  const mediaType = (answer.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase()
  const complaints: Complaint[] = []
  if (answer.text !== "" && answer.status < 400 && mediaType !== SCIM_MEDIA_TYPE) {
    complaints.push({
      code: "media-type",
      message: `${asked} answered as ${mediaType === "" ? "nothing in particular" : mediaType}`,
      expected: `Content-Type: ${SCIM_MEDIA_TYPE}`,
      actual: `Content-Type: ${mediaType}`,
      advice: `Answer with Content-Type ${SCIM_MEDIA_TYPE}.`,
      fact: "WIRE-037",
      severity: "warning",
    })
  }
  if (answer.status >= 400 && !hasSchema(answer.json, ERROR_URN)) {
    complaints.push({
      code: "error-form",
      message: `${asked} answered ${answer.status} without a SCIM error message`,
      expected: `a body with schemas ["${ERROR_URN}"], status and detail`,
      actual: describeAnswer(answer),
      advice: "Answer errors with a SCIM error message: its detail is all that the provisioning log can show.",
      fact: "WIRE-206",
      severity: "warning",
    })
  }
  return complaints
}

export function unstableId(asked: string, before: string, now: string): Complaint {
  return {
    code: "id-unstable",
    message: `${asked} answered with another id than before`,
    expected: `id "${before}"`,
    actual: `id "${now}"`,
    advice: "Keep the id of a resource for its lifetime: Entra addresses everything by it.",
    fact: "WIRE-202",
  }
}

export function nameOf(endpoint: Endpoint, body: Json | undefined): string | undefined {
  const name = isObject(body) ? memberOf(body, endpoint === "Users" ? "userName" : "displayName") : undefined
  return typeof name === "string" ? name : undefined
}

export function hasSchema(body: Json | undefined, urn: string): boolean {
  const schemas = readPath(body, "schemas")
  return (
    isArray(schemas) &&
    schemas.some((schema) => typeof schema === "string" && schema.toLowerCase() === urn.toLowerCase())
  )
}
