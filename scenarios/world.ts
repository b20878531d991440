/**
 * The world of one scenario: a tenant, its application and job on a virtual clock, wired to the case's endpoint, with both
 * oracles watching.
 */
import {
  createIdSource,
  createProvisioningJob,
  createRandom,
  createTenant,
  defaultMappings,
  type ProvisioningMappings,
} from "../simulator/index.ts"
import type { CaseDesk, RunSettings } from "./case-desk.ts"
import { createConverger } from "./converge.ts"
import type { Scenario } from "./define.ts"
import { readDirectory } from "./directory-reader.ts"
import { VIRTUAL_START_MS } from "./endpoint.ts"
import { toFinding } from "./findings.ts"
import { openJobLine } from "./job-line.ts"
import { caseDomain, caseMark } from "./naming.ts"
import { createAnswerOracle } from "./oracles/answer-oracle.ts"
import { DEFAULT_ROWS, toExpectations } from "./oracles/expected-attributes.ts"
import type { ScenarioContext } from "./scenario-context.ts"
import { createScenarioExpect } from "./scenario-expect.ts"
import { createScenarioPeople } from "./scenario-people.ts"
import { holdTarget } from "./scenario-target.ts"
import { createTimeline } from "./timeline.ts"
import { countByFact, toCycles, toProvisioningLogs, type Told } from "./told.ts"

export interface World {
  readonly context: ScenarioContext
  /** Lets the answer oracle speak, takes down what happened, and lets go of tenant and job. */
  close(): Told
}

/** Builds the world of a scenario. */
export function createWorld(scenario: Scenario, key: string, desk: CaseDesk, settings: RunSettings): World {
  const { seed, runId, mappings, directory } = settings
  const { endpoint } = desk
  const { expect, dialect, capabilities, baseUrl, step, skip } = desk.context
  const random = createRandom(seed).fork(key).fork("world")
  const domain = caseDomain(runId, key)
  const tenant = createTenant({
    clock: endpoint.clock,
    random: random.fork("tenant"),
    ids: createIdSource(random),
    domain,
  })
  const app = tenant.createApplication(`scimulate ${key}`)
  const line = openJobLine(desk)
  const oracle = createAnswerOracle({
    baseUrl,
    accepts: (token) => endpoint.tokens.accepts(token),
    ...(scenario.allows !== undefined && { allows: scenario.allows }),
  })
  desk.recorder.listen(oracle.observe)
  const bareJob = createProvisioningJob({
    tenant,
    application: app,
    transport: (request) => line.transport(request),
    clock: endpoint.clock,
    random: random.fork("job"),
    ids: createIdSource(random.fork("job")),
    baseUrl,
    token: endpoint.tokens.first,
    dialect,
    mappings: withoutGroups(capabilities.groups === false, mappings ?? defaultMappings()),
    ...(scenario.settings !== undefined && { settings: scenario.settings }),
  })
  const read = () => readDirectory(tenant, app)
  const timeline = createTimeline(bareJob, endpoint.clock, read)
  const { job, clock } = timeline
  const { converge, excuses } = createConverger({
    scenario,
    desk,
    line,
    timeline,
    expectations: toExpectations(mappings?.user.attributes ?? DEFAULT_ROWS),
    readDirectory: read,
    isExplained: () => desk.findings.length > 0 || oracle.hasFindings(),
  })
  const { target, wasSimulated } = holdTarget(desk, line)

  function close(): Told {
    for (const draft of oracle.findings()) desk.record(toFinding(draft, scenario))
    const told: Told = {
      simulated: wasSimulated(),
      virtualDurationMs: clock.now() - VIRTUAL_START_MS,
      cycles: toCycles(key, job),
      provisioningLogs: toProvisioningLogs(key, timeline.log),
      excuses: countByFact(excuses),
    }
    job.close()
    tenant.close()
    return told
  }

  return {
    context: {
      dialect,
      capabilities,
      baseUrl,
      step,
      skip,
      tenant,
      app,
      job,
      clock,
      target,
      people: createScenarioPeople({
        people: desk.people,
        tenant,
        domain,
        mark: caseMark(runId, key),
        ids: createIdSource(random.fork("directory")),
        ...(directory !== undefined && { directory }),
      }),
      expect: createScenarioExpect(expect, { target, job, evidence: () => line.lastExchanges(), converge }),
    },
    close,
  }
}

/** What an administrator does for an endpoint without groups; or its /Groups would put the job into quarantine (ENG-CYCLE-16). */
function withoutGroups(isWithout: boolean, mappings: ProvisioningMappings): ProvisioningMappings {
  return isWithout ? { ...mappings, group: { ...mappings.group, enabled: false } } : mappings
}
