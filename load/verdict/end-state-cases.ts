/** Whether everything is there that the endpoint accepted: people, groups and members. */
import { type Finding, grouped } from "../../reports/index.ts"
import { type CaseDraft, KEPT_REQUIREMENT } from "./case-parts.ts"
import type { Difference, EndComparison } from "./compare-end-state.ts"

export interface JudgedTenant {
  readonly name: string
  readonly comparison: EndComparison
  readonly problems: readonly string[]
}

/** Examples that a finding quotes. */
const EXAMPLES = 3

type Kind = Difference["kind"]

interface Rule {
  readonly kinds: readonly Kind[]
  readonly code: string
  readonly title: (count: string) => string
  readonly headline: string
  readonly expected: string
  readonly advice: string
}

const CONCURRENT_WRITES =
  "Change what is asked for inside one transaction (or with a version check that repeats): reading, changing and writing back loses what another request wrote meanwhile."
const UNIQUE_NAMES =
  "Put a unique constraint on the matching attribute: a check before the insert lets two requests pass at once."

const PEOPLE_RULES: readonly Rule[] = [
  {
    kinds: ["lost"],
    code: "load-object-lost",
    title: (count) => `${count} that the endpoint accepted are not there after the load.`,
    headline: "Under load the endpoint loses people or groups that it has accepted",
    expected: "found once by their matching attribute",
    advice: "Answer only once the write is durable, and look for creates that end in an error after the answer.",
  },
  {
    kinds: ["doubled"],
    code: "load-object-doubled",
    title: (count) => `${count} are there more than once after the load.`,
    headline: "Under load the endpoint keeps the same person or group twice",
    expected: "found once by their matching attribute",
    advice: UNIQUE_NAMES,
  },
  {
    kinds: ["not-gone"],
    code: "load-object-not-gone",
    title: (count) => `${count} were deleted and are still there after the load.`,
    headline: "Under load the endpoint keeps people or groups whose deletion it has accepted",
    expected: "not found",
    advice: "Answer a DELETE only once it is done, and let a change that comes late not bring the object back.",
  },
  {
    kinds: ["wrong-value"],
    code: "load-change-lost",
    title: (count) => `${count} do not hold what was written last.`,
    headline: "Under load the endpoint loses changes, or applies half of them",
    expected: "every attribute as it was written last",
    advice: CONCURRENT_WRITES,
  },
]

const MEMBER_RULES: readonly Rule[] = [
  {
    kinds: ["member-lost"],
    code: "load-member-lost",
    title: (count) => `${count} of groups are lost, although every PATCH was accepted.`,
    headline: "Members that are added side by side get lost",
    expected: "every member that was added, once",
    advice: CONCURRENT_WRITES,
  },
  {
    kinds: ["member-doubled"],
    code: "load-member-doubled",
    title: (count) => `${count} are in a group more than once.`,
    headline: "Under load the same member gets into a group twice",
    expected: "every member once",
    advice: "Keep memberships under a unique key of group and member.",
  },
  {
    kinds: ["member-extra"],
    code: "load-member-extra",
    title: (count) => `${count} are in a group that they should not be in.`,
    headline: "Under load removed members stay in their group",
    expected: "nobody who was removed",
    advice: CONCURRENT_WRITES,
  },
]

/** Two cases: people and groups as such, and who is in which group. */
export function endStateCases(tenants: readonly JudgedTenant[]): CaseDraft[] {
  const frame = { requirement: KEPT_REQUIREMENT }
  const problems = tenants.flatMap((tenant) => tenant.problems)
  const notKept = [...new Set(tenants.flatMap(({ comparison }) => comparison.notKept))]
  return [
    {
      ...frame,
      id: "kept",
      title: "After the load every person and group is there once, as it was written last",
      facts: ["WIRE-199"],
      findings: [
        ...unread(problems),
        ...PEOPLE_RULES.flatMap((rule) => finding(rule, tenants, "people and groups")),
        ...attributesNotKept(notKept),
      ],
    },
    {
      ...frame,
      id: "members",
      title: "After the load every group has the members that were added, each once",
      facts: ["WIRE-171"],
      findings: MEMBER_RULES.flatMap((rule) => finding(rule, tenants, "members")),
    },
  ]
}

function finding(rule: Rule, tenants: readonly JudgedTenant[], noun: string): Finding[] {
  const hits = tenants.flatMap(({ name, comparison }) =>
    comparison.differences
      .filter(({ kind }) => rule.kinds.includes(kind))
      .map((difference) => (tenants.length > 1 ? `${name}: ${describe(difference)}` : describe(difference))),
  )
  if (hits.length === 0) return []
  const others = hits.length > EXAMPLES ? ` and ${grouped(hits.length - EXAMPLES)} more` : ""
  return [
    {
      code: rule.code,
      message: rule.title(`${grouped(hits.length)} ${noun}`),
      headline: rule.headline,
      expected: rule.expected,
      actual: `${hits.slice(0, EXAMPLES).join("; ")}${others}`,
      advice: rule.advice,
      confidence: "documented",
      exchanges: [],
    },
  ]
}

function describe(difference: Difference): string {
  const { name } = difference
  switch (difference.kind) {
    case "lost":
      return `${name} is not found`
    case "doubled":
      return `${name} is found ${difference.total} times`
    case "not-gone":
      return `${name} is still found`
    case "wrong-value":
      return `${name} has ${difference.path} ${JSON.stringify(difference.actual)} instead of ${JSON.stringify(difference.expected)}`
    case "member-lost":
      return `${name} lacks ${difference.member}`
    case "member-doubled":
      return `${name} has ${difference.member} ${difference.total} times`
    case "member-extra":
      return `${name} has ${difference.member}`
  }
}

function unread(problems: readonly string[]): Finding[] {
  if (problems.length === 0) return []
  return [
    {
      code: "load-end-state-unread",
      message: `${grouped(problems.length)} people and groups could not be read after the load.`,
      expected: "200 with the resource",
      actual: problems.slice(0, EXAMPLES).join("; "),
      advice: "An endpoint has to come back by itself once the load is over: look in its log.",
      confidence: "documented",
      exchanges: [],
    },
  ]
}

/** No loss by load: the endpoint never keeps these as written. */
function attributesNotKept(paths: readonly string[]): Finding[] {
  if (paths.length === 0) return []
  return [
    {
      code: "load-attributes-not-kept",
      message: `Nobody holds what was written to ${paths.join(", ")}: the endpoint keeps it differently, load or not.`,
      expected: "kept as written",
      actual: "different for everybody",
      advice: "scimulate run says more about it; the load is judged without these attributes.",
      confidence: "documented",
      exchanges: [],
      severity: "note",
    },
  ]
}
