/** Names of routes for metrics: patterns in place of paths, so that there are few of them. */

/** What a path outside the known endpoints is called. */
const OTHER = "other"

interface Names {
  readonly collection: string
  readonly item: string
  readonly search: string
}

/** Names a path by the endpoints there are, such as `/Users`: the collection, one of its resources, or its search. */
export function createRouteNames(endpoints: readonly string[]): (path: string) => string {
  const names = new Map<string, Names>(
    endpoints.map((endpoint) => [
      endpoint,
      { collection: endpoint, item: `${endpoint}/:id`, search: `${endpoint}/.search` },
    ]),
  )
  return (path) => {
    if (path === "" || path === "/") return "/"
    const slash = path.indexOf("/", 1)
    const known = names.get(slash === -1 ? path : path.slice(0, slash))
    if (known === undefined) return OTHER
    const rest = slash === -1 ? "" : path.slice(slash)
    return rest === "" || rest === "/" ? known.collection : rest === "/.search" ? known.search : known.item
  }
}
