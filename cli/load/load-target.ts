/** Where a load goes: somebody's endpoint, or the reference target in a process of its own. */
import { resolve } from "node:path"
import { type LoadEndpoint, type Profile, tenantName } from "../../load/index.ts"
import { type Transport, TransportError } from "../../protocol/index.ts"
import { createRedactor, preflight } from "../../scenarios/index.ts"
import { socketTransport, systemIds } from "../../simulator/index.ts"
import { connect } from "../connect/connect.ts"
import { credentialFlags } from "../connect/credentials.ts"
import { EnvironmentError, UsageError } from "../errors.ts"
import { readTextFile } from "../files.ts"
import type { LoadOptions } from "../options.ts"
import type { Session } from "../session.ts"
import { startEmbeddedTarget } from "./embedded-target.ts"

export interface LoadTarget {
  readonly kind: "embedded" | "external"
  /** For the report. */
  readonly url: string
  readonly endpoint: LoadEndpoint
  /** Whether it has /Groups at all. */
  readonly hasGroups: boolean
  /** What the load creates stays: the embedded target goes as a whole. */
  readonly keeps: boolean
  close(): Promise<void>
}

const TENANT = "{tenant}"

/**
 * Opens the target and makes sure that it can be loaded.
 *
 * @throws UsageError for options that make no sense with it, EnvironmentError where it does not answer as an endpoint.
 */
export async function openLoadTarget(options: LoadOptions, profile: Profile, session: Session): Promise<LoadTarget> {
  return options.url === undefined
    ? await openEmbedded(options, profile, session)
    : await openExternal(options.url, options, profile, session)
}

async function openEmbedded(options: LoadOptions, { tenants }: Profile, session: Session): Promise<LoadTarget> {
  const [flag = options.tenantTokens === undefined ? undefined : "--tenant-tokens"] = credentialFlags(options)
  if (flag !== undefined) {
    throw new UsageError("USAGE_OPTION", `${flag} needs the URL of an endpoint`, {
      hint: `write scimulate load PROFILE http://localhost:3000/scim/v2 ${flag} …`,
    })
  }
  const { url, urls, token, stop } = await startEmbeddedTarget(options, tenants, session)
  const redactor = createRedactor([token])
  const transport = socketTransport({ timeoutMs: timeoutOf(options), allowNonLoopback: false })
  return {
    kind: "embedded",
    url,
    hasGroups: true,
    keeps: true,
    endpoint: {
      urls,
      headers: { authorization: `Bearer ${token}` },
      transport,
      allowsWrites: false,
      insecure: false,
      redact: redactor.text,
    },
    async close() {
      await transport.close()
      await stop()
    },
  }
}

