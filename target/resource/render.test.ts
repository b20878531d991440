import { describe, expect, it } from "vitest"
import { GROUP_RESOURCE_TYPE, GROUP_SCHEMA } from "../../protocol/index.ts"
import type { StoredResource } from "../store/resource-store.ts"
import { createProjection } from "./projection.ts"
import { renderResource } from "./render.ts"
import type { RenderContext } from "./render.ts"
import { createShape } from "./shape.ts"

const shape = createShape(GROUP_RESOURCE_TYPE, [GROUP_SCHEMA])
const stored: StoredResource = {
  seq: 1,
  id: "g1",
  type: "Group",
  document: '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"id":"g1","displayName":"engineers"}',
  display: "engineers",
  manager: null,
  created: 0,
  lastModified: 0,
  version: 1,
}

/** Counts how often the members are looked up. */
function createContext(): RenderContext & { lookups: number } {
  const context = {
    lookups: 0,
    addressing: { types: ["User", "Group"], collectionUrl: (type: string) => `https://example.com/${type}s` },
    store: {
      members: () => {
        context.lookups += 1
        return [{ id: "u1", type: "User", display: "Ada", isDirect: 1 }]
      },
      containers: () => [],
      findAny: () => undefined,
    },
  }
  return context
}

describe("renderResource", () => {
  it("sends what is stored as it stands, with meta and members behind it", () => {
    const context = createContext()
    expect(renderResource(context, shape, stored, createProjection(shape, {}))).toBe(
      `${stored.document.slice(0, -1)},"meta":{"resourceType":"Group","created":"1970-01-01T00:00:00.000Z",` +
        `"lastModified":"1970-01-01T00:00:00.000Z","location":"https://example.com/Groups/g1","version":"W/\\"1\\""},` +
        `"members":[{"value":"u1","$ref":"https://example.com/Users/u1","display":"Ada","type":"User"}]}`,
    )
    expect(context.lookups).toBe(1)
  })

  it.each([{ excludedAttributes: ["members"] }, { attributes: ["displayName"] }])(
    "RFC7644-3.9-02 never touches the members for %j",
    (requested) => {
      const context = createContext()
      const text = renderResource(context, shape, stored, createProjection(shape, requested))
      expect(text).not.toContain("members")
      expect(context.lookups).toBe(0)
    },
  )
})
