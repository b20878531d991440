import type { Check } from "../../define.ts"
import { deleteUser, deleteAnswer, deleteTwice, deletedName, deletedMember } from "./delete-user.ts"

/** Checks of delete, in the order of reports: the basic ones first. */
export const deleteChecks: readonly Check[] = [deleteUser, deleteAnswer, deleteTwice, deletedName, deletedMember]
