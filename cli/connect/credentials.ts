/**
 * Who we are to the target: a bearer token (given, from the environment, from a file, or by OAuth client credentials) and
 * extra headers. Everything secret is listed, so that whatever is recorded can be redacted by value.
 */
import type { Transport } from "../../protocol/index.ts"
import { UsageError } from "../errors.ts"
import { readTextFile } from "../files.ts"
import type { RunOptions } from "../options.ts"
import { fetchAccessToken } from "./oauth.ts"

export interface Credentials {
  readonly token: string | null
  /** Extra headers of every request, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  /** Texts that must never be shown. */
  readonly secrets: readonly string[]
}

export interface CredentialSources {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Reaches the token endpoint, which may be anywhere. */
  readonly tokenTransport: Transport
}

/** The ways to give a token; only one at a time. */
const TOKEN_FLAGS = [
  ["token", "--token"],
  ["tokenEnv", "--token-env"],
  ["tokenFile", "--token-file"],
  ["oauthTokenUrl", "--oauth-token-url"],
] as const

/** The flags given that only make sense with a URL. */
export function credentialFlags(options: RunOptions): readonly string[] {
  const flags: string[] = TOKEN_FLAGS.filter(([name]) => options[name] !== undefined).map(([, flag]) => flag)
  if (options.header !== undefined) flags.push("--header")
  if (options.ca !== undefined) flags.push("--ca")
  if (options.insecure === true) flags.push("--insecure")
  return flags
}

/**
 * Gathers the credentials.
 *
 * @throws UsageError where options contradict each other or name nothing; EnvironmentError where the token endpoint refuses.
 */
export async function readCredentials(options: RunOptions, sources: CredentialSources): Promise<Credentials> {
  const given = TOKEN_FLAGS.filter(([name]) => options[name] !== undefined).map(([, flag]) => flag)
  if (given.length > 1) {
    throw new UsageError("USAGE_OPTION", `${given.join(" and ")} exclude each other`, {
      hint: "give the token in one way",
    })
  }
  const headers = parseHeaders(options.header ?? [])
  const token = await readToken(options, sources)
  if (token !== null && !/^[\u0021-\u007e]+$/.test(token)) {
    throw new UsageError(
      "USAGE_OPTION",
      "the token holds a space, a line break or a character that no header can carry",
      { hint: "copy it again; it is one word" },
    )
  }
  if (token !== null && headers["authorization"] !== undefined) {
    throw new UsageError("USAGE_OPTION", `--header Authorization and ${given[0]} exclude each other`)
  }
  const secrets = [token, clientSecret(options, sources.env), ...Object.values(headers).flatMap(secretsOfHeader)]
  return { token, headers, secrets: secrets.flatMap((secret) => secret ?? []).filter((secret) => secret !== "") }
}

async function readToken(options: RunOptions, { env, tokenTransport }: CredentialSources): Promise<string | null> {
  if (options.token !== undefined) return options.token
  if (options.tokenEnv !== undefined) return readVariable(env, options.tokenEnv, "--token-env")
  if (options.tokenFile !== undefined) {
    const token = (await readTextFile(options.tokenFile, "--token-file")).trim()
    if (token === "") throw new UsageError("USAGE_FILE", `--token-file: ${options.tokenFile} is empty`)
    return token
  }
  if (options.oauthTokenUrl === undefined) {
    for (const [name, flag] of [
      ["clientId", "--client-id"],
      ["clientSecretEnv", "--client-secret-env"],
    ] as const) {
      if (options[name] !== undefined) {
        throw new UsageError("USAGE_OPTION", `${flag} needs --oauth-token-url`, { hint: "name the token endpoint" })
      }
    }
    return null
  }
  const secret = clientSecret(options, env)
  if (options.clientId === undefined || secret === null) {
    throw new UsageError("USAGE_OPTION", "--oauth-token-url needs --client-id and --client-secret-env", {
      hint: "put the secret into an environment variable and name it: --client-secret-env SCIM_CLIENT_SECRET",
    })
  }
  return await fetchAccessToken(tokenTransport, { url: options.oauthTokenUrl, clientId: options.clientId, secret })
}

function clientSecret(options: RunOptions, env: CredentialSources["env"]): string | null {
  if (options.clientSecretEnv === undefined) return null
  return readVariable(env, options.clientSecretEnv, "--client-secret-env")
}

function readVariable(env: CredentialSources["env"], name: string, flag: string): string {
  const value = env[name]?.trim()
  if (value === undefined || value === "") {
    throw new UsageError("USAGE_OPTION", `${flag}: the environment variable ${name} is not set`, {
      hint: `${flag} takes the name of a variable, not its value`,
    })
  }
  return value
}

/**
 * `K: V` texts as lower-case names with their values.
 *
 * @throws UsageError for a text that is no header.
 */
export function parseHeaders(texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    texts.map((text) => {
      const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\u0020-\u007e\u0080-\u00ff]*)$/.exec(text)
      const [, name, value] = match ?? []
      if (name === undefined || value === undefined) {
        // What stands after the colon may be a secret, so only the name is repeated.
        throw new UsageError("USAGE_OPTION", `--header ${JSON.stringify(text.split(":")[0])} is not "Name: value"`, {
          hint: "write --header 'X-Api-Key: abc'",
        })
      }
      return [name.toLowerCase(), value]
    }),
  )
}

/** A header's whole value, and of `Bearer abc` the last word too. */
function secretsOfHeader(value: string): readonly string[] {
  const words = value.split(" ")
  const last = words.at(-1) ?? ""
  return words.length > 1 ? [value, last] : [value]
}
