import { describe, expect, it } from "vitest"

import { TransportError, type HttpRequest, type HttpResponse } from "../protocol/index.ts"
import { defaultMappings, type DirectoryContents, type ProvisioningMappings } from "../simulator/index.ts"
import { findAdopted } from "./adoption.ts"

const contents: DirectoryContents = {
  users: [
    {
      id: "d1",
      attributes: { userPrincipalName: "maria@a.example", displayName: "Maria", mail: "m@a.example" },
      managerId: null,
    },
    {
      id: "d2",
      attributes: { userPrincipalName: "ines_b.example#EXT#@a.onmicrosoft.com", displayName: "Inés" },
      managerId: null,
    },
    {
      id: "d3",
      attributes: { userPrincipalName: "blocked@a.example", displayName: "Blocked", accountEnabled: false },
      managerId: null,
    },
  ],
  groups: [
    { id: "d4", attributes: { displayName: "Équipe support" }, memberIds: [] },
    { id: "d5", attributes: { displayName: "Newsletter", securityEnabled: false }, memberIds: [] },
  ],
  notes: [],
}

function found(...resources: readonly unknown[]): HttpResponse {
  return { status: 200, headers: {}, body: JSON.stringify({ totalResults: resources.length, Resources: resources }) }
}

/** Looks at an endpoint that answers these filters, and every other with an empty list. */
async function look(answers: Readonly<Record<string, HttpResponse | TransportError>>, mappings?: ProvisioningMappings) {
  const asked: string[] = []
  const adopted = await findAdopted({
    contents,
    ...(mappings !== undefined && { mappings }),
    baseUrl: "http://localhost/scim/v2",
    headers: { authorization: "Bearer t" },
    send: async ({ method, url, headers }: HttpRequest) => {
      expect(headers).toMatchObject({ authorization: "Bearer t" })
      const { pathname, searchParams } = new URL(url)
      const line = `${method} ${pathname.replace("/scim/v2", "")} ${searchParams.get("filter")}`
      asked.push(line)
      return { exchange: "discovery#1", outcome: answers[line] ?? found() }
    },
  })
  return { adopted, asked }
}

/** The default mappings, with people matched by other rows. */
function matchedBy(...targets: readonly string[]): ProvisioningMappings {
  const { user, group } = defaultMappings()
  const attributes = user.attributes.map((row) => ({ ...row, matchingPriority: targets.indexOf(row.target) + 1 }))
  return { user: { ...user, attributes }, group }
}

describe("who exists already", () => {
  it("MAP-124 is asked for as the job will ask: by name, guests by their address, and only who can be in scope", async () => {
    const { adopted, asked } = await look({})
    expect(adopted).toEqual([])
    expect(asked).toEqual([
      'GET /Users userName eq "maria@a.example"',
      'GET /Users userName eq "ines@b.example"',
      'GET /Groups displayName eq "Équipe support"',
    ])
  })

  it("is listed with the name that the endpoint has, each once", async () => {
    const { adopted } = await look({
      'GET /Users userName eq "maria@a.example"': found({ id: "u 1", userName: "MARIA@a.example" }),
      'GET /Users userName eq "ines@b.example"': found({ id: "u 1", userName: "MARIA@a.example" }),
      'GET /Groups displayName eq "Équipe support"': found({ id: "g1" }),
    })
    expect(adopted).toEqual([
      { kind: "user", path: "/Users/u%201", name: "MARIA@a.example" },
      { kind: "group", path: "/Groups/g1", name: "g1" },
    ])
  })

  it("WIRE-074 is nobody where several match: the job writes to none of them", async () => {
    const { adopted } = await look({
      'GET /Users userName eq "maria@a.example"': found({ id: "1" }, { id: "2" }),
    })
    expect(adopted).toEqual([])
  })

  it("WIRE-046 is asked for by one matching attribute after another, as the mapping ranks them", async () => {
    const { asked, adopted } = await look(
      { 'GET /Users externalId eq "maria"': found({ id: "1", userName: "old-maria" }) },
      matchedBy('emails[type eq "work"].value', "externalId"),
    )
    expect(asked.slice(0, 3)).toEqual([
      'GET /Users emails[type eq "work"].value eq "m@a.example"',
      'GET /Users externalId eq "maria"',
      'GET /Users externalId eq "ines_b.example#EXT#"',
    ])
    expect(adopted).toEqual([{ kind: "user", path: "/Users/1", name: "old-maria" }])
  })

  it("groups are left out where the mapping leaves them out", async () => {
    const { user, group } = defaultMappings()
    const { asked } = await look({}, { user, group: { ...group, enabled: false } })
    expect(asked.filter((line) => line.includes("/Groups"))).toEqual([])
  })
})

describe("where it cannot be told, nothing goes on", () => {
  it.each([
    ["an error", { status: 500, headers: {}, body: "" }, "answered 500"],
    ["no list", { status: 200, headers: {}, body: '{"Resources": 7}' }, "answered 200"],
    ["no answer", new TransportError("reset", "The connection broke."), "The connection broke."],
  ])("%s", async (_name, outcome, words) => {
    const attempt = look({ 'GET /Users userName eq "maria@a.example"': outcome })
    await expect(attempt).rejects.toMatchObject({ code: "ENV_ADOPTION", message: expect.stringContaining(words) })
  })

  it("a mapping that matches by an expression", async () => {
    const { user, group } = defaultMappings()
    const attributes = user.attributes.map((row) =>
      row.target === "userName" ? { ...row, source: "ToLower([userPrincipalName], )" } : row,
    )
    await expect(look({}, { user: { ...user, attributes }, group })).rejects.toMatchObject({
      code: "USAGE_ADOPTION",
      message: expect.stringContaining("matches by userName"),
    })
  })
})
