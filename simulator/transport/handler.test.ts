import { describe, expect, it } from "vitest"

import { VirtualClock } from "../clock.ts"
import { handlerTransport } from "./handler.ts"

const GET = {
  method: "GET",
  url: "http://localhost/scim/v2/Users?count=1",
  headers: { authorization: "Bearer t" },
  body: null,
}

describe("handlerTransport", () => {
  it("hands the handler method, URL, headers and body, and gives its answer back as plain data", async () => {
    const seen: unknown[] = []
    const transport = handlerTransport(async (request) => {
      seen.push([request.method, request.url, request.headers.get("authorization"), await request.text()])
      return new Response('{"id":"1"}', { status: 201, headers: { Location: "http://localhost/Users/1" } })
    })
    const answer = await transport({ ...GET, method: "POST", body: '{"userName":"ÄÖ 日本"}' })
    expect(seen).toEqual([["POST", "http://localhost/scim/v2/Users?count=1", "Bearer t", '{"userName":"ÄÖ 日本"}']])
    expect(answer.status).toBe(201)
    expect(answer.headers["location"]).toEqual(["http://localhost/Users/1"])
    expect(answer.body).toBe('{"id":"1"}')
  })

  it("gives null for an answer without a body, and never follows a redirect", async () => {
    const empty = await handlerTransport(() => new Response(null, { status: 204 }))({ ...GET, method: "DELETE" })
    expect(empty).toEqual({ status: 204, headers: {}, body: null })
    const redirect = await handlerTransport(() => Response.redirect("http://localhost/login", 302))(GET)
    expect(redirect.status).toBe(302)
    expect(redirect.headers["location"]).toEqual(["http://localhost/login"])
  })

  it("keeps several values of a header", async () => {
    const headers = new Headers([
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2"],
      ["vary", "accept"],
      ["vary", "authorization"],
    ])
    const answer = await handlerTransport(() => new Response("x", { headers }))(GET)
    expect(answer.headers["set-cookie"]).toEqual(["a=1", "b=2"])
    expect(answer.headers["vary"]).toEqual(["accept, authorization"])
  })

  it.each([
    ["throws", () => Promise.reject(new Error("handler bug"))],
    ["gives a network error", () => Promise.resolve(Response.error())],
    [
      "breaks off its body",
      () =>
        Promise.resolve(
          new Response(
            new ReadableStream({
              start: (controller) => {
                controller.error(new Error("gone"))
              },
            }),
          ),
        ),
    ],
  ])("counts a handler that %s as a broken connection", async (_, handler) => {
    await expect(handlerTransport(handler)(GET)).rejects.toMatchObject({
      name: "TransportError",
      failure: "reset",
      message: expect.stringContaining("GET http://localhost/scim/v2/Users") as string,
    })
  })

  it("holds the clock it is given while the handler works", async () => {
    const clock = new VirtualClock(0)
    const transport = handlerTransport(
      async () => {
        for (let turn = 0; turn < 5; turn++) {
          await new Promise((resolve) => {
            setTimeout(resolve, 1)
          })
        }
        return new Response(null, { status: 204 })
      },
      { clock },
    )
    // The sleeper wakes only when the request has been answered: at the same virtual instant at which it was sent.
    const order: string[] = []
    const request = transport(GET).then(() => order.push(`answered at ${clock.now()}`))
    const sleeper = clock.sleep(1000).then(() => order.push(`awake at ${clock.now()}`))
    await clock.settle(Promise.all([request, sleeper]))
    expect(order).toEqual(["answered at 0", "awake at 1000"])
  })
})
