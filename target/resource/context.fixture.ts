/** What tests below the HTTP edge share: the shapes of people and groups, and a context in memory whose clock stands still. */
import {
  ENTERPRISE_USER_SCHEMA,
  GROUP_RESOURCE_TYPE,
  GROUP_SCHEMA,
  USER_RESOURCE_TYPE,
  USER_SCHEMA,
} from "../../protocol/index.ts"
import { DEFAULT_LIMITS } from "../limits.ts"
import { openDatabase } from "../store/database.ts"
import { ResourceStore } from "../store/resource-store.ts"
import { tolerancesOf } from "../tolerances.ts"
import type { ResourceContext } from "./context.ts"
import { giveUpAtSecret } from "./secrets.ts"
import { createShape } from "./shape.ts"

const schemas = [USER_SCHEMA, GROUP_SCHEMA, ENTERPRISE_USER_SCHEMA]
export const users = createShape(USER_RESOURCE_TYPE, schemas)
export const groups = createShape(GROUP_RESOURCE_TYPE, schemas)
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
