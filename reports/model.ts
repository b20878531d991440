/**
 * The one result model: what a run found. Every renderer reads only this; the JSON Schema shipped in the package is
 * generated from it. Version 1 is fixed: optional fields may be added, nothing else changes.
 */
import { z } from "zod"
import { CLIENTS } from "./clients.ts"
import { loadSchema } from "./load.ts"

const clientSchema = z.enum(CLIENTS)
export type Client = z.infer<typeof clientSchema>

const dialectSchema = z.enum(["entra", "entra-optscim"])
export type Dialect = z.infer<typeof dialectSchema>

/** Where a requirement comes from, and how binding it is. */
const requirementSchema = z.strictObject({
  source: z.enum(["rfc", "entra", "seed"]),
  ref: z.string(),
  level: z.enum(["must", "should", "may", "entra"]),
})
export type Requirement = z.infer<typeof requirementSchema>

/** How sure we are of the fact behind a finding. */
const confidenceSchema = z.enum(["documented", "observed", "inferred"])
export type Confidence = z.infer<typeof confidenceSchema>

const caseStatusSchema = z.enum(["passed", "failed", "warned", "skipped", "errored"])
export type CaseStatus = z.infer<typeof caseStatusSchema>

/** How a finding counts: a failure fails its case, a warning warns, a note changes nothing. */
const severitySchema = z.enum(["failure", "warning", "note"])
export type Severity = z.infer<typeof severitySchema>

const findingSchema = z.strictObject({
  /** Names the kind of fault; equal codes in several cases make one cause. */
  code: z.string(),
  message: z.string(),
  /** One sentence for verdicts and causes, where the message is about one request only. */
  headline: z.string().optional(),
  expected: z.string(),
  actual: z.string(),
  advice: z.string(),
  confidence: confidenceSchema,
  /** Ids of the exchanges that show it. */
  exchanges: z.array(z.string()),
  /** How it counts: a broken MUST or Entra requirement fails, a SHOULD or a contested reading warns, the rest is a note. */
  severity: severitySchema.optional(),
  /** The fact behind it, where one finding leans on a fact of its own. */
  fact: z.string().optional(),
  /** The option that makes another reading of a disputed fact the rule. */
  switch: z.string().optional(),
})
export type Finding = z.infer<typeof findingSchema>

const stepSchema = z.strictObject({
  title: z.string(),
  /** Virtual time, RFC 3339, for a scenario; real time for a check. */
  at: z.string(),
})
export type Step = z.infer<typeof stepSchema>

const caseResultSchema = z.strictObject({
  key: z.string(),
  id: z.string(),
  kind: z.enum(["check", "scenario", "load"]),
  suite: z.string(),
  title: z.string(),
  dialect: dialectSchema.optional(),
  clients: z.array(clientSchema),
  known: z.boolean().optional(),
  flaky: z.boolean().optional(),
  /** True where a fault stood in for the endpoint: such a case can't make a verdict ready. */
  simulated: z.boolean().optional(),
  status: caseStatusSchema,
  /** Skipped because it is about an optional feature that the endpoint says it lacks: satisfied, for it asks for nothing. */
  notApplicable: z.boolean().optional(),
  requirement: requirementSchema,
  facts: z.array(z.string()),
  durationMs: z.number(),
  virtualDurationMs: z.number().optional(),
  steps: z.array(stepSchema),
  skipReason: z.string().optional(),
  /** The command line that repeats this case alone. */
  repeat: z.string(),
  findings: z.array(findingSchema),
  /** The stack of an errored case: our fault, not the target's. */
  error: z.string().optional(),
  /** How much of the directory a documented gap of Entra excused in the convergence oracle, by fact id. */
  excuses: z.array(z.strictObject({ fact: z.string(), count: z.number() })).optional(),
})
export type CaseResult = z.infer<typeof caseResultSchema>

const headersSchema = z.record(z.string(), z.array(z.string()))

