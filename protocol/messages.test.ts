import { describe, expect, it } from "vitest"
import {
  errorMessageSchema,
  groupSchema,
  listResponseSchema,
  patchRequestSchema,
  searchRequestSchema,
  userSchema,
} from "./messages.ts"

const PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
const LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
const SEARCH = "urn:ietf:params:scim:api:messages:2.0:SearchRequest"
const ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"

describe("patchRequestSchema", () => {
  it("C-27 takes op in any case and gives it in lower case", () => {
    const operations = [
      { op: "Add", path: "title", value: "x" },
      { op: "REMOVE", path: "title" },
    ]
    const parsed = patchRequestSchema.parse({ schemas: [PATCH_OP], Operations: operations })
    expect(parsed.Operations.map(({ op }) => op)).toEqual(["add", "remove"])
    expect(parsed.Operations[0]).toEqual({ op: "add", path: "title", value: "x" })
  })

  it.each([
    { schemas: [LIST], Operations: [{ op: "add", value: {} }] },
    { schemas: [PATCH_OP], Operations: [] },
    { schemas: [PATCH_OP] },
    { schemas: [PATCH_OP], Operations: [{ op: "merge", value: {} }] },
    { schemas: [PATCH_OP], Operations: [{ value: {} }] },
    { schemas: [PATCH_OP], Operations: [{ op: "add", path: 7, value: {} }] },
    { Operations: [{ op: "add", value: {} }] },
    [],
    null,
  ])("refuses %j", (body) => {
    expect(patchRequestSchema.safeParse(body).success).toBe(false)
  })
})

describe("listResponseSchema", () => {
  it("takes an empty answer without Resources and keeps what it does not know", () => {
    const body = { schemas: [LIST.toUpperCase()], totalResults: 0, nextCursor: "x" }
    expect(listResponseSchema.parse(body)).toEqual(body)
  })

  it.each([
    { schemas: [LIST] },
    { schemas: [LIST], totalResults: "1" },
    { schemas: [LIST], totalResults: -1 },
    { schemas: [LIST], totalResults: 1, startIndex: 0 },
    { schemas: [LIST], totalResults: 1, Resources: {} },
    { schemas: [ERROR], totalResults: 1 },
  ])("refuses %j", (body) => {
    expect(listResponseSchema.safeParse(body).success).toBe(false)
  })
})

describe("searchRequestSchema", () => {
  it("takes numbers out of range, which the server interprets", () => {
    expect(searchRequestSchema.safeParse({ schemas: [SEARCH], startIndex: -3, count: -1 }).success).toBe(true)
  })

  it.each([{ filter: 1 }, { attributes: "userName" }, { sortOrder: "up" }, { count: 1.5 }])("refuses %j", (members) => {
    expect(searchRequestSchema.safeParse({ schemas: [SEARCH], ...members }).success).toBe(false)
  })
})

describe("errorMessageSchema", () => {
  it("RFC7644-3.12-02 wants status as text, and leaves scimType open", () => {
    const body = { schemas: [ERROR], status: "400", scimType: "vendorSpecific" }
    expect(errorMessageSchema.parse(body)).toEqual(body)
    expect(errorMessageSchema.safeParse({ ...body, status: 400 }).success).toBe(false)
  })
})

describe("resources", () => {
  it("keep attributes they do not name", () => {
    const user = { schemas: ["x"], id: "1", userName: "a", "urn:x:y": { z: 1 }, emails: [{ value: "v", extra: 1 }] }
    expect(userSchema.parse(user)).toEqual(user)
    const group = { schemas: ["x"], id: "1", displayName: "a", members: [{ value: "v", $ref: null }] }
    expect(groupSchema.parse(group)).toEqual(group)
  })

  it.each([{ id: "1" }, { schemas: [], id: "1" }, { schemas: ["x"] }, { schemas: ["x"], id: "" }])(
    "RFC7643-3-01, RFC7643-3.1-02 refuse %j",
    (resource) => {
      expect(userSchema.safeParse(resource).success).toBe(false)
    },
  )
})
