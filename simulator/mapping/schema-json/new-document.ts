/** A synchronization schema for mappings that were not loaded from one, in the shape of a non-gallery SCIM job (MAP-702 to -707). */
import { sourceAttributes } from "../../directory/source-object.ts"
import type { ObjectMapping, ObjectType, ProvisioningMappings } from "../model.ts"
import { MULTI_VALUED_ATTRIBUTES, REFERENCE_ATTRIBUTES } from "../source-attributes.ts"
import type { AttributeJson, ObjectMappingJson, SynchronizationSchema } from "./shape.ts"

const SOURCE_DIRECTORY = "Azure Active Directory"
/** The target directory of every non-gallery application (MAP-601, observed). */
const TARGET_DIRECTORY = "customappsso"
/** The rule's id in captures, seemingly the same everywhere (GRAPH-704, observed). */
const RULE_ID = "03f7d90d-bf71-41b1-bda6-aaf0ddbee5d8"

/** MAP-707: quotes inside the text are part of it. */
const OBJECT_METADATA: readonly (readonly [string, string])[] = [
  ["IsCustomerDefined", "false"],
  ["DisableMonitoringForChanges", "false"],
  ["Disposition", '"Normal"'],
  ["ExcludeFromReporting", "false"],
  ["EscrowBehavior", '"Default"'],
  ["Unsynchronized", "false"],
]

/** The document around two object mappings; their rows are filled in when it is saved. */
export function newDocument({ user, group }: ProvisioningMappings): SynchronizationSchema {
  return {
    version: "v1.0",
    synchronizationRules: [
      {
        id: RULE_ID,
        name: "USERGROUP_OUTBOUND_USERGROUP",
        priority: 1,
        editable: true,
        sourceDirectoryName: SOURCE_DIRECTORY,
        targetDirectoryName: TARGET_DIRECTORY,
        metadata: [],
        objectMappings: [toObjectMapping(user), toObjectMapping(group)],
      },
    ],
    directories: [
      { name: SOURCE_DIRECTORY, objects: [sourceObject("User"), sourceObject("Group")] },
      { name: TARGET_DIRECTORY, objects: [targetObject(user), targetObject(group)] },
    ],
  }
}

function toObjectMapping({ objectType, targetObjectName }: ObjectMapping): ObjectMappingJson {
  const metadata =
    objectType === "Group" ? [...OBJECT_METADATA, ["OriginalJoiningProperty", "displayName"]] : OBJECT_METADATA
  return {
    sourceObjectName: objectType,
    targetObjectName,
    metadata: metadata.map(([key, value]) => ({ key, value })),
  }
}

function sourceObject(objectType: ObjectType): { name: string; attributes: AttributeJson[] } {
  const attributes = sourceAttributes(objectType).map((name) => ({
    name,
    type: REFERENCE_ATTRIBUTES.has(name) ? ("Reference" as const) : ("String" as const),
    multivalued: MULTI_VALUED_ATTRIBUTES.has(name),
    anchor: name === "objectId",
  }))
  return { name: objectType, attributes }
}

/** MAP-4xx: the anchor, and every target of the mapping. */
function targetObject({ targetObjectName, attributes }: ObjectMapping): { name: string; attributes: AttributeJson[] } {
  const listed = attributes.map(({ target, targetType, multiValued, required = false, caseExact = false }) => ({
    name: target,
    type: targetType,
    multivalued: multiValued,
    required,
    caseExact,
    anchor: false,
  }))
  const anchor = {
    name: "id",
    type: "String" as const,
    multivalued: false,
    required: false,
    caseExact: true,
    anchor: true,
  }
  return { name: targetObjectName, attributes: [anchor, ...listed] }
}
