import { describe, expect, it } from "vitest"

import { compareCapabilities, missingNeed, readCapabilities, toCapabilities } from "./capabilities.ts"

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

describe("missingNeed", () => {
  const says = (what: Partial<typeof silent>) => ({ ...silent, ...what })

  it("skips what is denied; silence denies nothing", () => {
    expect(missingNeed("groups", says({ groups: false }), true)).toContain("does not offer groups")
    expect(missingNeed("patch", says({ patch: false }), true)).toContain("PATCH")
    expect(missingNeed("filter", silent, true)).toBeUndefined()
    expect(missingNeed("enterprise-user", silent, true)).toBeUndefined()
    expect(missingNeed("users", silent, true)).toBeUndefined()
  })
  it("skips an optional feature unless it is advertised", () => {
    expect(missingNeed("sort", silent, true)).toContain("does not advertise sorting")
    expect(missingNeed("etag", says({ etag: true }), true)).toBeUndefined()
    expect(missingNeed("change-password", says({ changePassword: false }), true)).toContain("changing passwords")
  })
  it("cannot try wrong credentials where none are asked for", () => {
    expect(missingNeed("credentials", silent, false)).toContain("no credentials")
    expect(missingNeed("credentials", silent, true)).toBeUndefined()
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
