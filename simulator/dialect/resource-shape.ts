/**
 * Whether Entra's deserialiser would take a resource: an attribute of a known schema with a wrong JSON type makes the whole
 * answer unusable (WIRE-080, WIRE-207, observed). Unknown attributes are ignored.
 */
import {
  type AttributeDefinition,
  ENTERPRISE_USER_SCHEMA,
  ENTERPRISE_USER_URN,
  GROUP_SCHEMA,
  USER_SCHEMA,
} from "../../protocol/index.ts"
import { isObject } from "./resource-read.ts"
import type { JsonObject } from "./dialect.ts"

const CORE = indexed([...USER_SCHEMA.attributes, ...GROUP_SCHEMA.attributes])
const ENTERPRISE = indexed(ENTERPRISE_USER_SCHEMA.attributes)

/** The first thing that cannot be parsed, as a sentence; undefined where there is none. */
export function shapeProblem(resource: JsonObject): string | undefined {
  for (const [name, value] of Object.entries(resource)) {
    const problem =
      name.toLowerCase() === ENTERPRISE_USER_URN.toLowerCase()
        ? complexProblem(ENTERPRISE, value, name)
        : valueProblem(CORE.get(name.toLowerCase()), value, name)
    if (problem !== undefined) return problem
  }
  return undefined
}

function indexed(attributes: readonly AttributeDefinition[]): ReadonlyMap<string, AttributeDefinition> {
  return new Map(attributes.map((definition) => [definition.name.toLowerCase(), definition]))
}

const subAttributes = new Map<AttributeDefinition, ReadonlyMap<string, AttributeDefinition>>()

function subsOf(definition: AttributeDefinition): ReadonlyMap<string, AttributeDefinition> {
  let subs = subAttributes.get(definition)
  if (subs === undefined) {
    subs = indexed(definition.subAttributes ?? [])
    subAttributes.set(definition, subs)
  }
  return subs
}

function valueProblem(definition: AttributeDefinition | undefined, value: unknown, path: string): string | undefined {
  if (definition === undefined || value === null) return undefined
  if (!definition.multiValued) return singleProblem(definition, value, path)
  if (!Array.isArray(value)) return `${path} must be an array`
  for (const element of value) {
    const problem = singleProblem(definition, element, path)
    if (problem !== undefined) return problem
  }
  return undefined
}

function singleProblem(definition: AttributeDefinition, value: unknown, path: string): string | undefined {
  if (definition.type === "complex") return complexProblem(subsOf(definition), value, path)
  const expected = definition.type === "boolean" ? "boolean" : isNumeric(definition) ? "number" : "string"
  if (typeof value === expected) return undefined
  return `${path} must be a JSON ${expected}, not ${describe(value)}`
}

function complexProblem(
  subs: ReadonlyMap<string, AttributeDefinition>,
  value: unknown,
  path: string,
): string | undefined {
  if (!isObject(value)) return `${path} must be a JSON object, not ${describe(value)}`
  for (const [name, inner] of Object.entries(value)) {
    const problem = valueProblem(subs.get(name.toLowerCase()), inner, `${path}.${name}`)
    if (problem !== undefined) return problem
  }
  return undefined
}

function isNumeric(definition: AttributeDefinition): boolean {
  return definition.type === "integer" || definition.type === "decimal"
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return "an array"
  return value === null ? "null" : `${typeof value === "object" ? "an" : "a"} ${typeof value}`
}
