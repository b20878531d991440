import { createIdSource, createRandom, VirtualClock } from "../simulator/index.ts"
import { createTarget } from "../target/index.ts"
import { conformance } from "./vitest.ts"

const target = createTarget({
  clock: new VirtualClock(0),
  ids: createIdSource(createRandom(5)),
  tokens: ["in-process"],
})

// The suite that callers write, on the reference target: each of these tests is a case.
conformance({ target: (request) => target.fetch(request), token: "in-process", suites: ["basic"] })

const faulty = createTarget({
  clock: new VirtualClock(0),
  ids: createIdSource(createRandom(5)),
  tokens: ["in-process"],
  defects: ["duplicate-user-accepted"],
})

// A known failure is a test that is expected to fail: it turns red when the endpoint is repaired.
conformance({
  target: (request) => faulty.fetch(request),
  token: "in-process",
  keys: ["rfc7644-3.3-duplicate-user"],
  known: ["rfc7644-3.3-duplicate-user"],
})
