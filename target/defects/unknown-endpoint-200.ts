import { defect } from "./defect.ts"
import { routeOf } from "./rewriting.ts"

const PAGE = "<!doctype html><title>Orchard</title><div id=app></div>"

export const unknownEndpoint200 = defect({
  name: "unknown-endpoint-200",
  title: "Unknown paths are answered with the web application's page",
  seen: "single-page applications that serve their page for everything; OneUptime #1984: no way to see why Test Connection fails",
  level: "should",
  wrap: (next) => async (request) =>
    routeOf(request) === "GET /"
      ? new Response(PAGE, { status: 200, headers: { "content-type": "text/html" } })
      : next(request),
})
