import { describe, expect, it } from "vitest"
import { defaultMappings } from "./defaults.ts"
import type { AttributeMapping, ObjectMapping, ProvisioningMappings, ScopingClause } from "./model.ts"
import { MappingError, assertUsable } from "./problem.ts"
import { validateExpression, validateMappings } from "./validate.ts"

const { user: USER, group: GROUP } = defaultMappings()

function row(more: Partial<AttributeMapping>): AttributeMapping {
  return {
    target: "nickName",
    targetType: "String",
    multiValued: false,
    source: "[givenName]",
    defaultValue: null,
    flowType: "Always",
    flowBehavior: "FlowWhenChanged",
    matchingPriority: 0,
    ...more,
  }
}

function withRow(more: Partial<AttributeMapping>): ProvisioningMappings {
  return { user: { ...USER, attributes: [...USER.attributes, row(more)] }, group: GROUP }
}

function withClause(clause: ScopingClause): ProvisioningMappings {
  return { user: { ...USER, scope: [{ name: "f", clauses: [clause] }] }, group: GROUP }
}

describe("mappings that cannot be saved", () => {
  it.each([
    [
      "MAP-112 MAP-126",
      { source: "ToLower([Description])" },
      "source.expression",
      8,
      "Did you mean description? Attribute names are case-sensitive.",
    ],
    ["MAP-123", { source: "[userType]" }, "source.expression", 0, "userType is not available"],
    ["MAP-221 MAP-101", { source: "ToLower([mail]" }, "source.expression", 14, ", or )"],
    ["MAP-401", { target: "emails[type eq" }, "targetAttributeName", 14, "path does not parse"],
    ["MAP-401", { target: 'emails[type ne "x"].value' }, "targetAttributeName", undefined, "one comparison with eq"],
    ["MAP-309", { target: "id" }, "targetAttributeName", undefined, "primary key"],
    [
      "MAP-310 MAP-403",
      { target: 'emails[type eq "WORK"].value' },
      "targetAttributeName",
      undefined,
      "target of row 4 already",
    ],
    [
      "RES-18 FN-SELECTUNIQUEVALUE-3",
      { source: 'SelectUniqueValue("a", "b")' },
      "source.expression",
      0,
      "not for SCIM",
    ],
    ["RES-19 FN-LIST-3", { source: "Trim([mail])" }, "source.expression", 0, "Cloud Sync"],
    ["MAP-208", { source: 'IIF([mail] = "x", IgnoreObjectFlow, "y")' }, "source.expression", 18, "HR connectors"],
    [
      "MAP-421",
      { targetType: "Reference", source: 'Switch([manager], , "a", "b")' },
      "source.expression",
      undefined,
      "mapped directly",
    ],
    ["MAP-421", { targetType: "Reference", source: null }, "source.expression", undefined, "mapped directly"],
    ["FN-APPROLEASSIGNMENTS-2", { source: "[appRoleAssignments]" }, "source.expression", 0, "SingleAppRoleAssignment"],
    [
      "FN-SINGLEAPPROLEASSIGNMENT-1",
      { source: "SingleAppRoleAssignment([mail])" },
      "source.expression",
      0,
      "reads [appRoleAssignments] only",
    ],
    ["MAP-225 MAP-305", { source: null, matchingPriority: 2 }, "matchingPriority", undefined, "needs a source"],
  ] as const)("%s %o", (_fact, more, member, offset, words) => {
    const [problem, ...others] = validateMappings(withRow(more))
    expect(problem).toMatchObject({
      severity: "error",
      code: "SchemaInvalid",
      path: `user.attributeMappings[22].${member}`,
      message: expect.stringContaining(words),
    })
    expect(problem?.offset).toBe(offset)
    expect(others).toEqual([])
  })

  it("MAP-225 an object without a matching attribute", () => {
    const attributes = [row({})]
    const problems = validateMappings({ user: { ...USER, attributes }, group: GROUP })
    expect(problems).toMatchObject([{ path: "user.attributeMappings", message: expect.stringContaining("matching") }])
  })

  it("MAP-311 a group mapping that is switched off needs nothing", () => {
    const group: ObjectMapping = { ...GROUP, enabled: false, attributes: [] }
    expect(validateMappings({ user: USER, group })).toEqual([])
  })

  it("MAP-126 the caller's own list of attributes decides", () => {
    const sourceAttributes = { User: ["only"], Group: ["displayName", "objectId", "members"] }
    const problems = validateMappings(
      { user: { ...USER, attributes: [row({ source: "[only]", matchingPriority: 1 })] }, group: GROUP },
      { sourceAttributes },
    )
    expect(problems).toEqual([])
  })

  it("MAP-121 names are the directory's own, not Microsoft Graph's", () => {
    for (const name of ["surname", "mobile", "telephoneNumber", "facsimileTelephoneNumber", "objectId", "state"]) {
      expect(validateMappings(withRow({ source: `[${name}]` }))).toEqual([])
    }
    for (const name of ["mobilePhone", "businessPhones", "faxNumber", "officeLocation"]) {
      expect(validateMappings(withRow({ source: `[${name}]` }))).toMatchObject([{ code: "SchemaInvalid" }])
    }
  })

  it("MAP-606 MAP-607 the recommended minimum and the common changes can be saved", () => {
    const custom = "urn:ietf:params:scim:schemas:extension:CustomExtensionName:2.0:User:tag"
    const minimum = USER.attributes.filter(({ target }) =>
      ["active", "name.givenName", "name.familyName", 'emails[type eq "work"].value'].includes(target),
    )
    const attributes = [
      ...minimum,
      row({ target: "userName", source: "[mail]", matchingPriority: 1 }),
      row({ target: "externalId", source: "[objectId]", matchingPriority: 2 }),
      row({ target: custom, source: "[extensionAttribute1]" }),
    ]
    expect(validateMappings({ user: { ...USER, attributes }, group: { ...GROUP, enabled: false } })).toEqual([])
  })

  it("MAP-122 a directory extension needs no listing", () => {
    expect(
      validateMappings(withRow({ source: "[extension_53c9e2c0aaaaaaaaaaaaaaaaaaaaaaaa_acmeCostCenter]" })),
    ).toEqual([])
  })

  it("MAP-221 assertUsable throws them together, the first in the message", () => {
    const problems = validateMappings({
      user: { ...USER, attributes: [...USER.attributes, row({ target: "id" }), row({ source: "[nope]" })] },
      group: GROUP,
    })
    const thrown = () => assertUsable(problems)
    expect(thrown).toThrow(MappingError)
    expect(thrown).toThrow(/^user\.attributeMappings\[22\]\.targetAttributeName: .* \(and 1 more\)$/)
    const remark = { severity: "warning", code: "Warning", path: "user", message: "odd" } as const
    expect(() => assertUsable([remark])).not.toThrow()
  })
})

