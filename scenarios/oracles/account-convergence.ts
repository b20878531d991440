/** Is the account of one person as the directory would have it? */
import { isNoValue, readPath } from "../path-value.ts"
import { MANAGER_PATH } from "./expected-attributes.ts"
import {
  differsInCaseOnly,
  textAt,
  Verdict,
  type Convergence,
  type Situation,
  type TargetResource,
  lastKnown,
} from "./situation.ts"
import {
  hadItsChance,
  isEntitled,
  isUserInScope,
  userIn,
  type DirectorySnapshot,
  type History,
  type SnapshotUser,
} from "./snapshot.ts"

/** Judges the account or accounts of one directory user. */
export function judgeAccount(id: string, situation: Situation): Convergence {
  const { history, exemptions, expectations } = situation
  const accounts = situation.accounts.get(id) ?? []
  const user = lastKnown(history, (snapshot) => userIn(snapshot, id))
  const name = user === undefined ? id : expectations.nameOf(user)
  const verdict = new Verdict(name, exemptions)
  const wasProvisioned = history.seen.some((snapshot) => isUserInScope(snapshot, id))
  if (user !== undefined && isUserInScope(history.now, id)) judgeActive(user, accounts, situation, verdict)
  else if (!wasProvisioned) judgeNeverProvisioned(name, accounts, verdict)
  else if (userIn(history.now, id) === undefined) judgePurged(id, name, accounts, history, verdict)
  else judgeInactive(name, accounts, situation, verdict)
  return verdict
}

function judgeActive(
  user: SnapshotUser,
  accounts: readonly TargetResource[],
  situation: Situation,
  verdict: Verdict,
): void {
  const name = situation.expectations.nameOf(user)
  const [account] = accounts
  if (account === undefined) return missing(name, "an active account", situation, verdict)
  if (accounts.length > 1) doubled(name, accounts, verdict)
  judgeActiveFlag(account, name, true, verdict)
  for (const { path, of } of situation.expectations.texts) {
    judgeText({ account, name, path, expected: of(user) }, verdict)
  }
  judgeManager(user, account, situation, verdict)
}

/** Never in scope: the job has no business with it. What was there before stays as it was (ENG-SCOPE-13). */
function judgeNeverProvisioned(name: string, accounts: readonly TargetResource[], verdict: Verdict): void {
  for (const account of accounts.filter(({ byJob }) => byJob)) {
    verdict.differ("id", {
      code: "account-unexpected",
      message: `"${name}" has an account without ever having been in scope`,
      expected: "no account",
      actual: `an account with id ${account.id}`,
      exchanges: [account.exchange],
    })
  }
}

function judgeInactive(
  name: string,
  accounts: readonly TargetResource[],
  situation: Situation,
  verdict: Verdict,
): void {
  const [account] = accounts
  if (account === undefined)
    return missing(name, "a deactivated account, for its person may come back", situation, verdict)
  if (accounts.length > 1) doubled(name, accounts, verdict)
  for (const each of accounts) judgeActiveFlag(each, name, false, verdict)
}

/** Deleted for good: gone at the target too, unless the job had let go of it before (ENG-DEPROV-07, documented). */
function judgePurged(
  id: string,
  name: string,
  accounts: readonly TargetResource[],
  { seen }: History,
  verdict: Verdict,
): void {
  const lastAlive = seen.findLast((snapshot) => userIn(snapshot, id)?.deleted === false)
  const wasManaged = lastAlive !== undefined && isEntitled(lastAlive, id)
  for (const account of accounts) {
    if (!wasManaged) verdict.excuse("ENG-DEPROV-07", `the account of "${name}", unassigned before it was deleted`)
    else {
      verdict.differ("id", {
        code: "account-not-deleted",
        message: `The account of "${name}" is still there after it was deleted for good`,
        expected: "no account",
        actual: `an account with id ${account.id}`,
        advice: "Delete the account when DELETE is asked for, and answer 404 from then on.",
        exchanges: [account.exchange],
      })
    }
  }
}

function missing(name: string, expected: string, { searches }: Situation, verdict: Verdict): void {
  const search = searches.get(name)
  verdict.differ("id", {
    code: "account-missing",
    message: `"${name}" has no account at the target`,
    expected,
    actual: "none, neither by name nor by the ids of what was created",
    ...(search !== undefined && { exchanges: [search] }),
  })
}

