/** `--thresholds FILE`: what the endpoint has to keep, by step. */
import { z } from "zod"
import { nearest, UsageError } from "../../protocol/index.ts"
import { DEFAULT_LIMITS, type Limits, REQUIRED_RATE } from "../limits.ts"
import { STEPS } from "../plan/step-names.ts"

const limitsSchema = z.strictObject({
  p95Ms: z.number().positive().optional(),
  errorShare: z.number().min(0).max(1).optional(),
  throttledShare: z.number().min(0).max(1).optional(),
})

/**
 * ```json
 * { "requestsPerSecond": 25, "all": { "p95Ms": 500 }, "steps": { "add-member": { "p95Ms": 200 } } }
 * ```
 */
const thresholdsSchema = z.strictObject({
  /** For each tenant. */
  requestsPerSecond: z.number().positive().optional(),
  all: limitsSchema.optional(),
  steps: z.partialRecord(z.enum(STEPS), limitsSchema).optional(),
})
type ThresholdsFile = z.infer<typeof thresholdsSchema>

export interface Thresholds {
  readonly requestsPerSecond: number
  limitsOf(step: string): Limits
  /** Whether somebody asked for this limit: breaking one of our own only warns where Microsoft publishes none. */
  isGiven(step: string, limit: keyof Limits): boolean
}

export const DEFAULT_THRESHOLDS = toThresholds({})

/**
 * Reads the text of a thresholds file.
 *
 * @throws UsageError naming the file, the place and what is wrong there.
 */
export function parseThresholds(text: string, file: string): Thresholds {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw problem(file, "", cause instanceof Error ? `it is not JSON (${cause.message})` : "it is not JSON", cause)
  }
  const parsed = thresholdsSchema.safeParse(value)
  if (parsed.success) return toThresholds(parsed.data)
  const issue = parsed.error.issues[0]
  const place = issue?.path.join(".") ?? ""
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined
  if (unknown === undefined) throw problem(file, place, issue?.message ?? "it is not understood", parsed.error)
  const near = nearest(unknown, [...STEPS, "requestsPerSecond", "all", "steps", ...Object.keys(limitsSchema.shape)])
  const suggestion = near === undefined ? "" : `; did you mean "${near}"?`
  throw problem(file, place, `nothing is called "${unknown}"${suggestion}`, parsed.error)
}

function problem(file: string, place: string, message: string, cause: unknown): UsageError {
  return new UsageError("USAGE_FILE", `--thresholds: ${file}${place === "" ? "" : `: ${place}`}: ${message}`, {
    cause,
    hint: 'write { "requestsPerSecond": 25, "all": { "p95Ms": 500, "errorShare": 0 }, "steps": { "add-member": { "p95Ms": 200 } } }',
  })
}

function toThresholds({ requestsPerSecond, all = {}, steps = {} }: ThresholdsFile): Thresholds {
  const byStep: Readonly<Record<string, z.infer<typeof limitsSchema>>> = steps
  return {
    requestsPerSecond: requestsPerSecond ?? REQUIRED_RATE,
    limitsOf: (step) => {
      const own = byStep[step]
      return {
        p95Ms: own?.p95Ms ?? all.p95Ms ?? DEFAULT_LIMITS.p95Ms,
        errorShare: own?.errorShare ?? all.errorShare ?? DEFAULT_LIMITS.errorShare,
        throttledShare: own?.throttledShare ?? all.throttledShare ?? DEFAULT_LIMITS.throttledShare,
      }
    },
    isGiven: (step, limit) => byStep[step]?.[limit] !== undefined || all[limit] !== undefined,
  }
}
