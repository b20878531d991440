/** The known defects that can be switched on in front of the reference target. One import per file, in alphabetical order. */
import type { Defect } from "./defect.ts"
import { absentMember404 } from "./absent-member-404.ts"
import { acceptNeeded } from "./accept-needed.ts"
import { activeBesideOthersIgnored } from "./active-beside-others-ignored.ts"
import { addReplacesList } from "./add-replaces-list.ts"
import { anyTokenAccepted } from "./any-token-accepted.ts"
import { anyTypeStored } from "./any-type-stored.ts"
import { attributesIgnored } from "./attributes-ignored.ts"
import { attributesWithoutId } from "./attributes-without-id.ts"
import { booleansAsText } from "./booleans-as-text.ts"
import { capitalSubAttributeIgnored } from "./capital-sub-attribute-ignored.ts"
import { challengeMissing } from "./challenge-missing.ts"
import { charsetRefused } from "./charset-refused.ts"
import { clientIdAdopted } from "./client-id-adopted.ts"
import { clientMetaAdopted } from "./client-meta-adopted.ts"
import { configMissing } from "./config-missing.ts"
import { configWithoutEtag } from "./config-without-etag.ts"
import { conflictSwallowed } from "./conflict-swallowed.ts"
import { countIgnored } from "./count-ignored.ts"
import { countZeroMeansAll } from "./count-zero-means-all.ts"
import { createAnswers200 } from "./create-answers-200.ts"
import { createWithoutId } from "./create-without-id.ts"
import { createdInactive } from "./created-inactive.ts"
import { createdPatchable } from "./created-patchable.ts"
import { createdUserNotReadableAtOnce } from "./created-user-not-readable-at-once.ts"
import { deactivationLeavesGroups } from "./deactivation-leaves-groups.ts"
import { deleteAnswers200 } from "./delete-answers-200.ts"
import { deleteUnknown500 } from "./delete-unknown-500.ts"
import { deleteUnknownAccepted } from "./delete-unknown-accepted.ts"
import { deleteWithoutEffect } from "./delete-without-effect.ts"
import { deletedGroupReadable } from "./deleted-group-readable.ts"
import { deletedMemberStays } from "./deleted-member-stays.ts"
import { deletedNameReserved } from "./deleted-name-reserved.ts"
import { deletedUserListed } from "./deleted-user-listed.ts"
import { deletedUserReadable } from "./deleted-user-readable.ts"
import { deletedUserTakesGroups } from "./deleted-user-takes-groups.ts"
import { descendingIgnored } from "./descending-ignored.ts"
import { disableTwice409 } from "./disable-twice-409.ts"
import { disableWithoutEffect } from "./disable-without-effect.ts"
import { discoveryFiltered } from "./discovery-filtered.ts"
import { discoveryPaged } from "./discovery-paged.ts"
import { duplicate500 } from "./duplicate-500.ts"
import { duplicateGroupAccepted } from "./duplicate-group-accepted.ts"
import { duplicateInAnotherCaseAccepted } from "./duplicate-in-another-case-accepted.ts"
import { duplicateUserAccepted } from "./duplicate-user-accepted.ts"
import { duplicateWithoutScimType } from "./duplicate-without-scim-type.ts"
import { emptyManagerRefused } from "./empty-manager-refused.ts"
import { emptyRolesRefused } from "./empty-roles-refused.ts"
import { emptySearch404 } from "./empty-search-404.ts"
import { emptySearchWithoutBody } from "./empty-search-without-body.ts"
import { emptyTextRefused } from "./empty-text-refused.ts"
import { eqAsContains } from "./eq-as-contains.ts"
import { errorAsPage } from "./error-as-page.ts"
import { errorInOwnForm } from "./error-in-own-form.ts"
import { errorStatusNumber } from "./error-status-number.ts"
import { errorWithoutBody } from "./error-without-body.ts"
import { etagConstant } from "./etag-constant.ts"
import { etagMissing } from "./etag-missing.ts"
import { etagOfTheTime } from "./etag-of-the-time.ts"
import { excludedAttributesIgnored } from "./excluded-attributes-ignored.ts"
import { extensionDropped } from "./extension-dropped.ts"
import { extensionFlattened } from "./extension-flattened.ts"
import { extensionNotInSchemas } from "./extension-not-in-schemas.ts"
import { extensionNotSearchable } from "./extension-not-searchable.ts"
import { externalIdDropped } from "./external-id-dropped.ts"
import { externalIdInLowerCase } from "./external-id-in-lower-case.ts"
import { externalIdNotFilterable } from "./external-id-not-filterable.ts"
import { filterDeniedAndApplied } from "./filter-denied-and-applied.ts"
import { filterEqOnly } from "./filter-eq-only.ts"
import { filterFoldsExternalId } from "./filter-folds-external-id.ts"
import { filterIgnored } from "./filter-ignored.ts"
import { filterNamesCaseSensitive } from "./filter-names-case-sensitive.ts"
import { filterOnUserNameOnly } from "./filter-on-user-name-only.ts"
import { filterReadLeftToRight } from "./filter-read-left-to-right.ts"
import { filterValuesCaseSensitive } from "./filter-values-case-sensitive.ts"
import { firstMemberOnly } from "./first-member-only.ts"
import { flattenedKeysIgnored } from "./flattened-keys-ignored.ts"
import { groupExternalIdDropped } from "./group-external-id-dropped.ts"
import { groupExternalIdFixed } from "./group-external-id-fixed.ts"
import { groupFilterIgnored } from "./group-filter-ignored.ts"
import { groupNameFixed } from "./group-name-fixed.ts"
import { groupNameOptional } from "./group-name-optional.ts"
import { groupsSetThroughUser } from "./groups-set-through-user.ts"
import { gtAsGe } from "./gt-as-ge.ts"
import { idAsNumber } from "./id-as-number.ts"
import { idExcluded } from "./id-excluded.ts"
import { idFollowsUserName } from "./id-follows-user-name.ts"
import { idInAnotherCase } from "./id-in-another-case.ts"
import { idsFoundAtAnyEndpoint } from "./ids-found-at-any-endpoint.ts"
import { ifMatchIgnored } from "./if-match-ignored.ts"
import { ifMatchRequired } from "./if-match-required.ts"
import { ifNoneMatchIgnored } from "./if-none-match-ignored.ts"
import { inactiveHidden } from "./inactive-hidden.ts"
import { inactiveNameFree } from "./inactive-name-free.ts"
import { invalidFilter500 } from "./invalid-filter-500.ts"
import { invalidFilterIgnored } from "./invalid-filter-ignored.ts"
import { invalidPatchAccepted } from "./invalid-patch-accepted.ts"
import { largeGroupCut } from "./large-group-cut.ts"
import { listAsArray } from "./list-as-array.ts"
import { listEntriesWithoutId } from "./list-entries-without-id.ts"
import { listEntriesWithoutSchemas } from "./list-entries-without-schemas.ts"
import { listedMembersEmptyGroup } from "./listed-members-empty-group.ts"
import { listedMembersRefused } from "./listed-members-refused.ts"
import { locationMissing } from "./location-missing.ts"
import { locationOfTheCollection } from "./location-of-the-collection.ts"
import { mailInLowerCase } from "./mail-in-lower-case.ts"
import { malformedJson500 } from "./malformed-json-500.ts"
import { malformedJsonWithoutType } from "./malformed-json-without-type.ts"
import { managerAsText } from "./manager-as-text.ts"
import { managerObjectNeeded } from "./manager-object-needed.ts"
import { mediaTypeJson } from "./media-type-json.ts"
import { memberFilterIgnored } from "./member-filter-ignored.ts"
import { memberReferenceBroken } from "./member-reference-broken.ts"
import { memberUpdatesLost } from "./member-updates-lost.ts"
import { membersAsPlainIds } from "./members-as-plain-ids.ts"
import { membersDoubled } from "./members-doubled.ts"
import { membersDroppedOnCreate } from "./members-dropped-on-create.ts"
import { membersNotExcluded } from "./members-not-excluded.ts"
import { metaMissing } from "./meta-missing.ts"
import { missingTargetCreated } from "./missing-target-created.ts"
import { missingTargetIgnored } from "./missing-target-ignored.ts"
import { missingTokenAccepted } from "./missing-token-accepted.ts"
import { missingValuesSortedFirst } from "./missing-values-sorted-first.ts"
import { negativeCountRefused } from "./negative-count-refused.ts"
import { nestedGroupsRefused } from "./nested-groups-refused.ts"
import { newTokenAcceptedLate } from "./new-token-accepted-late.ts"
import { notIgnored } from "./not-ignored.ts"
import { nullRefused } from "./null-refused.ts"
import { nullStoredAsText } from "./null-stored-as-text.ts"
import { oldGroupNameReserved } from "./old-group-name-reserved.ts"
import { operationNamesCaseSensitive } from "./operation-names-case-sensitive.ts"
import { pageBeyondTheEnd404 } from "./page-beyond-the-end-404.ts"
import { passwordReturned } from "./password-returned.ts"
import { patchAnnouncedAndRefused } from "./patch-announced-and-refused.ts"
import { patchAnswers202 } from "./patch-answers-202.ts"
import { patchAnswersEmpty200 } from "./patch-answers-empty-200.ts"
import { patchNotAtomic } from "./patch-not-atomic.ts"
import { patchResetsTheRest } from "./patch-resets-the-rest.ts"
import { patchUnknownIdAccepted } from "./patch-unknown-id-accepted.ts"
import { patchWithoutEffect } from "./patch-without-effect.ts"
import { pathNeeded } from "./path-needed.ts"
import { phoneNumbersNormalised } from "./phone-numbers-normalised.ts"
import { plainJsonRefused } from "./plain-json-refused.ts"
import { plusNotDecoded } from "./plus-not-decoded.ts"
import { presentAlwaysTrue } from "./present-always-true.ts"
import { presentMemberConflicts } from "./present-member-conflicts.ts"
import { primaryAddressRefused } from "./primary-address-refused.ts"
import { putCreates } from "./put-creates.ts"
import { putMergesLists } from "./put-merges-lists.ts"
import { putRefused } from "./put-refused.ts"
import { putRenewsCreated } from "./put-renews-created.ts"
import { putWithoutEffect } from "./put-without-effect.ts"
import { putWithoutUserNameAccepted } from "./put-without-user-name-accepted.ts"
import { qualifiedNamesRefused } from "./qualified-names-refused.ts"
import { queryDecodedTwice } from "./query-decoded-twice.ts"
import { quoteBreaksSearch } from "./quote-breaks-search.ts"
import { reactivationIgnored } from "./reactivation-ignored.ts"
import { readOnlyPatchIgnored } from "./read-only-patch-ignored.ts"
import { readOnlyValuesRefused } from "./read-only-values-refused.ts"
import { referenceCheckRefused } from "./reference-check-refused.ts"
import { refusalsLockOut } from "./refusals-lock-out.ts"
import { removalsAppliedLast } from "./removals-applied-last.ts"
import { removeMemberEmptiesGroup } from "./remove-member-empties-group.ts"
import { removeMemberWithoutEffect } from "./remove-member-without-effect.ts"
import { removeWithoutEffect } from "./remove-without-effect.ts"
import { removeWithoutPathAccepted } from "./remove-without-path-accepted.ts"
import { replaceClearsSiblings } from "./replace-clears-siblings.ts"
import { replaceMembersAdds } from "./replace-members-adds.ts"
import { replaceWithoutPathWipes } from "./replace-without-path-wipes.ts"
import { replacedMembersRefused } from "./replaced-members-refused.ts"
import { resourceTypeInLowerCase } from "./resource-type-in-lower-case.ts"
import { resourceTypeWithoutSchema } from "./resource-type-without-schema.ts"
import { roleDoubled } from "./role-doubled.ts"
import { schemaByUrnMissing } from "./schema-by-urn-missing.ts"
import { schemaKeywordsInLowerCase } from "./schema-keywords-in-lower-case.ts"
import { schemasAsArray } from "./schemas-as-array.ts"
import { schemasOptional } from "./schemas-optional.ts"
import { searchBehindCreates } from "./search-behind-creates.ts"
import { searchBehindWrites } from "./search-behind-writes.ts"
import { searchByPostMissing } from "./search-by-post-missing.ts"
import { searchByPostUnfiltered } from "./search-by-post-unfiltered.ts"
import { searchFindsFirstOnly } from "./search-finds-first-only.ts"
import { selectionIgnored } from "./selection-ignored.ts"
import { selectionRefused } from "./selection-refused.ts"
import { severalPrimariesKept } from "./several-primaries-kept.ts"
import { singleMatchUnwrapped } from "./single-match-unwrapped.ts"
import { sortIgnored } from "./sort-ignored.ts"
import { startIndexFromZero } from "./start-index-from-zero.ts"
import { startIndexIgnored } from "./start-index-ignored.ts"
import { startIndexNotEchoed } from "./start-index-not-echoed.ts"
import { startIndexZeroRefused } from "./start-index-zero-refused.ts"
import { subAttributesNotUnderstood } from "./sub-attributes-not-understood.ts"
import { textBooleansRefused } from "./text-booleans-refused.ts"
import { textBooleansTruthy } from "./text-booleans-truthy.ts"
import { textEscapedForHtml } from "./text-escaped-for-html.ts"
import { textInAscii } from "./text-in-ascii.ts"
import { timesComparedAsText } from "./times-compared-as-text.ts"
import { timesInLocalFormat } from "./times-in-local-format.ts"
import { totalOfThePage } from "./total-of-the-page.ts"
import { totalResultsAsText } from "./total-results-as-text.ts"
import { unchangedUserTouched } from "./unchanged-user-touched.ts"
import { unknownAttributeRefused } from "./unknown-attribute-refused.ts"
import { unknownEndpoint200 } from "./unknown-endpoint-200.ts"
import { unknownId400 } from "./unknown-id-400.ts"
import { unknownId500 } from "./unknown-id-500.ts"
import { unknownPathAccepted } from "./unknown-path-accepted.ts"
import { unknownSchema200 } from "./unknown-schema-200.ts"
import { unknownSchemaUrnRefused } from "./unknown-schema-urn-refused.ts"
import { unlistedExtensionRefused } from "./unlisted-extension-refused.ts"
import { urnPathAsName } from "./urn-path-as-name.ts"
import { userGroupsEmpty } from "./user-groups-empty.ts"
import { userNameOptional } from "./user-name-optional.ts"
import { valuePathAsName } from "./value-path-as-name.ts"
import { valuePathNotCreated } from "./value-path-not-created.ts"
import { valuePathOverAllElements } from "./value-path-over-all-elements.ts"
import { wildcardsInValues } from "./wildcards-in-values.ts"
import { workEmailFilterRefused } from "./work-email-filter-refused.ts"
import { wrongToken404 } from "./wrong-token-404.ts"

