/**
 * What the endpoint says about itself, read once per run and with patience: a discovery document that is missing or broken
 * is silence, never a reason to skip. Cases that need a feature run unless it is denied.
 */
import {
  ENTERPRISE_USER_URN,
  SCIM_MEDIA_TYPE,
  TransportError,
  type HttpRequest,
  type HttpResponse,
} from "../protocol/index.ts"
import type { Capability, CaseResult } from "../reports/index.ts"
import { parseJson } from "./answer.ts"
import type { Capabilities, Json } from "./checks/context.ts"
import type { Need } from "./define.ts"
import { isArray, isObject, memberOf, readPath } from "./path-value.ts"
import type { Sent } from "./recording.ts"

/** What an endpoint offers that was never asked. */
export const NOTHING_KNOWN: Capabilities = toCapabilities(undefined, undefined, undefined)

/** Asks the three discovery endpoints, and /Groups itself where they say nothing of groups. */
export async function readCapabilities(
  baseUrl: string,
  headers: Readonly<Record<string, string>>,
  send: (request: HttpRequest) => Promise<Sent>,
): Promise<Capabilities> {
  async function get(path: string): Promise<HttpResponse | undefined> {
    const request = {
      method: "GET",
      url: `${baseUrl}${path}`,
      headers: { accept: SCIM_MEDIA_TYPE, ...headers },
      body: null,
    }
    const { outcome } = await send(request)
    return outcome instanceof TransportError ? undefined : outcome
  }
  async function read(path: string): Promise<Json | undefined> {
    const answer = await get(path)
    return answer?.status === 200 ? parseJson(answer.body ?? "") : undefined
  }
  const config = await read("/ServiceProviderConfig")
  const resourceTypes = await read("/ResourceTypes")
  const schemas = await read("/Schemas")
  const capabilities = toCapabilities(config, resourceTypes, schemas)
  if (capabilities.groups !== null) return capabilities
  const status = (await get("/Groups?count=1"))?.status
  return { ...capabilities, groups: status === 404 || status === 501 ? false : null }
}

/** Makes sense of three discovery answers, any of which may be missing or nonsense. */
export function toCapabilities(
  config: Json | undefined,
  resourceTypes: Json | undefined,
  schemas: Json | undefined,
): Capabilities {
  return {
    patch: supported(config, "patch"),
    bulk: supported(config, "bulk"),
    filter: supported(config, "filter"),
    changePassword: supported(config, "changePassword"),
    sort: supported(config, "sort"),
    etag: supported(config, "etag"),
    groups: lists(resourceTypes, (type) => sameText(memberOf(type, "endpoint"), "/Groups")),
    enterpriseUser:
      lists(schemas, (schema) => sameText(memberOf(schema, "id"), ENTERPRISE_USER_URN)) ??
      lists(resourceTypes, (type) => JSON.stringify(type).includes(ENTERPRISE_USER_URN)),
  }
}

function supported(config: Json | undefined, feature: string): boolean | null {
  const value = readPath(config, `${feature}.supported`)
  return typeof value === "boolean" ? value : null
}

function lists(
  answer: Json | undefined,
  matches: (entry: { readonly [name: string]: Json | undefined }) => boolean,
): boolean | null {
  const entries = isArray(answer) ? answer : readPath(answer, "Resources")
  if (!isArray(entries) || entries.length === 0) return null
  return entries.some((entry) => isObject(entry) && matches(entry))
}

function sameText(value: Json | undefined, text: string): boolean {
  return typeof value === "string" && value.toLowerCase() === text.toLowerCase()
}

/** Why a case cannot run. */
export interface Obstacle {
  /** Reads on after "because". */
  readonly reason: string
  /** The case is about an optional feature that the endpoint says it does not have: it asks nothing of this endpoint. */
  readonly doesNotApply: boolean
}

/** What stands in the way of a case with these needs; undefined where nothing does. */
export function obstacleOf(
  needs: readonly Need[],
  capabilities: Capabilities,
  hasCredentials: boolean,
): Obstacle | undefined {
  const obstacles = needs.flatMap((need): Obstacle[] => {
    const reason = NEEDS[need](capabilities, hasCredentials)
    const feature = OPTIONAL_FEATURES[need]
    return reason === undefined
      ? []
      : [{ reason, doesNotApply: feature !== undefined && capabilities[feature] === false }]
  })
  return obstacles.find(({ doesNotApply }) => doesNotApply) ?? obstacles[0]
}

/** Features that neither the RFC nor Entra asks for. Silence about one is no answer: only a plain "false" is. */
const OPTIONAL_FEATURES: Readonly<Partial<Record<Need, keyof Capabilities>>> = {
  sort: "sort",
  etag: "etag",
  "change-password": "changePassword",
}

const NEEDS: Readonly<Record<Need, (capabilities: Capabilities, hasCredentials: boolean) => string | undefined>> = {
  users: () => undefined,
  groups: ({ groups }) => denied(groups, "groups: neither /ResourceTypes nor /Groups knows of them"),
  filter: ({ filter }) => denied(filter, "filters: ServiceProviderConfig says filter.supported false"),
  patch: ({ patch }) => denied(patch, "PATCH: ServiceProviderConfig says patch.supported false"),
  sort: ({ sort }) => notAdvertised(sort, "sorting"),
  etag: ({ etag }) => notAdvertised(etag, "ETags"),
  "change-password": ({ changePassword }) => notAdvertised(changePassword, "changing passwords"),
  "enterprise-user": ({ enterpriseUser }) =>
    denied(enterpriseUser, "the enterprise user extension: /Schemas does not list it"),
  // A fault stands in for the endpoint where we have no hold on its tokens.
  "token-control": () => undefined,
  credentials: (_, hasCredentials) =>
    hasCredentials
      ? undefined
      : "the run sends no credentials in an Authorization header that the endpoint could refuse",
}

function denied(capability: boolean | null, what: string): string | undefined {
  return capability === false ? `the endpoint does not offer ${what}` : undefined
}

function notAdvertised(capability: boolean | null, what: string): string | undefined {
  return capability === true ? undefined : `the endpoint does not advertise ${what} in ServiceProviderConfig`
}

/** Which needs, met by a passed case, prove which capability. */
const PROVEN_BY: Readonly<Record<string, Need | undefined>> = {
  patch: "patch",
  bulk: undefined,
  filter: "filter",
  changePassword: "change-password",
  sort: "sort",
  etag: "etag",
  groups: "groups",
  enterpriseUser: "enterprise-user",
}

/** What a run learnt about one need: the cases that have it, by how they ended. */
export interface NeedOutcome {
  readonly needs: readonly Need[]
  readonly status: CaseResult["status"]
}

/** Advertised beside proven. Proven: some case that needs it passed; disproven: all that ran failed. */
export function compareCapabilities(capabilities: Capabilities, outcomes: readonly NeedOutcome[]): Capability[] {
  return Object.entries(capabilities).map(([name, advertised]: [string, boolean | null]) => {
    const need = PROVEN_BY[name]
    const ran = outcomes.filter(({ needs, status }) => need !== undefined && needs.includes(need) && isVerdict(status))
    const passed = ran.some(({ status }) => status !== "failed")
    return { name, advertised, proven: ran.length === 0 ? null : passed }
  })
}

function isVerdict(status: CaseResult["status"]): boolean {
  return status === "passed" || status === "warned" || status === "failed"
}
