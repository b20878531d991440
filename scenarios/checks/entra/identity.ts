import { check } from "../../define.ts"
import type { Answer } from "../context.ts"
import { textIn } from "../members.ts"
import { duplicateCode, expectId } from "./resources.ts"
import { expectOnly, search } from "./searching.ts"

export const stableId = check({
  id: "entra-stable-id",
  title: "A user has one id, a text that is not empty, the same in every answer",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: response contract", level: "entra" },
  facts: ["WIRE-202", "WIRE-075", "WIRE-076", "RFC7643-3.1-04"],
  needs: ["users", "filter", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "Entra keeps the id of the first answer and addresses the person by it for ever. Where it is missing the person cannot be linked; where it changes, it is an invalid anchor.",
  fix: "Return the id as a JSON string, in one form, with every answer to a create, a read, a search and a change.",
  defects: ["id-as-number", "id-in-another-case"],
  async run({ scim, people, expect }) {
    const userName = people.userName()
    const created = await scim.post("/Users", people.minimalUser({ userName }))
    if (!expect(created).toHaveStatus([200, 201], { code: "create-refused" })) return
    const id = textIn(created.object, "id")
    if (!expectId(expect, created)) return

    const expectSame = (seen: Answer, found: unknown): void => {
      expect.that(found === id, {
        code: "id-unstable",
        message: "Another id than in the answer to the create",
        expected: `id = ${JSON.stringify(id)}`,
        actual: `id = ${JSON.stringify(found) ?? "nothing"}`,
        exchanges: [created.exchange, seen.exchange],
      })
    }
    const read = await scim.get(`/Users/${id}`)
    if (expect(read).toHaveStatus(200, { code: "created-not-readable" })) expectSame(read, read.object["id"])
    expectOnly(expect, await search({ scim, expect }, "/Users", `userName eq "${userName}"`), id)
    await scim.patchOps(`/Users/${id}`, [{ op: "replace", path: "displayName", value: "Lena Roth" }])
    const again = await scim.get(`/Users/${id}`)
    if (expect(again).toHaveStatus(200, { code: "not-readable-after-patch" })) expectSame(again, again.object["id"])
  },
})

export const duplicateUser = check({
  id: "entra-duplicate-user",
  title: "A second user of the same userName is refused with 409 and a reason",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: create user", level: "entra" },
  facts: ["WIRE-093", "WIRE-205", "WIRE-206", "WIRE-222"],
  needs: ["users"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "409 tells Entra that the person is there: it searches again and links. Any other error is repeated; a second account makes two matches, and neither is managed any more.",
  fix: "Keep userName unique and answer 409, with a detail that names the attribute.",
  defects: ["duplicate-user-accepted", "duplicate-500", "error-without-body"],
  async run({ scim, people, expect }) {
    const userName = people.userName()
    await scim.givenUser({ userName })
    const second = await scim.post("/Users", people.minimalUser({ userName }))
    if (!expect(second).toHaveStatus(409, { code: duplicateCode(second) })) return
    expect.that(typeof second.object["detail"] === "string" && second.object["detail"] !== "", {
      code: "error-form",
      message: "The answer to a duplicate does not say why",
      expected: "a detail in the error message",
      actual: second.text === "" ? "no body" : `detail = ${JSON.stringify(second.object["detail"]) ?? "nothing"}`,
      severity: "warning",
      exchanges: [second.exchange],
    })
  },
})

export const duplicateGroup = check({
  id: "entra-duplicate-group",
  title: "A second group of the same displayName is refused with 409",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: create group", level: "entra" },
  facts: ["WIRE-164", "WIRE-074", "RFC7643-4.2-05"],
  needs: ["groups"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "The RFC leaves it open; Entra matches groups by name, finds two, and writes to neither. Microsoft's validator tests it.",
  fix: "Keep displayName of groups unique, and answer a second create with 409.",
  defects: ["duplicate-group-accepted", "duplicate-500"],
  async run({ scim, people, expect }) {
    const displayName = people.unique("group")
    await scim.givenGroup({ displayName })
    const second = await scim.post("/Groups", people.minimalGroup({ displayName }))
    expect(second).toHaveStatus(409, { code: duplicateCode(second) })
  },
})
