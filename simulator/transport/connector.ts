/**
 * How sockets are opened: only to loopback unless allowed, judged by the address that is really connected to. An address is checked
 * where it becomes known, a literal one at once and a looked-up one after the lookup, and once more on the connected socket: in
 * any case before a byte of a request is sent.
 */
import { lookup } from "node:dns"
import { isIP, type LookupFunction, type Socket } from "node:net"
import { TLSSocket } from "node:tls"

import { buildConnector } from "undici"

import { TransportError } from "../../protocol/index.ts"

export interface ConnectorOptions {
  /** Whether addresses other than loopback may be connected to. */
  readonly allowNonLoopback: boolean
  /** Certificate authorities to trust instead of the system's, in PEM. */
  readonly ca?: string
  /** Accepts any certificate, on loopback only. */
  readonly insecure?: boolean
  readonly timeoutMs: number
}

/** Whether an IP address, as text, is one of this machine's own: 127.0.0.0/8 or ::1, mapped ones included. */
export function isLoopback(address: string): boolean {
  const plain = address.toLowerCase().replace(/^::ffff:/, "")
  return plain === "::1" || (isIP(plain) === 4 && plain.startsWith("127."))
}

function forbidden(hostname: string, address: string): TransportError {
  const where = hostname === address ? address : `${hostname} (${address})`
  return new TransportError(
    "forbidden",
    `${where} is not on this machine, so nothing was sent: a run creates and deletes people there. Use --allow-writes if that is wanted.`,
  )
}

/** Looks a name up and keeps the addresses on this machine; refuses the name where none is left. */
const lookupLoopback: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, [])
    const own = addresses.filter(({ address }) => isLoopback(address))
    const [first] = own
    if (first === undefined) return callback(forbidden(hostname, addresses[0]?.address ?? hostname), [])
    return options.all === true ? callback(null, own) : callback(null, first.address, first.family)
  })
}

/** Opens sockets for undici under the rules above. */
export function createConnector(options: ConnectorOptions): buildConnector.connector {
  const { allowNonLoopback, ca, insecure = false, timeoutMs } = options
  const connect = buildConnector({
    allowH2: false,
    timeout: timeoutMs,
    rejectUnauthorized: !insecure,
    ...(ca === undefined ? {} : { ca }),
    ...(allowNonLoopback ? {} : { lookup: lookupLoopback }),
  })
  return (target, callback) => {
    const hostname = target.hostname.replaceAll(/^\[|\]$/g, "")
    if (!allowNonLoopback && isIP(hostname) !== 0 && !isLoopback(hostname)) {
      return callback(forbidden(hostname, hostname), null)
    }
    return connect(target, (...[error, socket]) => {
      if (error !== null) return callback(error, null)
      const refusal = refusalOf(toConnected(socket, hostname), options)
      if (refusal === undefined) return callback(null, socket)
      socket.destroy()
      return callback(refusal, null)
    })
  }
}

/** What matters about a connected socket. */
interface Connected {
  readonly hostname: string
  readonly address: string
  /** What is wrong with the certificate of a TLS connection; null where nothing is, or there is none. */
  readonly certificateProblem: string | null
}

function toConnected(socket: Socket, hostname: string): Connected {
  const isRefused = socket instanceof TLSSocket && !socket.authorized
  const certificateProblem = isRefused ? String(socket.authorizationError) : null
  return { hostname, address: socket.remoteAddress ?? "", certificateProblem }
}

/** Why a connected socket may not be used, if so. */
export function refusalOf(
  connected: Connected,
  options: Pick<ConnectorOptions, "allowNonLoopback">,
): TransportError | undefined {
  const { hostname, address, certificateProblem } = connected
  if (isLoopback(address)) return undefined
  if (!options.allowNonLoopback) return forbidden(hostname, address)
  if (certificateProblem === null) return undefined
  return new TransportError(
    "tls",
    `The certificate of ${hostname} (${address}) is not valid (${certificateProblem}), and --insecure counts on this machine only. Give its authority with --ca.`,
  )
}
