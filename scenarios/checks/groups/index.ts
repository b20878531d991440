import type { Check } from "../../define.ts"
import { createGroup, groupName } from "./group.ts"
import { addMembers, removeMember, replaceMembers, memberReference } from "./members.ts"
import { userGroups, groupsReadOnly } from "./user-groups.ts"

/** Checks of groups, in the order of reports: the basic ones first. */
export const groupsChecks: readonly Check[] = [
  createGroup,
  groupName,
  addMembers,
  removeMember,
  replaceMembers,
  memberReference,
  userGroups,
  groupsReadOnly,
]
