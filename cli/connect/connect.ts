/** How to reach an endpoint, and as whom: what `run` and `clean` have in common. */
import { isIP } from "node:net"
import { resolve } from "node:path"
import { toBaseUrl } from "../../scenarios/index.ts"
import { socketTransport } from "../../simulator/index.ts"
import { UsageError } from "../errors.ts"
import { readTextFile } from "../files.ts"
import type { RunOptions } from "../options.ts"
import type { Session } from "../session.ts"
import { readCredentials, type Credentials } from "./credentials.ts"
import { isLoopbackHost } from "./loopback.ts"

/** Seconds that one answer may take, unless --timeout says otherwise. */
const TIMEOUT_S = 30

export interface Connection extends Credentials {
  /** Without a slash at the end. */
  readonly baseUrl: string
  readonly timeoutMs: number
  /** PEM text. */
  readonly ca: string | undefined
}

/**
 * Reads everything that a connection needs, and hides the secrets of it from now on. Sends nothing to the endpoint itself.
 *
 * @throws UsageError, and EnvironmentError where a token endpoint refuses.
 */
export async function connect(url: string, options: RunOptions, session: Session): Promise<Connection> {
  const baseUrl = toBaseUrl(url)
  if (options.insecure === true && isElsewhere(new URL(baseUrl).hostname)) {
    throw new UsageError("USAGE_OPTION", `--insecure is for this machine only, and ${baseUrl} is not`, {
      hint: "name the certificate authority instead: --ca FILE",
    })
  }
  const timeoutMs = (options.timeout ?? TIMEOUT_S) * 1000
  const ca = options.ca === undefined ? undefined : await readAuthority(resolve(session.folder, options.ca))
  const tokenFile = options.tokenFile === undefined ? {} : { tokenFile: resolve(session.folder, options.tokenFile) }
  // The token endpoint only gives out a token: nobody is created there, so it may be anywhere.
  const tokenTransport = socketTransport({ timeoutMs, allowNonLoopback: true, ...(ca !== undefined && { ca }) })
  try {
    const credentials = await readCredentials({ ...options, ...tokenFile }, { env: session.env, tokenTransport })
    session.terminal.hide(credentials.secrets)
    return { ...credentials, baseUrl, timeoutMs, ca }
  } finally {
    await tokenTransport.close()
  }
}

/** An address of another machine. What a name connects to shows only then: the transport holds it to the same rule. */
function isElsewhere(hostname: string): boolean {
  return isIP(hostname.replace(/^\[|\]$/g, "")) !== 0 && !isLoopbackHost(hostname)
}

async function readAuthority(path: string): Promise<string> {
  const text = await readTextFile(path, "--ca")
  if (text.includes("-----BEGIN CERTIFICATE-----")) return text
  throw new UsageError("USAGE_FILE", `--ca: ${path} holds no certificate`, {
    hint: "it has to be PEM text that begins with -----BEGIN CERTIFICATE-----",
  })
}
