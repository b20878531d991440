/**
 * The first oracle of scenarios: is each answer what Entra needs of it? It reads the job's traffic off the wire and judges
 * it by the facts, whatever the simulator made of it, and imports nothing from there. What it finds is reported once per
 * kind of fault, with the first exchanges that show it.
 */
import { TransportError } from "../../protocol/index.ts"
import { toAnswer } from "../answer.ts"
import { describeRequest } from "../describe.ts"
import type { FindingDraft } from "../expect.ts"
import type { Happening } from "../recording.ts"
import { judgeAnswer, judgeRefusal } from "./answer-rules.ts"
import { toQuestion } from "./question.ts"
import type { Complaint, Memory } from "./resource-rules.ts"

/** Exchanges that one finding names at most. */
const EXCHANGES_NAMED = 5

export interface AnswerOracle {
  readonly observe: (happening: Happening) => void
  hasFindings(): boolean
  /** One finding per kind of fault, in order of appearance. */
  findings(): FindingDraft[]
}

export interface AnswerOracleOptions {
  readonly baseUrl: string
  /** Whether the endpoint should accept this token at this moment. */
  readonly accepts: (token: string) => boolean
  /** Codes of faults that the story brings about on purpose. */
  readonly allows?: readonly string[]
}

/** Judges the traffic of one job. Answers that a fault gave, or hid, are not the endpoint's. */
export function createAnswerOracle({ baseUrl, accepts, allows = [] }: AnswerOracleOptions): AnswerOracle {
  const found = new Map<string, Complaint & { readonly exchanges: string[] }>()
  const memory: Memory = { ids: new Map(), absent: new Set() }

  function complain(complaint: Complaint, exchange: string): void {
    if (allows.includes(complaint.code)) return
    const known = found.get(complaint.code)
    if (known === undefined) found.set(complaint.code, { ...complaint, exchanges: [exchange] })
    else if (known.exchanges.length < EXCHANGES_NAMED) known.exchanges.push(exchange)
  }

  function observe({ id, sender, request, outcome, faulted }: Happening): void {
    if (sender !== "job" || faulted) return
    const answer = toAnswer(request, outcome instanceof TransportError ? NOTHING : outcome, id)
    const asked = describeRequest(answer)
    if (outcome instanceof TransportError) return complain(noAnswer(asked, outcome.message), id)
    const token = (request.headers["authorization"] ?? "").replace(/^Bearer /i, "")
    const complaints = accepts(token)
      ? judgeAnswer(toQuestion(baseUrl, request), answer, asked, memory)
      : judgeRefusal(answer, asked)
    for (const complaint of complaints) complain(complaint, id)
  }

  return { observe, hasFindings: () => found.size > 0, findings: () => [...found.values()] }
}

const NOTHING = { status: 0, headers: {}, body: null }

function noAnswer(asked: string, actual: string): Complaint {
  return {
    code: "no-answer",
    message: `${asked} got no answer`,
    expected: "an answer",
    actual,
    advice: "Every request needs an answer, if only an error message: look for this request in the server's log.",
    fact: "WIRE-220",
    confidence: "documented",
  }
}
