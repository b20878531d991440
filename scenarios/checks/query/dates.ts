import { check } from "../../define.ts"
import { readPath } from "../../path-value.ts"
import { textIn } from "../members.ts"
import { plainFilterWorks } from "../plain-filter.ts"

export const dates = check({
  id: "rfc7644-3.4.2.2-dates",
  title: "Times are compared as instants, whatever zone they are written in",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.2.2", level: "must" },
  facts: ["RFC7644-3.4.2.2-10"],
  needs: ["users", "filter"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Clients ask for what changed since their last visit. Compared as text, changes of some hours are missing for good.",
  fix: "Parse dateTime values in filters, zone included, and compare the instants.",
  defects: ["times-compared-as-text"],
  async run(context) {
    const { scim, expect, skip } = context
    if (!(await plainFilterWorks(context))) return
    const { id, sent } = await scim.givenUser()
    const read = await scim.get(`/Users/${id}`)
    const created = readPath(read.json, "meta.created")
    const before = typeof created === "string" ? hourBefore(created) : undefined
    if (before === undefined) return skip("the endpoint returned no meta.created in UTC")
    const user = `userName eq "${textIn(sent, "userName")}"`
    const later = await scim.find("/Users", `${user} and meta.created gt "${before}"`)
    if (!expect(later).toHaveStatus(200, { code: "filter-operator" })) return
    expect(later).toBeListOf(1, { code: "times-compared-as-text" })
    const earlier = await scim.find("/Users", `${user} and meta.created lt "${before}"`)
    expect(earlier).toBeListOf(0, { code: "times-compared-as-text" })
  },
})

/** One hour before an instant in UTC, written in a zone in which it looks later, and on the same day. */
function hourBefore(utc: string): string | undefined {
  const { day, hour, rest } = /^(?<day>.*T)(?<hour>\d\d)(?<rest>:.*)(?:Z|\+00:00)$/.exec(utc)?.groups ?? {}
  if (day === undefined || hour === undefined || rest === undefined) return undefined
  const local = Math.min(23, Number(hour) + 2)
  const offset = local - (Number(hour) - 1)
  // In the last hour of the day no zone makes the hour before look later: then the plain form has to do.
  if (offset === 1) return `${day}22${rest}Z`
  return `${day}${String(local).padStart(2, "0")}${rest}+0${offset}:00`
}
