/** Whether the attributes of a custom schema make sense together: what RFC 7643 §2 and §7 demand beyond each one's form. */
import { COMMON_ATTRIBUTES, nearest } from "../../protocol/index.ts"
import type { AttributeDocument } from "./documents.ts"
import type { Problem } from "./problem.ts"

/** RFC 7643 §2.1. */
const NAME = /^[A-Za-z][A-Za-z0-9$_-]*$/
/** The one name with a leading "$", of a reference (RFC 7643 §2.4). */
const REFERENCE_NAME = "$ref"
const EXTERNAL_REFERENCES = ["external", "uri"]

const COMMON_NAMES = new Set(COMMON_ATTRIBUTES.map(({ name }) => name.toLowerCase()))

type SubAttribute = Omit<AttributeDocument, "subAttributes">

/** The problems of a list of attributes; `typeNames` are what references may point to beside the RFC's own words. */
export function checkAttributes(
  attributes: readonly AttributeDocument[],
  place: string,
  typeNames: readonly string[],
): readonly Problem[] {
  return [
    ...checkDistinct(attributes, place),
    ...attributes.flatMap((attribute, index) => {
      const here = `${place}[${index}]`
      const { subAttributes } = attribute
      return [
        ...checkCommonName(attribute, here),
        ...checkOne(attribute, here, typeNames),
        ...checkComplex(attribute, here),
        ...checkDistinct(subAttributes ?? [], `${here}.subAttributes`),
        ...(subAttributes ?? []).flatMap((sub, position) => {
          const subPlace = `${here}.subAttributes[${position}]`
          return [...checkOne(sub, subPlace, typeNames), ...checkSub(sub, subPlace)]
        }),
      ]
    }),
  ]
}

function checkOne(attribute: SubAttribute, place: string, typeNames: readonly string[]): readonly Problem[] {
  return [
    ...checkName(attribute, place),
    ...checkReference(attribute, place, typeNames),
    ...checkCharacteristics(attribute, place),
  ]
}

function checkName({ name, type }: SubAttribute, place: string): readonly Problem[] {
  if (name === REFERENCE_NAME && type === "reference") return []
  if (!NAME.test(name)) {
    return [
      {
        place: `${place}.name`,
        problem: `is ${JSON.stringify(name)}, which is no attribute name`,
        fix: "begin with a letter and go on with letters, digits, $, - and _ (RFC 7643 §2.1); $ref is the name of a reference",
      },
    ]
  }
  // Read from an object that does not have it, such a name would give what every object inherits.
  if (!(name in {})) return []
  return [
    { place: `${place}.name`, problem: `is ${name}, which JavaScript keeps for itself`, fix: "choose another name" },
  ]
}

function checkCommonName({ name }: AttributeDocument, place: string): readonly Problem[] {
  if (!COMMON_NAMES.has(name.toLowerCase())) return []
  return [
    {
      place: `${place}.name`,
      problem: `is ${name}, which every resource has already`,
      fix: "leave it out or rename it: id, externalId, schemas and meta belong to all resources (RFC 7643 §3)",
    },
  ]
}

function checkDistinct(attributes: readonly SubAttribute[], place: string): readonly Problem[] {
  const places = new Map<string, number>()
  return attributes.flatMap(({ name }, index) => {
    const first = places.get(name.toLowerCase())
    if (first === undefined) {
      places.set(name.toLowerCase(), index)
      return []
    }
    return [
      {
        place: `${place}[${index}].name`,
        problem: `is ${name}, which ${place}[${first}] is called already`,
        fix: "rename one of them: letter case does not tell names apart (RFC 7643 §2.1)",
      },
    ]
  })
}

function checkComplex({ type, subAttributes }: AttributeDocument, place: string): readonly Problem[] {
  if (type === "complex") {
    if (subAttributes !== undefined && subAttributes.length > 0) return []
    return [{ place, problem: "is complex and has no subAttributes", fix: "list its parts in subAttributes" }]
  }
  if (subAttributes === undefined) return []
  return [{ place, problem: `has subAttributes and is ${type}`, fix: 'say "type": "complex", or leave them out' }]
}

function checkReference(
  { type, referenceTypes }: SubAttribute,
  place: string,
  typeNames: readonly string[],
): readonly Problem[] {
  if (type !== "reference") {
    if (referenceTypes === undefined) return []
    return [{ place, problem: `has referenceTypes and is ${type}`, fix: 'say "type": "reference", or leave them out' }]
  }
  if (referenceTypes === undefined) {
    const fix = `say what it points to: names of resource types, or ${EXTERNAL_REFERENCES.join(" or ")} (RFC 7643 §2.3.7)`
    return [{ place, problem: "is a reference without referenceTypes", fix }]
  }
  const known = [...typeNames, ...EXTERNAL_REFERENCES]
  return referenceTypes.flatMap((name, index) => {
    if (known.includes(name)) return []
    const meant = nearest(name, known)
    return [
      {
        place: `${place}.referenceTypes[${index}]`,
        problem: `is ${JSON.stringify(name)}, which is no resource type`,
        fix: meant === undefined ? `choose among ${known.join(", ")}` : `did you mean ${meant}?`,
      },
    ]
  })
}

/** Characteristics that contradict each other, or that no server could keep. */
function checkCharacteristics(attribute: SubAttribute, place: string): readonly Problem[] {
  const { type, mutability, returned, uniqueness, required, canonicalValues } = attribute
  const isSimpleText = type === "string" || type === "reference"
  const rules: readonly (readonly [isBroken: boolean, problem: string, fix: string])[] = [
    [
      mutability === "writeOnly" && returned !== "never",
      `is writeOnly and returned ${returned}`,
      'say "returned": "never": what is writeOnly is not returned (RFC 7643 §7)',
    ],
    [
      mutability === "readOnly" && returned === "never",
      "is readOnly and never returned, so that nobody could ever see it",
      "choose another returned or mutability",
    ],
    [
      mutability === "readOnly" && required,
      "is required and readOnly, and this server has no value to give it",
      "leave required out, or make it immutable or readWrite",
    ],
    [
      uniqueness !== "none" && (type === "complex" || type === "boolean"),
      `is ${type} and unique`,
      "make one of its sub-attributes unique, or leave uniqueness out",
    ],
    [
      uniqueness !== "none" && returned === "never",
      "is unique and never returned: a refusal would tell the value",
      "leave uniqueness out",
    ],
    [
      canonicalValues !== undefined && !isSimpleText,
      `is ${type} and has canonicalValues`,
      "leave them out: they are for texts (RFC 7643 §7)",
    ],
  ]
  return rules.flatMap(([isBroken, problem, fix]) => (isBroken ? [{ place, problem, fix }] : []))
}

function checkSub({ returned }: SubAttribute, place: string): readonly Problem[] {
  if (returned !== "never") return []
  return [{ place, problem: "is a secret inside a complex attribute", fix: "make it an attribute of its own" }]
}
