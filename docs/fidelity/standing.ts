/** Facts, proofs and the ledger brought together: how each fact stands, and what in the books is wrong. */
import type { Fact, FactFile } from "./fact-files.ts"
import type { Ledger, NotSimulated, Open, Part } from "./ledger.ts"
import type { Proof } from "./proofs.ts"

export type Standing =
  | { readonly kind: "proven"; readonly by: readonly string[] }
  | { readonly kind: "not simulated"; readonly reason: NotSimulated["reason"]; readonly note: string }
  /** Without a part: nobody is named, which is a problem. */
  | { readonly kind: "open"; readonly part: Part | undefined }

export interface SettledFact {
  readonly fact: Fact
  readonly standing: Standing
}

export interface SettledFile {
  readonly name: string
  readonly facts: readonly SettledFact[]
}

export interface Books {
  readonly files: readonly SettledFile[]
  /** What is to be put right, a sentence each. */
  readonly problems: readonly string[]
  /** The open facts of the ledger that are open indeed: what the ledger may keep. */
  readonly stillOpen: readonly Open[]
}

/** The facts that the reference target is measured by: it does each of them, or says why it need not. */
const SPECIFICATIONS = "rfc"

/** At most so much of all facts may be not simulated. */
const NOT_SIMULATED_SHARE_MAX = 0.1

export function settle(files: readonly FactFile[], proofs: readonly Proof[], ledger: Ledger): Books {
  const known = new Set(files.flatMap(({ facts }) => facts.map(({ id }) => id)))
  const provenBy = proofsById(proofs)
  const excused = new Map(ledger.notSimulated.map((entry) => [entry.id, entry]))
  const parts = new Map(ledger.open.map(({ id, part }) => [id, part]))

  function standingOf(id: string): Standing {
    const by = provenBy.get(id)
    if (by !== undefined) return { kind: "proven", by }
    const entry = excused.get(id)
    if (entry !== undefined) return { kind: "not simulated", reason: entry.reason, note: entry.note }
    return { kind: "open", part: parts.get(id) }
  }

  const settled = files.map(({ name, facts }) => ({
    name,
    facts: facts.map((fact) => ({ fact, standing: standingOf(fact.id) })),
  }))
  const isOpen = (id: string) => known.has(id) && standingOf(id).kind === "open"
  return {
    files: settled,
    problems: [
      ...proofs.flatMap((proof) => problemsOfProof(proof, known)),
      ...ledger.notSimulated.flatMap((entry) => problemsOfExcuse(entry, known, provenBy)),
      ...repeated(ledger.notSimulated).map((id) => `ledger/not-simulated.json lists ${id} twice: keep one`),
      ...shareProblems(ledger.notSimulated.length, known.size),
      ...settled.flatMap(({ name, facts }) => facts.flatMap((fact) => openProblems(fact, name))),
      ...ledger.open.filter(({ id }) => !isOpen(id)).map(({ id }) => problemOfOpen(id, known)),
      ...repeated(ledger.open).map((id) => `ledger/open.json lists ${id} twice: keep one`),
    ],
    stillOpen: ledger.open.filter(({ id }) => isOpen(id)),
  }
}

function proofsById(proofs: readonly Proof[]): ReadonlyMap<string, readonly string[]> {
  const byId = new Map<string, string[]>()
  for (const { by, ids } of proofs) {
    for (const id of new Set(ids)) byId.set(id, [...(byId.get(id) ?? []), by])
  }
  return byId
}

function problemsOfProof({ by, ids, abbreviated }: Proof, known: ReadonlySet<string>): string[] {
  return [
    ...ids.filter((id) => !known.has(id)).map((id) => `${by}: names ${id}, which docs/fidelity does not state`),
    ...abbreviated.map((form) => `${by}: "${form}" names no facts: write every id, or a list like X-01, -02`),
  ]
}

function problemsOfExcuse(
  { id }: NotSimulated,
  known: ReadonlySet<string>,
  provenBy: ReadonlyMap<string, readonly string[]>,
): string[] {
  if (!known.has(id)) return [`ledger/not-simulated.json lists ${id}, which docs/fidelity does not state`]
  const [proof] = provenBy.get(id) ?? []
  return proof === undefined ? [] : [`${id} is listed as not simulated, but proven by ${proof}: strike one of them`]
}

function shareProblems(excused: number, all: number): string[] {
  if (excused <= all * NOT_SIMULATED_SHARE_MAX) return []
  return [`${excused} of ${all} facts are not simulated, more than ${NOT_SIMULATED_SHARE_MAX * 100} %: prove some`]
}

/** What is open needs a part that owes it; of the specifications nothing may be open, whoever owes it. */
function openProblems({ fact, standing }: SettledFact, file: string): string[] {
  if (standing.kind !== "open" || (standing.part !== undefined && file !== SPECIFICATIONS)) return []
  return [
    `${fact.id} is proven by no test: name it in the test that proves it, or say why not in ledger/not-simulated.json`,
  ]
}

function problemOfOpen(id: string, known: ReadonlySet<string>): string {
  return known.has(id)
    ? `ledger/open.json lists ${id}, which is settled: npm run fidelity -- --write strikes it`
    : `ledger/open.json lists ${id}, which docs/fidelity does not state: strike it`
}

function repeated(entries: readonly { readonly id: string }[]): string[] {
  const seen = new Set<string>()
  return entries.map(({ id }) => id).filter((id) => seen.has(id) || (seen.add(id), false))
}
