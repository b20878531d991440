import { describe, expect, it } from "vitest"
import { evaluateMappings, type FlowOptions } from "./attribute-flow.ts"
import { defaultMappings } from "./defaults.ts"
import { evaluationContext, sourceObject } from "./evaluation-context.fixture.ts"
import { matchingAttributes, matchingValues, sourceAttributesOf } from "./matching.ts"
import type { AttributeMapping, MappedValue, ObjectMapping } from "./model.ts"

const CREATE: FlowOptions = { action: "create", context: evaluationContext() }
const UPDATE: FlowOptions = { action: "update", context: evaluationContext() }

function row(more: Partial<AttributeMapping>): AttributeMapping {
  return {
    target: "title",
    targetType: "String",
    multiValued: false,
    source: "[jobTitle]",
    defaultValue: null,
    flowType: "Always",
    flowBehavior: "FlowWhenChanged",
    matchingPriority: 0,
    ...more,
  }
}

function mappingOf(...rows: Partial<AttributeMapping>[]): ObjectMapping {
  return { ...defaultMappings().user, attributes: rows.map(row) }
}

function flow(more: Partial<AttributeMapping>, inputs: Record<string, MappedValue>, options: FlowOptions) {
  const result = evaluateMappings(mappingOf(more), sourceObject(inputs), options)
  const [value] = result.values
  const [ignored] = result.ignored
  const [error] = result.errors
  return value?.value ?? ignored?.reason ?? error?.code ?? result
}

