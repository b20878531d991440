/** A job that is killed at any moment goes on as if nothing had happened: nobody is lost, nobody is doubled. */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, it } from "vitest"
import {
  createProvisioningJob,
  createRandom,
  createTenant,
  SystemClock,
  systemIds,
  type User,
  VirtualClock,
} from "../../simulator/index.ts"
import { type Company, found, live } from "./hire-and-fire.ts"
import { type KillingTarget, MOMENTS, serveKillingTarget } from "./killing-target.ts"

const PROCESS = fileURLToPath(new URL("job-process.ts", import.meta.url))
const KILLS = 50
const SEED = 42
/** Far enough that the initial cycle comes to its end now and then. */
const REQUESTS_MAX = 100

interface Files {
  readonly tenant: string
  readonly job: string
  readonly jobId: string
  /** Starting fifty processes is mostly compiling. */
  readonly compileCache: string
}

/** Runs the process until it ends, by its own will or by the target's; says how. */
async function runProcess(
  files: Files,
  target: KillingTarget,
  mode: "forever" | "once",
  onSpawn: (kill: () => void) => void,
) {
  const args = [PROCESS, files.tenant, files.job, files.jobId, target.baseUrl, mode]
  const env = { ...process.env, NODE_COMPILE_CACHE: files.compileCache }
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "pipe"] })
  let stderr = ""
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text
  })
  onSpawn(() => child.kill("SIGKILL"))
  const [code, signal] = (await once(child, "close")) as [number | null, string | null]
  await target.idle()
  return { code, signal, stderr }
}

/** What the target should hold, from the tenant alone. Who left before a cycle came so far was never created (ENG-SCOPE-08). */
function expected(
  { tenant, groups }: Company,
  userIds: readonly string[],
  idOf: (userName: string | undefined) => string | undefined,
) {
  const users = userIds.flatMap((id) => {
    const user = tenant.user(id)
    if (user === undefined) return []
    const userName = nameOf(user)
    const isActive = user.accountEnabled && user.deletedAtMs === null
    if (!isActive && idOf(userName) === undefined) return []
    const manager = user.managerId === null ? undefined : tenant.user(user.managerId)
    return {
      userName,
      displayName: user.displayName,
      title: user.jobTitle,
      active: isActive,
      manager: manager && idOf(nameOf(manager)),
    }
  })
  const teams = groups.map(({ id, objectType }) => ({
    displayName: tenant.group(id)?.displayName,
    members: [...tenant.members({ id, objectType })]
      .map((member) => String(idOf(nameOf(tenant.user(member.id)))))
      .toSorted(),
  }))
  return { users: byName(users, "userName"), teams: byName(teams, "displayName") }
}

function nameOf(user: User | undefined): string | undefined {
  return user?.nameBeforeDeletion ?? user?.userPrincipalName
}

function byName<T extends object>(items: readonly T[], name: keyof T): T[] {
  return items.toSorted((a, b) => String(a[name]).localeCompare(String(b[name])))
}

function byText(a: readonly unknown[], b: readonly unknown[]): number {
  return String(a).localeCompare(String(b))
}

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

function toUser(resource: Record<string, unknown>) {
  const { userName, displayName, title, active } = resource
  const enterprise = resource[ENTERPRISE] as { manager?: { value?: string } } | undefined
  return { userName, displayName, title, active, manager: enterprise?.manager?.value }
}

function toTeam({ displayName, members = [] }: Record<string, unknown>) {
  return { displayName, members: (members as { value: string }[]).map(({ value }) => value).toSorted() }
}

it(`RES-03 ENG-JOB-03 ENG-MATCH-06 killed ${KILLS} times in mid-cycle, the job ends with every object once and the right links`, async () => {
  const folder = mkdtempSync(join(tmpdir(), "scimulate-durability-"))
  const target = await serveKillingTarget()
  const random = createRandom(SEED)
  const db = join(folder, "tenant.db")
  const tenant = createTenant({ clock: new SystemClock(), random: random.fork("tenant"), ids: systemIds, db })
  try {
    const company = found(tenant, random.fork("events"))
    const files: Files = {
      tenant: db,
      job: join(folder, "job.db"),
      jobId: `scim.${tenant.id.replaceAll("-", "")}.durable`,
      compileCache: join(folder, "compile-cache"),
    }
    const kills = random.fork("kills")
    for (let round = 1; round <= KILLS; round += 1) {
      live(company, round)
      const trap = { at: 1 + kills.int(REQUESTS_MAX), moment: kills.pick(MOMENTS) }
      const ended = await runProcess(files, target, "forever", (kill) => target.setTrap({ ...trap, kill }))
      expect(ended, `round ${round}, seed ${SEED}`).toEqual({ code: null, signal: "SIGKILL", stderr: "" })
    }
    target.setTrap(null)
    // One to end what the last kill left, one for what happened while it ran.
    for (let count = 0; count < 2; count += 1) {
      expect(await runProcess(files, target, "once", () => undefined)).toEqual({ code: 0, signal: null, stderr: "" })
    }

    const users = await target.list("Users")
    const groups = await target.list("Groups")
    const idOf = (userName: string | undefined): string | undefined =>
      users.find((user) => user["userName"] === userName)?.["id"] as string | undefined
    const userIds = [...company.staff, ...company.temps].map(({ id }) => id)
    const wanted = expected(company, userIds, idOf)
    expect(byName(users.map(toUser), "userName")).toEqual(wanted.users)
    expect(byName(groups.map(toTeam), "displayName")).toEqual(wanted.teams)
    // A create that was not needed would have been refused: names are unique there.
    expect(target.writes.filter((line) => line.startsWith("POST") && !line.endsWith(" 201"))).toEqual([])
    expect(target.writes.filter((line) => / [45]\d\d$/.test(line) && !line.startsWith("DELETE"))).toEqual([])

    const job = createProvisioningJob({
      tenant,
      application: company.application,
      transport: () => Promise.reject(new Error("nothing is sent any more")),
      clock: new VirtualClock(0),
      random,
      ids: systemIds,
      baseUrl: target.baseUrl,
      token: "s3cret",
      db: files.job,
      id: files.jobId,
    })
    expect(job.escrows()).toEqual([])
    const linked = job.links().map(({ objectType, sourceId, targetId }) => [objectType, sourceId, targetId])
    const present = [
      ...users.map((user) => {
        const owner = userIds.find((id) => nameOf(tenant.user(id)) === user["userName"])
        return ["User", owner, user["id"]]
      }),
      ...groups.map((group) => {
        const owner = company.groups.find(({ id }) => tenant.group(id)?.displayName === group["displayName"])
        return ["Group", owner?.id, group["id"]]
      }),
    ]
    expect(linked.toSorted(byText)).toEqual(present.toSorted(byText))
    job.close()
  } finally {
    tenant.close()
    await target.close()
    rmSync(folder, { recursive: true })
  }
})
