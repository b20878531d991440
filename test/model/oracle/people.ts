/** Does every person have the account that the directory calls for? */
import { MANAGER_PATH } from "../../../scenarios/oracles/expected-attributes.ts"
import { isNoValue, readPath } from "../../../scenarios/path-value.ts"
import { type Person, personIn } from "../directory.ts"
import { expectationsOf, isPersonInScope } from "../rules.ts"
import type { Discrepancy } from "./discrepancy.ts"
import { accountsOf, inUse, type Resource, type Situation } from "./situation.ts"
import { textAt } from "../text-at.ts"

export function judgePeople(situation: Situation): Discrepancy[] {
  return [...situation.tags.keys()].flatMap((id) => judgePerson(id, situation))
}

function judgePerson(id: string, situation: Situation): Discrepancy[] {
  const { now } = situation.timeline
  const accounts = accountsOf(situation, id)
  const person = personIn(now.directory, id)
  const doubled: Discrepancy[] = accounts.length > 1 ? [{ kind: "accountDoubled", person: id, accounts }] : []
  if (person === undefined) {
    return [...doubled, ...accounts.map((account) => ({ kind: "accountLeft", person: id, account }) as const)]
  }
  if (isPersonInScope(now, id)) return [...doubled, ...judgeActive(person, accounts, situation)]
  // Where the application knows no soft delete, who leaves is deleted (ENG-DEPROV-04).
  const isKept = ({ body }: Resource): boolean => !now.rules.supportsSoftDelete || readPath(body, "active") !== false
  const active = accounts.filter(isKept)
  return [...doubled, ...active.map((account) => ({ kind: "activeLeaver", person: id, account }) as const)]
}

function judgeActive(person: Person, accounts: readonly Resource[], situation: Situation): Discrepancy[] {
  const account = inUse(accounts, situation)
  if (account === undefined) return [{ kind: "accountMissing", person: person.id }]
  const inactive: Discrepancy[] =
    readPath(account.body, "active") === false ? [{ kind: "inactive", person: person.id, account }] : []
  return [...inactive, ...judgeValues(person, account, situation), ...judgeManager(person, account, situation)]
}

function judgeValues(person: Person, account: Resource, { timeline }: Situation): Discrepancy[] {
  return expectationsOf(timeline.now.rules).texts.flatMap(({ path, of }) => {
    const expected = of(person)
    const held = readPath(account.body, path)
    const isAsExpected = expected === undefined ? isNoValue(held) : held === expected
    return isAsExpected ? [] : [{ kind: "valueDiffers", person: person.id, account, path, expected, held } as const]
  })
}

function judgeManager(person: Person, account: Resource, situation: Situation): Discrepancy[] {
  const { managerId: manager } = person
  const held = textAt(account.body, MANAGER_PATH)
  const wanted = manager === null ? [] : accountsOf(situation, manager).map(({ id }) => id)
  const isAsExpected = held === undefined ? wanted.length === 0 : wanted.includes(held)
  return isAsExpected ? [] : [{ kind: "managerDiffers", person: person.id, account, manager, held }]
}
