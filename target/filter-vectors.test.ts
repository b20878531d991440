/** Every filter vector, through HTTP, on a target that holds the vectors' own resources. */
import { afterAll, describe, expect, it } from "vitest"
import { isJsonArray, isJsonObject, textsIn } from "./json.ts"
import { createTestTarget } from "./testing.ts"
import type { Answer } from "./testing.ts"
import type { Compat } from "./tolerances.ts"
import { chosenOutcome, compatOf, contestedChoices, filterVectors, patchVectors, vectorSchemas } from "./vectors.ts"
import type { FilterOutcome, FilterVector } from "./vectors.ts"

const { vectors, resources } = filterVectors

/** Where a tolerance changes the answer of the mode that the vector was not written for. */
const IN_THE_OTHER_MODE: ReadonlyMap<string, FilterOutcome> = new Map([
  // quotedBooleansInFilters
  ["F-bool-09", { expectIds: ["u01", "u02", "u04", "u05", "u07", "u08", "u10", "u11", "u12"] }],
  ["F-entra-04", { expectError: "invalidFilter" }],
  // subAttributeAfterBrackets
  ["F-entra-01", { expectError: "invalidFilter" }],
  ["F-entra-02", { expectError: "invalidFilter" }],
  ["F-entra-03", { expectError: "invalidFilter" }],
])

const targets = {
  entra: createTestTarget({ compat: "entra", schemas: vectorSchemas, seed: resources }),
  rfc: createTestTarget({ compat: "rfc", schemas: vectorSchemas, seed: resources }),
}
afterAll(() => {
  targets.entra.target.close()
  targets.rfc.target.close()
})

/** Where resources of the vector's type are queried: "*" stands for all types, at the root. */
function endpointOf({ resourceType }: FilterVector): string {
  return resourceType === "*" ? "" : `/${resourceType}s`
}

async function queried(compat: Compat, vector: FilterVector): Promise<FilterOutcome> {
  const query = `?filter=${encodeURIComponent(vector.filter)}`
  return outcomeOf(await targets[compat].send("GET", `${endpointOf(vector)}${query}`))
}

function outcomeOf({ status, json }: Answer): FilterOutcome {
  if (status !== 200) return { expectError: JSON.stringify(json["scimType"]).replaceAll('"', "") }
  const found = isJsonArray(json["Resources"]) ? json["Resources"] : []
  return {
    expectIds: textsIn(found.map((resource) => (isJsonObject(resource) ? (resource["id"] ?? null) : null))).toSorted(),
  }
}

function expected({ expectIds, expectError }: FilterOutcome): FilterOutcome {
  return expectError === undefined ? { expectIds: (expectIds ?? []).toSorted() } : { expectError }
}

describe("filter vectors in the mode they are written for", () => {
  it.each(vectors.map((vector) => [vector.id, vector.filter, vector] as const))(
    "%s %s",
    async (_id, _filter, vector) => {
      expect(await queried(compatOf(vector), vector)).toEqual(expected(chosenOutcome<FilterOutcome>(vector)))
    },
  )
})

describe("filter vectors in the other mode", () => {
  it.each(vectors.map((vector) => [vector.id, vector.filter, vector] as const))(
    "%s %s",
    async (id, _filter, vector) => {
      const other = compatOf(vector) === "rfc" ? "entra" : "rfc"
      const outcome = IN_THE_OTHER_MODE.get(id) ?? chosenOutcome<FilterOutcome>(vector)
      expect(await queried(other, vector)).toEqual(expected(outcome))
    },
  )
})

describe("filter vectors by POST /.search", () => {
  it.each(vectors.map((vector) => [vector.id, vector.filter, vector] as const))(
    "RFC7644-3.4.3-04 %s %s",
    async (_id, filter, vector) => {
      const answer = await targets.entra.send("POST", `${endpointOf(vector)}/.search`, {
        schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
        filter,
      })
      expect(outcomeOf(answer)).toEqual(await queried("entra", vector))
    },
  )
})

describe("the bookkeeping of vectors", () => {
  it("has a choice with a reason for every contested vector, and no other", () => {
    const contested = [...filterVectors.vectors, ...patchVectors.vectors].filter((vector) => vector.contested === true)
    expect(contestedChoices.map(({ id }) => id)).toEqual(contested.map(({ id }) => id))
    expect(contestedChoices.filter(({ reason }) => reason.length < 20)).toEqual([])
  })

  it("lists as changed by a tolerance only what an alternative or the RFC's letter allows", () => {
    for (const [id, outcome] of IN_THE_OTHER_MODE) {
      const alternatives = vectors.find((vector) => vector.id === id)?.alternatives ?? []
      expect(alternatives).toContainEqual(outcome)
    }
  })
})
