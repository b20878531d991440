import { defect } from "./defect.ts"
import { acceptDuplicates } from "./duplicates.ts"

export const duplicateInAnotherCaseAccepted = defect({
  name: "duplicate-in-another-case-accepted",
  title: "A userName that differs in letter case alone makes a second user",
  seen: "databases with a case-sensitive collation; RFC7643-4.1.1-03",
  level: "must",
  wrap: (next) => acceptDuplicates(next, (existing, asked) => existing !== asked),
})
