/** What a database keeps of custom schemas, so that resources are never read by other rules than they were written by. */
import type { AttributeDefinition } from "../../protocol/index.ts"
import type { Catalogue } from "./catalogue.ts"
import { CORE_CATALOGUE } from "./catalogue.ts"

/** A text for each custom schema, resource type and extension; wording apart. None for the core. */
export function catalogueRecord({ types, schemas, custom }: Catalogue): ReadonlyMap<string, string> {
  const record = new Map<string, string>()
  for (const { id, attributes } of schemas) {
    if (custom.has(id)) record.set(`schema ${id}`, JSON.stringify(attributes.map(essenceOf)))
  }
  for (const { name, schema, schemaExtensions } of types) {
    const core = CORE_CATALOGUE.types.find((type) => type.name === name)
    if (core === undefined) record.set(`resource type ${name}`, schema)
    for (const extension of schemaExtensions) {
      const isCore = core?.schemaExtensions.some((one) => one.schema === extension.schema) ?? false
      if (!isCore) record.set(`extension ${extension.schema} of ${name}`, String(extension.required))
    }
  }
  return record
}

function essenceOf({ description: _wording, subAttributes, ...rest }: AttributeDefinition): unknown {
  return { ...rest, ...(subAttributes !== undefined && { subAttributes: subAttributes.map(essenceOf) }) }
}
