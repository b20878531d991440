import { defect } from "./defect.ts"
import { acceptDuplicates } from "./duplicates.ts"

export const duplicateUserAccepted = defect({
  name: "duplicate-user-accepted",
  title: "A second user with the same userName is created",
  seen: "FusionAuth #3111: Entra reports multiple entries and gives up",
  level: "must",
  wrap: (next) => acceptDuplicates(next, () => true),
})
