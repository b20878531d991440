import { describe, expect, it } from "vitest"
import { GROUP_RESOURCE_TYPE, GROUP_SCHEMA } from "../../protocol/index.ts"
import { GroupTexts } from "../store/group-texts.ts"
import type { ReadRow } from "../store/resource-store.ts"
import { createView, renderResource } from "./render.ts"
import type { RenderContext } from "./render.ts"
import { createShape } from "./shape.ts"

const shape = createShape(GROUP_RESOURCE_TYPE, [GROUP_SCHEMA])
const row: ReadRow = [
  '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"id":"g1","displayName":"engineers",' +
    '"meta":{"resourceType":"Group","created":"1970-01-01T00:00:00.000Z","lastModified":"1970-01-01T00:00:00.000Z",' +
    '"version":"W/\\"1\\"","location":"/Groups/g1"}}',
  1,
  "Group",
  1,
  null,
  null,
]

/** Counts how often the members are looked up. */
function createContext(): RenderContext & { lookups: number } {
  const context = {
    lookups: 0,
    addressing: {
      base: "https://example.com",
      types: ["User", "Group"],
      collectionUrl: (type: string) => `https://example.com/${type}s`,
    },
    store: {
      members: () => {
        context.lookups += 1
        return [{ id: "u1", type: "User", display: "Ada", isDirect: 1 }]
      },
      containers: () => [],
      findAny: () => undefined,
      groupTexts: new GroupTexts(),
    },
  }
  return context
}

describe("renderResource", () => {
  it("sends what is stored as it stands, with the base URL in it and members behind it", () => {
    const context = createContext()
    expect(renderResource(context, createView(shape, {}), row)).toBe(
      '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"id":"g1","displayName":"engineers",' +
        '"meta":{"resourceType":"Group","created":"1970-01-01T00:00:00.000Z","lastModified":"1970-01-01T00:00:00.000Z",' +
        '"version":"W/\\"1\\"","location":"https://example.com/Groups/g1"},' +
        '"members":[{"value":"u1","$ref":"https://example.com/Users/u1","display":"Ada","type":"User"}]}',
    )
    expect(context.lookups).toBe(1)
  })

  it.each([{ excludedAttributes: ["members"] }, { attributes: ["displayName"] }])(
    "RFC7644-3.9-02 never touches the members for %j",
    (requested) => {
      const context = createContext()
      const text = renderResource(context, createView(shape, requested), row)
      expect(text).not.toContain("members")
      expect(context.lookups).toBe(0)
    },
  )
})
