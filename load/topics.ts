/** What the cases and findings of a load are about, for `scimulate explain`. */
import { findProfile, PROFILES } from "./catalogue.ts"
import { STEPS } from "./plan/step-names.ts"

export interface LoadTopic {
  readonly title: string
  readonly why: string
  readonly fix: string
  readonly facts: readonly string[]
  /** Codes of the findings that it records. */
  readonly codes: readonly string[]
}

/** By the last part of a case's id; `step` stands for every step. */
const TOPICS: Readonly<Record<string, LoadTopic>> = {
  sent: {
    title: "The whole plan was sent",
    why: "What could not be sent was not tested: the requests of one person or group build on each other's answers.",
    fix: "Look at the first failure in the report; where time ran out, give a longer --duration.",
    facts: [],
    codes: ["load-unsent"],
  },
  step: {
    title: "Every answer of this step is right, in time, and seldom 429",
    why: "Entra keeps several requests in flight. What it is refused goes to escrow and is tried again for weeks; too many refusals quarantine the whole job.",
    fix: "Answer side by side as you answer one after the other: look for locks, pools that run dry, and queries that read more as the directory grows.",
    facts: ["WIRE-199", "WIRE-219"],
    codes: ["load-errors", "load-latency", "load-throttled"],
  },
  rate: {
    title: "The endpoint sustains 25 requests a second for each tenant",
    why: "Microsoft asks this of every endpoint in its gallery, and of each tenant by itself: a noisy neighbour must not eat the others' share.",
    fix: "Find the step with the highest p95 and begin there; limit tenants, not the whole service.",
    facts: ["ENG-PERF-04", "WIRE-199"],
    codes: ["load-rate"],
  },
  breakpoint: {
    title: "The rate at which the endpoint breaks lies above 25 requests a second",
    why: "How far the breakpoint lies above what one tenant sends tells how many tenants can have their first cycle at once.",
    fix: "Run it with more --users as well: an endpoint whose rate falls with the size of its directory reads too much for each request.",
    facts: ["ENG-PERF-04"],
    codes: ["load-breakpoint", "load-breakpoint-low"],
  },
  drift: {
    title: "The endpoint is as quick at the end of the load as at its beginning",
    why: "Provisioning never ends: what piles up a little with each request shows after weeks, unless somebody lets it run for hours.",
    fix: "Look at what grows with time: tables of history, lists in memory, connections that are not given back.",
    facts: [],
    codes: ["load-drift"],
  },
  kept: {
    title: "After the load every person and group is there once, as it was written last",
    why: "A status code is no evidence: an endpoint may answer 204 and lose the change to one that came at the same time.",
    fix: "Make each write one transaction, and put a unique constraint on what people are matched by.",
    facts: ["WIRE-199"],
    codes: [
      "load-object-lost",
      "load-object-doubled",
      "load-object-not-gone",
      "load-change-lost",
      "load-end-state-unread",
      "load-attributes-not-kept",
    ],
  },
  members: {
    title: "After the load every group has the members that were added, each once",
    why: "Members come one a PATCH, and several PATCHes of one group at the same time. Reading the list, changing it and writing it back loses all but one.",
    fix: "Keep memberships as rows of their own, with a unique key of group and member; never write the whole list to change one.",
    facts: ["WIRE-171"],
    codes: ["load-member-lost", "load-member-doubled", "load-member-extra"],
  },
}

/** The topic of a case's id or key, or of a finding's code; undefined where it is none of a load. */
export function findLoadTopic(id: string): LoadTopic | undefined {
  const byCode = Object.values(TOPICS).find(({ codes }) => codes.includes(id))
  if (byCode !== undefined) return byCode
  const [name = ""] = id.split("@", 1)
  const profile = PROFILES.find((candidate) => name.startsWith(`load-${candidate}-`))
  if (profile === undefined) return undefined
  const what = name.slice(`load-${profile}-`.length)
  return STEPS.some((step) => step === what) ? TOPICS["step"] : TOPICS[what]
}

/** Codes of findings, and names of profiles as `load-NAME-rate` and the like begin: for suggestions. */
export function loadTopicNames(): readonly string[] {
  const cases = PROFILES.flatMap((profile) =>
    ["sent", findProfile(profile)?.mode === "rising" ? "breakpoint" : "rate", "kept", "members"].map(
      (what) => `load-${profile}-${what}`,
    ),
  )
  return [...cases, ...Object.values(TOPICS).flatMap(({ codes }) => codes)]
}
