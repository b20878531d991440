/** The person an expression is evaluated for: attributes from a JSON object, and from `--set` on top. */
import { fstatSync } from "node:fs"
import { resolve } from "node:path"
import { addAbortSignal } from "node:stream"
import { text as readAll } from "node:stream/consumers"
import { z } from "zod"
import type { MappedValue, SourceObject } from "../../simulator/index.ts"
import { UsageError, messageOf } from "../errors.ts"
import { readTextFile } from "../files.ts"
import type { Session } from "../session.ts"

/** A pipe that says nothing for so long says nothing; `--user -` waits for its end. */
const PIPE_PATIENCE_MS = 500

const scalarSchema = z.union([z.string(), z.number(), z.boolean()])
const personSchema = z.record(z.string(), z.union([z.null(), scalarSchema, z.array(scalarSchema)]))
type Attributes = Map<string, MappedValue>

export interface PersonFlags {
  /** `attribute=value` texts; the same attribute twice has two values. */
  readonly set: readonly string[]
  /** A file, `-` for stdin, or undefined: then what is piped in, if anything. */
  readonly user: string | undefined
}

/**
 * The person. Attribute names count in any case, as in the directory.
 *
 * @throws UsageError for what is no JSON object of attributes, and for a `--set` without `=`.
 */
export async function readPerson({ folder }: Session, { set, user }: PersonFlags): Promise<SourceObject> {
  const text = await readPersonText(folder, user, set.length === 0)
  const attributes: Attributes = text.trim() === "" ? new Map() : parsePerson(text, user)
  for (const [name, value] of parseSettings(set)) attributes.set(name.toLowerCase(), value)
  return { read: (attribute) => attributes.get(attribute.toLowerCase()) ?? null }
}

async function readPersonText(folder: string, user: string | undefined, pipeCounts: boolean): Promise<string> {
  if (user === "-") return await readAll(process.stdin)
  if (user !== undefined) return await readTextFile(resolve(folder, user), "--user")
  return pipeCounts && isPipe() ? await readPipe() : ""
}

function isPipe(): boolean {
  try {
    const stdin = fstatSync(0)
    return stdin.isFIFO() || stdin.isSocket() || stdin.isFile()
  } catch {
    return false
  }
}

/** What is piped in, or nothing where the pipe stays silent: whoever started us may just have left it open. */
async function readPipe(): Promise<string> {
  const silence = new AbortController()
  const timer = setTimeout(() => silence.abort(), PIPE_PATIENCE_MS)
  let text = ""
  try {
    for await (const chunk of addAbortSignal(silence.signal, process.stdin.setEncoding("utf8"))) {
      clearTimeout(timer)
      text += String(chunk)
    }
  } catch (thrown) {
    if (!silence.signal.aborted) throw thrown
  } finally {
    clearTimeout(timer)
  }
  return text
}

function parsePerson(text: string, source = "stdin"): Attributes {
  const parsed = personSchema.safeParse(parseJson(text, source))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const place = issue === undefined || issue.path.length === 0 ? "it" : `"${issue.path.join(".")}"`
    throw new UsageError("USAGE_FILE", `--user: ${source}: ${place} is not what a person's attributes are made of`, {
      hint: 'write a JSON object of texts, numbers, true, false, null or lists of them: {"givenName": "Ada"}',
    })
  }
  return new Map(
    Object.entries(parsed.data).map(([name, value]) => [
      name.toLowerCase(),
      value === null ? null : Array.isArray(value) ? value.map(toText) : toText(value),
    ]),
  )
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new UsageError("USAGE_FILE", `--user: ${source} is not valid JSON (${messageOf(cause)})`, { cause })
  }
}

/** As the directory hands values to expressions: everything is text (MAP-202, MAP-203). */
function toText(value: string | number | boolean): string {
  if (typeof value === "boolean") return value ? "True" : "False"
  return String(value)
}

function parseSettings(settings: readonly string[]): ReadonlyMap<string, MappedValue> {
  const pairs = settings.map((setting) => {
    const equals = setting.indexOf("=")
    if (equals < 1) {
      throw new UsageError("USAGE_OPTION", `--set: "${setting}" is not attribute=value`, {
        hint: "write --set mail=ada@example.com",
      })
    }
    return [setting.slice(0, equals), setting.slice(equals + 1)] as const
  })
  const grouped = Map.groupBy(pairs, ([name]) => name)
  return new Map(
    [...grouped].map(([name, group]) => {
      const values = group.map(([, value]) => value)
      return [name, values.length === 1 ? (values[0] ?? null) : values]
    }),
  )
}
