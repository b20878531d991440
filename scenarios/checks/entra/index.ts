import type { Check } from "../../define.ts"
import { clearAttribute, unknownKey } from "./clearing.ts"
import { answerMediaType, connectionTest, groupConnectionTest, noIfMatch, requestHeaders } from "./connection.ts"
import { createGroup, groupExternalId } from "./create-group.ts"
import { createOddities, textBooleans, unlistedExtension } from "./create-tolerances.ts"
import { createUser } from "./create.ts"
import { deleteUser } from "./delete.ts"
import { disable, disableAmongOthers, disabledIsFound, disableTwice } from "./disable.ts"
import { errorBodies, invalidPatch, refusedToken } from "./errors.ts"
import { findGroupByName, readGroup } from "./group-reads.ts"
import { changeGroupExternalId, deleteGroup, nestedGroup, renameGroup, replacedMembers } from "./groups.ts"
import { duplicateGroup, duplicateUser, stableId } from "./identity.ts"
import { clearManager, managerAsText } from "./manager.ts"
import { findByExternalId, noWrongMatch, searchInAnyCase } from "./matching.ts"
import { concurrentMembers, largeGroup } from "./members-at-scale.ts"
import { addMember, addPresentMember, removeAbsentMember, removeListedMember } from "./members.ts"
import { queryEncoding, specialCharacters, workEmail } from "./query.ts"
import { managerCheck, memberCheck } from "./references.ts"
import { enable, recreateDisabled } from "./restore.ts"
import { addAttribute, operationNames, othersStay, renameUser } from "./single-changes.ts"
import { capitalSubAttributes, flattenedKeys, updateEnterprise } from "./update-paths.ts"
import { updatePhonesAndAddresses, updateSeveral } from "./update.ts"
import { roleByPrimary, valuePathCreates } from "./value-paths.ts"

/** Checks of what Entra needs beyond the RFC, in the order in which its requests come. */
export const entraChecks: readonly Check[] = [
  connectionTest,
  groupConnectionTest,
  requestHeaders,
  noIfMatch,
  answerMediaType,
  refusedToken,
  queryEncoding,
  noWrongMatch,
  searchInAnyCase,
  findByExternalId,
  specialCharacters,
  workEmail,
  managerCheck,
  memberCheck,
  createUser,
  stableId,
  createOddities,
  textBooleans,
  unlistedExtension,
  duplicateUser,
  operationNames,
  updateSeveral,
  updatePhonesAndAddresses,
  updateEnterprise,
  flattenedKeys,
  capitalSubAttributes,
  addAttribute,
  valuePathCreates,
  renameUser,
  othersStay,
  roleByPrimary,
  clearAttribute,
  unknownKey,
  disable,
  disabledIsFound,
  disableTwice,
  disableAmongOthers,
  enable,
  recreateDisabled,
  managerAsText,
  clearManager,
  createGroup,
  groupExternalId,
  duplicateGroup,
  findGroupByName,
  readGroup,
  addMember,
  addPresentMember,
  removeListedMember,
  removeAbsentMember,
  concurrentMembers,
  largeGroup,
  renameGroup,
  changeGroupExternalId,
  replacedMembers,
  nestedGroup,
  deleteGroup,
  deleteUser,
  invalidPatch,
  errorBodies,
]
