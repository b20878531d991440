import { USER_URN } from "../../../protocol/index.ts"
import { check } from "../../define.ts"
import { readPath } from "../../path-value.ts"
import { changeUser } from "./change-user.ts"
import { expectWritten, onlyKept, onlyWriting } from "./kept-values.ts"
import { patch, patchAndRead } from "./patching.ts"
import { BOTH_DIALECTS, type ByDialect } from "./requests.ts"
import { expectCount, expectOnly, search } from "./searching.ts"

export const operationNames = check({
  id: "entra-operation-names",
  title: "Operations may be called Add and Replace, with a capital",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: PATCH", level: "entra" },
  facts: ["WIRE-003", "WIRE-097", "WIRE-101", "WIRE-104", "WIRE-105", "RFC7644-3.5.2-05"],
  needs: ["users", "patch"],
  clients: ["entra"],
  confidence: "documented",
  dialects: ["entra"],
  why: "Without the flag Entra writes them like this, always. Where they are refused nothing ever changes, and nobody who left is disabled.",
  fix: "Compare op without regard to case.",
  defects: ["operation-names-case-sensitive", "patch-answers-202"],
  async run(context) {
    await changeUser(context, {
      given: { displayName: "Before", title: "Grower" },
      operations: {
        entra: [
          { op: "Replace", path: "displayName", value: "After" },
          { op: "Add", path: "title", value: "Driver" },
        ],
        "entra-optscim": [],
      },
      values: { displayName: "After", title: "Driver" },
      refusal: { code: "patch-refused" },
    })
  },
})

export const addAttribute = check({
  id: "entra-add-attribute",
  title: "An attribute that had no value gets one by add",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: update user", level: "entra" },
  facts: ["WIRE-100", "WIRE-104", "WIRE-113", "WIRE-116", "WIRE-120"],
  needs: ["users", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  dialects: BOTH_DIALECTS,
  why: "Entra adds where it read no value, and goes on adding for as long as it reads none.",
  fix: "Let add set a single-valued attribute, with a path or as a key of the value.",
  defects: ["patch-without-effect"],
  async run({ scim, expect, dialect, skip }) {
    const values = { displayName: "Lena Fischer", title: "Cider maker" }
    const { id: other } = await scim.givenUser(values)
    const kept = onlyKept(await scim.get(`/Users/${other}`), values)
    if (Object.keys(kept).length === 0) skip("the endpoint keeps neither displayName nor title")

    const { id } = await scim.givenUser()
    const path = `/Users/${id}`
    const before = await scim.get(path)
    const operations = {
      entra: [
        { op: "Add", path: "displayName", value: "Lena Fischer" },
        { op: "Add", path: "title", value: "Cider maker" },
      ],
      "entra-optscim": [
        { op: "add", path: "title", value: "Cider maker" },
        { op: "add", value: { displayName: "Lena Fischer" } },
      ],
    }
    const sent = onlyWriting(operations[dialect], kept)
    const read = await patchAndRead({ scim, expect }, path, sent, { code: "patch-refused" })
    if (read !== undefined)
      await expectWritten({ scim, expect }, path, read, { before, operations: sent, values: kept })
  },
})

export const renameUser = check({
  id: "entra-rename-user",
  title: "A user with a new userName is found by it at once, and no more by the old one",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: update user", level: "entra" },
  facts: ["WIRE-105", "WIRE-119", "WIRE-211"],
  needs: ["users", "filter", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  dialects: BOTH_DIALECTS,
  why: "The name is what people are matched by. Whoever is not found under it is created a second time.",
  fix: "Let userName be changed, and search in what was written, not in an index that follows later.",
  defects: ["search-behind-writes", "patch-without-effect"],
  async run({ scim, people, expect, dialect }) {
    const before = people.userName()
    const after = people.userName()
    const { id } = await scim.givenUser({ userName: before })
    // With somebody else there, an ignored filter is not taken for a late index.
    await scim.givenUser()
    const operations: ByDialect = {
      entra: [{ op: "Replace", path: "userName", value: after }],
      "entra-optscim": [{ op: "replace", value: { userName: after } }],
    }
    if (!(await patch({ scim, expect }, `/Users/${id}`, operations[dialect], { code: "patch-refused" }))) return
    const found = await search({ scim, expect }, "/Users", `userName eq "${after}"`)
    const read = await scim.get(`/Users/${id}`)
    if (!expect(read).toHaveValue("userName", after, { code: "patch-without-effect" })) return
    const code = "search-behind-writes"
    if (!expectOnly(expect, found, id, { fewer: code })) return
    expectCount(expect, await search({ scim, expect }, "/Users", `userName eq "${before}"`), 0, { more: code })
  },
})

export const othersStay = check({
  id: "entra-other-attributes-stay",
  title: "A change leaves alone what it does not name",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: update user", level: "entra" },
  facts: ["WIRE-105", "WIRE-119", "WIRE-122", "RFC7644-3.5.2.3-01"],
  needs: ["users", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  dialects: BOTH_DIALECTS,
  why: "A value without a path looks like a whole user: an endpoint that takes it for one loses everything else, and Entra, which compares with what it reads, writes it all again.",
  fix: "Change the attributes that the operation names, and no others.",
  defects: ["replace-without-path-wipes", "patch-resets-the-rest"],
  async run({ scim, people, expect, dialect }) {
    const given = {
      schemas: [USER_URN],
      externalId: people.guid(),
      active: true,
      title: "Cider maker",
      name: { givenName: "Lena", familyName: "Fischer" },
      emails: [{ type: "work", value: people.userName() }],
    }
    const { id } = await scim.givenUser({ ...given, displayName: "Before" })
    const before = await scim.get(`/Users/${id}`)
    const operations: ByDialect = {
      entra: [{ op: "Replace", path: "displayName", value: "After" }],
      "entra-optscim": [{ op: "replace", value: { displayName: "After" } }],
    }
    const refusal = { code: dialect === "entra" ? "patch-refused" : "path-needed" }
    const read = await patchAndRead({ scim, expect }, `/Users/${id}`, operations[dialect], refusal)
    if (read === undefined) return
    const kept = onlyKept(before, {
      externalId: given.externalId,
      active: true,
      title: given.title,
      "name.givenName": "Lena",
      'emails[type eq "work"].value': given.emails[0]?.value ?? "",
    })
    for (const path of Object.keys(kept)) {
      // What counts is what was there before: whether it is right is for the create to say.
      expect(read).toHaveValue(path, readPath(before.json, path) ?? null, { code: "patch-touches-others" })
    }
  },
})
