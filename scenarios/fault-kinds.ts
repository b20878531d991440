/** The kinds of fault that several cases see, each as one sentence for verdicts and causes. */
const SENTENCES: Readonly<Record<string, string>> = {
  "server-error": "A request is answered with a server error",
  redirected: "A request is answered with a redirect",
  "credentials-refused": "Credentials that work elsewhere are refused for one kind of request",
  "method-not-supported": "A method that SCIM clients need is not supported",
  "media-type-refused": "The media type application/scim+json is refused",
  throttled: "Requests are refused as too many",
  "media-type": "Answers do not come as application/scim+json",
  "error-form": "Errors are answered without a SCIM error message",
  "status-not-string": "The status in error messages is a number instead of a string",
  "scim-type": "Errors come without the scimType that tells clients what is wrong",
  "list-response": "A search is answered with something that is no ListResponse",
  "filter-ignored": "The filter of a search is ignored: it returns resources that do not match",
  "filter-misses": "A search does not find a resource that matches its filter",
  "several-matches": "Two resources have a value that only one may have",
  "case-sensitive-filter": "A search looks at letter case where it must not",
  "names-case-sensitive": "Attribute names or operators in filters are read with an eye to letter case",
  "filter-refused": "A filter on an attribute that is stored is refused",
  "special-characters": "A value with quotes or other special characters is not found again",
  "empty-search-not-200": "A search that finds nobody is not answered with 200 and an empty list",
  "duplicate-accepted": "A second resource with a name that is taken is accepted",
  "created-not-readable": "What was created cannot be read",
  "attribute-dropped": "An attribute is accepted and not kept",
  "value-altered": "A value comes back altered",
  "unknown-id": "A request for a resource that does not exist is not answered with 404",
  "patch-refused": "A PATCH that clients send is refused",
  "patch-without-effect": "A PATCH is answered with success and changes nothing",
  "patch-touches-others": "A PATCH changes attributes that it does not name",
  "add-member-refused": "Members cannot be added to a group",
  "remove-members-empties-group": "Removing one member empties the group",
  "member-doubled": "A member who is added twice is in the group twice",
  "inactive-hidden": "A disabled user is no longer found",
  "disable-without-effect": "Disabling a user is answered with success and changes nothing",
  "deleted-name-reserved": "The name of a deleted resource stays taken",
  "members-not-excluded": "Members are returned although excludedAttributes names them",
}

/**
 * The headline of a finding whose message a matcher made: what kind of fault it is or, where the code is the case's own, that
 * its title does not hold.
 */
export function headlineOf(code: string, title: string): string {
  return SENTENCES[code] ?? `Not so: “${title}”`
}

/** What to do about a fault that is plain whatever was asked. */
const ADVICE: Readonly<Record<string, string>> = {
  "server-error":
    "Find the exception behind this request in the server's log; answer what a client did wrong with a 4xx status and a SCIM error message.",
  redirected: "Answer at the address that was asked: provisioning clients do not follow redirects.",
  throttled: "Let at least 25 requests a second pass for each tenant, and name the time to wait in Retry-After.",
}

/** The advice for such a fault, whatever the case had in mind; undefined for faults that a case understands better. */
export function adviceFor(code: string | undefined): string | undefined {
  return code === undefined ? undefined : ADVICE[code]
}
