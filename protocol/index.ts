/** The vocabulary that both sides speak: shapes and grammar, no behaviour. */
export { COMPARE_OPERATORS } from "./filter/ast.ts"
export type {
  AttributePath,
  AttributeSelector,
  CompareOperator,
  CompareValue,
  Filter,
  PatchPath,
  ValuePath,
} from "./filter/ast.ts"
export { parseFilter } from "./filter/parser.ts"
export type { FilterLimits } from "./filter/parser.ts"
export { printAttributePath, printFilter, printPath } from "./filter/print.ts"
export { FilterSyntaxError, PathSyntaxError, renderCaret } from "./filter/syntax-error.ts"
export { parseAttributeList, parseAttributePath, parseAttributeSelector, parsePath } from "./path.ts"
export type { PathOptions } from "./path.ts"

export { COMMON_ATTRIBUTES } from "./schemas/common.ts"
export type {
  AttributeDefinition,
  AttributeType,
  Mutability,
  ResourceTypeDefinition,
  Returned,
  SchemaDefinition,
  Uniqueness,
} from "./schemas/definition.ts"
export { ENTERPRISE_USER_SCHEMA } from "./schemas/enterprise-user.ts"
export { GROUP_RESOURCE_TYPE, GROUP_SCHEMA } from "./schemas/group.ts"
export { RESOURCE_TYPE_SCHEMA } from "./schemas/resource-type.ts"
export { findAttribute, findSchema, resolveAttribute } from "./schemas/resolve.ts"
export type { ResolvedAttribute, ResolveOptions, ResourceSchemas } from "./schemas/resolve.ts"
export { SCHEMA_SCHEMA } from "./schemas/schema.ts"
export { SERVICE_PROVIDER_CONFIG_SCHEMA } from "./schemas/service-provider-config.ts"
export { USER_RESOURCE_TYPE, USER_SCHEMA } from "./schemas/user.ts"

export { nearest } from "./nearest.ts"

export { isScimType, SCIM_TYPES, toErrorMessage } from "./errors.ts"
export type { ErrorMessage, ScimType } from "./errors.ts"
export {
  errorMessageSchema,
  groupSchema,
  listResponseSchema,
  patchOperationSchema,
  patchRequestSchema,
  resourceSchema,
  searchRequestSchema,
  userSchema,
} from "./messages.ts"
export type {
  GroupResource,
  ListResponse,
  PatchOperation,
  PatchRequest,
  Resource,
  SearchRequest,
  UserResource,
} from "./messages.ts"

export { EnvironmentError, UsageError } from "./user-errors.ts"
export type { EnvironmentCode, UsageCode } from "./user-errors.ts"

export { toDate, toRfc3339 } from "./time.ts"
export type { Clock, IdSource, Random, Scheduler } from "./time.ts"
export { headerOf, TransportError } from "./transport.ts"
export type { HttpRequest, HttpResponse, Transport, TransportFailure } from "./transport.ts"
export {
  ADSCIM_GROUP_URN,
  BULK_REQUEST_URN,
  BULK_RESPONSE_URN,
  ENTERPRISE_USER_URN,
  ERROR_URN,
  GROUP_URN,
  LIST_RESPONSE_URN,
  PATCH_OP_URN,
  RESOURCE_TYPE_URN,
  SCHEMA_URN,
  SCIM_MEDIA_TYPE,
  SEARCH_REQUEST_URN,
  SERVICE_PROVIDER_CONFIG_URN,
  USER_URN,
} from "./urns.ts"
