import type { Check } from "../../define.ts"
import { dates } from "./dates.ts"
import { emptySearch } from "./empty-search.ts"
import { findUser } from "./find-user.ts"
import { findGroup, findByMember } from "./groups.ts"
import { invalidFilter } from "./invalid-filter.ts"
import { listEntries, listResponse } from "./list.ts"
import { logic } from "./logic.ts"
import { nameCase } from "./name-case.ts"
import { operators } from "./operators.ts"
import { otherAttributes } from "./other-attributes.ts"
import { present } from "./present.ts"
import { qualifiedNames, extensionAttributes } from "./qualified-names.ts"
import { specialCharacters } from "./special-characters.ts"
import { userNameCase, externalIdCase } from "./value-case.ts"
import { valuePath } from "./value-path.ts"

/** Checks of query, in the order of reports: the basic ones first. */
export const queryChecks: readonly Check[] = [
  findUser,
  listResponse,
  dates,
  listEntries,
  emptySearch,
  findGroup,
  findByMember,
  invalidFilter,
  logic,
  nameCase,
  operators,
  otherAttributes,
  present,
  qualifiedNames,
  extensionAttributes,
  specialCharacters,
  userNameCase,
  externalIdCase,
  valuePath,
]