describe("remarks on mappings that can be saved", () => {
  it.each([
    ["FN-IIF-2 MAP-905", 'IIF(IsNullOrEmpty([mail]), "x", [mail])', 4, "documented as unsupported"],
    ["FN-IIF-2", 'IIF([mail] = "", "x", [mail])', 4, "always fails"],
    ["FN-ISPRESENT-2 MAP-905", 'Switch(IsPresent([mail]), "x", "True", [mail])', 7, "warned against"],
    ["FN-IGNOREFLOWIFNULLOREMPTY-2", 'IIF(IgnoreFlowIfNullOrEmpty([mail]), "x", "y")', 4, "not a condition"],
    ["FN-IGNOREFLOWIFNULLOREMPTY-3", 'Join("", "x", IgnoreFlowIfNullOrEmpty([mail]))', 14, "outermost"],
    ["FN-GUID-1", "Guid()", 0, "every cycle"],
    ["FN-RANDOMSTRING-2", "Redact(RandomString(8, 1, 1, 1, 1))", 7, "every cycle"],
  ])("%s %s", (_fact, expression, offset, words) => {
    expect(validateExpression(expression, ["mail"])).toEqual([
      { severity: "warning", code: "Warning", path: "expression", offset, message: expect.stringContaining(words) },
    ])
  })

  it("FN-GUID-1 a volatile value is fine during object creation", () => {
    expect(validateMappings(withRow({ source: "Guid()", flowType: "ObjectAddOnly" }))).toEqual([])
  })

  it("ENG-LIMIT-01 an expression of more than 10,000 characters, userType and samAccountName can't be saved, passwords are not supported", () => {
    const long = JSON.stringify("x".repeat(9_999))
    expect(validateMappings(withRow({ source: long }))[0]?.message).toContain("at most 10000 characters")
    for (const name of ["userType", "samAccountName"]) {
      expect(validateMappings(withRow({ source: `[${name}]` }))).toMatchObject([{ severity: "error" }])
    }
    expect(validateMappings(withRow({ target: "password" }))).toMatchObject([{ severity: "warning" }])
  })

  it.each(["photos", "password", "entitlements"])("MAP-313 %s is not supported by provisioning", (target) => {
    expect(validateMappings(withRow({ target }))).toMatchObject([{ severity: "warning" }])
  })

  it.each([
    ["multi-valued", { multiValued: true }],
    ["a reference", { targetType: "Reference", source: "[manager]" }],
    ["complex", { target: "urn:ietf:params:scim:schemas:extension:orchard:2.0:User:badge.number" }],
  ] as const)(
    "MAP-406 WIRE-150 a custom attribute that is %s: documented as unsupported, and let through",
    (kind, more) => {
      const target = "urn:ietf:params:scim:schemas:extension:orchard:2.0:User:badge"
      const message = `a custom attribute that is ${kind} is documented as unsupported (MAP-406)`
      expect(validateMappings(withRow({ target, ...more }))).toEqual([
        { severity: "warning", code: "Warning", path: "user.attributeMappings[22].targetAttributeName", message },
      ])
    },
  )

  it("WIRE-150 MAP-403 a custom complex attribute with three sub-attributes is not supported; one plain value is", () => {
    const target = "urn:ietf:params:scim:schemas:extension:orchard:2.0:User:badge"
    expect(validateMappings(withRow({ target }))).toEqual([])
    const subs = ["number", "colour", "shape"].map((sub) => row({ target: `${target}.${sub}` }))
    const problems = validateMappings({ user: { ...USER, attributes: [...USER.attributes, ...subs] }, group: GROUP })
    expect(problems.map(({ severity, message }) => `${severity}: ${message}`)).toEqual(
      Array.from({ length: 3 }, () => "warning: a complex attribute with 3 sub-attributes is not supported (MAP-403)"),
    )
  })

  it("an expression without fault has no problem; a broken one says where", () => {
    expect(validateExpression('IIF([mail] = "x", "y", [mail])', ["mail"])).toEqual([])
    expect(validateExpression("IIF(", [])).toMatchObject([{ severity: "error", offset: 4 }])
  })
})

