/** The simulator's share of `npm run bench`: four comparisons, each with its other side in the same run. */
import { compareBuilding } from "./build-tenant.ts"
import { reportOf } from "./child-report.ts"
import { compareIncrementalCycle } from "./incremental-cycle.ts"
import { compareInitialCycle } from "./initial-cycle.ts"

/** Gives the lines of Markdown tables; `main` is the built package's command. `quick` takes smaller tenants, which says less about caches and memory. */
export async function* compareSimulator(main: string, { quick }: { readonly quick: boolean }): AsyncGenerator<string> {
  yield* await compareInitialCycle(
    main,
    quick ? { users: 1_500, groups: 30, rounds: 5 } : { users: 10_000, groups: 200, rounds: 5 },
  )
  yield* await compareIncrementalCycle(
    quick ? { small: 10_000, large: 100_000, rounds: 5 } : { small: 10_000, large: 1_000_000, rounds: 15 },
  )
  yield* await compareBuilding(quick ? { users: 50_000, rounds: 3 } : { users: 1_000_000, rounds: 1 })
  yield* await reportOf<string[]>("quiet-year.ts", [])
}
