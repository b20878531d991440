/** No lookup reads a table from end to end: what SQLite says it would do. */
import { describe, expect, it } from "vitest"
import { addressing, createContext, groups, users } from "../resource/context.fixture.ts"
import { resolveQuery, selectionOf } from "../resource/query.ts"
import { createView } from "../resource/render.ts"
import { seedResources } from "../resource/seed.ts"
import { group, user } from "../testing.ts"
import { openDatabase } from "./database.ts"
import { createStatements } from "./statements.ts"

const context = createContext(["Group.displayName"])
const people = Array.from({ length: 50 }, (_, index) =>
  user(`u${index}`, { id: `u${index}`, displayName: `d${index % 5}` }),
)
const teams = Array.from({ length: 50 }, (_, index) => ({ ...group(`g${index}`, [`u${index}`]), id: `g${index}` }))
seedResources(context, [users, groups], [...people, ...teams])

function planOf(type: "User" | "Group", filter: string): readonly string[] {
  const shape = type === "User" ? users : groups
  return context.store.selections.explain(
    selectionOf(resolveQuery(context, [shape], { filter, sortOrder: "ascending" }, addressing)),
  )
}

describe("lookups search an index", () => {
  it.each([
    ["User", 'userName eq "u7"'],
    ["User", 'externalId eq "x"'],
    ["User", 'id eq "u7"'],
    ["User", 'emails.value eq "a@x"'],
    ["User", 'emails[type eq "work"].value eq "a@x"'],
    ["User", 'emails[type eq "work" and value eq "a@x"]'],
    ["User", 'userName eq "u7" and active eq true'],
    ["User", 'id eq "u7" and manager eq "u8"'],
    ["Group", 'displayName eq "g7"'],
    ["Group", 'externalId eq "x"'],
    ["Group", 'id eq "g7"'],
    ["Group", 'members.value eq "u7"'],
    ["Group", 'members eq "u7" and id eq "g7"'],
    ["Group", 'members[value eq "u7" and type eq "User"]'],
  ] as const)("%s: %s", (type, filter) => {
    const plan = planOf(type, filter)
    expect(plan.length).toBeGreaterThan(0)
    // A list inside one document (json_each) is read through; a table never is.
    expect(plan.filter((step) => step.startsWith("SCAN") && !step.includes("VIRTUAL TABLE"))).toEqual([])
    const bySeq = "SEARCH r USING INDEX resource_by_type (type=? AND rowid=?)"
    const byId = "SEARCH r USING INDEX sqlite_autoindex_resource_1 (id=?)"
    expect([bySeq, byId]).toContain(plan[0])
  })

  it("would see a scan: a filter without an index walks the resources of the type", () => {
    expect(planOf("User", 'title eq "x"')).toEqual(["SEARCH r USING INDEX resource_by_type (type=?)"])
  })
})

describe("a group whose members are not asked for", () => {
  it("is read as its document, by statements that touch no membership", () => {
    const view = createView(groups, { excludedAttributes: ["members"] })
    expect([view.asDocuments, view.withContainers]).toEqual([true, false])
    const database = openDatabase(":memory:")
    const { document, documentAt } = createStatements(database)
    for (const { source } of [document, documentAt]) {
      const plan = database.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${source}`)
      const steps = plan.all(...Array.from({ length: source.split("?").length - 1 }, () => 1))
      expect(steps).not.toEqual([])
      expect(steps.filter(({ detail }) => detail.includes("membership"))).toEqual([])
    }
  })
})

describe("statements of every write", () => {
  const database = openDatabase(":memory:")
  const statements = Object.entries(createStatements(database))

  it.each(statements.map(([name, { source }]) => [name, source] as const))(
    "%s reads no table from end to end",
    (_name, source) => {
      const plan = database.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${source}`)
      const parameters = Array.from({ length: source.split("?").length - 1 }, () => 1)
      const scans = plan.all(...parameters).filter(({ detail }) => /^SCAN (?!ancestry$|a$|CONSTANT)/.test(detail))
      expect(scans).toEqual([])
    },
  )
})
