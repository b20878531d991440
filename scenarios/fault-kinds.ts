/** The kinds of fault that several cases see: each has one sentence for verdicts and causes, and most have one advice. */

interface FaultKind {
  readonly sentence: string
  /** What to do about it; absent where the case that sees it knows better. */
  readonly advice?: string
}

const KINDS: Readonly<Record<string, FaultKind>> = {
  // Plain whatever was asked
  "server-error": {
    sentence: "A request is answered with a server error",
    advice:
      "Find the exception behind this request in the server's log; answer what a client did wrong with a 4xx status and a SCIM error message.",
  },
  redirected: {
    sentence: "A request is answered with a redirect",
    advice: "Answer at the address that was asked: provisioning clients do not follow redirects.",
  },
  throttled: {
    sentence: "Requests are refused as too many",
    advice: "Let at least 25 requests a second pass for each tenant, and name the time to wait in Retry-After.",
  },
  "credentials-refused": { sentence: "Credentials that work elsewhere are refused for one kind of request" },
  "method-not-supported": { sentence: "A method that SCIM clients need is not supported" },
  "no-answer": { sentence: "A request gets no answer" },

  // Form
  "media-type-refused": { sentence: "The media type application/scim+json is refused" },
  "media-type": { sentence: "Answers do not come as application/scim+json" },
  "error-form": { sentence: "Errors are answered without a SCIM error message" },
  "status-not-string": { sentence: "The status in error messages is a number instead of a string" },
  "scim-type": { sentence: "Errors come without the scimType that tells clients what is wrong" },
  "list-response": {
    sentence: "A search is answered with something that is no ListResponse",
    advice: "Wrap every search result in a ListResponse with schemas, totalResults and Resources.",
  },
  "id-missing": { sentence: "A resource comes without an id that is a string" },
  "id-unstable": { sentence: "The id of a resource changes" },

  // Searches
  "empty-search-not-200": {
    sentence: "A search that finds nobody is not answered with 200 and an empty list",
    advice: "A search that finds nothing is no error: answer 200 with totalResults 0.",
  },
  "filter-ignored": {
    sentence: "The filter of a search is ignored: it returns resources that do not match",
    advice:
      "Apply the filter parameter on /Users and /Groups alike, before paging; refuse what you cannot apply with 400 invalidFilter.",
  },
  "filter-misses": { sentence: "A search does not find a resource that matches its filter" },
  "filter-refused": { sentence: "A filter on an attribute that is stored is refused" },
  "search-refused": { sentence: "A search that Entra needs is refused" },
  "search-behind-writes": { sentence: "A search does not see what was just written" },
  "several-matches": { sentence: "Two resources have a value that only one may have" },
  "case-sensitive-filter": {
    sentence: "A search looks at letter case where it must not",
    advice:
      "Compare userName, displayName and every attribute that is not caseExact without regard to case, for instance by an index over the lower-case form.",
  },
  "names-case-sensitive": { sentence: "Attribute names or operators are read with an eye to letter case" },
  "plus-not-decoded": {
    sentence: "A plus sign in a query is not read as a space",
    advice: "Decode query strings as forms do: Entra writes a space as + and a plus sign as %2B.",
  },
  "special-characters": { sentence: "A value with quotes or other special characters is not found again" },

  // Creates
  "create-refused": { sentence: "A create that Entra sends is refused" },
  "created-not-readable": { sentence: "What was created cannot be read" },
  "duplicate-accepted": { sentence: "A second resource with a name that is taken is accepted" },
  "duplicate-status": { sentence: "A name that is taken is not refused with 409" },
  "attribute-dropped": { sentence: "An attribute is accepted and not kept" },
  "value-altered": { sentence: "A value comes back altered" },

  // PATCH
  "patch-refused": { sentence: "A PATCH that clients send is refused" },
  "patch-conflict": { sentence: "A change is refused as a conflict" },
  "patch-operation-case": {
    sentence: "PATCH operations with a capital letter (Add, Replace, Remove) are refused",
    advice: "Compare op without regard to case: Entra writes Add, Replace and Remove.",
  },
  "patch-without-effect": { sentence: "A PATCH is answered with success and changes nothing" },
  "patch-touches-others": { sentence: "A PATCH changes attributes that it does not name" },
  "path-needed": {
    sentence: "A PATCH without a path is not understood",
    advice:
      "Without a path, take the value for an object of attributes; its keys may be dotted (name.givenName) or begin with a URN.",
  },
  "value-path-not-created": {
    sentence: "A PATCH to an element that is not there yet is refused or lost",
    advice:
      'Where a path such as emails[type eq "work"].value selects nothing, create the element with the values of the filter: Entra relies on it.',
  },
  "boolean-string-rejected": {
    sentence: 'Booleans as text ("True", "False") are refused',
    advice: 'Accept "True" and "False" in any letter case for Boolean attributes, and return JSON Booleans.',
  },
  "manager-string-rejected": {
    sentence: "A manager given as a plain id is refused",
    advice: 'Accept a manager as text, as {"value": id} and as a list of one, and return it as {"value": id}.',
  },
  "if-match-required": { sentence: "Changes are refused without If-Match, which Entra never sends" },

  // Life of a user
  "inactive-hidden": { sentence: "A disabled user is no longer found" },
  "disable-without-effect": { sentence: "Disabling a user is answered with success and changes nothing" },
  "enable-without-effect": { sentence: "Enabling a user is answered with success and changes nothing" },
  "unknown-id": { sentence: "A request for a resource that does not exist is not answered with 404" },
  "deleted-still-there": { sentence: "What was deleted can still be read" },
  "deleted-name-reserved": { sentence: "The name of a deleted resource stays taken" },

  // Members
  "members-not-excluded": { sentence: "Members are returned although excludedAttributes names them" },
  "add-member-refused": { sentence: "Members cannot be added to a group" },
  "member-not-added": { sentence: "A member who was added is not in the group" },
  "member-doubled": { sentence: "A member who is added twice is in the group twice" },
  "remove-members-empties-group": {
    sentence: "Removing one member empties the group",
    advice:
      "A remove on members with a value list removes those listed and nobody else; with a filter, those it selects.",
  },
  "remove-member-without-effect": { sentence: "A member who was removed is still in the group" },
  "concurrent-members-lost": {
    sentence: "Members added at the same time are lost",
    advice:
      "Add and remove members one row at a time in one transaction, instead of reading and writing the whole list.",
  },
  "large-group-cut": { sentence: "A large group loses members when one more is added" },
}

/** The sentence of a kind of fault; undefined for a code that is the case's own. */
export function sentenceFor(code: string): string | undefined {
  return KINDS[code]?.sentence
}

/** What to do about a kind of fault, whatever the case that sees it had in mind; undefined where the case knows better. */
export function adviceFor(code: string): string | undefined {
  return KINDS[code]?.advice
}

/** The headline of a finding whose message a matcher made: its kind or, where the code is the case's own, that the title does not hold. */
export function headlineOf(code: string, title: string): string {
  return sentenceFor(code) ?? `Not so: “${title}”`
}
