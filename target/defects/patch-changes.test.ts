import { describe, expect, it } from "vitest"

import { changeOperations, operationsOf, opOf, pathOf } from "./patch-changes.ts"

function patch(operations: unknown): Request {
  const body = JSON.stringify({ schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: operations })
  return new Request("http://localhost/v2/Users/u", { method: "PATCH", body })
}

describe("operations of defects", () => {
  it("reads op in any letter case and a missing path as empty", async () => {
    const [first] = await operationsOf(patch([{ op: "Replace", value: {} }]))
    expect(first === undefined ? [] : [opOf(first), pathOf(first)]).toEqual(["replace", ""])
  })

  it("puts one, several or none in place of each, and keeps the rest of the message", async () => {
    const request = patch([
      { op: "add", path: "a" },
      { op: "remove", path: "b" },
      { op: "replace", path: "c" },
    ])
    const changed = await changeOperations(request, (operation) => {
      if (opOf(operation) === "remove") return []
      return opOf(operation) === "add" ? { ...operation, path: "z" } : [operation, operation]
    })
    expect(await changed.json()).toEqual({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: [
        { op: "add", path: "z" },
        { op: "replace", path: "c" },
        { op: "replace", path: "c" },
      ],
    })
  })

  it("leaves what is no PATCH alone", async () => {
    const request = new Request("http://localhost/v2/Users", { method: "POST", body: '{"Operations":[{"op":"add"}]}' })
    expect(await changeOperations(request, () => [])).toBe(request)
  })
})
