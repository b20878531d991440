/** What a restart resets (ENG-RESTART-01 to -03, documented). Pure. */

/** Graph's flags. `Full` holds the first four, and not ForceDeletes (ENG-RESTART-02, documented). */
export type ResetFlag =
  | "None"
  | "ConnectorDataStore"
  | "Escrows"
  | "Watermark"
  | "QuarantineState"
  | "Full"
  | "ForceDeletes"

export interface ResetEffects {
  /** Links are forgotten: every object is matched again. */
  readonly links: boolean
  readonly escrows: boolean
  /** The next cycle is an initial one. */
  readonly watermark: boolean
  readonly quarantine: boolean
  /** Deletions held back go out, and the quarantine that held them is lifted (ENG-DEL-06, documented). */
  readonly forceDeletes: boolean
}

/** Without flags: the portal's *Restart provisioning*, which keeps the links. */
export function resetEffects(flags: readonly ResetFlag[] = ["QuarantineState", "Watermark", "Escrows"]): ResetEffects {
  const has = (flag: ResetFlag): boolean => flags.includes(flag) || flags.includes("Full")
  return {
    links: has("ConnectorDataStore"),
    escrows: has("Escrows"),
    watermark: has("Watermark"),
    // `None` is said to do what start does, and start clears a quarantine.
    quarantine: has("QuarantineState") || flags.includes("None"),
    forceDeletes: flags.includes("ForceDeletes"),
  }
}