describe("attribute flow", () => {
  it("MAP-601 MAP-610 a person with the least gives only what is there", () => {
    const source = sourceObject({
      userPrincipalName: "ada@contoso.com",
      displayName: "Ada",
      mailNickname: "ada",
      IsSoftDeleted: "False",
    })
    const result = evaluateMappings(defaultMappings().user, source, CREATE)
    expect(result.values.map(({ target, value }) => [target, value])).toEqual([
      ["userName", "ada@contoso.com"],
      ["active", "True"],
      ["displayName", "Ada"],
      ["externalId", "ada"],
    ])
    expect(result.ignored).toHaveLength(17)
    expect(result.references).toEqual([
      {
        target: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
        source: "manager",
        multiValued: false,
        flowType: "Always",
        flowBehavior: "FlowWhenChanged",
      },
    ])
    expect(result).toMatchObject({ roles: [], cleared: [], missing: [], errors: [] })
  })

  it("MAP-125 MAP-608 FN-NOT-3 IsSoftDeleted turns active off, also by the older Not", () => {
    const inputs = { IsSoftDeleted: "True" }
    const active = { target: "active", targetType: "Boolean" } as const
    expect(
      flow({ ...active, source: 'Switch([IsSoftDeleted], , "False", "True", "True", "False")' }, inputs, UPDATE),
    ).toBe("False")
    expect(flow({ ...active, source: "Not([IsSoftDeleted])" }, inputs, UPDATE)).toBe("False")
  })

  it.each([
    ["MAP-501 MAP-502", "null is never sent", {}, {}, UPDATE, "noValue"],
    ["MAP-501", "not on create either", {}, {}, CREATE, "noValue"],
    ["MAP-303 ENG-MAP-04", "a default helps a null on create", { defaultValue: "none" }, {}, CREATE, "none"],
    ["MAP-303", "but never on update", { defaultValue: "none" }, {}, UPDATE, "noValue"],
    ["MAP-303", "nor where there is a value", { defaultValue: "none" }, { jobTitle: "x" }, CREATE, "x"],
    ["MAP-303", "nor for an empty text", { defaultValue: "none" }, { jobTitle: "" }, CREATE, ""],
    ["MAP-505", "an empty text is a value", {}, { jobTitle: "" }, UPDATE, ""],
    ["MAP-505", "unless the switch says skip", {}, { jobTitle: "" }, { ...UPDATE, emptyString: "skip" }, "emptyString"],
    [
      "MAP-208 MAP-506",
      "IgnoreFlow drops it",
      { source: "IgnoreFlowIfNullOrEmpty([jobTitle])" },
      { jobTitle: "" },
      UPDATE,
      "ignoreFlow",
    ],
    [
      "MAP-208",
      "and no default comes in",
      { source: "IgnoreFlowIfNullOrEmpty([jobTitle])", defaultValue: "x" },
      {},
      CREATE,
      "ignoreFlow",
    ],
    [
      "MAP-304",
      "a default within the expression holds on update",
      { source: 'Switch(IsPresent([jobTitle]), "none", "True", [jobTitle])' },
      {},
      UPDATE,
      "none",
    ],
    [
      "MAP-307 ENG-MAP-02",
      "create-only flows on create",
      { flowType: "ObjectAddOnly" },
      { jobTitle: "x" },
      CREATE,
      "x",
    ],
    ["MAP-307 ENG-MAP-02", "and not on update", { flowType: "ObjectAddOnly" }, { jobTitle: "x" }, UPDATE, "createOnly"],
    [
      "MAP-307",
      "AttributeAddOnly leaves a target that has a value",
      { flowType: "AttributeAddOnly" },
      { jobTitle: "x" },
      { ...UPDATE, isEmptyInTarget: () => false },
      "targetHasValue",
    ],
    [
      "MAP-307",
      "and fills one that has none",
      { flowType: "AttributeAddOnly" },
      { jobTitle: "x" },
      { ...UPDATE, isEmptyInTarget: () => true },
      "x",
    ],
    [
      "MAP-301 MAP-609 ENG-MAP-06",
      "type None gives its default on create",
      { source: null, defaultValue: "en_US" },
      {},
      CREATE,
      "en_US",
    ],
    [
      "MAP-301",
      "and leaves the target alone on update",
      { source: null, defaultValue: "en_US" },
      {},
      UPDATE,
      "targetHasValue",
    ],
    [
      "MAP-303",
      "unless it is known to be empty",
      { source: null, defaultValue: "en_US" },
      {},
      { ...UPDATE, isEmptyInTarget: () => true },
      "en_US",
    ],
    [
      "MAP-407",
      "a custom name off the pattern waits for an update",
      { target: "custom:country" },
      { jobTitle: "x" },
      CREATE,
      "notOnCreate",
    ],
    ["MAP-407", "in which it flows", { target: "custom:country" }, { jobTitle: "x" }, UPDATE, "x"],
    [
      "MAP-206 ENG-MAP-09",
      "several values do not fit one",
      {},
      { jobTitle: ["a", "b"] },
      UPDATE,
      "SchemaPropertyCanOnlyAcceptValue",
    ],
    ["MAP-201", "a list of one does", {}, { jobTitle: ["a"] }, UPDATE, "a"],
    ["MAP-201", "a multi-valued target takes all", { multiValued: true }, { jobTitle: ["a", "b"] }, UPDATE, ["a", "b"]],
    ["MAP-201", "and one value as a list", { multiValued: true }, { jobTitle: "a" }, UPDATE, ["a"]],
    ["MAP-508", "no values are null", { multiValued: true }, { jobTitle: [] }, UPDATE, "noValue"],
    [
      "MAP-422",
      "text that is no Boolean fails",
      { targetType: "Boolean" },
      { jobTitle: "yes" },
      UPDATE,
      "InvalidValue",
    ],
    [
      "MAP-222",
      "so does an expression that cannot be computed",
      { source: "CDate([jobTitle])" },
      {},
      UPDATE,
      "InvalidDate",
    ],
  ] as const)("%s %s", (_fact, _what, mapping, inputs, options, expected) => {
    expect(flow(mapping, inputs, options)).toEqual(expected)
  })

  it("MAP-223 an error stands beside what the other rows gave, so that the caller can fail the object", () => {
    const mapping = mappingOf({ source: "CDate([x])" }, { target: "displayName", source: '"y"' })
    const { errors, values } = evaluateMappings(mapping, sourceObject({}), UPDATE)
    expect(errors).toEqual([{ target: "title", code: "InvalidDate", message: "CDate: the source has no value" }])
    expect(values).toHaveLength(1)
  })

  it("MAP-224 ENG-MAP-08 a required target without value or default is missing, on create only", () => {
    const mapping = mappingOf({ required: true })
    expect(evaluateMappings(mapping, sourceObject({}), CREATE).missing).toEqual(["title"])
    expect(evaluateMappings(mapping, sourceObject({}), UPDATE).missing).toEqual([])
    const withDefault = mappingOf({ required: true, defaultValue: "x" })
    expect(evaluateMappings(withDefault, sourceObject({}), CREATE).missing).toEqual([])
  })

  it("FN-REDACT-1 FN-TOLOWER-2 MAP-308 carries what the log and the comparison need", () => {
    const mapping = mappingOf({ source: "ToLower(Redact([jobTitle]))", caseExact: true, flowBehavior: "FlowAlways" })
    expect(evaluateMappings(mapping, sourceObject({ jobTitle: "X" }), UPDATE).values).toEqual([
      {
        target: "title",
        targetType: "String",
        multiValued: false,
        value: "x",
        flowType: "Always",
        flowBehavior: "FlowAlways",
        caseExact: true,
        redacted: true,
      },
    ])
  })

  it("FN-APPROLEASSIGNMENTSCOMPLEX-2 without roles nothing flows, but the assertive function empties on update", () => {
    const role = { id: "1", value: "User", displayName: "User" }
    const additive = mappingOf({ target: "roles", source: "AppRoleAssignmentsComplex([appRoleAssignments])" })
    const assertive = mappingOf({ target: "roles", source: "AssertiveAppRoleAssignmentsComplex([appRoleAssignments])" })
    const rolesOf = (mapping: ObjectMapping, options: FlowOptions) =>
      evaluateMappings(mapping, sourceObject({}), options).roles.map(({ value }) => value)
    expect(rolesOf(additive, UPDATE)).toEqual([])
    expect(rolesOf(assertive, CREATE)).toEqual([])
    expect(rolesOf(assertive, UPDATE)).toEqual([{ roles: [], assertive: true }])
    const withRole = { ...UPDATE, context: evaluationContext({ appRoleAssignments: [role] }) }
    expect(rolesOf(additive, withRole)).toEqual([{ roles: [role], assertive: false }])
  })

  it("FN-SWITCH-5 MAP-503 by the switch, a Switch with a default empties the target when its source did not change", () => {
    const mapping = mappingOf({ source: 'Switch([country], "none", "US", "USA")' })
    const source = sourceObject({ country: "US" })
    const clearedWhen = (...changed: string[]) =>
      evaluateMappings(mapping, source, { ...UPDATE, switchDefaultNull: { changed: new Set(changed) } }).cleared
    expect(clearedWhen("surname")).toEqual(["title"])
    expect(clearedWhen("surname", "country")).toEqual([])
    expect(evaluateMappings(mapping, source, UPDATE)).toMatchObject({ cleared: [], values: [{ value: "USA" }] })
    const withoutDefault = mappingOf({ source: 'Switch([country], , "US", "USA")' })
    const quirk = { ...UPDATE, switchDefaultNull: { changed: new Set(["surname"]) } }
    expect(evaluateMappings(withoutDefault, source, quirk).cleared).toEqual([])
    expect(evaluateMappings(mapping, source, { ...quirk, action: "create" }).cleared).toEqual([])
  })
})

