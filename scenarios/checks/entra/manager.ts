import { ENTERPRISE_USER_URN } from "../../../protocol/index.ts"
import { check } from "../../define.ts"
import { isNoValue, isObject, readPath } from "../../path-value.ts"
import type { Answer, CheckContext } from "../context.ts"
import { causeOfLoss, patchAndRead } from "./patching.ts"
import { BOTH_DIALECTS, changeManager, setManager } from "./requests.ts"

const MANAGER = `${ENTERPRISE_USER_URN}:manager`

/** Whether the user at `path` has that manager, in the form that Entra can read. */
async function expectManager(
  { scim, expect }: Pick<CheckContext, "scim" | "expect">,
  path: string,
  read: Answer,
  manager: string,
): Promise<boolean> {
  const held = readPath(read.json, MANAGER)
  if (isNoValue(held)) {
    const code = await causeOfLoss({ scim }, path, "attribute-dropped")
    const isDropped = code === "attribute-dropped"
    const advice = "Store the manager, or have people remove it from their attribute mappings."
    const hint = isDropped ? ({ code, severity: "warning", advice } as const) : { code }
    return expect(read).toHaveValue(`${MANAGER}.value`, manager, hint)
  }
  const isForm = expect.that(isObject(held), {
    code: "manager-form",
    message: "The manager is returned as something other than an object with a value",
    expected: '"manager": {"value": "…"}',
    actual: `manager = ${JSON.stringify(held)}`,
    fact: "WIRE-080",
    exchanges: [read.exchange],
  })
  return isForm && expect(read).toHaveValue(`${MANAGER}.value`, manager, { code: "manager-differs" })
}

export const managerAsText = check({
  id: "entra-manager",
  title: "A manager is set and changed by the bare id, and returned as an object with that id",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: reference attributes", level: "entra" },
  facts: ["WIRE-080", "WIRE-129", "WIRE-130", "WIRE-133", "WIRE-134"],
  needs: ["users", "patch", "enterprise-user"],
  clients: ["entra", "entra-optscim"],
  confidence: "observed",
  dialects: BOTH_DIALECTS,
  why: "Entra sends the id as a plain text, and reads an object. Refused, no manager ever arrives; returned as a text, the whole user cannot be read any more.",
  fix: "Accept the manager as a text, as an object with value, and as a list of one; return an object with value.",
  defects: ["manager-object-needed", "manager-as-text"],
  async run({ scim, expect, dialect, step }) {
    const { id: first } = await scim.givenUser()
    const { id: second } = await scim.givenUser()
    const { id } = await scim.givenUser()
    const path = `/Users/${id}`
    const refusal = { code: "manager-string-rejected" }
    step("set the manager")
    const set = await patchAndRead({ scim, expect }, path, setManager(dialect, first), refusal)
    if (set === undefined || !(await expectManager({ scim, expect }, path, set, first))) return
    step("change the manager")
    const changed = await patchAndRead({ scim, expect }, path, changeManager(dialect, second), refusal)
    if (changed !== undefined) await expectManager({ scim, expect }, path, changed, second)
  },
})

export const clearManager = check({
  id: "entra-clear-manager",
  title: "An empty text takes the manager away",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: reference attributes", level: "entra" },
  facts: ["WIRE-134", "RES-01"],
  needs: ["users", "patch", "enterprise-user"],
  clients: ["entra", "entra-optscim"],
  confidence: "observed",
  dialects: BOTH_DIALECTS,
  why: "Microsoft's gallery test removes the manager like this; others saw nothing sent at all. As the sources disagree, this warns.",
  fix: "Take an empty text, an object with an empty value, and a remove for: no manager.",
  defects: ["empty-manager-refused"],
  async run({ scim, expect, dialect, skip }) {
    const { id: manager } = await scim.givenUser()
    const { id } = await scim.givenUser()
    await scim.patchOps(`/Users/${id}`, [{ op: "add", path: MANAGER, value: { value: manager } }])
    const before = await scim.get(`/Users/${id}`)
    if (isNoValue(readPath(before.json, MANAGER))) skip("the endpoint did not take a manager")
    const warning = { code: "manager-not-cleared", severity: "warning" } as const
    const read = await patchAndRead({ scim, expect }, `/Users/${id}`, changeManager(dialect, ""), warning)
    if (read !== undefined) expect(read).toHaveNoValue(MANAGER, warning)
  },
})
