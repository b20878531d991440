/** What a requirement is called, where it can be read, and which area of the protocol it belongs to. */
import type { CaseResult, Requirement } from "./model.ts"

/** "RFC 7644 §3.3", or the reference as it stands. */
export function requirementLabel({ source, ref }: Requirement): string {
  if (source === "rfc") return ref.startsWith("RFC") ? ref : `RFC ${ref}`
  return source === "seed" ? `Seed ${ref}` : ref
}

/** The section of the RFC that says so; undefined where there is nothing public to link to. */
export function requirementLink(requirement: Requirement): string | undefined {
  const section = rfcSection(requirement)
  if (section === undefined) return undefined
  const anchor = section.number === "" ? "" : `#section-${section.number}`
  return `https://www.rfc-editor.org/rfc/rfc${section.rfc}${anchor}`
}

function rfcSection({ source, ref }: Requirement): { readonly rfc: string; readonly number: string } | undefined {
  if (source !== "rfc") return undefined
  const match = /^(?:RFC\s*)?(\d{4})\b(?:\s*§?\s*(\d+(?:\.\d+)*))?/.exec(ref)
  return match?.[1] === undefined ? undefined : { rfc: match[1], number: match[2] ?? "" }
}

/** Sections of the RFCs by what they are about; the longest section number that fits decides. */
const AREAS: readonly (readonly [rfc: string, section: string, area: string])[] = [
  ["7643", "", "schema"],
  ["7643", "4", "resources"],
  ["7643", "5", "discovery"],
  ["7643", "6", "discovery"],
  ["7643", "7", "discovery"],
  ["7644", "", "protocol"],
  ["7644", "2", "authentication"],
  ["7644", "3.1", "media-type"],
  ["7644", "3.3", "create"],
  ["7644", "3.4", "read"],
  ["7644", "3.4.2", "query"],
  ["7644", "3.4.2.2", "filter"],
  ["7644", "3.4.2.3", "sort"],
  ["7644", "3.4.2.4", "pagination"],
  ["7644", "3.4.3", "search"],
  ["7644", "3.5.1", "replace"],
  ["7644", "3.5.2", "patch"],
  ["7644", "3.6", "delete"],
  ["7644", "3.7", "bulk"],
  ["7644", "3.8", "media-type"],
  ["7644", "3.9", "attributes"],
  ["7644", "3.12", "errors"],
  ["7644", "3.14", "versions"],
  ["7644", "4", "discovery"],
  ["7644", "7", "security"],
]

/** The area under which reports list a case: by the RFC section it quotes, else its suite. */
export function areaOf(result: Pick<CaseResult, "requirement" | "suite">): string {
  const section = rfcSection(result.requirement)
  if (section === undefined) return result.suite
  const fits = AREAS.filter(
    ([rfc, prefix]) => rfc === section.rfc && (prefix === "" || `${section.number}.`.startsWith(`${prefix}.`)),
  )
  return fits.toSorted((a, b) => b[1].length - a[1].length)[0]?.[2] ?? result.suite
}
