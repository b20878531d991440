/** What a job keeps about itself for people: its audit entries, and the e-mails about its quarantines. */
import type { Clock, IdSource } from "../../protocol/index.ts"
import {
  type AuditEntry,
  configurationAudit,
  type ConfigurationActivity,
  engineAudits,
  quarantineAudit,
} from "../log/audit.ts"
import type { LogOrigin } from "../log/entry.ts"
import type { LogStore } from "../log/store.ts"
import { type Notification, notificationAbout } from "./notification.ts"
import type { JobState } from "./state.ts"
import type { JobStore } from "./store.ts"

export interface JournalParts {
  readonly store: JobStore
  readonly log: LogStore
  readonly origin: LogOrigin
  readonly clock: Clock
  readonly ids: IdSource
}

export class Journal {
  readonly #parts: JournalParts

  constructor(parts: JournalParts) {
    this.#parts = parts
  }

  /** An administrator did something to the job. */
  noteActivity(activity: ConfigurationActivity): void {
    this.#addAudit(configurationAudit(activity, this.#happening()))
  }

  /** The job's state changed: a quarantine, or another reason for it, is audited and mailed (ENG-QUAR-11, -12). */
  noteState(before: JobState, after: JobState, to: string | null): void {
    const { store, origin, clock } = this.#parts
    const { quarantine } = after
    if (quarantine === null || quarantine === before.quarantine) return
    const { reason, error } = quarantine
    this.#addAudit(quarantineAudit({ reason, message: error.message }, this.#happening()))
    const application = origin.servicePrincipal.displayName
    const mail = notificationAbout(before, after, { to, application, nowMs: clock.now() })
    if (mail !== null) store.records.add("notification", JSON.stringify(mail))
  }

  notifications(): readonly Notification[] {
    return this.#parts.store.records.all("notification").map((text): Notification => JSON.parse(text))
  }

  /** By time; what the engine did comes from the provisioning log, so it goes with its entries. */
  audit(): readonly AuditEntry[] {
    const { store, log, origin } = this.#parts
    const recorded = store.records.all("audit").map((text): AuditEntry => JSON.parse(text))
    const derived = log.entries().flatMap((entry) => engineAudits(entry, origin))
    return [...recorded, ...derived].toSorted((a, b) => secondOf(a).localeCompare(secondOf(b)))
  }

  #addAudit(entry: AuditEntry): void {
    this.#parts.store.records.add("audit", JSON.stringify(entry))
  }

  #happening(): { readonly id: string; readonly atMs: number; readonly origin: LogOrigin } {
    const { ids, clock, origin } = this.#parts
    return { id: ids.next(), atMs: clock.now(), origin }
  }
}

/** The provisioning log shows whole seconds. */
function secondOf({ activityDateTime }: AuditEntry): string {
  return activityDateTime.slice(0, 19)
}
