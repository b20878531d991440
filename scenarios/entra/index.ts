import type { Scenario } from "../define.ts"
import { oneConflict } from "./conflict.ts"
import { lostAnswers, outage, tokenRefusedInMidCycle, writesFail } from "./faults.ts"
import { groupNameExistsOnce, groupNameExistsTwice, groupNamesAlike, groupsOfOneName } from "./group-names.ts"
import { groupLeavesAndReturns, groupRenamed } from "./groups.ts"
import { managerChanges, managerComesLate } from "./manager.ts"
import { membersInBatches, memberComesLate, memberLeavesTheCompany, membersComeAndGo } from "./members.ts"
import { migration, migrationByExternalId, migrationOfTheBlocked, migrationOfTwins } from "./migration.ts"
import { peopleOfTheWorld } from "./people-of-the-world.ts"
import { accountVanished, quietNight, restart, valuesComeBack } from "./steady.ts"
import { tokenExpired, tokenForgotten, tokenRenewed, tokenRotatedInTime } from "./token-expired.ts"
import { userJoinsAndChanges, userRenamed } from "./user-changes.ts"
import { userDeletedAndRestored, userDeletedForGood } from "./user-deleted.ts"
import { blockedUserJoins, userLeavesAndReturns } from "./user-leaves.ts"

/** The stories, in the order of reports: lives first, then what the project is named for, then the rest. */
export const entraScenarios: readonly Scenario[] = [
  userJoinsAndChanges,
  userRenamed,
  managerChanges,
  managerComesLate,
  blockedUserJoins,
  userLeavesAndReturns,
  userDeletedAndRestored,
  userDeletedForGood,
  groupRenamed,
  groupLeavesAndReturns,
  membersComeAndGo,
  memberComesLate,
  memberLeavesTheCompany,
  membersInBatches,
  tokenExpired,
  tokenRenewed,
  tokenForgotten,
  tokenRotatedInTime,
  oneConflict,
  tokenRefusedInMidCycle,
  groupsOfOneName,
  groupNamesAlike,
  groupNameExistsOnce,
  groupNameExistsTwice,
  migration,
  migrationOfTheBlocked,
  migrationByExternalId,
  migrationOfTwins,
  outage,
  writesFail,
  lostAnswers,
  accountVanished,
  restart,
  quietNight,
  valuesComeBack,
  peopleOfTheWorld,
]
