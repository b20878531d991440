/** Spells out attribute definitions: what a table row leaves out has the default of RFC 7643 §2.2. */
import type { AttributeDefinition, AttributeType } from "./definition.ts"

type Characteristics = Partial<Omit<AttributeDefinition, "name" | "type" | "description">>

/**
 * One attribute with every characteristic. References and binaries are case exact whatever the printed schemas say
 * (RFC7643-2.3.7-04, RFC 7643 §2.3.6, errata 6000 and 6001).
 */
export function attribute(
  type: AttributeType,
  name: string,
  description: string,
  characteristics: Characteristics = {},
): AttributeDefinition {
  const { canonicalValues, referenceTypes, subAttributes } = characteristics
  return {
    name,
    type,
    multiValued: characteristics.multiValued ?? false,
    description,
    required: characteristics.required ?? false,
    ...(canonicalValues !== undefined && { canonicalValues }),
    caseExact: characteristics.caseExact ?? (type === "reference" || type === "binary"),
    mutability: characteristics.mutability ?? "readWrite",
    returned: characteristics.returned ?? "default",
    uniqueness: characteristics.uniqueness ?? "none",
    ...(referenceTypes !== undefined && { referenceTypes }),
    ...(subAttributes !== undefined && { subAttributes }),
  }
}

/** A single text that clients may read and write. */
export function text(name: string, description: string, characteristics?: Characteristics): AttributeDefinition {
  return attribute("string", name, description, characteristics)
}

/** A single complex attribute. */
export function complex(
  name: string,
  description: string,
  subAttributes: readonly AttributeDefinition[],
  characteristics?: Characteristics,
): AttributeDefinition {
  return attribute("complex", name, description, { ...characteristics, subAttributes })
}

/** The sub-attribute that marks the preferred element of a list; at most one element has it true (RFC 7643 §2.4). */
export function primary(of: string): AttributeDefinition {
  return attribute("boolean", "primary", `True on the one preferred ${of}.`)
}

/** The same definitions with everything read-only, sub-attributes included: discovery resources (RFC7643-5-07, -6-07, -7-17). */
export function allReadOnly(definitions: readonly AttributeDefinition[]): readonly AttributeDefinition[] {
  return definitions.map((definition) => ({
    ...definition,
    mutability: "readOnly" as const,
    ...(definition.subAttributes !== undefined && { subAttributes: allReadOnly(definition.subAttributes) }),
  }))
}
