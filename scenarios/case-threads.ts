/**
 * Further threads that play cases on the embedded target. Cases share nothing there, so a thread changes no request; what
 * a thread is told and what it gives back is plain data.
 */
import { existsSync } from "node:fs"
import { getCompileCacheDir } from "node:module"
import { dirname } from "node:path"
import { Worker } from "node:worker_threads"
import type { Dialect } from "../reports/index.ts"
import type { OpenOptions } from "./open-run.ts"
import type { CaseOutcome } from "./run-case.ts"
import type { EmbeddedSource } from "./target-source.ts"

/** What a thread is started with: the run, but for what is no data. */
export interface ThreadSetup extends Pick<OpenOptions, "seed" | "mappings" | "directory" | "repeatArguments"> {
  readonly target: EmbeddedSource
  readonly dialects: readonly Dialect[]
}

/** What a thread is told: to play a case of the catalogue after those before, or to end the one it is at. */
export type ThreadOrder = { readonly play: string } | "stop"

/** What it answers. */
export interface ThreadAnswer {
  readonly key: string
  readonly outcome: CaseOutcome
}

export interface CaseThread {
  /**
   * Plays a case of the catalogue, once those asked for before are over.
   *
   * @throws what the thread has died of.
   */
  play(key: string): Promise<CaseOutcome>
  close(): Promise<void>
}

/** Starts a thread. Aborting the signal ends its case in good order. */
export function startCaseThread(setup: ThreadSetup, signal: AbortSignal): CaseThread {
  const worker = new Worker(threadFile(), { workerData: setup, env: { ...process.env, ...compileCache() } })
  const waiting = new Map<string, PromiseWithResolvers<CaseOutcome>>()
  let death: unknown
  const order = (message: ThreadOrder): void => worker.postMessage(message)
  const stop = (): void => order("stop")
  const die = (cause: unknown): void => {
    death ??= cause
    for (const { reject } of waiting.values()) reject(death)
  }
  worker.on("message", ({ key, outcome }: ThreadAnswer) => {
    waiting.get(key)?.resolve(outcome)
    waiting.delete(key)
  })
  worker.on("error", die)
  worker.on("exit", (code) => die(new Error(`A thread that plays cases has ended (${code}).`)))
  signal.addEventListener("abort", stop, { once: true })
  return {
    play(key) {
      const answer = Promise.withResolvers<CaseOutcome>()
      if (death === undefined) {
        waiting.set(key, answer)
        order({ play: key })
      } else answer.reject(death)
      return answer.promise
    },
    async close() {
      signal.removeEventListener("abort", stop)
      await worker.terminate()
    },
  }
}

/** A thread looks up its own environment: it takes compiled modules where this thread does. */
function compileCache(): Readonly<Record<string, string>> {
  const folder = getCompileCacheDir()
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) }
}

/** TypeScript in a clone, and what was built from it in the package. */
function threadFile(): URL {
  const source = new URL("case-thread.ts", import.meta.url)
  return existsSync(source) ? source : new URL("case-thread.js", import.meta.url)
}
