/** The e-mails about a quarantine (ENG-QUAR-11, ENG-DEL-04, documented). Pure; nothing is sent. */
import { toRfc3339 } from "../../protocol/index.ts"
import type { QuarantineReason } from "./quarantine.ts"
import type { JobState } from "./state.ts"

export interface Notification {
  /** RFC 3339. */
  readonly sentAt: string
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly reason: QuarantineReason
  readonly text: string
}

const SENDER = "azure-noreply@microsoft.com"

/** One e-mail per quarantine, and another where its reason changes. `to` null: nobody is told. */
export function notificationAbout(
  before: JobState,
  after: JobState,
  { to, application, nowMs }: { readonly to: string | null; readonly application: string; readonly nowMs: number },
): Notification | null {
  const { quarantine } = after
  if (to === null || quarantine === null || before.quarantine?.reason === quarantine.reason) return null
  const { reason, error } = quarantine
  return {
    sentAt: toRfc3339(nowMs),
    from: SENDER,
    to,
    // The wording is unpublished and ours.
    subject: `Provisioning to ${application} is in quarantine`,
    reason,
    text: `The provisioning job is in quarantine because of ${reason}: ${error.message}`,
  }
}
