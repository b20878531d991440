/**
 * Takes secrets out of what is recorded, by value: wherever the text of a token stands, in a header, a URL or a body that
 * echoes it, it is replaced. Done where exchanges are recorded, so that nothing behind has ever seen them.
 */

const REDACTED = "[redacted]"

/** Headers that carry credentials by definition, whatever their value. */
const SECRET_HEADERS = new Set(["authorization", "proxy-authorization", "cookie", "set-cookie"])

/**
 * A shorter secret is replaced only where it stands alone: to strike every "x" would leave no evidence, and no report can
 * give away more than the letter.
 */
const FREE_STANDING_BELOW = 8

export interface Redactor {
  /** Strikes one more secret from now on. */
  readonly add: (secret: string) => void
  readonly text: (text: string) => string
  readonly headers: (headers: Readonly<Record<string, readonly string[] | string>>) => Record<string, string[]>
}

/** Strikes these secrets, as they are and as they look in a URL and in JSON. */
export function createRedactor(secrets: Iterable<string> = []): Redactor {
  const patterns = new Map<string, RegExp>()

  function add(secret: string): void {
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
      if (form.length > 0 && !patterns.has(form)) patterns.set(form, patternOf(form))
    }
  }

  function text(original: string): string {
    let result = original
    for (const pattern of patterns.values()) result = result.replaceAll(pattern, REDACTED)
    return result
  }

  function headers(original: Readonly<Record<string, readonly string[] | string>>): Record<string, string[]> {
    const redacted: Record<string, string[]> = {}
    for (const [name, values] of Object.entries(original)) {
      const list = typeof values === "string" ? [values] : values
      redacted[name] = list.map((value) => (SECRET_HEADERS.has(name) ? hideCredentials(value) : text(value)))
    }
    return redacted
  }

  for (const secret of secrets) add(secret)
  return { add, text, headers }
}

/** The scheme of an Authorization header is no secret and often the cause of a failure. */
function hideCredentials(value: string): string {
  const scheme = /^(?:Bearer|Basic|Digest|Negotiate)(?= )/i.exec(value)?.[0]
  return scheme === undefined ? REDACTED : `${scheme} ${REDACTED}`
}

function patternOf(form: string): RegExp {
  const literal = form.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)
  return form.length < FREE_STANDING_BELOW
    ? new RegExp(`(?<![\\w-])${literal}(?![\\w-])`, "g")
    : new RegExp(literal, "g")
}
