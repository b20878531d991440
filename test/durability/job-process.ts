/**
 * The process that the durability test kills: opens tenant and job from their files and runs cycles, one after the other until
 * it is killed, or one. `node job-process.ts TENANT_FILE JOB_FILE JOB_ID BASE_URL forever|once`
 */
import { flushCompileCache } from "node:module"
import { createProvisioningJob } from "../../simulator/cycle/job.ts"
import { SystemClock } from "../../simulator/system-clock.ts"
import { createTenant } from "../../simulator/directory/tenant.ts"
import { createRandom, systemIds } from "../../simulator/random.ts"
import { socketTransport } from "../../simulator/transport/socket.ts"

const [tenantFile = "", jobFile = "", jobId = "", baseUrl = "", mode = ""] = process.argv.slice(2)
// A process that is killed would never write it.
flushCompileCache()
const clock = new SystemClock()
const random = createRandom(1)
const tenant = createTenant({ clock, random, ids: systemIds, db: tenantFile })
const [application] = tenant.applications()
if (application === undefined) throw new Error("The tenant has no application yet.")
const transport = socketTransport({ timeoutMs: 10_000, allowNonLoopback: false })
const job = createProvisioningJob({
  tenant,
  application,
  transport,
  clock,
  random,
  ids: systemIds,
  baseUrl,
  token: "s3cret",
  settings: { parallel: 4 },
  db: jobFile,
  id: jobId,
})

if (job.condition().schedule !== "Active") await job.start()
const cycles = mode === "forever" ? Number.POSITIVE_INFINITY : 1
for (let count = 0; count < cycles; count += 1) await job.runCycle()
job.close()
tenant.close()
await transport.close()