describe("scoping filters that cannot be saved", () => {
  it.each([
    [
      "SCOPE-10 ENG-FILTER-05",
      { attribute: "members", operator: "IS NULL", values: [] },
      "sourceOperandName",
      "cannot be used",
    ],
    [
      "SCOPE-10",
      { attribute: "proxyAddresses", operator: "INCLUDES", values: ["x"] },
      "sourceOperandName",
      "cannot be used",
    ],
    ["SCOPE-10", { attribute: "manager", operator: "IS NULL", values: [] }, "sourceOperandName", "cannot be used"],
    [
      "SCOPE-10",
      { attribute: "appRoleAssignments", operator: "IS NULL", values: [] },
      "sourceOperandName",
      "cannot be used",
    ],
    [
      "SCOPE-10 MAP-123",
      { attribute: "userType", operator: "EQUALS", values: ["Guest"] },
      "sourceOperandName",
      "not available",
    ],
    [
      "SCOPE-12",
      { attribute: "ToLower([mail])", operator: "EQUALS", values: ["x"] },
      "sourceOperandName",
      "no attribute",
    ],
    ["SCOPE-04", { attribute: "mail", operator: "EQUAL", values: ["x"] }, "operatorName", "Did you mean EQUALS?"],
    [
      "SCOPE-11 ENG-FILTER-07",
      { attribute: "employeeId", operator: "Greater_Than", values: ["ten"] },
      "targetOperand.values[0]",
      "integers",
    ],
    ["SCOPE-02", { attribute: "mail", operator: "EQUALS", values: [] }, "targetOperand.values", "needs a value"],
    [
      "SCOPE-08",
      { attribute: "mail", operator: "REGEX MATCH", values: ["("] },
      "targetOperand.values[0]",
      "not a regular expression",
    ],
  ])("%s %o", (_fact, clause, member, words) => {
    expect(validateMappings(withClause(clause))).toEqual([
      {
        severity: "error",
        code: "SchemaInvalid",
        path: `user.scope.groups[0].clauses[0].${member}`,
        message: expect.stringContaining(words),
      },
    ])
  })
})
