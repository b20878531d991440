/**
 * The process that the durability test kills: opens tenant and job from their files and runs cycles, one after the other until
 * it is killed, or one. `node job-process.ts TENANT_FILE JOB_FILE JOB_ID BASE_URL forever|once`
 */
import { createProvisioningJob } from "../../simulator/cycle/job.ts"
import { SystemClock } from "../../simulator/clock.ts"
import { createTenant } from "../../simulator/directory/tenant.ts"
import { createRandom, systemIds } from "../../simulator/random.ts"
import { socketTransport } from "../../simulator/transport/socket.ts"

const [tenantFile = "", jobFile = "", jobId = "", baseUrl = "", mode = ""] = process.argv.slice(2)
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
do await job.runCycle()
while (mode === "forever")
job.close()
tenant.close()
await transport.close()
