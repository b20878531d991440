/** The reference target beside the bare server, operation by operation, in interleaved rounds. */
import { OPERATIONS } from "./dialogue.ts"
import type { Operation } from "./dialogue.ts"
import { median } from "./median.ts"
import { openSide } from "./side.ts"
import type { Side } from "./side.ts"

const STORED_USERS = 20_000
const MANY_MEMBERS = 10_000
/**
 * Requests that let the just-in-time compiler settle on both sides: half compiled, code costs twice as much, and the target has
 * more of it. A second's worth of reads, two of writes.
 */
const WARM_UP: Readonly<Record<Operation, number>> = {
  create: 8_000,
  get: 20_000,
  lookup: 20_000,
  page: 4_000,
  patch: 8_000,
  addMember: 8_000,
  addMemberOfMany: 8_000,
}

/** What the target has to reach: server CPU of the bare server with shared commits, by that of the target. */
const AIMS: Readonly<Record<Operation, number>> = {
  create: 0.8,
  get: 0.9,
  lookup: 0.8,
  page: 0.7,
  patch: 0.8,
  addMember: 0.8,
  addMemberOfMany: 0.8,
}

const NAMES: Readonly<Record<Operation, string>> = {
  create: "POST user",
  get: "GET by id",
  lookup: "`userName eq`",
  page: "page of 100",
  patch: "PATCH one attribute",
  addMember: "add member, group of 10",
  addMemberOfMany: "add member, group of 10,000",
}

export interface Effort {
  readonly rounds: number
  /** Of each operation in a round. */
  readonly requests: number
  /** Share of the full warm-up. */
  readonly warmth: number
}

/** Gives the lines of a Markdown table: medians of rates and of server CPU a request, and their ratios. */
export async function compareTarget(main: string, options: Effort): Promise<string[]> {
  const sizes = { main, users: STORED_USERS, manyMembers: MANY_MEMBERS, measurements: options.rounds + 1, stride: 1 }
  const bare = await openSide("bare", sizes)
  const shared = await openSide("bare-shared", sizes)
  const target = await openSide("target", sizes)
  const lines = [
    `Reference target beside a bare Hono + better-sqlite3 server (file with ${STORED_USERS.toLocaleString("en")} users, WAL, synchronous FULL; 4 connections).`,
    "The bare server commits each write by itself, and in its second mode (shared) those that arrive together at once, as the target",
    "does. Ratios above 1: the target is better. The aim is for CPU / shared, the steadiest.",
    "",
    "| operation | bare req/s | shared req/s | target req/s | rate / bare | rate / shared | bare CPU µs | shared CPU µs | target CPU µs | CPU / bare | CPU / shared | aim |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
  ]
  try {
    for (const operation of OPERATIONS) {
      const rounds = await measureRounds([bare, shared, target], operation, options)
      const cells = [
        ...[0, 1, 2].map((side) => median(rounds.map((round) => round[side]?.rate ?? 0)).toFixed(0)),
        ...[0, 1].map((side) => median(rounds.map((round) => by(round[2]?.rate, round[side]?.rate))).toFixed(2)),
        ...[0, 1, 2].map((side) => median(rounds.map((round) => round[side]?.cpuUs ?? 0)).toFixed(0)),
        ...[0, 1].map((side) => median(rounds.map((round) => by(round[side]?.cpuUs, round[2]?.cpuUs))).toFixed(2)),
      ]
      lines.push(`| ${[NAMES[operation], ...cells, `≥ ${AIMS[operation].toString()}`].join(" | ")} |`)
    }
  } finally {
    await Promise.all([bare, shared, target].map(async (side) => side.close()))
  }
  return [...lines, ""]
}

const FEW_USERS = 1_000
const MANY_USERS = 1_000_000
const MIB = 2 ** 20

/** What a thousand times as many people cost: the ratios of server CPU among a thousand and a million, and memory. */
export async function compareSizes(main: string, options: Effort): Promise<string[]> {
  const sizes = { main, manyMembers: 0, measurements: options.rounds + 1, stride: 7_919 }
  const few = { ...sizes, users: FEW_USERS }
  const many = { ...sizes, users: MANY_USERS }
  const sides = [
    await openSide("bare-shared", few),
    await openSide("target", few),
    await openSide("bare-shared", many),
    await openSide("target", many),
  ]
  const lines = [
    "The same with 1,000 and with 1,000,000 stored users, asked in no order: server CPU beside the bare server with shared commits (aim: the",
    "ratio among a million at least 0.85 of that among a thousand).",
    "",
    "| operation | CPU / shared at 1,000 | CPU / shared at 1,000,000 | of that at 1,000 | target CPU µs at 1,000 | at 1,000,000 |",
    "| --- | ---: | ---: | ---: | ---: | ---: |",
  ]
  try {
    for (const operation of OPERATIONS) {
      // Nobody is left to be added to a group of a thousand out of a thousand.
      if (operation === "addMemberOfMany") continue
      const most = operation === "addMember" ? FEW_USERS - 10 : options.requests
      const requests = Math.min(most, options.requests)
      const rounds = await measureRounds(sides, operation, { ...options, requests, most })
      const atFew = median(rounds.map((round) => by(round[0]?.cpuUs, round[1]?.cpuUs)))
      const atMany = median(rounds.map((round) => by(round[2]?.cpuUs, round[3]?.cpuUs)))
      const [fewUs, manyUs] = [1, 3].map((side) => median(rounds.map((round) => round[side]?.cpuUs ?? 0)).toFixed(0))
      const cells = [atFew, atMany, atMany / atFew].map((ratio) => ratio.toFixed(2))
      lines.push(`| ${[NAMES[operation], ...cells, fewUs, manyUs].join(" | ")} |`)
    }
    const [bareMib, targetMib] = [sides[2]?.memory(), sides[3]?.memory()].map((bytes = 0) => bytes / MIB)
    lines.push(
      "",
      `Resident memory after that, with a million users in the file: target ${targetMib?.toFixed(0) ?? ""} MiB (aim: under 200), bare server ${bareMib?.toFixed(0) ?? ""} MiB.`,
    )
  } finally {
    await Promise.all(sides.map(async (side) => side.close()))
  }
  return [...lines, ""]
}

type Measured = Awaited<ReturnType<Side["measure"]>>

/** What each side gave in each round; the sides take turns. */
async function measureRounds(
  sides: readonly Side[],
  operation: Operation,
  { rounds, requests, warmth, most = Infinity }: Effort & { readonly most?: number },
): Promise<readonly (readonly Measured[])[]> {
  const measured: Measured[][] = []
  for (const side of sides) await side.measure(operation, Math.min(WARM_UP[operation] * warmth, most))
  for (let round = 0; round < rounds; round++) {
    const results: Measured[] = []
    for (const side of sides) results.push(await side.measure(operation, requests))
    measured.push(results)
  }
  return measured
}

function by(dividend = 0, divisor = 1): number {
  return dividend / divisor
}
