/**
 * `npm run bench:peers`: one load profile against our target, the bare server and two servers of others, one after the other
 * in rounds, so that a noisy machine harms all alike. `-- --quick` takes one round with fewer people. Prints Markdown, which
 * bench/RESULTS.md keeps.
 */
import { buildPlan, findK6, findProfile } from "../../load/index.ts"
import { describeMachine } from "../machine.ts"
import { median } from "../median.ts"
import { PEERS, type PeerKind } from "./peer.ts"
import { type Played, play, type Sending } from "./play.ts"

const isQuick = process.argv.includes("--quick")
const USERS = isQuick ? 100 : 500
const ROUNDS = isQuick ? 1 : 3
const STEPS = ["find-user", "create-user", "set-manager", "add-member"]

const profile = findProfile("initial-cycle")
if (profile === undefined) throw new Error("there is no profile initial-cycle")
const sending: Sending = {
  k6: await findK6({ environment: process.env }),
  profile: { ...profile, users: USERS },
  plan: await buildPlan({ profile: profile.name, seed: 1, runId: "peers", dialect: "entra", users: USERS, tenants: 1 }),
}
const played = new Map<PeerKind, Played[]>(PEERS.map((kind) => [kind, []]))
const refused = new Map<PeerKind, string>()
for (let round = 0; round < ROUNDS; round++) {
  for (const [kind, results] of played) {
    console.error(`round ${round + 1} of ${ROUNDS}: ${kind.name} (${kind.storage})`)
    try {
      results.push(await play(kind, sending))
    } catch (error) {
      refused.set(kind, error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error))
    }
  }
}

console.log(`Machine: ${describeMachine()}, k6 ${sending.k6.version}\n`)
const requests = sending.plan.chains.reduce((sum, chain) => sum + chain.requests.length, 0)
console.log(
  `\`initial-cycle\` for ${USERS} people, ${requests} requests, ${profile.inFlight} in flight; medians of ${ROUNDS} rounds. p95 in milliseconds.\n`,
)
console.log(
  `| server | keeps in | requests/s | CPU µs/request | ${STEPS.join(" p95 | ")} p95 | errors | differences in the end |`,
)
console.log(`| --- | --- | ${"---: | ".repeat(STEPS.length + 4)}`.trim())
for (const [kind, results] of played) console.log(rowOf(kind, results))

function rowOf(kind: PeerKind, results: readonly Played[]): string {
  const reason = refused.get(kind)
  if (results.length === 0) return `| ${kind.name} | ${kind.storage} | not run: ${reason ?? ""} |`
  const middle = (read: (one: Played) => number | null, digits: number): string => {
    const values = results.map(read).filter((value) => value !== null)
    return values.length === 0 ? "–" : median(values).toFixed(digits)
  }
  const cells = [
    middle(({ requestsPerSecond }) => requestsPerSecond, 0),
    middle(({ processorUs }) => processorUs, 0),
    ...STEPS.map((step) => middle(({ p95Ms }) => p95Ms.get(step) ?? null, 1)),
    errorsOf(results),
    results.some(({ differences }) => differences === null) ? "not read" : middle(({ differences }) => differences, 0),
  ]
  return `| ${[kind.name, kind.storage, ...cells].join(" | ")} |`
}

/** Of one round: they are answers of principle, the same each time. */
function errorsOf(results: readonly Played[]): string {
  const errors = [...(results[0]?.errors ?? [])]
  return errors.length === 0 ? "0" : errors.map(([step, count]) => `${count} ${step}`).join(", ")
}
