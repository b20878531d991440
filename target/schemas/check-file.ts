/** Whether the documents of a file fit together and beside the RFC's own: URNs, names, endpoints, and who uses what. */
import { nearest } from "../../protocol/index.ts"
import { CORE_CATALOGUE, coreTypeNamed } from "./catalogue.ts"
import { checkAttributes } from "./check-attributes.ts"
import type { ResourceTypeDocument, SchemaFileDocument } from "./documents.ts"
import type { Problem } from "./problem.ts"

/** A URI that can stand in front of an attribute in a filter or path (RFC 7644 §3.10). */
const SCHEMA_URI = /^[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9$_.:~%+@!*;=/?&#-]+$/
/** Names what others define: the RFC's schemas and messages (RFC 7643 §10.3). */
const IETF_URN = /^urn:ietf:params:scim:/i
const TYPE_NAME = /^[A-Za-z][A-Za-z0-9_-]*$/
const ENDPOINT = /^\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*$/
/** First segments that mean something else below the base URL. */
const RESERVED_ENDPOINTS = ["/ServiceProviderConfig", "/ResourceTypes", "/Schemas", "/Bulk", "/Me"]

/** Every problem of the file; none where it can be served. */
export function checkFile(document: SchemaFileDocument): readonly Problem[] {
  const coreTypes = CORE_CATALOGUE.types.map(({ name }) => name)
  const typeNames = [...new Set([...coreTypes, ...document.resourceTypes.map(({ name }) => name)])]
  return [
    ...checkSchemaIds(document),
    ...document.schemas.flatMap(({ attributes }, index) =>
      checkAttributes(attributes, `schemas[${index}].attributes`, typeNames),
    ),
    ...document.resourceTypes.flatMap((type, index) => checkType(document, type, `resourceTypes[${index}]`)),
    ...checkDistinctTypes(document),
    ...checkUse(document),
  ]
}

function checkSchemaIds({ schemas }: SchemaFileDocument): readonly Problem[] {
  const places = new Map<string, string>()
  return schemas.flatMap(({ id }, index) => {
    const place = `schemas[${index}].id`
    const said = `is ${JSON.stringify(id)}`
    if (!SCHEMA_URI.test(id)) {
      const fix = "name the schema by a URN such as urn:example:params:scim:schemas:extension:badge:2.0:User"
      return [{ place, problem: `${said}, which is no URI that a filter could name`, fix }]
    }
    if (IETF_URN.test(id)) {
      const fix = "name it in schemaExtensions if that is meant; for attributes of your own choose a URN of your own"
      return [{ place, problem: `${said}, which belongs to the RFCs`, fix }]
    }
    const first = places.get(id.toLowerCase())
    if (first !== undefined) {
      return [{ place, problem: `${said}, as ${first} is already`, fix: "give each schema a URN of its own" }]
    }
    places.set(id.toLowerCase(), place)
    return []
  })
}

function checkType(document: SchemaFileDocument, type: ResourceTypeDocument, place: string): readonly Problem[] {
  const core = coreTypeNamed(type.name)
  const own = core === undefined ? checkNewType(document, type, place) : checkAddition(type, place)
  return [...own, ...checkExtensions(document, type, place)]
}

/** A core type is there to be extended; the rest of it stays what the RFC says. */
function checkAddition(type: ResourceTypeDocument, place: string): readonly Problem[] {
  const core = coreTypeNamed(type.name)
  return (["name", "endpoint", "schema"] as const).flatMap((member) => {
    const given = type[member]
    if (core === undefined || given === undefined || given === core[member]) return []
    return [
      {
        place: `${place}.${member}`,
        problem: `is ${given}, and that of ${core.name} is ${core[member]}`,
        fix: `leave ${member} as it is to extend ${core.name}, or give a new resource type another name`,
      },
    ]
  })
}

function checkNewType(document: SchemaFileDocument, type: ResourceTypeDocument, place: string): readonly Problem[] {
  const { name, endpoint, schema } = type
  const problems: Problem[] = []
  if (!TYPE_NAME.test(name)) {
    const fix = "begin with a letter and go on with letters, digits, _ and -"
    problems.push({ place: `${place}.name`, problem: `is ${JSON.stringify(name)}, which is no name`, fix })
  }
  if (endpoint === undefined) {
    problems.push({ place, problem: "has no endpoint", fix: `say where the resources are: "endpoint": "/${name}s"` })
  } else if (!ENDPOINT.test(endpoint)) {
    const fix = `give one path segment with a slash in front: "/${name}s"`
    problems.push({ place: `${place}.endpoint`, problem: `is ${JSON.stringify(endpoint)}`, fix })
  } else if (RESERVED_ENDPOINTS.some((one) => one.toLowerCase() === endpoint.toLowerCase())) {
    const fix = "choose another path"
    problems.push({ place: `${place}.endpoint`, problem: `is ${endpoint}, which SCIM itself uses`, fix })
  }
  if (schema === undefined) {
    problems.push({ place, problem: "has no schema", fix: 'name its base schema: "schema": "urn:…"' })
  } else problems.push(...checkKnownSchema(document, schema, `${place}.schema`))
  return problems
}

function checkExtensions(
  document: SchemaFileDocument,
  { schema: base, schemaExtensions }: ResourceTypeDocument,
  place: string,
): readonly Problem[] {
  return schemaExtensions.flatMap(({ schema }, index) => {
    const here = `${place}.schemaExtensions[${index}].schema`
    const isRepeated = schemaExtensions.findIndex((one) => one.schema.toLowerCase() === schema.toLowerCase()) < index
    if (isRepeated || schema.toLowerCase() === base?.toLowerCase()) {
      const problem = `is ${schema}, which the resource type has already`
      return [{ place: here, problem, fix: "name each schema of a resource type once" }]
    }
    return checkKnownSchema(document, schema, here)
  })
}

function checkKnownSchema({ schemas }: SchemaFileDocument, urn: string, place: string): readonly Problem[] {
  const known = [...CORE_CATALOGUE.schemas, ...schemas].map(({ id }) => id)
  if (known.includes(urn)) return []
  const meant = nearest(urn, known)
  const fix = meant === undefined ? "add that schema to the file's schemas" : `did you mean ${meant}?`
  return [{ place, problem: `is ${JSON.stringify(urn)}, which is no schema of this file or of the RFC`, fix }]
}

/** Names and endpoints tell resource types apart, whatever their letter case. */
function checkDistinctTypes({ resourceTypes }: SchemaFileDocument): readonly Problem[] {
  const endpoints = new Map(CORE_CATALOGUE.types.map(({ endpoint, name }) => [endpoint.toLowerCase(), name]))
  const names = new Set<string>()
  return resourceTypes.flatMap(({ name, endpoint }, index) => {
    const place = `resourceTypes[${index}]`
    const problems: Problem[] = []
    if (names.has(name.toLowerCase())) {
      const fix = "say everything about a resource type in one place"
      problems.push({ place: `${place}.name`, problem: `is ${name}, which stands in the file already`, fix })
    }
    names.add(name.toLowerCase())
    if (endpoint === undefined || coreTypeNamed(name) !== undefined) return problems
    const owner = endpoints.get(endpoint.toLowerCase())
    if (owner !== undefined) {
      const fix = "give each resource type an endpoint of its own"
      problems.push({ place: `${place}.endpoint`, problem: `is ${endpoint}, which ${owner} has already`, fix })
    }
    endpoints.set(endpoint.toLowerCase(), name)
    return problems
  })
}

/** A schema that nothing uses is a slip: nobody could ever send its attributes. */
function checkUse({ schemas, resourceTypes }: SchemaFileDocument): readonly Problem[] {
  const used = new Set(
    resourceTypes.flatMap(({ schema, schemaExtensions }) => [schema, ...schemaExtensions.map((one) => one.schema)]),
  )
  return schemas.flatMap(({ id }, index) => {
    if (used.has(id)) return []
    const fix = `name it in resourceTypes: { "name": "User", "schemaExtensions": [{ "schema": ${JSON.stringify(id)} }] }`
    return [{ place: `schemas[${index}]`, problem: `(${id}) is used by no resource type`, fix }]
  })
}
