/** What Microsoft advises for an error code (table ENG-ERR, documented), in our words. */

const RETRIED = "Nothing to do: it is tried again in 40 minutes."

const NOT_ALLOWED = "The account is known but not allowed to do this: check the application's instructions."

const ADVICE: Readonly<Record<string, string>> = {
  Conflict: "Change the conflicting value in the source, or the matching attributes.",
  EntryConflict: "Change the conflicting value in the source, or the matching attributes.",
  TooManyRequests: "Nothing to do: it is tried again. If it lasts, let the application take more requests.",
  InternalServerError: RETRIED,
  WebExceptionProtocolError: RETRIED,
  InternalError: RETRIED,
  Timeout: RETRIED,
  InsufficientRights: NOT_ALLOWED,
  NotPermitted: NOT_ALLOWED,
  Unauthorized: NOT_ALLOWED,
  MethodNotAllowed: "The application does not allow this method: check its instructions.",
  UnprocessableEntity: "The application answered unexpectedly: check its configuration.",
  NotImplemented: "The application does not offer this: check its instructions.",
  InvalidAnchor:
    "The linked object is gone from the application: restore it, or restart provisioning with resetScope Full.",
  MandatoryFieldsMissing: "Fill the required attributes in the source, or map them.",
  MissingValues: "Fill the required attributes in the source, or map them.",
  SchemaAttributeNotFound: "The application does not know an attribute that is mapped: correct the mapping.",
  InvalidDomain: "Use a domain that the application allows, or allow this one there.",
  LicenseLimitExceeded: "Buy more licences of the application, or narrow the scope.",
  ImportSkipped: "Fill an attribute that objects are matched by.",
  EntrySynchronizationSkipped: "Nothing to do: the object is out of scope, or the same already.",
  DuplicateTargetEntries: "Remove the duplicate in the application, or match by another attribute.",
  DuplicateSourceEntries: "Let only one person or group have this matching value.",
  SchemaPropertyCanOnlyAcceptValue: "Map one value to this attribute: it takes only one.",
  SystemForCrossDomainIdentityManagementMultipleEntriesInResponse:
    "The endpoint must answer a read of one object with that object.",
  SystemForCrossDomainIdentityManagementServiceIncompatible:
    "The endpoint's answer cannot be read: compare it with the SCIM requirements.",
  SystemForCrossDomainIdentityManagementServiceIncompatibleFiltering:
    "The endpoint must support this filter: compare it with the SCIM requirements.",
  SystemForCrossDomainIdentityManagementBadRequest:
    "The endpoint refused the request: its answer says why. Check the attribute mappings.",
}

export function recommendedAction(errorCode: string): string {
  return ADVICE[errorCode] ?? "Look at the steps of this entry and at the application's own log."
}
