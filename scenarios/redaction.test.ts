import { describe, expect, it } from "vitest"

import { createRedactor } from "./redaction.ts"

describe("createRedactor", () => {
  it("strikes a secret wherever it stands: in text, in a URL, in JSON", () => {
    const { text } = createRedactor(['se"cret/with space'])
    expect(text('a se"cret/with space b')).toBe("a [redacted] b")
    expect(text("https://x.example/?t=se%22cret%2Fwith%20space")).toBe("https://x.example/?t=[redacted]")
    expect(text(String.raw`{"echo":"se\"cret/with space!"}`)).toBe('{"echo":"[redacted]!"}')
  })

  it("takes the secret literally, not as a pattern", () => {
    const { text } = createRedactor(["a.c+(token)*"])
    expect(text("abc+(token)* a.c+(token)*")).toBe("abc+(token)* [redacted]")
  })

  it("strikes a short secret only where it stands alone, or no evidence were left", () => {
    const { text } = createRedactor(["x"])
    expect(text('{"exact":"x", "box":"xx x-y x"}')).toBe('{"exact":"[redacted]", "box":"xx x-y [redacted]"}')
  })

  it("strikes secrets that become known later", () => {
    const redactor = createRedactor()
    redactor.add("rotated-token")
    expect(redactor.text("rotated-token")).toBe("[redacted]")
  })

  it("hides the headers that carry credentials whatever their value, and keeps the scheme", () => {
    const { headers } = createRedactor(["k3y-k3y-k3y"])
    expect(
      headers({
        authorization: "Bearer abc",
        cookie: "sid=1",
        "set-cookie": ["sid=1", "b=2"],
        "x-api-key": "k3y-k3y-k3y",
        accept: "application/scim+json",
      }),
    ).toEqual({
      authorization: ["Bearer [redacted]"],
      cookie: ["[redacted]"],
      "set-cookie": ["[redacted]", "[redacted]"],
      "x-api-key": ["[redacted]"],
      accept: ["application/scim+json"],
    })
  })
})
