import { expect, it } from "vitest"
import { findLoadTopic, loadTopicNames } from "./topics.ts"

it.each([
  ["load-group-storm-members@entra", "After the load every group has the members that were added, each once"],
  ["load-initial-cycle-create-user", "Every answer of this step is right, in time, and seldom 429"],
  ["load-many-tenants-rate", "The endpoint sustains 25 requests a second for each tenant"],
  ["load-change-lost", "After the load every person and group is there once, as it was written last"],
])("%s is about: %s", (id, title) => {
  expect(findLoadTopic(id)?.title).toBe(title)
})

it("knows every name that it suggests, and no other", () => {
  for (const name of loadTopicNames()) expect(findLoadTopic(name)).toBeDefined()
  expect(findLoadTopic("load-initial-cycle-nothing")).toBeUndefined()
  expect(findLoadTopic("rfc7644-3.3-duplicate-user")).toBeUndefined()
})
