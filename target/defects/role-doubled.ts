import { defect } from "./defect.ts"
import { changeOperations, pathOf } from "./patch-changes.ts"

export const roleDoubled = defect({
  name: "role-doubled",
  title: 'roles[primary eq "True"] does not find the role whose primary is true, and makes a second one',
  seen: "pingidentity/scim2 #239; WIRE-139",
  level: "should",
  wrap: (next) => async (request) =>
    next(
      await changeOperations(request, (operation) =>
        pathOf(operation) === 'roles[primary eq "True"].value'
          ? { op: "add", path: "roles", value: [{ value: operation["value"] ?? null }] }
          : operation,
      ),
    ),
})
