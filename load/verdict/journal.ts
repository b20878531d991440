/** Reads the journal of a run, or of the several runs of a split load: their lines in any order. */
import { z } from "zod"
import type { JournalLine } from "./journal-lines.ts"

const requestSchema = z.tuple([
  z.number(),
  z.number(),
  z.number(),
  z.literal([0, 1]),
  z.string(),
  z.number(),
  z.enum(["prepare", "load", "split"]),
])

const stateShape = { atMs: z.number(), tenant: z.number(), lane: z.number(), unsent: z.number(), rounds: z.number() }

const lineSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("requests"), requests: z.array(requestSchema) }),
  z.object({ kind: z.literal("prepared"), ...stateShape }),
  z.object({ kind: z.literal("done"), ...stateShape }),
  z.object({
    kind: z.literal("failure"),
    atMs: z.number(),
    tookMs: z.number(),
    step: z.string(),
    tenant: z.number(),
    expected: z.string(),
    method: z.string(),
    url: z.string(),
    requestBody: z.string().nullable(),
    status: z.number(),
    responseBody: z.string().nullable(),
    error: z.string().nullable(),
  }),
  z.object({
    kind: z.literal("rate"),
    atMs: z.number(),
    tenant: z.number(),
    wanted: z.number(),
    sent: z.number(),
    p95Ms: z.number(),
    errors: z.number(),
    end: z.enum(["p95", "errors", "throttled", "behind"]).nullable(),
  }),
])

/** What a line says; null for a line that is not of the journal, such as k6's own messages. */
export function parseJournalLine(text: string): JournalLine | null {
  if (!text.startsWith('{"scimulate":1,')) return null
  try {
    return lineSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}
