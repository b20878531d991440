/** The way of the job's requests: through the case's recorder, past faults and the gate that looks at tokens, to the endpoint. */
import type { HttpHandler } from "msw"

import { TransportError, type Transport } from "../protocol/index.ts"
import { holdTime, withFaults } from "../simulator/index.ts"
import { parseJson } from "./answer.ts"
import type { CaseDesk } from "./case-desk.ts"
import { isObject } from "./path-value.ts"
import type { Happening, Route } from "./recording.ts"
import { isSuccess } from "./scim-client.ts"
import type { CreatedIds } from "./target-reader.ts"

export interface JobLine {
  readonly transport: Transport
  addFaults(...handlers: readonly HttpHandler[]): void
  clearFaults(): void
  /** Ids of what the job created. */
  readonly created: CreatedIds
  /** The exchanges that show how the job came to its state: its last ones. */
  lastExchanges(): readonly string[]
}

/** How many exchanges explain a state. */
const LAST_EXCHANGES = 3

/** Opens the line. Virtual time stands still while a request is on its way, unless a fault lets it pass. */
export function openJobLine({ endpoint, recorder, send }: CaseDesk): JobLine {
  const { clock, tokens } = endpoint
  let faults: readonly HttpHandler[] = []
  const users = new Set<string>()
  const groups = new Set<string>()
  const exchanges: string[] = []

  const route: Route = (request, onFault) => {
    const onward: Transport = (passed) => tokens.route(passed, onFault)
    return withFaults(onward, () => faults, { clock, onFault })(request)
  }

  recorder.listen((happening) => {
    if (happening.sender !== "job") return
    exchanges.push(happening.id)
    const { pathname } = new URL(happening.request.url)
    const created = createdId(happening)
    if (created !== undefined && pathname.endsWith("/Users")) users.add(created)
    if (created !== undefined && pathname.endsWith("/Groups")) groups.add(created)
  })

  return {
    async transport(request) {
      const { outcome } = await holdTime(clock, () => send(request, "job", route))
      if (outcome instanceof TransportError) throw outcome
      return outcome
    },
    addFaults(...handlers) {
      faults = [...handlers, ...faults]
    },
    clearFaults() {
      faults = []
    },
    created: { users, groups },
    lastExchanges: () => exchanges.slice(-LAST_EXCHANGES),
  }
}

function createdId({ request, outcome }: Happening): string | undefined {
  if (request.method !== "POST" || outcome instanceof TransportError || !isSuccess(outcome)) return undefined
  const resource = parseJson(outcome.body ?? "")
  const id = isObject(resource) ? resource["id"] : undefined
  return typeof id === "string" ? id : undefined
}