const exchangeSchema = z.strictObject({
  id: z.string(),
  /** Key of the case it belongs to. */
  case: z.string(),
  at: z.string(),
  request: z.strictObject({ method: z.string(), url: z.string(), headers: headersSchema, body: z.string().nullable() }),
  /** Null where no answer came; `failure` then says why. */
  response: z.strictObject({ status: z.number(), headers: headersSchema, body: z.string().nullable() }).nullable(),
  failure: z.string().optional(),
  ms: z.number(),
  /** What stood in front of the endpoint for this exchange. */
  fault: z.string().optional(),
})
export type Exchange = z.infer<typeof exchangeSchema>

const verdictSchema = z.strictObject({
  client: clientSchema,
  outcome: z.enum(["ready", "ready-with-warnings", "not-ready", "unknown"]),
  sentence: z.string(),
  reasons: z.array(z.string()),
})
export type Verdict = z.infer<typeof verdictSchema>

const causeSchema = z.strictObject({
  code: z.string(),
  title: z.string(),
  /** Keys of the cases it explains. */
  cases: z.array(z.string()),
  fix: z.string(),
  /** The worst severity among its findings. */
  severity: severitySchema.optional(),
})
export type Cause = z.infer<typeof causeSchema>

const cycleSchema = z.strictObject({
  case: z.string(),
  job: z.string(),
  kind: z.enum(["initial", "incremental"]),
  startedAt: z.string(),
  endedAt: z.string(),
  counts: z.record(z.string(), z.number()),
  state: z.string(),
})
export type Cycle = z.infer<typeof cycleSchema>

const capabilitySchema = z.strictObject({
  name: z.string(),
  /** What ServiceProviderConfig (or another discovery answer) says; null where it says nothing. */
  advertised: z.boolean().nullable(),
  /** What was seen; null where nothing was seen. */
  proven: z.boolean().nullable(),
})
export type Capability = z.infer<typeof capabilitySchema>

/** A case of the catalogue that this run left out: it weighs on the verdict ("not tested: …, because …"). */
const notRunSchema = z.strictObject({
  key: z.string(),
  title: z.string(),
  suite: z.string(),
  clients: z.array(clientSchema),
  requirement: requirementSchema,
  /** Reads on after "because": "--suite basic left it out". */
  reason: z.string(),
})
export type NotRun = z.infer<typeof notRunSchema>

const summarySchema = z.strictObject({
  total: z.number(),
  passed: z.number(),
  failed: z.number(),
  warned: z.number(),
  skipped: z.number(),
  errored: z.number(),
  knownFailures: z.number(),
})
export type Summary = z.infer<typeof summarySchema>

export const reportSchema = z.strictObject({
  version: z.literal(1),
  tool: z.strictObject({ name: z.string(), version: z.string() }),
  machine: z.strictObject({
    platform: z.string(),
    arch: z.string(),
    cpus: z.number(),
    memoryMb: z.number(),
    node: z.string(),
    /** The processor, as it names itself. */
    processor: z.string().optional(),
  }),
  run: z.strictObject({
    id: z.string(),
    seed: z.number(),
    startedAt: z.string(),
    durationMs: z.number(),
    virtualDurationMs: z.number(),
    dialects: z.array(dialectSchema),
    requests: z.number(),
    command: z.string(),
    interrupted: z.boolean().optional(),
    exitCode: z.number().optional(),
  }),
  target: z.strictObject({
    url: z.string(),
    kind: z.enum(["embedded", "external", "in-process"]),
    capabilities: z.array(capabilitySchema),
  }),
  verdicts: z.array(verdictSchema),
  summary: summarySchema,
  causes: z.array(causeSchema),
  cases: z.array(caseResultSchema),
  /** Cases of the catalogue that were not chosen, or that an interruption left out. */
  notRun: z.array(notRunSchema).optional(),
  exchanges: z.array(exchangeSchema),
  cycles: z.array(cycleSchema),
  /** Entries in the shape of Graph's provisioningObjectSummary, with `case` added. */
  provisioningLogs: z.array(z.record(z.string(), z.unknown())),
  baseline: z
    .strictObject({ new: z.array(z.string()), known: z.array(z.string()), fixed: z.array(z.string()) })
    .optional(),
  leftovers: z.array(z.string()),
  load: loadSchema.optional(),
  /** What no run of this tool can say, printed under every report. */
  footer: z.array(z.string()).optional(),
})
export type Report = z.infer<typeof reportSchema>
