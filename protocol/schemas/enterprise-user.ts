/** The enterprise extension of User (RFC 7643 §4.3, §8.7.1, with errata 6001 and 8472 applied). */
import { ENTERPRISE_USER_URN } from "../urns.ts"
import { attribute, complex, text } from "./attribute.ts"
import type { SchemaDefinition } from "./definition.ts"

export const ENTERPRISE_USER_SCHEMA: SchemaDefinition = {
  id: ENTERPRISE_USER_URN,
  name: "EnterpriseUser",
  description: "Enterprise User",
  attributes: [
    text("employeeNumber", "Number or code the organisation gave the person."),
    text("costCenter", "Name of the cost center."),
    text("organization", "Name of the organisation."),
    text("division", "Name of the division."),
    text("department", "Name of the department."),
    // Optional in practice, though the text recommends value and $ref (C-15).
    complex("manager", "The person's manager, another User.", [
      text("value", "Id of the manager's User resource.", { caseExact: true }),
      attribute("reference", "$ref", "URL of the manager's User resource.", { referenceTypes: ["User"] }),
      text("displayName", "The manager's name, derived by the server.", { mutability: "readOnly" }),
    ]),
  ],
}
