/** The profiles: what each is for, and how large it is unless told otherwise. */

export const PROFILES = [
  "initial-cycle",
  "incremental",
  "group-storm",
  "leavers",
  "many-tenants",
  "reconnect",
  "soak",
  "breakpoint",
  "quarantine-return",
] as const
export type ProfileName = (typeof PROFILES)[number]

export interface Profile {
  readonly name: ProfileName
  /** One sentence. */
  readonly about: string
  /** People in each tenant. */
  readonly users: number
  readonly tenants: number
  /** Requests in flight for each tenant: 1 to 8 is Entra's own range (RES-04, inferred). */
  readonly inFlight: number
  /** Requests a second for each tenant; null: as fast as the endpoint answers, as an Entra job without limiter does (ENG-PERF-04). */
  readonly rate: number | null
  /**
   * `once`: until the plan is sent. `compressed`: its virtual time is spread over the duration. `repeated`: its load part again
   * and again for that long. `rising`: repeated, at a rate that rises.
   */
  readonly mode: "once" | "compressed" | "repeated" | "rising"
  /** Seconds; null where the plan itself is the end. */
  readonly durationS: number | null
}

const BASE = { users: 500, tenants: 1, inFlight: 8, rate: null, mode: "once", durationS: null } as const

const DETAILS: Readonly<Record<ProfileName, Omit<Profile, "name">>> = {
  "initial-cycle": {
    ...BASE,
    about:
      "Everybody for the first time: probe, look up, create, then managers and groups of every size, one member a PATCH.",
  },
  incremental: {
    ...BASE,
    users: 1000,
    mode: "compressed",
    durationS: 60,
    about: "A day in a tenant: 2 % of the people change over 36 cycles of 40 minutes, compressed into the duration.",
  },
  "group-storm": {
    ...BASE,
    users: 10_000,
    about: "One group that grows to everybody: its last 300 members arrive in as many PATCHes, side by side.",
  },
  leavers: { ...BASE, about: "Half of the company leaves: disabled in one cycle, deleted for good in the next." },
  "many-tenants": {
    ...BASE,
    users: 25,
    tenants: 10,
    rate: 25,
    mode: "repeated",
    durationS: 30,
    about: "Tenants at 25 requests a second each, and one that knows no limit: the others must not notice.",
  },
  reconnect: { ...BASE, about: "The application is connected anew: everybody is found again, and nothing may double." },
  soak: {
    ...BASE,
    users: 100,
    rate: 25,
    mode: "repeated",
    durationS: 600,
    about: "25 requests a second for a long time: changes there and back again, so that drift shows.",
  },
  breakpoint: {
    ...BASE,
    users: 100,
    inFlight: 200,
    mode: "rising",
    durationS: 120,
    about: "The rate rises step by step until p95 breaks its limit: how much the endpoint takes.",
  },
  "quarantine-return": {
    ...BASE,
    about: "The endpoint was down for three days: everything that changed meanwhile arrives at once.",
  },
}

/** Undefined for an unknown name. */
export function findProfile(name: string): Profile | undefined {
  const known = PROFILES.find((profile) => profile === name)
  return known === undefined ? undefined : { name: known, ...DETAILS[known] }
}
