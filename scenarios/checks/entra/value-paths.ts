import { check } from "../../define.ts"
import { isArray, isNoValue, readPath, sameValue } from "../../path-value.ts"
import { onlyKept, onlyWriting } from "./kept-values.ts"
import { causeOfLoss, patchAndRead } from "./patching.ts"
import { BOTH_DIALECTS, type ByDialect } from "./requests.ts"

const WORK_EMAIL = 'emails[type eq "work"].value'
const MOBILE = 'phoneNumbers[type eq "mobile"].value'

export const valuePathCreates = check({
  id: "entra-value-path-creates",
  title: 'A path such as emails[type eq "work"].value makes the entry that it selects, where there is none',
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: update user", level: "entra" },
  facts: ["WIRE-109", "WIRE-117", "RES-02", "RFC7644-3.5.2.3-06"],
  needs: ["users", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "observed",
  dialects: BOTH_DIALECTS,
  why: "Entra sends it for the first address or number of a person, and relies on the entry being made. An endpoint may answer noTarget by the RFC; the whole PATCH is lost then, in every cycle.",
  fix: "Where the filter of the path is made of eq and selects nothing, add an entry with the values of the filter and the one that is written.",
  defects: ["value-path-not-created", "value-path-as-name"],
  async run({ scim, people, expect, dialect, skip }) {
    const mail = people.userName()
    const values = { [WORK_EMAIL]: mail, [MOBILE]: "+1 541 555 0112" }
    const { id: other } = await scim.givenUser({
      emails: [{ type: "work", value: people.userName() }],
      phoneNumbers: [{ type: "mobile", value: "+1 541 555 0102" }],
    })
    const kept = onlyKept(await scim.get(`/Users/${other}`), values)
    if (Object.keys(kept).length === 0) skip("the endpoint keeps neither emails nor phoneNumbers")

    const { id } = await scim.givenUser()
    const path = `/Users/${id}`
    const operations: ByDialect = {
      entra: [
        { op: "Add", path: WORK_EMAIL, value: mail },
        { op: "Replace", path: MOBILE, value: "+1 541 555 0112" },
      ],
      "entra-optscim": [
        { op: "replace", path: WORK_EMAIL, value: mail },
        { op: "replace", path: MOBILE, value: "+1 541 555 0112" },
      ],
    }
    const code = "value-path-not-created"
    const read = await patchAndRead({ scim, expect }, path, onlyWriting(operations[dialect], kept), { code })
    if (read === undefined) return
    for (const [name, value] of Object.entries(kept)) {
      const isMissing = isNoValue(readPath(read.json, name))
      expect(read).toHaveValue(name, value, {
        code: isMissing ? await causeOfLoss({ scim }, path, code) : "value-altered",
      })
    }
  },
})

export const roleByPrimary = check({
  id: "entra-role-by-primary",
  title: 'roles[primary eq "True"] selects the role whose primary is true',
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: roles", level: "entra" },
  facts: ["WIRE-049", "WIRE-138", "WIRE-139"],
  needs: ["users", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "observed",
  dialects: BOTH_DIALECTS,
  why: "SingleAppRoleAssignment writes this path, with the Boolean as a text. Where it selects nothing, every change makes another role. Seen by one party only: this warns.",
  fix: 'Take "True" in a filter over a Boolean for true.',
  defects: ["role-doubled"],
  async run({ scim, expect, dialect, skip }) {
    const roles = [{ primary: true, value: "Picker" }]
    const { id } = await scim.givenUser({ roles })
    const before = await scim.get(`/Users/${id}`)
    if (isNoValue(readPath(before.json, "roles.value"))) skip("the endpoint keeps no roles")
    const path = 'roles[primary eq "True"].value'
    const operations: ByDialect = {
      entra: [{ op: "Replace", path, value: "Keeper" }],
      "entra-optscim": [{ op: "replace", path, value: "Keeper" }],
    }
    const warning = { code: "text-in-boolean-filter", severity: "warning" } as const
    const read = await patchAndRead({ scim, expect }, `/Users/${id}`, operations[dialect], warning)
    if (read === undefined) return
    const held = readPath(read.json, "roles")
    if (sameValue(held, readPath(before.json, "roles"))) {
      const code = await causeOfLoss({ scim }, `/Users/${id}`, warning.code)
      expect(read).toHaveValue("roles.value", ["Keeper"], { ...warning, code })
      return
    }
    expect.that(isArray(held) && held.length === 1, {
      ...warning,
      message: "Changing the role has made another one",
      expected: "one role",
      actual: `roles = ${JSON.stringify(held)}`,
      exchanges: [read.exchange],
    })
    expect(read).toHaveValue("roles.value", ["Keeper"], warning)
  },
})
