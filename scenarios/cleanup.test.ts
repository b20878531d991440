import { describe, expect, it } from "vitest"

import { TransportError, type HttpResponse } from "../protocol/index.ts"
import { createCleanUp, type CleanUp } from "./cleanup.ts"
import type { Sent } from "./recording.ts"

const BASE = "http://localhost/scim/v2"
const RUN = "k3f9a1x"

function answer(status: number, body: unknown = null, headers: HttpResponse["headers"] = {}): HttpResponse {
  return { status, headers, body: body === null ? null : JSON.stringify(body) }
}

function saw(book: CleanUp, method: string, url: string, outcome: HttpResponse | TransportError, body: unknown = null) {
  book.observe({
    id: "c#1",
    sender: "job",
    faulted: false,
    outcome,
    request: { method, url, headers: {}, body: body === null ? null : JSON.stringify(body) },
  })
}

/** Plays the endpoint at clean-up: what is asked, and what it answers. */
function endpoint(answers: Readonly<Record<string, HttpResponse | TransportError>> = {}) {
  const asked: string[] = []
  return {
    asked,
    send: async (method: string, path: string): Promise<Sent> => {
      const line = `${method} ${decodeURIComponent(path)}`
      asked.push(line)
      return { exchange: "c#9", outcome: answers[line] ?? answer(204) }
    },
  }
}

const created = (id: string) => answer(201, { id })

describe("createCleanUp", () => {
  it("removes what was created, newest first, by id and by Location", async () => {
    const book = createCleanUp(BASE, RUN)
    saw(book, "POST", `${BASE}/Users`, created("a b"), { userName: "x" })
    saw(book, "POST", `${BASE}/Groups`, answer(201, null, { location: [`${BASE}/Groups/g1`] }))
    const { asked, send } = endpoint()
    expect(await book.run(send)).toEqual([])
    expect(asked).toEqual(["DELETE /Groups/g1", "DELETE /Users/a b"])
  })

  it("leaves alone what was refused, searched for, read, or lies elsewhere", async () => {
    const book = createCleanUp(BASE, RUN)
    saw(book, "POST", `${BASE}/Users`, answer(409, {}), { userName: `ada-${RUN}` })
    saw(book, "POST", `${BASE}/.search`, answer(200, { Resources: [{ id: "1" }] }))
    saw(book, "POST", `${BASE}/Users/.search`, answer(200, { id: "1" }))
    saw(book, "GET", `${BASE}/Users/admin`, answer(200, { id: "admin" }))
    saw(book, "PUT", `${BASE}/Users/admin`, answer(200, { id: "admin" }))
    saw(book, "POST", "http://localhost/other/Users", created("1"))
    const { asked, send } = endpoint()
    expect(await book.run(send)).toEqual([])
    expect(asked).toEqual([])
  })

  it("does not follow a Location that leads out of the endpoint", async () => {
    const book = createCleanUp(BASE, RUN)
    saw(book, "POST", `${BASE}/Users`, answer(201, null, { location: ["http://evil.example/scim/v2/Users/1"] }))
    const { asked, send } = endpoint()
    await book.run(send)
    expect(asked).toEqual([])
  })

  it("does not delete again what the case deleted, unless it is still there", async () => {
    const book = createCleanUp(BASE, RUN)
    saw(book, "POST", `${BASE}/Users`, created("gone"))
    saw(book, "POST", `${BASE}/Users`, created("undead"))
    saw(book, "DELETE", `${BASE}/Users/gone`, answer(204))
    saw(book, "DELETE", `${BASE}/Users/undead`, answer(204))
    saw(book, "GET", `${BASE}/Users/undead`, answer(200, { id: "undead" }))
    const { asked, send } = endpoint()
    await book.run(send)
    expect(asked).toEqual(["DELETE /Users/undead"])
  })

  it.each([
    ["a lost answer", new TransportError("reset", "broken")],
    ["a server error", answer(500)],
    ["an answer that names nothing", answer(201)],
  ])("looks up by its unique name what %s left in the dark", async (_, outcome) => {
    const book = createCleanUp(BASE, RUN)
    const name = `ada-${RUN}`
    saw(book, "POST", `${BASE}/Users`, outcome, { userName: name })
    const search = `GET /Users?filter=userName eq "${name}"`
    const Resources = [
      { id: "u1", userName: name },
      { id: "admin", userName: "admin" },
    ]
    const { asked, send } = endpoint({ [search]: answer(200, { Resources }) })
    expect(await book.run(send)).toEqual([])
    expect(asked).toEqual([search, "DELETE /Users/u1"])
  })

  it("never looks for a name that does not carry the run's id: it may be somebody's", async () => {
    const book = createCleanUp(BASE, RUN)
    saw(book, "POST", `${BASE}/Users`, answer(500), { userName: "admin" })
    const { asked, send } = endpoint()
    expect(await book.run(send)).toEqual([
      '/Users (userName "admin"): its create got no usable answer, and its name could be somebody else\'s: it may exist',
    ])
    expect(asked).toEqual([])
  })

  it("leaves alone what was there before, even where a create was answered with it", async () => {
    const book = createCleanUp(BASE, RUN, new Set(["/Users/u1"]))
    saw(book, "POST", `${BASE}/Users`, answer(200, { id: "u1" }), { userName: "maria@northwind.example" })
    saw(book, "POST", `${BASE}/Users`, created("u2"), { userName: "joao@northwind.example" })
    const { asked, send } = endpoint()
    expect(await book.run(send)).toEqual([])
    expect(asked).toEqual(["DELETE /Users/u2"])
  })

  it("lists what could not be removed, with what it is", async () => {
    const book = createCleanUp(BASE, RUN)
    saw(book, "POST", `${BASE}/Users`, created("u1"), { userName: "ada" })
    saw(book, "POST", `${BASE}/Groups`, new TransportError("timeout", "no answer"), { displayName: `x-${RUN}` })
    saw(book, "POST", `${BASE}/Groups`, created("g2"))
    const { send } = endpoint({
      "DELETE /Users/u1": answer(500),
      "DELETE /Groups/g2": answer(404),
      [`GET /Groups?filter=displayName eq "x-${RUN}"`]: answer(500),
    })
    expect(await book.run(send)).toEqual([
      `/Groups (displayName "x-${RUN}"): its create got no answer, nor did the search for it: it may exist`,
      '/Users/u1 (userName "ada"): DELETE answered 500',
    ])
  })

  it("does not go on asking an endpoint that has fallen silent", async () => {
    const book = createCleanUp(BASE, RUN)
    saw(book, "POST", `${BASE}/Users`, created("u1"), { userName: "ada" })
    saw(book, "POST", `${BASE}/Groups`, created("g1"), { displayName: "press" })
    const { asked, send } = endpoint({ "DELETE /Groups/g1": new TransportError("refused", "nobody listens") })
    expect(await book.run(send)).toEqual([
      '/Groups/g1 (displayName "press"): nobody listens',
      '/Users/u1 (userName "ada"): nobody listens',
    ])
    expect(asked).toEqual(["DELETE /Groups/g1"])
  })
})
