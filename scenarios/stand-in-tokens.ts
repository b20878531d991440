/**
 * Tokens for an endpoint that is not ours. We cannot make it expire a token, so a fault stands in for it: the job is given
 * tokens of our own, a gate in front of the endpoint knows which of them are valid, lets their requests pass with the real
 * credentials, and refuses the others as an endpoint does. Whatever rests on it is marked simulated.
 */
import { SCIM_MEDIA_TYPE, toErrorMessage, type HttpResponse } from "../protocol/index.ts"
import type { TokenDesk } from "./endpoint.ts"
import type { Route } from "./recording.ts"

/** `label` keeps the tokens of one case apart; they are no secrets, since nobody but the gate knows them. */
export function standInTokens(label: string, route: Route, credentials: Readonly<Record<string, string>>): TokenDesk {
  let count = 1
  const name = (): string => `stand-in-${label.replaceAll(/[^\w.-]/g, "-")}-${count}`
  let current = name()
  let isExpired = false
  const first = current

  const accepts = (token: string): boolean => token === current && !isExpired

  const gate: Route = (request, onFault) => {
    const { authorization, ...others } = request.headers
    if (accepts(authorization?.replace(/^Bearer /i, "") ?? "")) {
      return route({ ...request, headers: { ...others, ...credentials } }, onFault)
    }
    onFault("refused credentials, standing in for the endpoint")
    return Promise.resolve(REFUSAL)
  }

  return {
    first,
    isReal: false,
    route: gate,
    accepts,
    expire() {
      isExpired = true
    },
    renew() {
      isExpired = false
    },
    rotate() {
      count += 1
      current = name()
      isExpired = false
      return current
    },
  }
}

const REFUSAL: HttpResponse = {
  status: 401,
  headers: { "content-type": [SCIM_MEDIA_TYPE], "www-authenticate": ['Bearer error="invalid_token"'] },
  body: JSON.stringify(toErrorMessage(401, undefined, "The access token has expired.")),
}
