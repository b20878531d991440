/** What tests below the HTTP edge share: the shapes of people and groups, and a context in memory whose clock stands still. */
import { GROUP_RESOURCE_TYPE, USER_RESOURCE_TYPE } from "../../protocol/index.ts"
import { DEFAULT_LIMITS } from "../limits.ts"
import { CORE_CATALOGUE } from "../schemas/catalogue.ts"
import { openDatabase } from "../store/database.ts"
import { ResourceStore } from "../store/resource-store.ts"
import { tolerancesOf } from "../tolerances.ts"
import type { ResourceContext } from "./context.ts"
import { giveUpAtSecret } from "./secrets.ts"
import { createShape } from "./shape.ts"

export const users = createShape(USER_RESOURCE_TYPE, CORE_CATALOGUE.schemas)
export const groups = createShape(GROUP_RESOURCE_TYPE, CORE_CATALOGUE.schemas)
export const addressing = {
  base: "https://example.com/v2",
  types: ["User", "Group"],
  collectionUrl: (type: string) => `https://example.com/v2/${type}s`,
}

export function createContext(uniqueNames: readonly string[] = []): ResourceContext {
  return {
    store: new ResourceStore(openDatabase(":memory:")),
    clock: { now: () => 0 },
    ids: { next: () => "" },
    tolerances: tolerancesOf("entra"),
    limits: DEFAULT_LIMITS,
    uniqueNames: new Set(uniqueNames),
    hashSecret: giveUpAtSecret,
  }
}
