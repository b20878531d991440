/** A user or group as expressions and scoping filters read it: by the directory's attribute names (MAP-121, documented). */
import { nearest } from "../../protocol/index.ts"
import type { MappedValue, ObjectType, SourceObject } from "../mapping/model.ts"
import {
  GROUP_FLAGS,
  GROUP_LISTS,
  GROUP_TEXTS,
  isExtensionName,
  type StoredValue,
  USER_FLAGS,
  USER_LISTS,
  USER_TEXTS,
} from "./attributes.ts"
import { DirectoryError } from "./directory-error.ts"
import type { Group, User } from "./model.ts"
import { toOriginalAddress } from "./user-principal-name.ts"

/** Computed by the job, since they depend on its application and scope (MAP-125): the directory can't answer for them. */
const JOB_ATTRIBUTES = ["IsSoftDeleted", "appRoleAssignments"] as const

/** Source attributes per object type: those of the directory but `userType` (MAP-123), the computed ones and the references. */
const SOURCE_ATTRIBUTES: Readonly<Record<ObjectType, readonly string[]>> = {
  User: [
    ...[...USER_TEXTS, ...USER_LISTS, ...USER_FLAGS].filter((name) => name !== "userType"),
    "objectId",
    "originalUserPrincipalName",
    "manager",
    "passwordProfile.password",
    ...JOB_ATTRIBUTES,
  ],
  Group: [...GROUP_TEXTS, ...GROUP_LISTS, ...GROUP_FLAGS, "objectId", "members", "IsSoftDeleted"],
}

const SOURCE_ATTRIBUTE_SETS: Readonly<Record<ObjectType, ReadonlySet<string>>> = {
  User: new Set(SOURCE_ATTRIBUTES.User),
  Group: new Set(SOURCE_ATTRIBUTES.Group),
}

/** Those among them that the directory itself has. */
const DIRECTORY_ATTRIBUTE_SETS: Readonly<Record<ObjectType, ReadonlySet<string>>> = {
  User: SOURCE_ATTRIBUTE_SETS.User.difference(new Set(JOB_ATTRIBUTES)),
  Group: SOURCE_ATTRIBUTE_SETS.Group.difference(new Set(JOB_ATTRIBUTES)),
}

/** The names that a mapping of this object type may refer to; directory extensions come on top (MAP-122). */
export function sourceAttributes(objectType: ObjectType): readonly string[] {
  return SOURCE_ATTRIBUTES[objectType]
}

/** Whether a mapping may refer to the attribute. Anything else is a configuration error (MAP-126, inferred). */
export function isSourceAttribute(objectType: ObjectType, name: string): boolean {
  return SOURCE_ATTRIBUTE_SETS[objectType].has(name) || isExtensionName(name)
}

/** Whether the directory itself has the attribute; what only a job can compute it has not (MAP-125). */
export function isDirectoryAttribute(objectType: ObjectType, name: string): boolean {
  return DIRECTORY_ATTRIBUTE_SETS[objectType].has(name) || isExtensionName(name)
}

export interface SourceObjectOptions {
  /**
   * Whether a user in the recycle bin shows the mangled name it has there. By default it keeps the name it had: Entra is said to send the
   * mangled one at times (ENG-DEPROV-16, observed; RES-11: by switch).
   */
  readonly flowMangledUpn?: boolean
  /** Gives the ids of a group's members; read only where a mapping asks for `members`. */
  readonly memberIds?: () => readonly string[]
}

/** The source side of a mapping. Reading throws {@link DirectoryError} for a name that is no source attribute, and for one that the job supplies. */
export function toSourceObject(object: User | Group, options: SourceObjectOptions = {}): SourceObject {
  return {
    read(attribute) {
      if (!isDirectoryAttribute(object.objectType, attribute)) throw refusalOf(object.objectType, attribute)
      return object.objectType === "User" ? readUser(object, attribute, options) : readGroup(object, attribute, options)
    },
  }
}

function refusalOf(objectType: ObjectType, attribute: string): DirectoryError {
  if (isSourceAttribute(objectType, attribute)) {
    const message = `"${attribute}" depends on the job, which must supply it; the directory can't.`
    return new DirectoryError("UnknownAttribute", message)
  }
  const meant = nearest(attribute, SOURCE_ATTRIBUTES[objectType])
  const hint = meant === undefined ? "" : ` Did you mean "${meant}"?`
  return new DirectoryError(
    "UnknownAttribute",
    `A mapping of a ${objectType.toLowerCase()} can't read "${attribute}".${hint}`,
  )
}

function readUser(user: User, attribute: string, { flowMangledUpn = false }: SourceObjectOptions): MappedValue {
  const fullName = flowMangledUpn ? user.userPrincipalName : (user.nameBeforeDeletion ?? user.userPrincipalName)
  switch (attribute) {
    case "objectId":
      return user.id
    case "manager":
      return user.managerId
    case "userPrincipalName":
      return toOriginalAddress(fullName)
    case "originalUserPrincipalName":
      return fullName
    default:
      return readStored(user, attribute)
  }
}

function readGroup(group: Group, attribute: string, { memberIds }: SourceObjectOptions): MappedValue {
  switch (attribute) {
    case "objectId":
      return group.id
    case "members": {
      const ids = memberIds?.() ?? []
      return ids.length === 0 ? null : ids
    }
    default:
      return readStored(group, attribute)
  }
}

/** Flags read as the text that expressions know: "True" and "False" (MAP-202, documented by example). */
function readStored(object: User | Group, attribute: string): MappedValue {
  const value = (object as unknown as Readonly<Record<string, StoredValue | undefined>>)[attribute]
  if (value === undefined) return null
  return typeof value === "boolean" ? (value ? "True" : "False") : value
}
