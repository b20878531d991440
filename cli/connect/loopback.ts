/** Whether a host, as it is written, means this machine. */
import { isIP } from "node:net"

/** True for loopback addresses and for localhost. What a name really connects to is checked again by the transport. */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, "").toLowerCase()
  if (isIP(bare) === 4) return bare.startsWith("127.")
  if (isIP(bare) === 6) return bare === "::1" || /^::ffff:(127\.|7f[0-9a-f]{2}:)/.test(bare)
  return bare === "localhost" || bare.endsWith(".localhost")
}
