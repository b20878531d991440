/** What all stories have in common: how they are declared, and the sentences that several of them say. */
import type { CycleSummary, GroupRef, User, UserRef } from "../../simulator/index.ts"
import { scenario, type Scenario } from "../define.ts"
import { isArray, readPath } from "../path-value.ts"
import type { ScenarioContext, ScenarioJob } from "../scenario-context.ts"

type Declared = "suite" | "requirement" | "clients" | "dialects" | "confidence"

/** A story as its file tells it. */
export type StoryDefinition = Omit<Scenario, "kind" | Declared> &
  Partial<Pick<Scenario, "confidence">> & {
    /** The part of provisioning that it is about: `quarantine`, `groups: members`. */
    readonly about: string
    /** What an endpoint that gets it wrong costs itself: the verdict (the default), or a warning. */
    readonly level?: "entra" | "should"
  }

/** Declares a scenario of the suite lifecycle, which is told in both dialects and rests on documented facts unless it says otherwise. */
export function story({ about, level = "entra", confidence = "documented", ...rest }: StoryDefinition): Scenario {
  return scenario({
    ...rest,
    suite: "lifecycle",
    requirement: { source: "entra", ref: `Microsoft Entra ID: ${about}`, level },
    clients: ["entra", "entra-optscim"],
    dialects: ["entra", "entra-optscim"],
    confidence,
  })
}

/** The id that the job addresses an object by at the target; empty where it has no link. */
export function targetIdOf(job: ScenarioJob, { objectType, id }: UserRef | GroupRef): string {
  return job.link(objectType, id)?.targetId ?? ""
}

/** The account that the job had for a user is still there, and is the one that the job has now, if it has any. */
export async function expectSameAccount(
  { job, target, expect }: ScenarioContext,
  user: User,
  accountId: string,
): Promise<void> {
  const now = targetIdOf(job, user)
  // Why there is none is told by what failed.
  if (now === "") return
  const held = await target.scim.get(`/Users/${encodeURIComponent(accountId)}`)
  expect.that(held.status === 200 && now === accountId, {
    code: "account-replaced",
    message: `"${user.userPrincipalName}" has another account than before`,
    expected: `the account with id ${accountId}`,
    actual: held.status === 200 ? `an account with id ${now}` : `status ${held.status} for it`,
    advice:
      "Keep the account with its id whatever happens to its attributes, so that its owner finds everything again.",
    exchanges: [held.exchange],
    fact: "WIRE-202",
  })
}

/**
 * A group holds exactly these members, each once. Entra never reads them: this is where somebody looks (WIRE-159). Ids are those of the
 * job's links; where one is missing, what failed tells more.
 */
export async function expectMembers(
  { target, expect }: ScenarioContext,
  groupId: string,
  memberIds: readonly string[],
): Promise<void> {
  if (groupId === "" || memberIds.includes("")) return
  const group = await target.scim.get(`/Groups/${encodeURIComponent(groupId)}`)
  const values = readPath(group.json, "members.value")
  const held = isArray(values) ? values : []
  const missing = memberIds.filter((id) => !held.includes(id))
  const others = held.filter((id) => typeof id !== "string" || !memberIds.includes(id))
  const draft = {
    expected: `${memberIds.length} members`,
    actual: `${held.length} members, ${missing.length} missing, ${others.length} unexpected`,
    advice: "Add and remove exactly the members that a PATCH names, and keep each of them once.",
    exchanges: [group.exchange],
  }
  if (missing.length > 0) expect.fail({ ...draft, code: "member-missing", message: "The group lacks members" })
  if (others.length > 0) {
    expect.fail({ ...draft, code: "members-mixed", message: "The group has members that are not its own" })
  }
  if (new Set(held).size < held.length) {
    const message = "The group has members twice"
    expect.fail({ ...draft, code: "member-doubled", message, severity: "warning", fact: "WIRE-172" })
  }
}

/** In these cycles the job found nothing to do: it probed users and groups, and sent nothing else (WIRE-196). */
export function expectOnlyProbes({ expect }: ScenarioContext, cycles: readonly CycleSummary[]): void {
  const busy = cycles.filter(({ counts, state }) => counts.requests > 2 || state === "EntryLevelErrors")
  expect.that(busy.length === 0, {
    code: "idle-cycle-busy",
    message: "The job had something to send although nothing had changed",
    expected: "cycles of one probe for users and one for groups",
    actual: busy.map(({ startedAt, counts }) => `${counts.requests} requests at ${startedAt}`).join(", "),
    advice: "Look at what failed before: what the endpoint refuses is sent again and again.",
    fact: "WIRE-196",
  })
}
