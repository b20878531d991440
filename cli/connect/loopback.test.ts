import { describe, expect, it } from "vitest"
import { isLoopbackHost } from "./loopback.ts"

describe("isLoopbackHost", () => {
  it.each([
    "127.0.0.1",
    "127.9.9.9",
    "::1",
    "[::1]",
    "[::ffff:7f00:1]",
    "::ffff:127.0.0.1",
    "localhost",
    "LOCALHOST",
    "a.localhost",
  ])("%s is this machine", (host) => expect(isLoopbackHost(host)).toBe(true))

  it.each(["0.0.0.0", "10.0.0.1", "128.0.0.1", "::", "127.0.0.1.example.com", "localhost.example.com", "example.com"])(
    "%s is not",
    (host) => expect(isLoopbackHost(host)).toBe(false),
  )
})
