import { expect, it } from "vitest"
import { attributeValues } from "./attribute-values.ts"

it("gives single values by path, the work address, and of a manager the id alone", () => {
  expect(
    attributeValues({
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      id: "7",
      meta: { resourceType: "User" },
      userName: "ada@example.com",
      active: true,
      name: { givenName: "Ada", familyName: "King" },
      emails: [
        { type: "home", value: "ada@home.example" },
        { type: "Work", value: "ada@example.com", primary: true },
      ],
      phoneNumbers: [{ type: "work", value: "+1 425 555 0100" }],
      groups: [{ value: "9" }],
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
        department: "Press",
        manager: { value: "8", displayName: "Grace", $ref: "../Users/8" },
      },
    }),
  ).toEqual({
    userName: "ada@example.com",
    active: true,
    "name.givenName": "Ada",
    "name.familyName": "King",
    'emails[type eq "work"].value': "ada@example.com",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department": "Press",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value": "8",
  })
})

it("takes what is malformed for nothing", () => {
  expect(attributeValues({ emails: [7, { value: "x" }], name: null, title: ["x"], displayName: 7 })).toEqual({
    displayName: 7,
  })
})
