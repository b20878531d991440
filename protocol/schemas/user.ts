/** The core User schema and resource type (RFC 7643 §4.1, §8.7.1, with errata 6000, 6001, 6004, 6005 and 8471 applied). */
import { ENTERPRISE_USER_URN, USER_URN } from "../urns.ts"
import { attribute, complex, primary, text } from "./attribute.ts"
import type { AttributeDefinition, ResourceTypeDefinition, SchemaDefinition } from "./definition.ts"

const NAME = complex("name", "The parts of the person's name.", [
  text("formatted", "The whole name as it is displayed, with titles and suffixes."),
  text("familyName", "The family name, or last name."),
  text("givenName", "The given name, or first name."),
  text("middleName", "The middle names."),
  text("honorificPrefix", "What stands before the name, such as a title."),
  text("honorificSuffix", "What stands behind the name."),
])

/** A list whose elements have value, display, type and primary (RFC 7643 §2.4). */
function list(
  name: string,
  one: string,
  description: string,
  value: AttributeDefinition,
  types?: readonly string[],
): AttributeDefinition {
  const elements = [
    value,
    text("display", `A readable form of the ${one}.`),
    text("type", `What the ${one} is used for.`, types === undefined ? {} : { canonicalValues: types }),
    primary(one),
  ]
  return complex(name, description, elements, { multiValued: true })
}

const EMAILS = list(
  "emails",
  "e-mail address",
  "E-mail addresses of the person.",
  text("value", "The address, in the form of RFC 5321."),
  ["work", "home", "other"],
)

const PHONE_NUMBERS = list(
  "phoneNumbers",
  "phone number",
  "Phone numbers of the person.",
  text("value", "The number, preferably in the form of RFC 3966."),
  ["work", "home", "mobile", "fax", "pager", "other"],
)

const IMS = list("ims", "messaging address", "Instant messaging addresses.", text("value", "The messaging address."), [
  "aim",
  "gtalk",
  "icq",
  "xmpp",
  "msn",
  "skype",
  "qq",
  "yahoo",
  "other",
])

const PHOTOS = list(
  "photos",
  "picture",
  "Pictures of the person.",
  attribute("reference", "value", "URL of the picture.", { referenceTypes: ["external"] }),
  ["photo", "thumbnail"],
)

const ADDRESSES = complex(
  "addresses",
  "Postal addresses of the person.",
  [
    text("formatted", "The whole address as on a label, possibly several lines."),
    text("streetAddress", "Street, house number, box."),
    text("locality", "City or town."),
    text("region", "State or region."),
    text("postalCode", "Postal code."),
    text("country", "Country as a code of two letters (ISO 3166-1)."),
    text("type", "What the address is used for.", { canonicalValues: ["work", "home", "other"] }),
    primary("address"),
  ],
  { multiValued: true },
)

/** Read-only: membership changes through the Group resource (RFC7643-4.1.2-04). An id is case exact (C-11, erratum 8472). */
const GROUPS = complex(
  "groups",
  "Groups the person belongs to, directly or through another group.",
  [
    text("value", "Id of the group.", { caseExact: true, mutability: "readOnly" }),
    attribute("reference", "$ref", "URL of the group.", { mutability: "readOnly", referenceTypes: ["Group"] }),
    text("display", "Name of the group.", { mutability: "readOnly" }),
    text("type", "Whether the membership is direct.", {
      canonicalValues: ["direct", "indirect"],
      mutability: "readOnly",
    }),
  ],
  { multiValued: true, mutability: "readOnly" },
)

const ENTITLEMENTS = list(
  "entitlements",
  "entitlement",
  "What the person is entitled to.",
  text("value", "The entitlement."),
)

const ROLES = list("roles", "role", "Roles of the person.", text("value", "The role."))

const X509_CERTIFICATES = list(
  "x509Certificates",
  "certificate",
  "Certificates issued to the person.",
  attribute("binary", "value", "One certificate in DER form, as base64."),
)

export const USER_SCHEMA: SchemaDefinition = {
  id: USER_URN,
  name: "User",
  description: "User Account",
  attributes: [
    // Unique without regard to case (RFC7643-4.1.1-01 to -03).
    text("userName", "The name the person signs in with, unique on the server.", {
      required: true,
      uniqueness: "server",
    }),
    NAME,
    text("displayName", "The name shown to others."),
    text("nickName", "What the person is called informally."),
    attribute("reference", "profileUrl", "URL of the person's profile page.", { referenceTypes: ["external"] }),
    text("title", "Job title."),
    text("userType", "How the person relates to the organisation, such as Employee or Contractor."),
    text("preferredLanguage", "Preferred languages, in the syntax of Accept-Language."),
    text("locale", "Language tag for dates, numbers and currency."),
    text("timezone", "Time zone by its Olson name, such as Europe/Zurich."),
    attribute("boolean", "active", "Whether the account may be used."),
    // Never returned in any form (RFC7643-4.1.1-05).
    text("password", "The password in clear text, to be set or changed.", {
      mutability: "writeOnly",
      returned: "never",
    }),
    EMAILS,
    PHONE_NUMBERS,
    IMS,
    PHOTOS,
    ADDRESSES,
    GROUPS,
    ENTITLEMENTS,
    ROLES,
    X509_CERTIFICATES,
  ],
}

/** The enterprise extension is offered, never demanded (C-54). */
export const USER_RESOURCE_TYPE: ResourceTypeDefinition = {
  id: "User",
  name: "User",
  endpoint: "/Users",
  description: "User Account",
  schema: USER_URN,
  schemaExtensions: [{ schema: ENTERPRISE_USER_URN, required: false }],
}
