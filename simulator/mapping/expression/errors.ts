/** What can go wrong with an expression: with its text (when it is saved) and with a person's values (when it is evaluated). */

/** ParseError: not the language. ExpressionTooLong: more than 10,000 characters (MAP-113, documented). */
export type ExpressionSyntaxCode = "ParseError" | "ExpressionTooLong"

interface SyntaxProblem {
  readonly code?: ExpressionSyntaxCode
  /** Zero-based position in UTF-16 code units. */
  readonly offset: number
  /** What could have stood there, in words. */
  readonly expected: string
  /** What stood there, in words. */
  readonly found: string
  /** One more sentence: a suggestion, or the form to write instead. */
  readonly hint?: string
}

/** A text that is not an expression of app provisioning. Mappings that hold one are refused when saved (MAP-221, observed). */
export class ExpressionSyntaxError extends Error {
  override readonly name = "ExpressionSyntaxError"
  readonly code: ExpressionSyntaxCode
  readonly offset: number
  readonly expected: string
  readonly found: string
  readonly hint: string | undefined

  constructor({ code = "ParseError", offset, expected, found, hint }: SyntaxProblem) {
    const sentence = `expression does not parse at position ${offset + 1}: expected ${expected}, found ${found}`
    super(hint === undefined ? sentence : `${sentence}. ${hint}`)
    this.code = code
    this.offset = offset
    this.expected = expected
    this.found = found
    this.hint = hint
  }
}

/**
 * Why a value could not be computed. Entra publishes no list of codes (MAP-907); these are ours, in its style.
 */
export type EvaluationErrorCode =
  | "InvalidDate" // text that is no date, or not in the stated format
  | "InvalidNumber" // text that is no number, or not a whole one
  | "InvalidArgument" // a value the function does not accept
  | "InvalidPattern" // a regular expression that does not compile, or uses what cannot be translated
  | "OutOfRange" // a position, length or date beyond what exists
  | "MultipleValues" // several values where only one fits
  | "NoDefaultDomain" // the tenant has no default verified domain (FN-DEFAULTDOMAIN-1)
  | "AllCandidatesTaken" // every candidate of SelectUniqueValue exists in the target (FN-SELECTUNIQUEVALUE-1)
  | "RaisedError" // the expression called Error("…") (FN-LIST-3)
  | "UnsupportedKeyword" // IgnoreObjectFlow outside HR connectors (MAP-208)

/** An expression that cannot be computed for this object (MAP-222, documented); the object fails as a whole (MAP-223, inferred). */
export class ExpressionEvaluationError extends Error {
  override readonly name = "ExpressionEvaluationError"
  readonly code: EvaluationErrorCode
  /** The function that gave up. */
  readonly function: string

  /** `message` is a sentence that the function's name can stand in front of. */
  constructor(code: EvaluationErrorCode, functionName: string, message: string) {
    super(`${functionName}: ${message}`)
    this.code = code
    this.function = functionName
  }
}
