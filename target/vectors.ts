/** The vectors of test/vectors for the tests of the target, and what the target chose where a vector is contested. */
import { readFileSync } from "node:fs"
import type { SchemaDefinition } from "../protocol/index.ts"
import type { JsonObject, JsonValue } from "./json.ts"
import type { Catalogue } from "./schemas/catalogue.ts"
import { readSchemas } from "./schemas/read-schemas.ts"
import type { Compat } from "./tolerances.ts"

/** What a vector may say about itself, whatever it expects. */
interface Vector<Outcome> {
  readonly id: string
  readonly profile: "rfc" | "entra" | "okta"
  readonly contested?: boolean
  readonly alternatives?: readonly Outcome[]
}

export interface FilterOutcome {
  readonly expectIds?: readonly string[]
  readonly expectError?: string
}

export interface FilterVector extends Vector<FilterOutcome>, FilterOutcome {
  readonly filter: string
  readonly resourceType: "User" | "Group" | "*"
  readonly requires?: readonly string[]
}

export interface PatchOutcome {
  readonly after?: JsonObject
  readonly expectError?: { readonly status: number; readonly scimType?: string }
}

export interface PatchVector extends Vector<PatchOutcome>, PatchOutcome {
  readonly resourceType: "User" | "Group"
  readonly before: JsonObject & { readonly id: string }
  readonly operations: readonly JsonValue[]
  readonly noChange?: boolean
  readonly context?: { readonly others?: readonly JsonObject[]; readonly unknownIds?: readonly string[] }
}

interface ContestedChoice {
  readonly id: string
  /** The vector's own expectation, or the index of one of its alternatives. */
  readonly choice: "recommended" | number
  readonly reason: string
}

export const filterVectors: {
  readonly extensionSchemas: readonly SchemaDefinition[]
  readonly resources: readonly JsonObject[]
  readonly vectors: readonly FilterVector[]
} = JSON.parse(textOf("filter-vectors.json"))

/** The core with the vectors' own extension of User. */
export const vectorSchemas: Catalogue = readSchemas(
  JSON.stringify({
    schemas: filterVectors.extensionSchemas,
    resourceTypes: [
      { name: "User", schemaExtensions: filterVectors.extensionSchemas.map(({ id }) => ({ schema: id })) },
    ],
  }),
  "filter-vectors.json",
)

export const patchVectors: { readonly vectors: readonly PatchVector[] } = JSON.parse(textOf("patch-vectors.json"))

export const contestedChoices: readonly ContestedChoice[] = JSON.parse(textOf("contested-choices.json"))

/** The mode that is made for the client a vector speaks for. */
export function compatOf({ profile }: Vector<unknown>): Compat {
  return profile === "rfc" ? "rfc" : "entra"
}

/** What the target answers: the vector's expectation, or the alternative that was chosen. */
export function chosenOutcome<Outcome>(vector: Vector<Outcome> & Outcome): Outcome {
  const choice = contestedChoices.find(({ id }) => id === vector.id)?.choice ?? "recommended"
  const chosen = choice === "recommended" ? vector : vector.alternatives?.[choice]
  if (chosen === undefined) throw new Error(`${vector.id} has no alternative ${choice}.`)
  return chosen
}

function textOf(name: string): string {
  return readFileSync(new URL(`../test/vectors/${name}`, import.meta.url), "utf8")
}
