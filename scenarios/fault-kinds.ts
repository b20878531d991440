/** The kinds of fault that matchers name by themselves, each as one sentence for verdicts and causes. */
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
}

/**
 * The headline of a finding whose message a matcher made: what kind of fault it is or, where the code is the case's own, that
 * its title does not hold.
 */
export function headlineOf(code: string, title: string): string {
  return SENTENCES[code] ?? `Not so: “${title}”`
}
