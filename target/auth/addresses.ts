/** Which addresses may call: a list of addresses and CIDR blocks, IPv4 and IPv6, and whose word about others is taken. */
import { BlockList, isIP } from "node:net"

/** Where a request comes from, as the server that listens knows it. */
export interface Peer {
  /** Address of the other end of the connection. */
  readonly remoteAddress?: string | undefined
}

/** Addresses whose answer is remembered. */
const CACHE_SIZE = 1000

export class AddressList {
  readonly #list = new BlockList()
  readonly #known = new Map<string, boolean>()

  /** @param entries `192.0.2.7`, `10.0.0.0/8`, `2001:db8::/32`. @throws RangeError for anything else */
  constructor(entries: readonly string[]) {
    for (const entry of entries) this.#add(entry)
  }

  /** Whether the address is in the list. An IPv4 address written as IPv6 (`::ffff:192.0.2.7`) is the IPv4 address. */
  includes(address: string): boolean {
    const known = this.#known.get(address)
    if (known !== undefined) return known
    const isIncluded = this.#check(address)
    if (this.#known.size >= CACHE_SIZE) this.#known.clear()
    this.#known.set(address, isIncluded)
    return isIncluded
  }

  #check(address: string): boolean {
    const bare = withoutZone(address)
    const family = familyOf(bare)
    return family !== undefined && this.#list.check(bare, family)
  }

  #add(entry: string): void {
    const block = parseBlock(entry)
    if (block === undefined) throw new RangeError(`${JSON.stringify(entry)} ${NO_BLOCK}.`)
    const { address, family, prefix } = block
    if (prefix === undefined) this.#list.addAddress(address, family)
    else this.#list.addSubnet(address, prefix, family)
  }
}

/** What is wrong with an entry of an {@link AddressList} that is none. */
export const NO_BLOCK = "is no address and no CIDR block, such as 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32"

/** Whether a text can stand in an {@link AddressList}. */
export function isBlock(entry: string): boolean {
  return parseBlock(entry) !== undefined
}

interface Block {
  readonly address: string
  readonly family: Family
  /** How many leading bits count. Without it, all. */
  readonly prefix: number | undefined
}

function parseBlock(entry: string): Block | undefined {
  const [, address = "", digits] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(entry) ?? []
  const family = familyOf(address)
  const prefix = digits === undefined ? undefined : Number(digits)
  if (family === undefined || (prefix ?? 0) > (family === "ipv4" ? 32 : 128)) return undefined
  return { address, family, prefix }
}

/**
 * The address that calls. Where the connection comes from a trusted proxy, it is the last in X-Forwarded-For that is no trusted
 * proxy itself: what stands before it was written by the caller, and may be made up. Without trusted proxies the header is
 * not looked at.
 */
export function callerOf(
  peer: Peer | undefined,
  forwardedFor: () => string | null,
  trusted: AddressList | undefined,
): string | undefined {
  const address = peer?.remoteAddress
  if (address === undefined || trusted === undefined || !trusted.includes(address)) return address
  const named = (forwardedFor() ?? "").split(",").map((text) => text.trim())
  const chain = named.filter((text) => text !== "").map(toAddress)
  const caller = chain.findLast((text) => !trusted.includes(text))
  return caller ?? chain[0] ?? address
}

/** Proxies write ports and brackets too: `192.0.2.7:4711`, `[2001:db8::1]:4711`. */
function toAddress(text: string): string {
  return /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? text
}

type Family = "ipv4" | "ipv6"

function familyOf(address: string): Family | undefined {
  const version = isIP(address)
  return version === 0 ? undefined : version === 4 ? "ipv4" : "ipv6"
}

/** `fe80::1%eth0`: the zone says on which wire, not who. */
function withoutZone(address: string): string {
  const zone = address.indexOf("%")
  return zone === -1 ? address : address.slice(0, zone)
}
