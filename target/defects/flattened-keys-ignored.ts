import { isJsonObject } from "../json.ts"
import { defect } from "./defect.ts"
import { pathOf } from "./patch-changes.ts"
import { ignoreOperations } from "./patch-part-ignored.ts"

export const flattenedKeysIgnored = defect({
  name: "flattened-keys-ignored",
  title: "Keys such as name.givenName in a value without path are ignored",
  seen: "SCIM-SDK #193, pingidentity/scim2 #224, scim-for-keycloak #26: updates lost without an error",
  level: "entra",
  wrap: (next) =>
    ignoreOperations(next, (operation) => {
      const { value } = operation
      if (pathOf(operation) !== "" || !isJsonObject(value)) return operation
      return { ...operation, value: Object.fromEntries(Object.entries(value).filter(([key]) => !/[.:]/.test(key))) }
    }),
})
