import { describe, expect, it } from "vitest"

import { TransportError } from "../protocol/index.ts"
import { createRecorder, type Happening, type Route } from "./recording.ts"
import { createRedactor } from "./redaction.ts"

const request = {
  method: "POST",
  url: "http://localhost/scim/v2/Users?x=s3cret-s3cret",
  headers: { authorization: "Bearer s3cret-s3cret" },
  body: '{"password":"s3cret-s3cret"}',
}
const echo: Route = async ({ body }) => ({ status: 201, headers: { "x-echo": ["s3cret-s3cret"] }, body })

function tickingClock() {
  let nowMs = 1_767_600_000_000
  return { now: () => (nowMs += 5) }
}

function recorderOf(key = "case@entra") {
  return createRecorder({ key, clock: tickingClock(), redactor: createRedactor(["s3cret-s3cret"]) })
}

describe("createRecorder", () => {
  it("records request and answer in full, with the case's own ids and without secrets", async () => {
    const recorder = recorderOf()
    await recorder.send(echo, request, "case")
    const { exchange, outcome } = await recorder.send(echo, { ...request, body: null }, "case")
    expect(exchange).toBe("case@entra#2")
    expect(outcome).toMatchObject({ status: 201, headers: { "x-echo": ["s3cret-s3cret"] } })
    expect(recorder.exchanges[0]).toEqual({
      id: "case@entra#1",
      case: "case@entra",
      at: "2026-01-05T08:00:00.005Z",
      request: {
        method: "POST",
        url: "http://localhost/scim/v2/Users?x=[redacted]",
        headers: { authorization: ["Bearer [redacted]"] },
        body: '{"password":"[redacted]"}',
      },
      response: { status: 201, headers: { "x-echo": ["[redacted]"] }, body: '{"password":"[redacted]"}' },
      ms: 5,
    })
  })

  it("numbers requests as they go out, also when answers overtake each other", async () => {
    const recorder = recorderOf("k")
    const waiting: (() => void)[] = []
    const slow: Route = (sent, _) =>
      new Promise((resolve) => waiting.push(() => void echo(sent, () => {}).then(resolve)))
    const first = recorder.send(slow, request, "job")
    const second = recorder.send(slow, request, "job")
    waiting.toReversed().forEach((answer) => answer())
    expect((await first).exchange).toBe("k#1")
    expect((await second).exchange).toBe("k#2")
  })

  it("records why no answer came, and what stood in front of the endpoint", async () => {
    const recorder = recorderOf()
    const lost: Route = (_, onFault) => {
      onFault("lost answer")
      return Promise.reject(new TransportError("reset", "connection reset (token s3cret-s3cret)"))
    }
    const { outcome } = await recorder.send(lost, request, "job")
    expect(outcome).toBeInstanceOf(TransportError)
    expect(recorder.exchanges[0]).toMatchObject({
      response: null,
      failure: "connection reset (token [redacted])",
      fault: "lost answer",
    })
  })

  it("lets listeners see what really happened", async () => {
    const recorder = recorderOf()
    const heard: Happening[] = []
    recorder.listen((happening) => heard.push(happening))
    await recorder.send(echo, request, "cleanup")
    expect(heard).toMatchObject([{ id: "case@entra#1", sender: "cleanup", request, faulted: false }])
  })

  it("passes on an error that is no transport error: that is a bug of ours", async () => {
    await expect(recorderOf().send(() => Promise.reject(new TypeError("bug")), request, "case")).rejects.toThrow("bug")
  })
})
