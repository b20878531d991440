/** All addresses but this machine's own, as ranges that k6 refuses to connect to: a load writes, and needs to be allowed elsewhere. */

/** 127.0.0.0/8 and ::1 are what is left. */
export function beyondLoopback(): string[] {
  return [
    ...besides([127, 0, 0, 0], 8, formatV4),
    ...besides([...Array.from({ length: 15 }, () => 0), 1], 128, formatV6),
  ]
}

/** The ranges that together hold everything but the first `prefix` bits of `address`: one for each bit, with that bit turned. */
function besides(address: readonly number[], prefix: number, format: (bytes: readonly number[]) => string): string[] {
  return Array.from({ length: prefix }, (_, bit) => {
    const turned = address.map((byte, index) => {
      const keptBits = Math.min(8, Math.max(0, bit + 1 - index * 8))
      const kept = byte & (0xff << (8 - keptBits)) & 0xff
      return index === Math.floor(bit / 8) ? kept ^ (1 << (7 - (bit % 8))) : kept
    })
    return `${format(turned)}/${bit + 1}`
  })
}

function formatV4(bytes: readonly number[]): string {
  return bytes.join(".")
}

function formatV6(bytes: readonly number[]): string {
  return Array.from({ length: 8 }, (_, group) =>
    ((bytes[group * 2] ?? 0) * 256 + (bytes[group * 2 + 1] ?? 0)).toString(16),
  ).join(":")
}
