/** Says in plain text how a run of the model went. */
import { EXCUSES } from "./oracle/excuses.ts"
import type { ModelFailure, ModelOptions, ModelRun, Totals } from "./run-model.ts"

function renderTotals({ histories, looks, requests, strikes, excuses }: Totals): string {
  const struck = [...strikes.values()].reduce((sum, count) => sum + count, 0)
  const explained = EXCUSES.map(({ fact, says }) => `  ${String(excuses.get(fact) ?? 0).padStart(6)}  ${fact}: ${says}`)
  return [
    `${histories} histories kept every promise: ${looks} looks of the job, ${requests} requests, ${struck} faults.`,
    "Differences that a fact explains:",
    ...explained,
  ].join("\n")
}

function renderFailure(
  { seed, path, shrinks, setting, problems, trace }: ModelFailure,
  { steps }: Pick<ModelOptions, "steps">,
): string {
  return [
    `A history breaks a promise (shrunk ${shrinks} times):`,
    ...problems.map((problem) => `  ${problem}`),
    "",
    `The world: ${JSON.stringify(setting)}`,
    "What happens:",
    ...trace.map((line) => `  ${line}`),
    "",
    `Repeat it: npm run model -- --seed ${seed} --path ${path} --steps ${steps}`,
  ].join("\n")
}

export function renderRun(run: ModelRun, options: Pick<ModelOptions, "steps">): string {
  return run.failure === null ? renderTotals(run) : `${renderTotals(run)}\n\n${renderFailure(run.failure, options)}`
}
