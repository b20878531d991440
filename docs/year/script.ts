/**
 * The script of the year: what happens in the tenant and at the target, and when. What follows from it is not written here: it
 * is lived through (live.ts) and printed (page.ts). `rule` says in words what the product does, and by which facts.
 */
import { http } from "msw"
import { answerWith, type Duration } from "../../simulator/index.ts"
import { BASE_URL, DELETE_THRESHOLD, FIRST_TOKEN, MAILBOX, type World } from "./world.ts"

export interface YearEvent {
  /** RFC 3339, UTC. */
  readonly at: string
  readonly title: string
  /** What people did. */
  readonly story: string
  /** What the product does then, with the ids of the facts that say so. */
  readonly rule: string
  /** How long the page looks on; after that, nothing may happen until the next event. Default: 40 minutes, one cycle. */
  readonly watch?: Duration
  /** Prints the probes too, which every cycle begins with. */
  readonly showsProbes?: boolean
  /** Prints bodies whole instead of what matters of them. */
  readonly showsBodies?: boolean
  readonly happen: (world: World) => void | Promise<void>
}

const NEW_TOKEN = "summer"
const PICKERS = ["Ana Moreno", "Bo Jensen", "Cem Kaya", "Dina Popa", "Emil Novak", "Fay Okoro", "Gil Amar", "Hana Sato"]

export const STARTS_AT = "2026-01-05T08:00:00Z"
export const ENDS_AT = "2027-01-05T08:00:00Z"

