import { describe, expect, it } from "vitest"

import { createRepeat } from "./repeat.ts"

describe("createRepeat", () => {
  it("repeats a case on the embedded target with its seed, defect and compat", () => {
    const repeat = createRepeat({ kind: "embedded", defects: ["filter-ignored"], compat: "rfc" }, 7, [])
    expect(repeat("a-case@entra")).toBe(
      "scimulate run --defect filter-ignored --compat rfc --case a-case@entra --seed 7",
    )
  })
  it("names where the token comes from, never the token, nor the value of a header", () => {
    const credentials = { token: "s3cret", headers: { "X-Api-Key": "k3y" } }
    const repeat = createRepeat({ kind: "external", url: "http://localhost:3000/scim", credentials }, 1, [])
    expect(repeat("a-case")).toBe(
      "scimulate run http://localhost:3000/scim --token-env SCIM_TOKEN --header 'X-Api-Key: …' --case a-case --seed 1",
    )
  })
  it("quotes for a shell", () => {
    const url = "https://x.example/it's/v2"
    const repeat = createRepeat({ kind: "external", url, credentials: {}, allowWrites: true }, 1, [
      "--mapping",
      "my map.json",
    ])
    expect(repeat("c")).toBe(
      String.raw`scimulate run 'https://x.example/it'\''s/v2' --allow-writes --case c --seed 1 --mapping 'my map.json'`,
    )
  })
})
