/**
 * One virtual user is the provisioning job of one tenant (or, in a split load, one part of it): it alone knows the ids that the
 * endpoint gave out, as Entra's job does, and keeps several requests in flight by itself.
 */
import exec from "k6/execution"
import { Client } from "./client.ts"
import { createJournal } from "./journal.ts"
import { countUnsent } from "./metrics.ts"
import type { PlanData } from "./plan-data.ts"
import { raiseRate } from "./rising-rate.ts"
import type { Settings } from "./settings.ts"
import { TenantJob } from "./tenant-job.ts"

/** What `options` of the profile runs: the plan of the tenant that this virtual user stands for. */
export async function provisionTenant(settings: Settings, plan: PlanData): Promise<void> {
  const { profile, headersOf, urls, lanes, rate, durationMs, p95LimitMs } = settings
  const place = exec.vu.idInTest - 1
  const index = place % plan.tenants.length
  const lane = Math.floor(place / plan.tenants.length)
  const tenant = plan.tenants[index]
  if (tenant === undefined) return
  const url = urls[index % urls.length] ?? ""
  const journal = createJournal(settings.writesJournal)
  const client = new Client({
    baseUrl: url.replaceAll("{tenant}", tenant.name),
    headers: headersOf(index),
    tenant: { index, name: tenant.name },
    journal,
  })
  const job = new TenantJob({ ...settings, plan, index, lane, client })
  const tell = (kind: "prepared" | "done"): void => {
    journal.flush()
    journal.tell({ kind, atMs: Date.now(), tenant: index, lane, unsent: job.unsent, rounds: job.rounds })
  }

  await job.sendPart("prepare")
  tell("prepared")
  // A part of a split load keeps its part of the rate.
  client.pacer.setRate(rate === null || tenant.isNoisy ? null : rate / lanes)
  switch (profile.mode) {
    case "once":
      await job.sendPart("load", { deadlineMs: durationMs === null ? null : Date.now() + durationMs })
      break
    case "compressed":
      await job.sendPart("load", { spreadOverMs: durationMs })
      break
    case "repeated":
      await job.repeatLoad(isPast(Date.now() + (durationMs ?? 0)))
      break
    case "rising":
      await raiseRate(job, { client, journal, index, durationMs: durationMs ?? 0, p95LimitMs })
      break
  }
  countUnsent(job.unsent)
  tell("done")
}

function isPast(atMs: number): () => boolean {
  return () => Date.now() >= atMs
}
