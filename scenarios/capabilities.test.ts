import { describe, expect, it } from "vitest"

import { compareCapabilities, obstacleOf, readCapabilities, toCapabilities } from "./capabilities.ts"
import type { Need } from "./define.ts"

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
const silent = toCapabilities(undefined, undefined, undefined)

describe("toCapabilities", () => {
  it("reads what the endpoint says", () => {
    const capabilities = toCapabilities(
      { patch: { supported: true }, sort: { supported: false }, etag: { supported: "true" } },
      { Resources: [{ endpoint: "/Users" }, { endpoint: "/groups" }] },
      { Resources: [{ id: ENTERPRISE }] },
    )
    expect(capabilities).toEqual({
      patch: true,
      bulk: null,
      filter: null,
      changePassword: null,
      sort: false,
      etag: null,
      groups: true,
      enterpriseUser: true,
    })
  })

  it("takes nonsense for silence", () => {
    expect(toCapabilities("<html>", { Resources: "none" }, [])).toEqual(silent)
    expect(Object.values(silent).every((value) => value === null)).toBe(true)
  })

  it("asks the resource types where /Schemas is silent, and takes a bare array for a list", () => {
    const types = [{ endpoint: "/Users", schemaExtensions: [{ schema: ENTERPRISE }] }]
    expect(toCapabilities(undefined, types, undefined)).toMatchObject({ groups: false, enterpriseUser: true })
  })
})

describe("readCapabilities", () => {
  it("survives discovery that is missing", async () => {
    const asked: string[] = []
    const capabilities = await readCapabilities("http://localhost", {}, async ({ url }) => {
      asked.push(url)
      return { exchange: "", outcome: { status: 404, headers: {}, body: '{"patch":{"supported":true}}' } }
    })
    expect(asked).toEqual([
      "http://localhost/ServiceProviderConfig",
      "http://localhost/ResourceTypes",
      "http://localhost/Schemas",
      "http://localhost/Groups?count=1",
    ])
    expect(capabilities).toEqual({ ...silent, groups: false })
  })
})

describe("what stands in the way of a case", () => {
  const reasonFor = (need: Need, what: Partial<typeof silent> = {}, hasCredentials = true) =>
    obstacleOf([need], { ...silent, ...what }, hasCredentials)?.reason

  it("is what is denied; silence denies nothing", () => {
    expect(reasonFor("groups", { groups: false })).toContain("does not offer groups")
    expect(reasonFor("patch", { patch: false })).toContain("PATCH")
    expect(reasonFor("filter")).toBeUndefined()
    expect(reasonFor("enterprise-user")).toBeUndefined()
    expect(reasonFor("users")).toBeUndefined()
  })
  it("is an optional feature unless it is advertised", () => {
    expect(reasonFor("sort")).toContain("does not advertise sorting")
    expect(reasonFor("etag", { etag: true })).toBeUndefined()
    expect(reasonFor("change-password", { changePassword: false })).toContain("changing passwords")
  })
  it("is that nobody asks for credentials that could be wrong", () => {
    expect(reasonFor("credentials", {}, false)).toContain("no credentials")
    expect(reasonFor("credentials")).toBeUndefined()
  })

  it.each<[readonly Need[], Partial<typeof silent>, boolean]>([
    [["sort"], { sort: false }, true],
    [["etag"], { etag: false }, true],
    [["change-password"], { changePassword: false }, true],
    [["credentials", "etag"], { etag: false }, true],
    [["sort"], {}, false],
    [["patch"], { patch: false }, false],
    [["filter"], { filter: false }, false],
    [["groups"], { groups: false }, false],
    [["enterprise-user"], { enterpriseUser: false }, false],
  ])("%j where discovery says %j: it does not apply: %s", (needs, what, doesNotApply) => {
    expect(obstacleOf(needs, { ...silent, ...what }, false)?.doesNotApply).toBe(doesNotApply)
  })
})

describe("compareCapabilities", () => {
  it("sets advertised beside proven", () => {
    const compared = compareCapabilities({ ...silent, patch: true, filter: true }, [
      { needs: ["patch"], status: "failed" },
      { needs: ["patch", "groups"], status: "passed" },
      { needs: ["filter"], status: "failed" },
      { needs: ["sort"], status: "skipped" },
    ])
    expect(compared).toContainEqual({ name: "patch", advertised: true, proven: true })
    expect(compared).toContainEqual({ name: "filter", advertised: true, proven: false })
    expect(compared).toContainEqual({ name: "sort", advertised: null, proven: null })
    expect(compared).toContainEqual({ name: "groups", advertised: null, proven: true })
  })
})