export { defect } from "./defect.ts"
export type { Defect, DefectTools, FetchHandler } from "./defect.ts"

export const defects: readonly Defect[] = [
  absentMember404,
  acceptNeeded,
  activeBesideOthersIgnored,
  addReplacesList,
  anyTokenAccepted,
  anyTypeStored,
  attributesIgnored,
  attributesWithoutId,
  booleansAsText,
  capitalSubAttributeIgnored,
  challengeMissing,
  charsetRefused,
  clientIdAdopted,
  clientMetaAdopted,
  configMissing,
  configWithoutEtag,
  conflictSwallowed,
  countIgnored,
  countZeroMeansAll,
  createAnswers200,
  createWithoutId,
  createdInactive,
  createdPatchable,
  createdUserNotReadableAtOnce,
  deactivationLeavesGroups,
  deleteAnswers200,
  deleteUnknown500,
  deleteUnknownAccepted,
  deleteWithoutEffect,
  deletedGroupReadable,
  deletedMemberStays,
  deletedNameReserved,
  deletedUserListed,
  deletedUserReadable,
  deletedUserTakesGroups,
  descendingIgnored,
  disableTwice409,
  disableWithoutEffect,
  discoveryFiltered,
  discoveryPaged,
  duplicate500,
  duplicateGroupAccepted,
  duplicateInAnotherCaseAccepted,
  duplicateUserAccepted,
  duplicateWithoutScimType,
  emptyManagerRefused,
  emptyRolesRefused,
  emptySearch404,
  emptySearchWithoutBody,
  emptyTextRefused,
  eqAsContains,
  errorAsPage,
  errorInOwnForm,
  errorStatusNumber,
  errorWithoutBody,
  etagConstant,
  etagMissing,
  etagOfTheTime,
  excludedAttributesIgnored,
  extensionDropped,
  extensionFlattened,
  extensionNotInSchemas,
  extensionNotSearchable,
  externalIdDropped,
  externalIdInLowerCase,
  externalIdNotFilterable,
  filterDeniedAndApplied,
  filterEqOnly,
  filterFoldsExternalId,
  filterIgnored,
  filterNamesCaseSensitive,
  filterOnUserNameOnly,
  filterReadLeftToRight,
  filterValuesCaseSensitive,
  firstMemberOnly,
  flattenedKeysIgnored,
  groupExternalIdDropped,
  groupExternalIdFixed,
  groupFilterIgnored,
  groupNameFixed,
  groupNameOptional,
  groupsSetThroughUser,
  gtAsGe,
  idAsNumber,
  idExcluded,
  idFollowsUserName,
  idInAnotherCase,
  idsFoundAtAnyEndpoint,
  ifMatchIgnored,
  ifMatchRequired,
  ifNoneMatchIgnored,
  inactiveHidden,
  inactiveNameFree,
  invalidFilter500,
  invalidFilterIgnored,
  invalidPatchAccepted,
  largeGroupCut,
  listAsArray,
  listEntriesWithoutId,
  listEntriesWithoutSchemas,
  listedMembersEmptyGroup,
  listedMembersRefused,
  locationMissing,
  locationOfTheCollection,
  mailInLowerCase,
  malformedJson500,
  malformedJsonWithoutType,
  managerAsText,
  managerObjectNeeded,
  mediaTypeJson,
  memberFilterIgnored,
  memberReferenceBroken,
  memberUpdatesLost,
  membersAsPlainIds,
  membersDoubled,
  membersDroppedOnCreate,
  membersNotExcluded,
  metaMissing,
  missingTargetCreated,
  missingTargetIgnored,
  missingTokenAccepted,
  missingValuesSortedFirst,
  negativeCountRefused,
  nestedGroupsRefused,
  newTokenAcceptedLate,
  notIgnored,
  nullRefused,
  nullStoredAsText,
  oldGroupNameReserved,
  operationNamesCaseSensitive,
  pageBeyondTheEnd404,
  passwordReturned,
  patchAnnouncedAndRefused,
  patchAnswers202,
  patchAnswersEmpty200,
  patchNotAtomic,
  patchResetsTheRest,
  patchUnknownIdAccepted,
  patchWithoutEffect,
  pathNeeded,
  phoneNumbersNormalised,
  plainJsonRefused,
  plusNotDecoded,
  presentAlwaysTrue,
  presentMemberConflicts,
  primaryAddressRefused,
  putCreates,
  putMergesLists,
  putRefused,
  putRenewsCreated,
  putWithoutEffect,
  putWithoutUserNameAccepted,
  qualifiedNamesRefused,
  queryDecodedTwice,
  quoteBreaksSearch,
  reactivationIgnored,
  readOnlyPatchIgnored,
  readOnlyValuesRefused,
  referenceCheckRefused,
  refusalsLockOut,
  removalsAppliedLast,
  removeMemberEmptiesGroup,
  removeMemberWithoutEffect,
  removeWithoutEffect,
  removeWithoutPathAccepted,
  replaceClearsSiblings,
  replaceMembersAdds,
  replaceWithoutPathWipes,
  replacedMembersRefused,
  resourceTypeInLowerCase,
  resourceTypeWithoutSchema,
  roleDoubled,
  schemaByUrnMissing,
  schemaKeywordsInLowerCase,
  schemasAsArray,
  schemasOptional,
  searchBehindCreates,
  searchBehindWrites,
  searchByPostMissing,
  searchByPostUnfiltered,
  searchFindsFirstOnly,
  selectionIgnored,
  selectionRefused,
  severalPrimariesKept,
  singleMatchUnwrapped,
  sortIgnored,
  startIndexFromZero,
  startIndexIgnored,
  startIndexNotEchoed,
  startIndexZeroRefused,
  subAttributesNotUnderstood,
  textBooleansRefused,
  textBooleansTruthy,
  textEscapedForHtml,
  textInAscii,
  timesComparedAsText,
  timesInLocalFormat,
  totalOfThePage,
  totalResultsAsText,
  unchangedUserTouched,
  unknownAttributeRefused,
  unknownEndpoint200,
  unknownId400,
  unknownId500,
  unknownPathAccepted,
  unknownSchema200,
  unknownSchemaUrnRefused,
  unlistedExtensionRefused,
  urnPathAsName,
  userGroupsEmpty,
  userNameOptional,
  valuePathAsName,
  valuePathNotCreated,
  valuePathOverAllElements,
  wildcardsInValues,
  workEmailFilterRefused,
  wrongToken404,
]

/** The defect of that name. */
export function findDefect(name: string): Defect | undefined {
  return defects.find((one) => one.name === name)
}
