/** Every function of the language, by name (FN-LIST-1, FN-LIST-2, FN-LIST-3). */
import { CASE_FUNCTIONS } from "./case.ts"
import { CHANCE_FUNCTIONS } from "./chance.ts"
import { CHOICE_FUNCTIONS } from "./choice.ts"
import { CLOUD_SYNC_FUNCTIONS } from "./cloud-sync.ts"
import { DATE_FUNCTIONS } from "./dates.ts"
import type { FunctionDefinition } from "./definition.ts"
import { ENCODING_FUNCTIONS } from "./encoding.ts"
import { LIST_FUNCTIONS } from "./lists.ts"
import { NUMBER_FUNCTIONS } from "./numbers.ts"
import { REPLACE_FUNCTIONS } from "./replace.ts"
import { TENANT_FUNCTIONS } from "./tenant.ts"
import { TEXT_FUNCTIONS } from "./text.ts"

const FUNCTIONS: ReadonlyMap<string, FunctionDefinition> = new Map(
  [
    ...CASE_FUNCTIONS,
    ...CHANCE_FUNCTIONS,
    ...CHOICE_FUNCTIONS,
    ...CLOUD_SYNC_FUNCTIONS,
    ...DATE_FUNCTIONS,
    ...ENCODING_FUNCTIONS,
    ...LIST_FUNCTIONS,
    ...NUMBER_FUNCTIONS,
    ...REPLACE_FUNCTIONS,
    ...TENANT_FUNCTIONS,
    ...TEXT_FUNCTIONS,
  ]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((definition) => [definition.name, definition]),
)

/** The function of that exact name, of either product. */
export function findFunction(name: string): FunctionDefinition | undefined {
  return FUNCTIONS.get(name)
}

/** All functions, by name; Cloud Sync's own only when asked for (FN-LIST-3, RES-19). */
export function functionDefinitions(options: { readonly cloudSync?: boolean } = {}): readonly FunctionDefinition[] {
  return [...FUNCTIONS.values()].filter((one) => options.cloudSync === true || one.cloudSyncOnly !== true)
}