export const SCRIPT: readonly YearEvent[] = [
  {
    at: STARTS_AT,
    title: "Provisioning is switched on",
    story:
      "Four people work at the orchard. They are members of the group Orchard crew, which is assigned to the application; Lena manages the others.",
    rule: "The first cycle is an initial one: it looks at everybody (ENG-CYCLE-01, ENG-CYCLE-02). Who is a direct member of an assigned group is in scope (ENG-SCOPE-02). Each is looked for by userName, not found, and created (WIRE-194, ENG-MATCH-04). Manager and members follow as PATCHes of their own, once everybody has an id (ENG-REF-01, ENG-CYCLE-04).",
    showsProbes: true,
    async happen(world) {
      const { tenant, app, job, clock } = world
      const lena = world.hire("Lena Roth", { jobTitle: "Head grower", department: "Growing" })
      const others = [
        world.hire("Omar Haddad", { jobTitle: "Packer", department: "Packing" }),
        world.hire("Priya Nair", { jobTitle: "Dispatcher", department: "Dispatch" }),
        world.hire("Tomas Berg", { jobTitle: "Mechanic", department: "Workshop" }),
      ]
      for (const user of others) tenant.setManager(user, lena)
      const crew = tenant.createGroup({ displayName: "Orchard crew" }, { members: [lena, ...others] })
      app.assign(crew)
      await clock.settle(job.start())
    },
  },
  {
    at: "2026-01-12T08:30:00Z",
    title: "Mia's account is prepared",
    story: "Mia starts next week. HR creates her with sign-in blocked and puts her into the crew already.",
    rule: "Somebody whose sign-in is blocked is never created in the target (ENG-SCOPE-08): she is looked at and skipped (ENG-LOG-07). The group learns of a member that has no account: it goes on without her, and the log says so (ENG-REF-04, ENG-REF-07).",
    happen(world) {
      const { tenant } = world
      const mia = world.hire("Mia Lind", { jobTitle: "Grafter", department: "Growing", accountEnabled: false })
      tenant.setManager(mia, world.person("Lena"))
      tenant.addMember(world.group("Orchard crew"), mia)
    },
  },
  {
    at: "2026-01-19T07:30:00Z",
    title: "Mia is hired: her first day",
    story: "HR unblocks Mia's sign-in.",
    rule: "Now she is in scope (ENG-SCOPE-10), so she is looked up, created, and given her manager (ENG-REF-02). She does **not** get into the group: nobody touched the group today, and a member that was left out is not tried again (ENG-REF-04, ENG-REF-05). This gap is Entra's own.",
    showsBodies: true,
    happen: (world) => void world.tenant.enable(world.person("Mia")),
  },
  {
    at: "2026-01-19T12:10:00Z",
    title: "Provisioning is restarted, for Mia's sake",
    story: "Mia can't open the crew's page. The administrator presses *Restart provisioning*.",
    rule: "A restart keeps the links, and the next cycle is an initial one (ENG-RESTART-01, ENG-RESTART-03, ENG-CYCLE-12). Each account is read by its id and left as it is. The group's members are sent again, all of them, and Mia with them (ENG-REF-11, ENG-RESTART-07).",
    happen: ({ job, clock }) => clock.settle(job.restart()),
  },
  {
    at: "2026-03-02T09:15:00Z",
    title: "Omar moves",
    story: "Omar moves from packing to dispatch. He has a new title, and Priya is his manager now.",
    rule: "The account is read by its id, and only what differs goes out (ENG-MATCH-06, ENG-MATCH-12, WIRE-105). The manager is a PATCH of its own (WIRE-129).",
    happen(world) {
      const { tenant } = world
      const omar = tenant.update(world.person("Omar"), { jobTitle: "Driver", department: "Dispatch" })
      tenant.setManager(omar, world.person("Priya"))
    },
  },
  {
    at: "2026-04-17T15:45:00Z",
    title: "Priya marries",
    story: "Priya Nair becomes Priya Iyer; her user name and her address change with it.",
    rule: "userName is what people are matched by, but she is linked: she is renamed by a plain update by id, and nobody is looked up (ENG-MATCH-13).",
    happen: (world) =>
      void world.tenant.update(world.person("Priya"), {
        displayName: "Priya Iyer",
        surname: "Iyer",
        userPrincipalName: "priya.iyer@orchard.example",
        mail: "priya.iyer@orchard.example",
      }),
  },
  {
    at: "2026-05-11T14:05:00Z",
    title: "The token expires",
    story: "The secret token of the application runs out. Nobody has noticed yet; Tomas gets a new title meanwhile.",
    rule: `There is no way to renew a static token: the job learns of it by failing (ENG-CRED-06). The probe is refused, so the whole job goes into quarantine at once (ENG-QUAR-01, ENG-QUAR-14), and ${MAILBOX} gets one e-mail (ENG-QUAR-11). Tomas' change waits. The job tries again after half an hour, then after one, two, four, eight hours (ENG-QUAR-07): one probe each time, no more.`,
    watch: { hours: 18 },
    happen(world) {
      world.tokens.expire(FIRST_TOKEN)
      world.tenant.update(world.person("Tomas"), { jobTitle: "Chief mechanic" })
    },
  },
  {
    at: "2026-05-12T08:40:00Z",
    title: "A new token",
    story: "The administrator enters a new token, which is tested before it is saved, and starts provisioning.",
    rule: "The test asks for somebody who cannot exist and wants an empty list (ENG-CRED-03, ENG-CRED-04). Start lifts the quarantine (ENG-QUAR-09); the cycle goes on where the last good one ended, so Tomas' new title arrives, late and once (ENG-JOB-03).",
    showsProbes: true,
    async happen({ tokens, job, clock }) {
      tokens.add(NEW_TOKEN)
      await clock.settle(job.saveCredentials({ token: NEW_TOKEN }))
      await clock.settle(job.start())
    },
  },
  {
    at: "2026-06-08T13:10:00Z",
    title: "An outage",
    story: "The target answers 503 to everything, for three hours. Lena's title changes while it is down.",
    rule: "A probe that fails is the job's matter, not the person's: quarantine, and ever longer pauses (ENG-QUAR-01, ENG-QUAR-07). Nobody has to do anything: the first attempt that finds the target well lifts it, and the interval is 40 minutes again (ENG-QUAR-09, ENG-QUAR-13).",
    watch: { hours: 5 },
    happen(world) {
      const { clock, tenant } = world
      world.faults = [http.all(`${BASE_URL}/*`, answerWith(503))]
      clock.schedule(3 * 3_600_000, () => {
        world.faults = []
      })
      tenant.update(world.person("Lena"), { jobTitle: "Director of growing" })
    },
  },
  {
    at: "2026-06-29T10:00:00Z",
    title: "One account cannot be written",
    story: "A bug in the target: it answers 500 to every PATCH of Omar's account. It is mended after two days.",
    rule: "What fails for one person stops nobody else (ENG-RETRY-01). Omar waits in escrow: he is tried again in the next cycle, then 6, 12 and 24 hours after the first failure, then once a day (ENG-RETRY-02, ENG-RETRY-05), and the log says when (ENG-RETRY-04). The job stays healthy: a handful of failures is no reason for quarantine (ENG-QUAR-03).",
    watch: { days: 3, hours: 1 },
    happen(world) {
      const { clock, tenant, job } = world
      const omar = world.person("Omar")
      const accountId = job.link("User", omar.id)?.targetId ?? ""
      world.faults = [http.patch(`${BASE_URL}/Users/${accountId}`, answerWith(500))]
      clock.schedule(48 * 3_600_000, () => {
        world.faults = []
      })
      tenant.update(omar, { jobTitle: "Head driver" })
    },
  },
  {
    at: "2026-07-20T16:45:00Z",
    title: "Tomas leaves",
    story: "Tomas goes on leave for two months. His sign-in is blocked.",
    rule: "Blocked sign-in makes the computed IsSoftDeleted true (ENG-DEPROV-01), and the default mapping turns that into `active` false (ENG-DEPROV-02), as text in the default dialect (WIRE-106). The account stays.",
    happen: (world) => void world.tenant.disable(world.person("Tomas")),
  },
  {
    at: "2026-08-05T11:20:00Z",
    title: "Omar is deleted by mistake",
    story: "Somebody deletes the wrong user in Entra. Omar is in the recycle bin.",
    rule: "A deletion that can be undone is a disable in the target (ENG-DEPROV-03). Nothing is deleted for 30 days.",
    happen: (world) => void world.tenant.softDelete(world.person("Omar")),
  },
  {
    at: "2026-08-10T09:05:00Z",
    title: "Omar is restored",
    story: "The mistake is found five days later; Omar is restored from the bin.",
    rule: "The same account is activated again. His memberships are not sent again: the target is expected to have kept them (ENG-DEPROV-08, WIRE-184).",
    happen: (world) => void world.tenant.restore(world.person("Omar")),
  },
  {
    at: "2026-08-24T07:15:00Z",
    title: "Harvest: eight pickers come",
    story: "Eight seasonal pickers are hired. Their group, Pickers, is assigned to the application.",
    rule: "Assigning a group brings its members and the group itself (ENG-SCOPE-05, ENG-DELTA-08). Users first, groups second, members last, one a PATCH (ENG-CYCLE-04, RES-05).",
    happen(world) {
      const { tenant, app } = world
      const members = PICKERS.map((name) => world.hire(name, { jobTitle: "Picker", department: "Harvest" }))
      app.assign(tenant.createGroup({ displayName: "Pickers" }, { members }))
    },
  },
  {
    at: "2026-09-21T07:50:00Z",
    title: "Tomas returns",
    story: "Tomas is back; his sign-in is allowed again.",
    rule: "He is linked still, so his account is read by its id and activated: no look-up, no second account (ENG-DEPROV-09, RES-15).",
    happen: (world) => void world.tenant.enable(world.person("Tomas")),
  },
  {
    at: "2026-10-30T17:25:00Z",
    title: "Too many would be deleted",
    story: `Somebody removes the assignment of Pickers, on a Friday evening. Eight people and a group would go; the job holds back more than ${DELETE_THRESHOLD}. On Saturday, Noor is hired.`,
    rule: `All are counted before any is sent (ENG-DEL-02, ENG-DEL-05). They are more than ${DELETE_THRESHOLD}, so every one of them is held back (ENG-DEL-03, RES-16), logged as a staged deletion, and the job goes into quarantine with an e-mail (ENG-DEL-04). What is not a deletion still goes out, at the pace of the quarantine: Noor gets her account on Saturday.`,
    watch: { days: 2, hours: 15 },
    happen(world) {
      const { app, clock, tenant } = world
      app.unassign(world.group("Pickers"))
      clock.schedule(15 * 3_600_000, () => {
        const noor = world.hire("Noor Aziz", { jobTitle: "Buyer", department: "Sales" })
        tenant.addMember(world.group("Orchard crew"), noor)
      })
    },
  },
  {
    at: "2026-11-02T09:30:00Z",
    title: "The deletions are allowed",
    story: "On Monday the administrator reads the e-mail. The harvest is over, so it is right: *Allow deletes*.",
    rule: "What was held back goes out in the cycle that follows at once, and the quarantine ends (ENG-DEL-06). People who left the scope are disabled; a group has no `active`, so it is deleted (ENG-DEPROV-04, ENG-DEPROV-11).",
    happen: ({ job, clock }) => clock.settle(job.restart(["ForceDeletes"])),
  },
  {
    at: "2026-11-09T10:10:00Z",
    title: "Two pickers are deleted",
    story: "Ana and Bo will not come back: their users are deleted in Entra.",
    rule: "After its disable, somebody who was unassigned is no longer the job's business: nothing is sent, now or when they are purged (ENG-DEPROV-07). Their accounts stay, inactive, until somebody deletes them by hand.",
    happen(world) {
      for (const name of ["Ana", "Bo"]) world.tenant.softDelete(world.person(name))
    },
  },
  {
    at: "2026-11-16T08:25:00Z",
    title: "Cem returns",
    story: "Cem gets a permanent post: he joins the crew.",
    rule: "The link was kept, so the same account is activated again, with his new title: no POST (ENG-DEPROV-09, RES-15). Then the group gets its member (WIRE-166).",
    happen(world) {
      const cem = world.tenant.update(world.person("Cem"), { jobTitle: "Grafter", department: "Growing" })
      world.tenant.addMember(world.group("Orchard crew"), cem)
    },
  },
  {
    at: "2026-11-20T14:30:00Z",
    title: "Priya takes over",
    story: "Lena is about to retire. Priya leads the crew now: Tomas and Mia report to her, and she reports to nobody.",
    rule: "Each new manager is a Replace with the target's id of that person (WIRE-129, ENG-REF-01). What Entra sends when a manager is removed is disputed: some say nothing (ENG-REF-06), its own gallery test wants an empty value; here, the empty value (RES-01).",
    happen(world) {
      const { tenant } = world
      const priya = world.person("Priya")
      tenant.setManager(priya, null)
      for (const name of ["Tomas", "Mia"]) tenant.setManager(world.person(name), priya)
    },
  },
  {
    at: "2026-11-23T12:00:00Z",
    title: "Lena retires",
    story: "Lena's user is deleted; it goes to the recycle bin for 30 days.",
    rule: "As with Omar: a disable, for now (ENG-DEPROV-03).",
    happen: (world) => void world.tenant.softDelete(world.person("Lena")),
  },
  {
    at: "2026-12-09T10:00:00Z",
    title: "Ana and Bo are purged",
    story: "Their 30 days in the bin are over.",
    rule: "They were let go of when they left the scope: still nothing is sent (ENG-DEPROV-07).",
    watch: { hours: 1 },
    happen: () => undefined,
  },
  {
    at: "2026-12-23T11:50:00Z",
    title: "Lena is purged",
    story: "Lena's 30 days in the bin are over, and nobody did anything.",
    rule: "Gone for good in Entra, and still managed by the job: now the account is deleted (ENG-DEPROV-03, WIRE-182).",
    watch: { hours: 1 },
    happen: () => undefined,
  },
]
