import { ENTERPRISE_USER_URN } from "../../protocol/index.ts"
import { isJsonObject } from "../json.ts"
import { defect } from "./defect.ts"
import { changeResources } from "./rewriting.ts"

export const managerAsText = defect({
  name: "manager-as-text",
  title: "The manager is returned as a bare id",
  seen: "Broadcom KB 389788 (WIRE-080): Entra cannot parse it and rejects the whole user",
  level: "must",
  wrap: (next) => async (request) =>
    changeResources(await next(request), (resource) => {
      const extension = resource[ENTERPRISE_USER_URN]
      if (!isJsonObject(extension) || !isJsonObject(extension["manager"])) return resource
      const manager = extension["manager"]["value"] ?? null
      return { ...resource, [ENTERPRISE_USER_URN]: { ...extension, manager } }
    }),
})
