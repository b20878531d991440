import { expect, it } from "vitest"
import { describeExpected, isAsExpected, learntId } from "./answer.ts"

const list = (total: number, ...ids: string[]): string =>
  JSON.stringify({ totalResults: total, Resources: ids.map((id) => ({ id })) })

it.each([
  [true, "GET", 0, 200, '{"totalResults":0}'],
  [true, "GET", 0, 200, list(0)],
  [false, "GET", 0, 200, list(1, "7")],
  [false, "GET", 0, 404, '{"status":"404"}'],
  [true, "GET", 1, 200, list(1, "7")],
  [false, "GET", 1, 200, list(2, "7", "8")],
  [true, "GET", undefined, 200, '{"id":"7"}'],
  [false, "GET", undefined, 500, null],
  [true, "POST", undefined, 201, '{"id":"7"}'],
  [false, "POST", undefined, 201, null],
  [false, "POST", undefined, 409, '{"status":"409"}'],
  [true, "PATCH", undefined, 204, null],
  [true, "PATCH", undefined, 200, '{"id":"7"}'],
  [false, "PATCH", undefined, 404, null],
  [true, "DELETE", undefined, 204, null],
  [true, "DELETE", undefined, 404, null],
  [false, "DELETE", undefined, 0, null],
] as const)("%s: %s that finds %s answered %s %s", (expected, method, finds, status, body) => {
  const request = { step: "find-user", method, ...(finds !== undefined && { finds }) } as const
  expect(isAsExpected(request, status, body)).toBe(expected)
})

it("learns the id of a resource, or of the only one in a list", () => {
  expect([
    learntId('{"id":"7"}'),
    learntId(list(1, "8")),
    learntId(list(2, "8", "9")),
    learntId("<p>"),
    learntId(null),
  ]).toEqual(["7", "8", undefined, undefined, undefined])
})

it("says what was expected", () => {
  expect(describeExpected({ step: "find-user", method: "GET", finds: 0 })).toBe("200 with totalResults 0")
})
