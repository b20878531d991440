/** What was wrong with a request to the directory. */
export type DirectoryErrorCode =
  | "UnknownAttribute" // no attribute of that name
  | "InvalidValue" // the attribute takes another kind of value
  | "MissingValue" // the object cannot exist without it
  | "DuplicateValue" // another object has it, and it is unique in the tenant
  | "UnknownObject" // no user, group or application of that id
  | "WrongState" // deleted where a live object is needed, or the other way round
  | "DuplicateReference" // already a member, already assigned
  | "UnknownReference" // not a member, not assigned
  | "NotAssignable" // the group may not be assigned to applications

/** The directory refused a change; nothing was written. The message says what, where, and what to do. */
export class DirectoryError extends Error {
  override readonly name = "DirectoryError"
  readonly code: DirectoryErrorCode

  constructor(code: DirectoryErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
