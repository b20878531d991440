/** Versions of k6 as k6 says them (`k6 v2.2.0 (go1.26.8, linux/amd64)`), and which of them will do. */

/**
 * The version that load/k6/go.mod pins and that the profiles were tried with: `npm run k6:install` builds it, and an older
 * one is refused.
 */
export const K6_VERSION = "2.2.0"

/** The version in the first line of `k6 version`, or null when that was not k6. */
export function parseK6Version(output: string): string | null {
  return /^k6(?:\.exe)? v(\d+\.\d+\.\d+)\b/m.exec(output)?.[1] ?? null
}

/** Whether one dotted version is the other or comes after it; a part that is missing counts as 0. */
export function isAtLeast(version: string, minimum: string): boolean {
  const [has, needs] = [version, minimum].map((text) => text.split(".").map(Number))
  for (const [index, wanted] of (needs ?? []).entries()) {
    const part = has?.[index] ?? 0
    if (part !== wanted) return part > wanted
  }
  return true
}
