/** Every case there is. One import per area, by hand. */
import { authenticationChecks } from "./checks/authentication/index.ts"
import { contentChecks } from "./checks/content/index.ts"
import { createChecks } from "./checks/create/index.ts"
import { deleteChecks } from "./checks/delete/index.ts"
import { discoveryChecks } from "./checks/discovery/index.ts"
import { entraChecks } from "./checks/entra/index.ts"
import { errorsChecks } from "./checks/errors/index.ts"
import { etagChecks } from "./checks/etag/index.ts"
import { groupsChecks } from "./checks/groups/index.ts"
import { paginationChecks } from "./checks/pagination/index.ts"
import { patchChecks } from "./checks/patch/index.ts"
import { projectionChecks } from "./checks/projection/index.ts"
import { putChecks } from "./checks/put/index.ts"
import { queryChecks } from "./checks/query/index.ts"
import { retrieveChecks } from "./checks/retrieve/index.ts"
import { searchChecks } from "./checks/search/index.ts"
import { sortChecks } from "./checks/sort/index.ts"
import type { Case } from "./define.ts"
import { entraScenarios } from "./entra/index.ts"
import { wholeDirectory } from "./entra/whole-directory.ts"
import { SUITES } from "./select.ts"

/** By area: what is needed first stands first. */
const CASES: readonly Case[] = [
  ...authenticationChecks,
  ...discoveryChecks,
  ...createChecks,
  ...retrieveChecks,
  ...queryChecks,
  ...paginationChecks,
  ...projectionChecks,
  ...sortChecks,
  ...searchChecks,
  ...putChecks,
  ...patchChecks,
  ...deleteChecks,
  ...groupsChecks,
  ...etagChecks,
  ...contentChecks,
  ...errorsChecks,
  ...entraChecks,
  ...entraScenarios,
  wholeDirectory,
]

/** Every case, in the order of runs and reports: suite by suite, and by area within each. */
export const ALL_CASES: readonly Case[] = SUITES.flatMap((suite) => CASES.filter((each) => each.suite === suite))
