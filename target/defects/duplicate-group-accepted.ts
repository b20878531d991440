import { defect } from "./defect.ts"
import { acceptDuplicates, GROUPS } from "./duplicates.ts"

export const duplicateGroupAccepted = defect({
  name: "duplicate-group-accepted",
  title: "A second group with the same displayName is created",
  seen: "legal by RFC7643-4.2-05; Entra then finds two and writes to neither (WIRE-164)",
  level: "entra",
  wrap: (next) => acceptDuplicates(next, () => true, GROUPS),
})
