/**
 * A store without a unique index. The target has one, so a second user or group of the same name is stored with a mark
 * behind the name, which no client ever sees: it is taken out of every answer, and searches by name look for both.
 */
import type { FetchHandler } from "./defect.ts"
import {
  ask,
  bodyOf,
  changeParameters,
  changeRequest,
  objectsIn,
  parametersOf,
  routeOf,
  textIn,
  withText,
} from "./rewriting.ts"

const MARK = ".second"

/** Where resources are, and what names them. */
interface Named {
  readonly endpoint: "/Users" | "/Groups"
  readonly attribute: string
}

const USERS: Named = { endpoint: "/Users", attribute: "userName" }
export const GROUPS: Named = { endpoint: "/Groups", attribute: "displayName" }

/** Lets a duplicate pass where `accepts` says so of the name that exists and the one that is asked for. */
export function acceptDuplicates(
  next: FetchHandler,
  accepts: (existing: string, asked: string) => boolean,
  named: Named = USERS,
): FetchHandler {
  const { endpoint, attribute } = named
  const forward = async (request: Request): Promise<Response> => {
    const answer = await next(await searchForBoth(request, named))
    const text = await answer.clone().text()
    return text.includes(MARK) ? withText(answer, text.replaceAll(MARK, "")) : answer
  }
  return async (request) => {
    if (routeOf(request) !== `POST ${endpoint}`) return forward(request)
    const first = await forward(request.clone())
    if (first.status !== 409) return first
    const body = await bodyOf(request)
    const asked = textIn(body, attribute)
    if (!accepts(await nameLike(asked, next, request, named), asked)) return first
    return forward(await changeRequest(request, { body: { ...body, [attribute]: `${asked}${MARK}` } }))
  }
}

async function nameLike(
  name: string,
  next: FetchHandler,
  request: Request,
  { endpoint, attribute }: Named,
): Promise<string> {
  const filter = encodeURIComponent(`${attribute} eq ${JSON.stringify(name)}`)
  const found = await bodyOf(await ask(next, request, { path: `${endpoint}?filter=${filter}` }))
  return textIn(objectsIn(found, "Resources")[0] ?? {}, attribute)
}

async function searchForBoth(request: Request, { attribute }: Named): Promise<Request> {
  const filter = parametersOf(request).get("filter")
  if (filter === null) return request
  // The attribute without a URN in front; the value is in JSON.
  const byName = new RegExp(String.raw`(?<![\w:])${attribute} eq "((?:[^"\\]|\\.)*)"`, "i")
  return changeParameters(request, (parameters) => {
    parameters.set("filter", filter.replace(byName, `(${attribute} eq "$1" or ${attribute} eq "$1${MARK}")`))
  })
}