function doubled(name: string, accounts: readonly TargetResource[], verdict: Verdict): void {
  verdict.differ("id", {
    code: "account-doubled",
    message: `"${name}" has ${accounts.length} accounts at the target`,
    expected: "one account",
    actual: `accounts with the ids ${accounts.map(({ id }) => id).join(", ")}`,
    exchanges: accounts.map(({ exchange }) => exchange),
  })
}

function judgeActiveFlag(account: TargetResource, name: string, expected: boolean, verdict: Verdict): void {
  const held = readPath(account.body, "active")
  // An endpoint that leaves active out means the default: true.
  if (held === expected || (expected && held === undefined)) return
  verdict.differ("active", {
    code: expected ? "not-activated" : "not-deactivated",
    message: `The account of "${name}" is ${expected ? "not active" : "still active"}`,
    expected: `active = ${expected}`,
    actual: `active = ${JSON.stringify(held) ?? "nothing"}`,
    exchanges: [account.exchange],
  })
}

interface TextComparison {
  readonly account: TargetResource
  readonly name: string
  readonly path: string
  readonly expected: string | undefined
}

function judgeText({ account, name, path, expected }: TextComparison, verdict: Verdict): void {
  const held = readPath(account.body, path)
  if (expected === undefined || expected === "") {
    if (!isNoValue(held)) verdict.excuse("MAP-501", `${path} of "${name}": without a value in the directory`)
    return
  }
  if (held === expected) return
  if (!account.byJob && differsInCaseOnly(held, expected)) {
    return verdict.excuse("FN-TOLOWER-2", `${path} of "${name}": was there before, in another letter case`)
  }
  const draft = {
    message: `${path} of "${name}" is not what was sent`,
    expected: `${path} = ${JSON.stringify(expected)}`,
    actual: isNoValue(held) ? `no ${path}` : `${path} = ${JSON.stringify(held)}`,
    exchanges: [account.exchange],
  }
  if (isNoValue(held)) {
    const advice = "Store and return the attribute, or have the customer remove that row of the mapping."
    verdict.differ(path, { ...draft, code: "attribute-dropped", advice, severity: "warning", fact: "WIRE-100" })
  } else if (typeof held === "string" && sameButForm(held, expected)) {
    const advice = "Return values as they were sent: what comes back otherwise is sent again in every cycle."
    verdict.differ(path, { ...draft, code: `value-normalised:${path}`, advice, severity: "warning", fact: "WIRE-078" })
  } else {
    verdict.differ(path, { ...draft, code: `value-differs:${path}` })
  }
}

/** The same letters and digits in another dress: lower case, without spaces or punctuation. */
function sameButForm(held: string, expected: string): boolean {
  const bare = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "")
  return bare(held) === bare(expected)
}

function judgeManager(
  user: SnapshotUser,
  account: TargetResource,
  { history, accounts, expectations }: Situation,
  verdict: Verdict,
): void {
  const name = expectations.nameOf(user)
  const held = textAt(account, MANAGER_PATH)
  const accountIdsOf = (id: string): string[] => (accounts.get(id) ?? []).map((each) => each.id)
  const { managerId } = user
  const expected = managerId === null ? [] : accountIdsOf(managerId)
  if (held === undefined ? managerId === null : expected.includes(held)) return

  const past = history.seen.flatMap((snapshot) => userIn(snapshot, user.id)?.managerId ?? [])
  const isOfThePast = held === undefined || held === "" || past.flatMap(accountIdsOf).includes(held)
  if (managerId === null && (held === "" || isOfThePast)) {
    return verdict.excuse("RES-01", `the manager of "${name}", who was removed: sources differ on what is sent`)
  }
  const isSet = (snapshot: DirectorySnapshot): boolean =>
    isUserInScope(snapshot, user.id) && userIn(snapshot, user.id)?.managerId === managerId
  if (managerId !== null && isOfThePast && !hadItsChance(history, isSet, managerId)) {
    return verdict.excuse("ENG-REF-03", `the manager of "${name}", who had no account when "${name}" was looked at`)
  }
  verdict.differ(MANAGER_PATH, {
    code: "manager-differs",
    message: `The manager of "${name}" is not the one of the directory`,
    expected: expected.length === 0 ? "no manager" : `manager.value = "${expected[0]}"`,
    actual: held === undefined ? "no manager" : `manager.value = "${held}"`,
    advice: "Accept the manager as a plain id, as an object and as a list, and return it as an object with value.",
    exchanges: [account.exchange],
    fact: "WIRE-133",
  })
}
