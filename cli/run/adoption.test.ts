import { expect, it } from "vitest"
import { describeAdoption } from "./adoption.ts"

it("lists whom a run will touch", () => {
  expect(
    describeAdoption([
      { kind: "user", path: "/Users/7", name: "maria.oberhuber@northwind.example" },
      { kind: "group", path: "/Groups/8", name: "Équipe\u001B[2J support" },
    ]),
  ).toBe(
    [
      "--adopt-existing: these exist there, and will be changed to what the directory says (never removed):",
      "  user   maria.oberhuber@northwind.example  /Users/7",
      String.raw`  group  Équipe\u{1b}[2J support  /Groups/8`,
      "",
    ].join("\n"),
  )
})

it("says so where there is nobody", () => {
  expect(describeAdoption([])).toBe("--adopt-existing: nobody of the directory exists there yet.\n")
})