describe("matching", () => {
  const mapping = mappingOf(
    { target: "externalId", source: "[objectId]", matchingPriority: 2 },
    { target: "title" },
    { target: "userName", source: "ToLower([userPrincipalName])", matchingPriority: 1 },
    { target: 'emails[type eq "work"].value', source: "[mail]", matchingPriority: 3, defaultValue: "x@y" },
  )

  it("MAP-305 matching attributes come lowest number first; 0 is none", () => {
    expect(matchingAttributes(mapping).map(({ target }) => target)).toEqual([
      "userName",
      "externalId",
      'emails[type eq "work"].value',
    ])
  })

  it("MAP-306 MAP-225 the evaluated value is looked up; a row without one is left out, default or not", () => {
    const source = sourceObject({ userPrincipalName: "ADA@x", objectId: "1" })
    expect(matchingValues(mapping, source, evaluationContext())).toEqual([
      { target: "userName", targetType: "String", value: "ada@x" },
      { target: "externalId", targetType: "String", value: "1" },
    ])
  })

  it("names every source attribute that mappings and filters read", () => {
    const scoped: ObjectMapping = {
      ...mapping,
      scope: [{ name: "s", clauses: [{ attribute: "department", operator: "EQUALS", values: ["x"] }] }],
    }
    expect([...sourceAttributesOf(scoped)].toSorted()).toEqual([
      "department",
      "jobTitle",
      "mail",
      "objectId",
      "userPrincipalName",
    ])
  })
})
