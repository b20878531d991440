/** What no run of this tool can say: printed under every report (design: "Footer of every report"). */
import type { Report } from "./model.ts"

/** The day on which Microsoft's documentation and the published captures were last read. */
const FACTS_AS_OF = "2026-11-21"

export const FOOTER: readonly string[] = [
  `Entra's behaviour is modelled on Microsoft's documentation and published captures as of ${FACTS_AS_OF}, not recorded from a tenant of ours.`,
  "The endpoint's own clock did not move: its token expiry, retention and rate windows were not tested, or a fault stood in for them.",
  "Nothing is said about sessions and API keys of disabled people, nor about the endpoint's reachability from Entra.",
]

/** The limits that a report was stored with; for a report without any, today's. */
export function footerOf(report: Report): readonly string[] {
  return report.footer ?? FOOTER
}
