/**
 * The year of docs/a-year.md, lived through again: it ends as the facts say, event by event, in literals that no regenerating of
 * the page can bless, and the page on disk is what it gives, byte for byte.
 */
import { readFileSync } from "node:fs"
import { beforeAll, describe, expect, it } from "vitest"
import { namedIds } from "../docs/fidelity/fact-ids.ts"
import { readFactFiles } from "../docs/fidelity/fact-files.ts"
import { type Chapter, liveThroughTheYear, type Year } from "../docs/year/live.ts"
import { renderPage } from "../docs/year/page.ts"

let year: Year

beforeAll(async () => {
  year = await liveThroughTheYear()
})

function chapter(title: string): Chapter {
  const found = year.chapters.find(({ event }) => event.title === title)
  if (found === undefined) throw new Error(`No event is called "${title}".`)
  return found
}

/** What was written, when: `05-12 08:40 PATCH Users Tomas Berg: title=Chief mechanic → 200`. */
function writes(title: string): string[] {
  const { cycles, names } = chapter(title)
  const named = (text: string): string =>
    text.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => names.get(id) ?? "somebody")
  return cycles.flatMap(({ exchanges }) =>
    exchanges.flatMap(({ atMs, request, response }) => {
      if (request.method === "GET") return []
      const when = new Date(atMs).toISOString().slice(5, 16).replace("T", " ")
      const path = decodeURIComponent(new URL(request.url).pathname).replace("/scim/v2/", "").replace("/", " ")
      const body = named(essence(request.body))
      return [`${when} ${request.method} ${named(path)}${body === "" ? "" : `: ${body}`} → ${response.status}`]
    }),
  )
}

function essence(body: string | null): string {
  if (body === null) return ""
  const { Operations, userName, displayName }: Body = JSON.parse(body)
  if (Operations === undefined) return userName ?? displayName ?? ""
  return Operations.map(({ op, path, value }) => {
    const text = typeof value === "string" ? value : value.map((member) => member.value).join()
    return `${op} ${path.replace(/^urn:.*:/, "")}=${text}`
  }).join("; ")
}

interface Body {
  readonly Operations?: readonly {
    readonly op: string
    readonly path: string
    readonly value: string | readonly { readonly value: string }[]
  }[]
  readonly userName?: string
  readonly displayName?: string
}

/** `05-11 14:10 Failed`. */
function cycles(title: string): string[] {
  return chapter(title).cycles.map(
    ({ summary }) => `${summary.startedAt.slice(5, 16).replace("T", " ")} ${summary.state}`,
  )
}

/** `Mia Lind: create skipped`. */
function log(title: string): string[] {
  return chapter(title).log.map(
    ({ sourceIdentity, provisioningAction, provisioningStatusInfo }) =>
      `${sourceIdentity.displayName}: ${provisioningAction} ${provisioningStatusInfo.status}`,
  )
}

const PICKERS = ["Ana Moreno", "Bo Jensen", "Cem Kaya", "Dina Popa", "Emil Novak", "Fay Okoro", "Gil Amar", "Hana Sato"]