async function openExternal(
  given: string,
  options: LoadOptions,
  profile: Profile,
  session: Session,
): Promise<LoadTarget> {
  const { defect, compat } = options
  const flag = defect === undefined ? (compat === undefined ? undefined : "--compat") : "--defect"
  if (flag !== undefined) {
    throw new UsageError("USAGE_OPTION", `${flag} is for the embedded target, and a URL was given`, {
      hint: `leave out one of the two; scimulate target ${flag} … serves such a target`,
    })
  }
  const texts = urlTexts(given, profile.tenants)
  const connections = []
  for (const text of texts) connections.push(await connect(text, options, session))
  const [first] = connections
  if (first === undefined) throw new UsageError("USAGE_URL", "the URL of the endpoint is empty")
  const { token, headers, secrets, ca, timeoutMs } = first
  const allowsWrites = options.allowWrites === true
  const insecure = options.insecure === true
  const transport = socketTransport({
    timeoutMs,
    insecure,
    allowNonLoopback: allowsWrites,
    ...(ca !== undefined && { ca }),
  })
  const tokens = await readTenantTokens(options, profile, session)
  const redactor = createRedactor([...secrets, ...(tokens ?? [])])
  const allHeaders = { ...(token !== null && { authorization: `Bearer ${token}` }), ...headers }
  const headersOf = (tenant: number): Readonly<Record<string, string>> => {
    const own = tokens?.[tenant]
    return { ...allHeaders, ...(own !== undefined && { authorization: `Bearer ${own}` }) }
  }
  let hasGroups: boolean
  try {
    for (const [index, { baseUrl }] of connections.entries()) {
      await preflight({
        baseUrl,
        headers: headersOf(index),
        guid: systemIds.next(),
        redact: redactor.text,
        send: async (request) => ({ outcome: await transport(request).catch(asOutcome) }),
      })
    }
    hasGroups = await answersGroups(first.baseUrl, headersOf(0), transport)
    if (!hasGroups && profile.name === "group-storm") {
      throw new EnvironmentError(
        "ENV_TARGET",
        `${first.baseUrl} has no /Groups, and ${profile.name} is about a group`,
        {
          hint: "the other profiles leave groups out there",
        },
      )
    }
  } catch (error) {
    await transport.close()
    throw error
  }
  return {
    kind: "external",
    url: given.includes(",") ? first.baseUrl : given.replace(/\/+$/, ""),
    hasGroups,
    keeps: options.keep === true,
    endpoint: {
      urls: connections.map(({ baseUrl }) => baseUrl),
      headers: allHeaders,
      ...(tokens !== undefined && { tokens }),
      transport,
      allowsWrites,
      insecure,
      ...(options.ca !== undefined && { caFile: resolve(session.folder, options.ca) }),
      redact: redactor.text,
    },
    close: () => transport.close(),
  }
}

/** One token for each tenant, from a file that nobody else has to see. */
async function readTenantTokens(
  { tenantTokens, token, tokenEnv, tokenFile, oauthTokenUrl }: LoadOptions,
  { tenants }: Profile,
  { folder, terminal }: Session,
): Promise<readonly string[] | undefined> {
  if (tenantTokens === undefined) return undefined
  if ([token, tokenEnv, tokenFile, oauthTokenUrl].some((other) => other !== undefined)) {
    throw new UsageError("USAGE_OPTION", "--tenant-tokens and a token for all exclude each other", {
      hint: "give one token for all tenants, or one for each",
    })
  }
  const text = await readTextFile(resolve(folder, tenantTokens), "--tenant-tokens")
  const tokens = text.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]))
  terminal.hide(tokens)
  if (tokens.length !== tenants || tokens.some((one) => !/^[\w.~+/=-]+$/.test(one))) {
    throw new UsageError(
      "USAGE_FILE",
      `--tenant-tokens: ${tenantTokens} has to hold ${tenants} bearer tokens, one a line`,
      {
        hint: `it holds ${tokens.length}; --tenants says how many tenants there are`,
      },
    )
  }
  return tokens
}

/** One URL for all tenants, or one for each: by `{tenant}`, or as many as there are commas and one. */
function urlTexts(given: string, tenants: number): readonly string[] {
  if (!given.includes(TENANT)) return given.split(",").map((text) => text.trim())
  return Array.from({ length: tenants }, (_, index) => given.replaceAll(TENANT, tenantName(index)))
}

/** An endpoint without groups says 404 or 501 to the probe that Entra would send it (ENG-CYCLE-16). */
async function answersGroups(
  baseUrl: string,
  headers: Readonly<Record<string, string>>,
  transport: Transport,
): Promise<boolean> {
  const url = `${baseUrl}/Groups?excludedAttributes=members&filter=displayName+eq+%22${systemIds.next()}%22`
  const answer = await transport({ method: "GET", url, headers, body: null }).catch(asOutcome)
  return answer instanceof TransportError || (answer.status !== 404 && answer.status !== 501)
}

function asOutcome(error: unknown): TransportError {
  if (error instanceof TransportError) return error
  throw error
}

const TIMEOUT_S = 30

function timeoutOf({ timeout = TIMEOUT_S }: LoadOptions): number {
  return timeout * 1000
}
