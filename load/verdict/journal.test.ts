import { expect, it } from "vitest"
import { parseJournalLine } from "./journal.ts"

it("reads the lines that the profiles write", () => {
  expect(parseJournalLine('{"scimulate":1,"kind":"requests","requests":[[5,1.5,200,1,"read-user",0,"load"]]}')).toEqual(
    { kind: "requests", requests: [[5, 1.5, 200, 1, "read-user", 0, "load"]] },
  )
  expect(parseJournalLine('{"scimulate":1,"kind":"done","atMs":9,"tenant":0,"lane":1,"unsent":2,"rounds":3}')).toEqual({
    kind: "done",
    atMs: 9,
    tenant: 0,
    lane: 1,
    unsent: 2,
    rounds: 3,
  })
  expect(parseJournalLine('{"scimulate":1,"kind":"missed","tenant":0,"objects":["group.0","user.7"]}')).toEqual({
    kind: "missed",
    tenant: 0,
    objects: ["group.0", "user.7"],
  })
})

it.each([
  ["a message of k6", "Request Failed"],
  ["JSON of somebody else", '{"level":"info"}'],
  ["a line that was cut", '{"scimulate":1,"kind":"requests","requests":[[5,'],
  ["an unknown kind", '{"scimulate":1,"kind":"gossip"}'],
  ["a record of another shape", '{"scimulate":1,"kind":"requests","requests":[[5,1.5,200]]}'],
])("takes %s for none", (_what, text) => {
  expect(parseJournalLine(text)).toBeNull()
})
