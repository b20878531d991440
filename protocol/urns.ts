/** URNs, media types and well-known names of RFC 7643 and RFC 7644. A protocol string is written here and nowhere else. */

export const USER_URN = "urn:ietf:params:scim:schemas:core:2.0:User"
export const GROUP_URN = "urn:ietf:params:scim:schemas:core:2.0:Group"
export const ENTERPRISE_USER_URN = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
export const SERVICE_PROVIDER_CONFIG_URN = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"
export const RESOURCE_TYPE_URN = "urn:ietf:params:scim:schemas:core:2.0:ResourceType"
export const SCHEMA_URN = "urn:ietf:params:scim:schemas:core:2.0:Schema"

export const LIST_RESPONSE_URN = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
export const SEARCH_REQUEST_URN = "urn:ietf:params:scim:api:messages:2.0:SearchRequest"
export const PATCH_OP_URN = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
export const BULK_REQUEST_URN = "urn:ietf:params:scim:api:messages:2.0:BulkRequest"
export const BULK_RESPONSE_URN = "urn:ietf:params:scim:api:messages:2.0:BulkResponse"
export const ERROR_URN = "urn:ietf:params:scim:api:messages:2.0:Error"

/** Sent by Entra in `schemas` of a new group, an URN of Microsoft's own (WIRE-161, documented). */
export const ADSCIM_GROUP_URN = "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"

export const SCIM_MEDIA_TYPE = "application/scim+json"