describe("a year of provisioning", () => {
  it("ENG-CYCLE-02 ENG-CYCLE-04 ENG-REF-01 the first cycle creates users, then groups, then writes managers and members", () => {
    expect(writes("Provisioning is switched on")).toEqual([
      "01-05 08:00 POST Users: lena.roth@orchard.example → 201",
      "01-05 08:00 POST Users: omar.haddad@orchard.example → 201",
      "01-05 08:00 POST Users: priya.nair@orchard.example → 201",
      "01-05 08:00 POST Users: tomas.berg@orchard.example → 201",
      "01-05 08:00 POST Groups: Orchard crew → 201",
      "01-05 08:00 PATCH Users Omar Haddad: Add manager=Lena Roth → 200",
      "01-05 08:00 PATCH Users Priya Nair: Add manager=Lena Roth → 200",
      "01-05 08:00 PATCH Users Tomas Berg: Add manager=Lena Roth → 200",
      "01-05 08:00 PATCH Groups Orchard crew: Add members=Lena Roth → 204",
      "01-05 08:00 PATCH Groups Orchard crew: Add members=Omar Haddad → 204",
      "01-05 08:00 PATCH Groups Orchard crew: Add members=Priya Nair → 204",
      "01-05 08:00 PATCH Groups Orchard crew: Add members=Tomas Berg → 204",
    ])
  })

  it("ENG-SCOPE-08 ENG-REF-04 who is hired comes on the first day, and into the group only after a restart", () => {
    expect(writes("Mia's account is prepared")).toEqual([])
    expect(log("Mia's account is prepared")).toEqual(["Mia Lind: create skipped", "Orchard crew: other skipped"])
    expect(writes("Mia is hired: her first day")).toEqual([
      "01-19 08:00 POST Users: mia.lind@orchard.example → 201",
      "01-19 08:00 PATCH Users Mia Lind: Add manager=Lena Roth → 200",
    ])
    expect(writes("Provisioning is restarted, for Mia's sake")).toEqual([
      "01-19 12:10 PATCH Groups Orchard crew: Add members=Lena Roth → 204",
      "01-19 12:10 PATCH Groups Orchard crew: Add members=Omar Haddad → 204",
      "01-19 12:10 PATCH Groups Orchard crew: Add members=Priya Nair → 204",
      "01-19 12:10 PATCH Groups Orchard crew: Add members=Tomas Berg → 204",
      "01-19 12:10 PATCH Groups Orchard crew: Add members=Mia Lind → 204",
    ])
  })

  it("ENG-MATCH-12 ENG-MATCH-13 who moves or is renamed is updated by id, with what differs", () => {
    expect(writes("Omar moves")).toEqual([
      "03-02 09:30 PATCH Users Omar Haddad: Replace title=Driver; Replace department=Dispatch → 200",
      "03-02 09:30 PATCH Users Omar Haddad: Replace manager=Priya Nair → 200",
    ])
    expect(writes("Priya marries")).toEqual([
      "04-17 16:10 PATCH Users Priya Iyer: Replace userName=priya.iyer@orchard.example; Replace displayName=Priya Iyer; " +
        'Replace emails[type eq "work"].value=priya.iyer@orchard.example; Replace name.familyName=Iyer; Replace name.formatted=Priya Iyer → 200',
    ])
  })

  it("ENG-QUAR-01 ENG-QUAR-07 ENG-QUAR-11 an expired token quarantines at once, with one e-mail and ever longer pauses", () => {
    expect(writes("The token expires")).toEqual([])
    expect(cycles("The token expires")).toEqual([
      "05-11 14:10 Failed",
      "05-11 14:40 Failed",
      "05-11 15:40 Failed",
      "05-11 17:40 Failed",
      "05-11 21:40 Failed",
      "05-12 05:40 Failed",
    ])
    const { condition, mails } = chapter("The token expires")
    expect(condition).toMatchObject({ code: "Quarantine", quarantine: { reason: "EncounteredQuarantineException" } })
    expect(mails.map(({ sentAt, to }) => `${sentAt} ${to}`)).toEqual(["2026-05-11T14:10:00.000Z it@orchard.example"])
  })

  it("ENG-QUAR-09 ENG-JOB-03 a new token and a start bring what was missed", () => {
    expect(writes("A new token")).toEqual(["05-12 08:40 PATCH Users Tomas Berg: Replace title=Chief mechanic → 200"])
    expect(chapter("A new token").condition).toEqual({ schedule: "Active", code: "Active", quarantine: null })
  })

  it("ENG-QUAR-09 ENG-QUAR-13 an outage ends by itself at the first attempt that finds the target well", () => {
    expect(cycles("An outage").slice(0, 5)).toEqual([
      "06-08 13:20 Failed",
      "06-08 13:50 Failed",
      "06-08 14:50 Failed",
      "06-08 16:50 Succeeded",
      "06-08 17:30 Succeeded",
    ])
    expect(writes("An outage")).toEqual(["06-08 16:50 PATCH Users Lena Roth: Replace title=Director of growing → 200"])
  })

  it("ENG-RETRY-01 ENG-RETRY-02 ENG-RETRY-05 one account that fails is tried again by the schedule, and the job stays healthy", () => {
    const change = "PATCH Users Omar Haddad: Replace title=Head driver"
    expect(writes("One account cannot be written")).toEqual([
      `06-29 10:10 ${change} → 500`,
      `06-29 10:50 ${change} → 500`,
      `06-29 16:10 ${change} → 500`,
      `06-29 22:10 ${change} → 500`,
      `06-30 10:10 ${change} → 500`,
      `07-01 10:10 ${change} → 200`,
    ])
    expect(chapter("One account cannot be written").condition.code).toBe("Active")
  })

  it("ENG-DEPROV-02 ENG-DEPROV-03 ENG-DEPROV-08 who leaves or is deleted is disabled, and comes back to the same account", () => {
    expect([...writes("Tomas leaves"), ...writes("Tomas returns")]).toEqual([
      "07-20 16:50 PATCH Users Tomas Berg: Replace active=False → 200",
      "09-21 08:10 PATCH Users Tomas Berg: Replace active=True → 200",
    ])
    expect([...writes("Omar is deleted by mistake"), ...writes("Omar is restored")]).toEqual([
      "08-05 11:30 PATCH Users Omar Haddad: Replace active=False → 200",
      "08-10 09:30 PATCH Users Omar Haddad: Replace active=True → 200",
    ])
    expect(log("Tomas leaves")).toEqual(["Tomas Berg: disable success"])
  })

  it("ENG-DEL-03 ENG-DEL-04 ENG-DEL-05 too many deletions are all held back, and nothing else is", () => {
    const held = chapter("Too many would be deleted")
    const firstCycle = held.log.slice(0, 9).map(({ sourceIdentity }) => sourceIdentity.displayName)
    expect(firstCycle).toEqual([...PICKERS, "Pickers"])
    expect(held.log.filter(({ provisioningAction }) => provisioningAction === "stagedDelete")).toHaveLength(8 * 9)
    expect(writes("Too many would be deleted")).toEqual([
      "10-31 09:00 POST Users: noor.aziz@orchard.example → 201",
      "10-31 09:00 PATCH Groups Orchard crew: Add members=Noor Aziz → 204",
    ])
    expect(held.condition).toMatchObject({ code: "Quarantine", quarantine: { reason: "TooManyDeletes" } })
    expect(held.mails).toMatchObject([{ reason: "TooManyDeletes" }])
  })

  it("ENG-DEL-06 ENG-DEPROV-04 ENG-DEPROV-11 allowed, they all go out at once: people are disabled, the group is deleted", () => {
    expect(writes("The deletions are allowed")).toEqual([
      ...PICKERS.map((name) => `11-02 09:30 PATCH Users ${name}: Replace active=False → 200`),
      "11-02 09:30 DELETE Groups Pickers → 204",
    ])
    expect(chapter("The deletions are allowed").condition.quarantine).toBeNull()
  })

  it("ENG-DEPROV-07 ENG-DEPROV-09 who was let go of is deleted without a word, or activated again in the same account", () => {
    expect(writes("Two pickers are deleted")).toEqual([])
    expect(log("Two pickers are deleted")).toEqual(["Ana Moreno: other skipped", "Bo Jensen: other skipped"])
    expect(writes("Ana and Bo are purged")).toEqual([])
    expect(log("Ana and Bo are purged")).toEqual(["Ana Moreno: delete skipped", "Bo Jensen: delete skipped"])
    expect(writes("Cem returns")).toEqual([
      "11-16 08:50 PATCH Users Cem Kaya: Replace active=True; Replace title=Grafter; Replace department=Growing → 200",
      "11-16 08:50 PATCH Groups Orchard crew: Add members=Cem Kaya → 204",
    ])
  })

  it("RES-01 WIRE-129 managers are replaced one by one, and removed by an empty value", () => {
    expect(writes("Priya takes over")).toEqual([
      "11-20 14:50 PATCH Users Priya Iyer: Replace manager= → 200",
      "11-20 14:50 PATCH Users Tomas Berg: Replace manager=Priya Iyer → 200",
      "11-20 14:50 PATCH Users Mia Lind: Replace manager=Priya Iyer → 200",
    ])
  })

  it("ENG-DEPROV-03 WIRE-182 who was deleted is purged after 30 days, and only then deleted in the target", () => {
    expect(writes("Lena retires")).toEqual(["11-23 12:10 PATCH Users Lena Roth: Replace active=False → 200"])
    expect(writes("Lena is purged")).toEqual(["12-23 12:10 DELETE Users Lena Roth → 204"])
  })

  it("ENG-CYCLE-06 WIRE-196 the rest of the year is silence: two probes a cycle, one where the token or the target fails", () => {
    // 365 days have 13,140 slots of 40 minutes, and a start; quarantines make cycles rarer.
    expect(year.cycleCount).toBe(13_029)
    const failed = year.chapters.flatMap(({ cycles }) => cycles).filter(({ summary }) => summary.state === "Failed")
    expect(failed).toHaveLength(9)
    // And the connection test before the new token was saved.
    expect(year.probeCount).toBe(13_029 * 2 - 9 + 2)
  })

  it("ends with every account as the directory says", () => {
    const rows = year.ending.accounts.map(({ displayName, active, title, manager, groups }) =>
      [displayName, active ? "active" : "inactive", title, manager, groups.join()].join("|"),
    )
    expect(rows).toEqual([
      "Ana Moreno|inactive|Picker||",
      "Bo Jensen|inactive|Picker||",
      "Cem Kaya|active|Grafter||Orchard crew",
      "Dina Popa|inactive|Picker||",
      "Emil Novak|inactive|Picker||",
      "Fay Okoro|inactive|Picker||",
      "Gil Amar|inactive|Picker||",
      "Hana Sato|inactive|Picker||",
      "Mia Lind|active|Grafter|Priya Iyer|Orchard crew",
      "Noor Aziz|active|Buyer||Orchard crew",
      "Omar Haddad|active|Head driver|Priya Iyer|Orchard crew",
      "Priya Iyer|active|Dispatcher||Orchard crew",
      "Tomas Berg|active|Chief mechanic|Priya Iyer|Orchard crew",
    ])
    expect(year.ending.groups).toEqual(["Orchard crew"])
  })
})

describe("docs/a-year.md", () => {
  it("names only facts that are stated", () => {
    const stated = new Set(readFactFiles().flatMap(({ facts }) => facts.map(({ id }) => id)))
    const named = year.chapters.flatMap(({ event }) => namedIds(event.rule))
    expect(named.flatMap(({ ids }) => ids).filter((id) => !stated.has(id))).toEqual([])
    expect(named.flatMap(({ abbreviated }) => abbreviated)).toEqual([])
    expect(named.every(({ ids }) => ids.length > 0)).toBe(true)
  })

  it("is what the year gives (npm run year brings it there)", () => {
    const page = readFileSync(new URL("../docs/a-year.md", import.meta.url), "utf8")
    expect(page).toBe(renderPage(year))
  })
})
