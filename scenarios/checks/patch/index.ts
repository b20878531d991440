import type { Check } from "../../define.ts"
import { addToList, addWithoutPath } from "./add.ts"
import { patchChanges, patchAnswer } from "./change.ts"
import { readOnlyPatch, unknownPath, patchUnknownId } from "./refusals.ts"
import { removeAttribute, removeSelected, removeWithoutPath } from "./remove.ts"
import { replaceComplex, replaceSelected, replaceWithoutMatch } from "./replace.ts"
import { patchAtomic, patchOrder, patchNoChange, primaryMoves } from "./whole.ts"

/** Checks of patch, in the order of reports: the basic ones first. */
export const patchChecks: readonly Check[] = [
  patchChanges,
  addToList,
  addWithoutPath,
  patchAnswer,
  readOnlyPatch,
  unknownPath,
  patchUnknownId,
  removeAttribute,
  removeSelected,
  removeWithoutPath,
  replaceComplex,
  replaceSelected,
  replaceWithoutMatch,
  patchAtomic,
  patchOrder,
  patchNoChange,
  primaryMoves,
]
