/** Reads the journal of a run, or of the several runs of a split load: their lines in any order. */
import { createReadStream } from "node:fs"
import { createInterface } from "node:readline"
import { z } from "zod"
import { UsageError } from "../../protocol/index.ts"
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
  z.object({ kind: z.literal("missed"), tenant: z.number(), objects: z.array(z.string()) }),
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

const MARK = '{"scimulate":1,'

/** What a line says; null for one that is not of the journal, such as k6's own messages. Collectors may have put a prefix before it. */
export function parseJournalLine(text: string): JournalLine | null {
  const at = text.indexOf(MARK)
  if (at === -1) return null
  try {
    return lineSchema.parse(JSON.parse(text.slice(at)))
  } catch {
    return null
  }
}

/**
 * Reads files with the output of k6, such as the logs of pods.
 *
 * @throws UsageError naming a file that cannot be read, or holds nothing of a journal.
 */
export async function readJournals(files: readonly string[], onLine: (line: JournalLine) => void): Promise<void> {
  for (const file of files) {
    let isJournal = false
    try {
      for await (const text of createInterface({
        input: createReadStream(file),
        crlfDelay: Number.POSITIVE_INFINITY,
      })) {
        const line = parseJournalLine(text)
        if (line === null) continue
        isJournal = true
        onLine(line)
      }
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new UsageError("USAGE_FILE", `--journal: cannot read ${file} (${reason})`, { cause })
    }
    if (isJournal) continue
    throw new UsageError("USAGE_FILE", `--journal: ${file} holds no journal of a load`, {
      hint: "it has to be what k6 wrote to its log with SCIMULATE_JOURNAL=1 and --log-format=raw",
    })
  }
}
