/** Functions that turn text into the letters of another encoding and back. */
import { Buffer } from "node:buffer"
import { ExpressionEvaluationError } from "../expression/errors.ts"
import { one, type Arguments, type FunctionDefinition } from "./definition.ts"

/** The encodings of ConvertFromBase64, by the bare identifiers that name them (FN-CONVERTFROMBASE64-1, documented). */
const ENCODINGS: ReadonlyMap<string, BufferEncoding> = new Map([
  ["Unicode", "utf16le"],
  ["UTF8", "utf8"],
  ["ASCII", "ascii"],
])
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

function fromBase64(args: Arguments): string | null {
  const source = args.text(0)
  if (source === null) return null
  const name = args.text(1) ?? "Unicode"
  const encoding = ENCODINGS.get(name)
  if (encoding === undefined) {
    throw new ExpressionEvaluationError(
      "InvalidArgument",
      args.name,
      `the encoding is UTF8, ASCII or Unicode, not ${name}`,
    )
  }
  if (!BASE64.test(source))
    throw new ExpressionEvaluationError("InvalidArgument", args.name, "the source is not base64")
  return Buffer.from(source, "base64").toString(encoding)
}

/** The source's bytes in one encoding, spelt in another; null stays null (MAP-205, inferred). */
function spelling(from: BufferEncoding, to: BufferEncoding) {
  return (args: Arguments): string | null => {
    const source = args.text(0)
    return source === null ? null : Buffer.from(source, from).toString(to)
  }
}

export const ENCODING_FUNCTIONS: readonly FunctionDefinition[] = [
  // FN-CONVERTTOBASE64-1 (documented): "Unicode" is UTF-16LE, without a byte order mark.
  { kind: "eager", name: "ConvertToBase64", parameters: [one("source")], evaluate: spelling("utf16le", "base64") },
  {
    kind: "eager",
    name: "ConvertToUTF8Hex",
    parameters: [one("source")],
    evaluate: (args) => spelling("utf8", "hex")(args)?.toUpperCase() ?? null,
  },
  {
    kind: "eager",
    name: "ConvertFromBase64",
    parameters: [one("source"), one("encoding", { optional: true })],
    cloudSyncOnly: true,
    evaluate: fromBase64,
  },
]
