import { check } from "../../define.ts"
import type { Answer, CheckContext } from "../context.ts"
import { causeOfLoss, isAccepted } from "./patching.ts"
import { memberIds } from "./resources.ts"

async function givenUsers(scim: CheckContext["scim"], count: number): Promise<string[]> {
  const users = await Promise.all(Array.from({ length: count }, () => scim.givenUser()))
  return users.map(({ id }) => id)
}

/** In the spelling that everybody takes: capitals have checks of their own. */
function addMembers(scim: CheckContext["scim"], group: string, ids: readonly string[]): Promise<Answer> {
  return scim.patchOps(`/Groups/${group}`, [{ op: "add", path: "members", value: ids.map((value) => ({ value })) }])
}

export const concurrentMembers = check({
  id: "entra-concurrent-members",
  title: "Members who are added at the same time are all there afterwards",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: group members", level: "entra" },
  facts: ["WIRE-171", "WIRE-159", "WIRE-199"],
  needs: ["users", "groups", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "observed",
  why: "Entra was seen to send one PATCH per member, several at a time. Where the list is read, changed and written back, the last one wins, and the others are missing for good.",
  fix: "Insert members as rows of their own, or lock the group while you change its list.",
  defects: ["member-updates-lost"],
  async run({ scim, expect }) {
    const ids = await givenUsers(scim, 3)
    const { id } = await scim.givenGroup()
    const answers = await Promise.all(ids.map((member) => addMembers(scim, id, [member])))
    const read = await scim.get(`/Groups/${id}`)
    if (!expect(read).toHaveStatus(200)) return
    // An honest refusal is repeated in the next cycle, and loses nobody.
    const refusal = { code: "concurrent-change-refused", severity: "warning" } as const
    const confirmed = ids.filter((_, index) => {
      const answer = answers[index]
      return answer !== undefined && isAccepted(expect, answer, refusal)
    })
    const held = memberIds(read)
    const lost = confirmed.filter((member) => !held.includes(member))
    if (lost.length === 0) return
    const code = "concurrent-members-lost"
    expect.fail({
      code: held.length === 0 ? await causeOfLoss({ scim }, `/Groups/${id}`, code) : code,
      message: `${lost.length} of ${confirmed.length} members who were added at the same time are missing`,
      expected: `members ${ids.join(", ")}`,
      actual: `members ${held.join(", ")}`,
      exchanges: [...answers.map(({ exchange }) => exchange), read.exchange],
    })
  },
})

/** More than the pages of 100 by which lists are often read. */
const LARGE = 120
const PER_PATCH = 20

export const largeGroup = check({
  id: "entra-group-of-120",
  title: "A group of 120 members keeps them all when another one is added",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: group members", level: "entra" },
  facts: ["WIRE-159", "WIRE-166", "WIRE-169"],
  needs: ["users", "groups", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "An endpoint that reads its own list by pages, and writes one page back, loses everybody behind it. Entra never reads members, and never finds out.",
  fix: "Add and remove members without reading the others.",
  defects: ["large-group-cut"],
  async run({ scim, expect, step }) {
    step(`create a group of ${LARGE}`)
    const ids: string[] = []
    const { id } = await scim.givenGroup()
    while (ids.length < LARGE) {
      const more = await givenUsers(scim, PER_PATCH)
      const patched = await addMembers(scim, id, more)
      if (!isAccepted(expect, patched, { code: "add-member-refused" })) return
      ids.push(...more)
    }
    step("add one more")
    const { id: last } = await scim.givenUser()
    const patched = await addMembers(scim, id, [last])
    if (!isAccepted(expect, patched, { code: "add-member-refused" })) return
    const read = await scim.get(`/Groups/${id}`)
    if (!expect(read).toHaveStatus(200)) return
    const held = new Set(memberIds(read))
    const lost = [...ids, last].filter((member) => !held.has(member))
    if (lost.length === 0) return
    const code = "large-group-cut"
    expect.fail({
      code: held.size === 0 ? await causeOfLoss({ scim }, `/Groups/${id}`, code) : code,
      message: `${lost.length} of ${LARGE + 1} members are missing`,
      expected: `${LARGE + 1} members`,
      actual: `${held.size} members`,
      exchanges: [patched.exchange, read.exchange],
    })
  },
})
