/** Reads a file of custom schemas: its JSON, the form of its documents, and whether they make sense together. */
import type { z } from "zod"
import { nearest } from "../../protocol/index.ts"
import { withCustom } from "./catalogue.ts"
import type { Catalogue } from "./catalogue.ts"
import { checkFile } from "./check-file.ts"
import { membersAt, schemaFileDocument } from "./documents.ts"
import { SchemaFileError } from "./problem.ts"
import type { Problem } from "./problem.ts"

/**
 * The RFC's resource types and schemas with those of the text: `{ "schemas": […], "resourceTypes": […] }`, documents as
 * RFC 7643 §7 and §6 have them. A resource type called User or Group adds its schemaExtensions to that one.
 *
 * @param file names the text in errors.
 * @throws SchemaFileError with every problem, its place and how to fix it.
 */
export function readSchemas(text: string, file: string): Catalogue {
  const parsed = schemaFileDocument.safeParse(parseJson(text, file))
  if (!parsed.success) throw new SchemaFileError(file, parsed.error.issues.flatMap(toProblems), { cause: parsed.error })
  const problems = checkFile(parsed.data)
  if (problems.length > 0) throw new SchemaFileError(file, problems)
  return withCustom(parsed.data)
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    const fix = "correct the JSON; it allows no comments and no comma behind the last member"
    throw new SchemaFileError(file, [{ place: "", problem: `is not JSON (${cause.message})`, fix }], { cause })
  }
}

function toProblems(issue: z.core.$ZodIssue): readonly Problem[] {
  const place = issue.path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("")
  const here = place.replace(/^\./, "")
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownMember(here, key))
  if (issue.code === "invalid_value") {
    const allowed = issue.values.map(String).join(", ")
    return [{ place: here, problem: "has a value that is not allowed", fix: `choose among ${allowed}` }]
  }
  return [{ place: here, problem: `is not valid (${issue.message})`, fix: "see RFC 7643 §7 for schemas, §6 for types" }]
}

function unknownMember(place: string, key: string): Problem {
  const isNested = key === "subAttributes" && place.includes(".subAttributes[")
  if (isNested) {
    const problem = "has subAttributes inside subAttributes"
    return { place, problem, fix: "complex attributes do not nest (RFC 7643 §2.3.8): make it an attribute of its own" }
  }
  const meant = nearest(key, membersAt(place))
  const fix = meant === undefined ? "leave it out" : `did you mean ${meant}?`
  return { place, problem: `${place === "" ? "the file " : ""}has an unknown member ${JSON.stringify(key)}`, fix }
}
