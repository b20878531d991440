/** What each operation does, in one example each; the vectors hold the many. */
import { describe, expect, it } from "vitest"
import { ENTERPRISE_USER_URN } from "../../protocol/index.ts"
import type { JsonObject } from "../json.ts"
import { createTestTarget, patch, user } from "../testing.ts"

const WORK = { value: "w@x", type: "work", primary: true }
const HOME = { value: "h@x", type: "home" }
const BEFORE = { nickName: "Countess", name: { familyName: "King", givenName: "Ada" }, emails: [WORK, HOME] }

/** The attributes that differ from BEFORE afterwards; null for those that are gone. */
async function changed(operation: JsonObject): Promise<JsonObject> {
  const { send, create } = createTestTarget({ compat: "rfc" })
  const path = `/Users/${await create("/Users", user("ada", BEFORE))}`
  const answer = await send("PATCH", path, patch(operation))
  const after: JsonObject = { ...(await send("GET", path)).json, scimType: answer.json["scimType"] ?? null }
  const names = ["nickName", "name", "emails", "title", "scimType", ENTERPRISE_USER_URN]
  const before: JsonObject = { ...BEFORE, scimType: null }
  const differing = names.filter((name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]))
  return Object.fromEntries(differing.map((name) => [name, after[name] ?? null]))
}

describe("operations", () => {
  it.each<[string, JsonObject, JsonObject]>([
    [
      "RFC7644-3.5.2.1-02",
      { op: "add", value: { title: "Guide", nickName: "Ada" } },
      { title: "Guide", nickName: "Ada" },
    ],
    ["RFC7644-3.5.2.1-03", { op: "add", path: "nickName", value: "Ada" }, { nickName: "Ada" }],
    [
      "RFC7644-3.5.2.1-04",
      { op: "add", path: "name", value: { middleName: "A." } },
      { name: { familyName: "King", givenName: "Ada", middleName: "A." } },
    ],
    [
      "RFC7644-3.5.2.1-05",
      { op: "add", path: "emails", value: [{ value: "o@x" }] },
      { emails: [WORK, HOME, { value: "o@x" }] },
    ],
    ["RFC7644-3.5.2.1-06", { op: "add", path: "emails", value: [HOME] }, {}],
    ["RFC7644-3.5.2.1-08", { op: "add", path: 'emails[type eq "fax"].value', value: "f@x" }, { scimType: "noTarget" }],
    ["RFC7644-3.5.2.2-02", { op: "remove", path: "nickName" }, { nickName: null }],
    ["RFC7644-3.5.2.2-02", { op: "remove", path: "emails" }, { emails: null }],
    ["RFC7644-3.5.2.2-03", { op: "remove", path: 'emails[type eq "work"]' }, { emails: [HOME] }],
    ["RFC7644-3.5.2.2-03", { op: "remove", path: "emails[value pr]" }, { emails: null }],
    ["RFC7644-3.5.2.3-01", { op: "replace", value: { emails: [HOME] } }, { emails: [HOME] }],
    ["RFC7644-3.5.2.3-02", { op: "replace", path: "emails", value: [HOME] }, { emails: [HOME] }],
    ["RFC7644-3.5.2.3-03", { op: "replace", path: "title", value: "Guide" }, { title: "Guide" }],
    [
      "RFC7644-3.5.2.3-04",
      { op: "replace", path: "name", value: { givenName: "A." } },
      { name: { familyName: "King", givenName: "A." } },
    ],
    [
      "RFC7644-3.5.2.3-05",
      { op: "replace", path: 'emails[value ew "x"].display', value: "mail" },
      {
        emails: [
          { value: "w@x", display: "mail", type: "work", primary: true },
          { value: "h@x", display: "mail", type: "home" },
        ],
      },
    ],
    [
      "RFC7644-3.5.2.3-07",
      { op: "replace", path: 'emails[type eq "home"]', value: { value: "n@x" } },
      { emails: [WORK, { value: "n@x" }] },
    ],
    [
      "RFC7644-3.5.2-13",
      { op: "add", path: `${ENTERPRISE_USER_URN}:department`, value: "Engines" },
      { [ENTERPRISE_USER_URN]: { department: "Engines" } },
    ],
  ])("%s: %j", async (_id, operation, expected) => {
    expect(await changed(operation)).toEqual(expected)
  })

  it("a path to a part of every element, without brackets, sets it on each", async () => {
    expect(await changed({ op: "replace", path: "emails.type", value: "other" })).toEqual({
      emails: [
        { value: "w@x", type: "other", primary: true },
        { value: "h@x", type: "other" },
      ],
    })
  })
})
