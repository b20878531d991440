/**
 * What a run is told by its environment. Plain `k6 run` needs SCIMULATE_URL, SCIMULATE_TOKEN and SCIMULATE_PLAN (the first two may hold several, parted by commas, one for each tenant); the command
 * `scimulate load` sets the others too.
 */
import { DEFAULT_LIMITS } from "../../limits.ts"
import { findProfile, type Profile, type ProfileName } from "../../catalogue.ts"

export interface Settings {
  readonly profile: Profile
  /** Base URLs without a slash at the end, one for each tenant, or one for all; `{tenant}` stands for the tenant's name. */
  readonly urls: readonly string[]
  /** Headers of every request of a tenant, with its credentials. */
  readonly headersOf: (tenant: number) => Readonly<Record<string, string>>
  readonly planFile: string
  /** Requests in flight for each tenant. */
  readonly inFlight: number
  /** Requests a second for each tenant; null for no limit. */
  readonly rate: number | null
  readonly durationMs: number | null
  /** p95 in milliseconds that ends a rising rate. */
  readonly p95LimitMs: number
  /** Into how many parts the load of a tenant is split, each a virtual user of its own (docs/scale.md). */
  readonly lanes: number
  /** Whether to write the journal that `scimulate load` reads. */
  readonly writesJournal: boolean
  /** Whether endpoints beyond this machine may be written to. */
  readonly allowsWrites: boolean
}

/** Reads the environment. Throws an Error whose message says what is missing. */
export function readSettings(name: ProfileName): Settings {
  const profile = findProfile(name)
  if (profile === undefined) throw new Error(`There is no profile ${name}.`)
  const urls = required("SCIMULATE_URL", "the base URL of the endpoint, such as http://127.0.0.1:8080/scim/v2").split(
    ",",
  )
  // One for all tenants, or one each: no token holds a comma (RFC 6750 §2.1).
  const tokens = (__ENV["SCIMULATE_TOKEN"] ?? "").split(",").map((token) => token.trim())
  const headers = JSON.parse(__ENV["SCIMULATE_HEADERS"] ?? "{}") as Record<string, string>
  const duration = number("SCIMULATE_DURATION", profile.durationS)
  return {
    profile,
    urls: urls.map((url) => url.trim().replace(/\/+$/, "")),
    headersOf(tenant) {
      const token = tokens[tenant % tokens.length] ?? ""
      return { ...(token !== "" && { Authorization: `Bearer ${token}` }), ...headers }
    },
    planFile: required("SCIMULATE_PLAN", `the file that \`scimulate load ${name} --write-plan FILE\` writes`),
    inFlight: number("SCIMULATE_IN_FLIGHT", profile.inFlight) ?? profile.inFlight,
    rate: number("SCIMULATE_RATE", profile.rate),
    durationMs: duration === null ? null : duration * 1000,
    p95LimitMs: number("SCIMULATE_P95", null) ?? DEFAULT_LIMITS.p95Ms,
    lanes: number("SCIMULATE_LANES", 1) ?? 1,
    writesJournal: __ENV["SCIMULATE_JOURNAL"] === "1",
    allowsWrites: __ENV["SCIMULATE_ALLOW_WRITES"] === "1",
  }
}

function required(name: string, what: string): string {
  const value = __ENV[name] ?? ""
  if (value === "") throw new Error(`${name} is not set: it has to be ${what}.`)
  return value
}

function number(name: string, otherwise: number | null): number | null {
  const text = __ENV[name] ?? ""
  if (text === "") return otherwise
  const value = Number(text)
  if (!(value > 0)) throw new Error(`${name} has to be a number above 0; it is ${JSON.stringify(text)}.`)
  return value
}
