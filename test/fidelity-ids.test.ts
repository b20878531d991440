import { describe, expect, it } from "vitest"
import { namedIds } from "../docs/fidelity/fact-ids.ts"

// The examples stay out of these tests' own names, which would claim to prove them.

describe("ids in a name", () => {
  const names = [
    { what: "none", name: "a name without any", ids: [] },
    { what: "one", name: "ENG-QUAR-03 counts failures", ids: ["ENG-QUAR-03"] },
    { what: "several in full", name: "WIRE-216 ENG-QUAR-03: the count rule", ids: ["WIRE-216", "ENG-QUAR-03"] },
    {
      what: "any punctuation around",
      name: "(MAP-501) SCOPE-04, GRAPH-620; RES-15/",
      ids: ["MAP-501", "SCOPE-04", "GRAPH-620", "RES-15"],
    },
    {
      what: "functions and products",
      name: "FN-SELECTUNIQUEVALUE-3 PROD-MAAS-01",
      ids: ["FN-SELECTUNIQUEVALUE-3", "PROD-MAAS-01"],
    },
    {
      what: "RFCs with their sections",
      name: "RFC7644-3.5.2.2-01 RFC7643-3-02",
      ids: ["RFC7644-3.5.2.2-01", "RFC7643-3-02"],
    },
    {
      what: "drafts",
      name: "draft-ietf-scim-roles-entitlements-01-3.1-01, draft-sehgal-scim-delta-query-4-01",
      ids: ["draft-ietf-scim-roles-entitlements-01-3.1-01", "draft-sehgal-scim-delta-query-4-01"],
    },
    {
      what: "lists of last numbers",
      name: "ENG-QUAR-03, -04,-07 and more",
      ids: ["ENG-QUAR-03", "ENG-QUAR-04", "ENG-QUAR-07"],
    },
    {
      what: "a list before another id",
      name: "RFC7644-3.6-01, -02, RFC9110-15.3.5-01",
      ids: ["RFC7644-3.6-01", "RFC7644-3.6-02", "RFC9110-15.3.5-01"],
    },
    { what: "ids that no fact has", name: "ENG-QUARR-3 is misspelt", ids: ["ENG-QUARR-3"] },
    { what: "no section alone", name: "RFC7644-3.12 is one", ids: [] },
    { what: "no vector, nor part of a longer word", name: "SV-01, MY-WIRE-001 and WIRE-001a", ids: [] },
    { what: "no negative number", name: "MAP-105 -10 is a number", ids: ["MAP-105"] },
  ]

  it.each(names)("$what", ({ name, ids }) => {
    expect(namedIds(name)).toEqual({ ids, abbreviated: [] })
  })
})

describe("shortened forms are reported", () => {
  const names = [
    { what: "dots", name: "ENG-CYCLE-02..05 in order", form: "ENG-CYCLE-02..05" },
    { what: "to", name: "WIRE-096 to -122 are sent", form: "WIRE-096 to -122" },
    { what: "a dash", name: "WIRE-096–122", form: "WIRE-096–122" },
    { what: "and", name: "RFC7644-3.11-01 and -03", form: "RFC7644-3.11-01 and -03" },
    { what: "a slash", name: "ENG-REF-01/02", form: "ENG-REF-01/02" },
    { what: "or, after a list", name: "ENG-REF-01, -02 or -04", form: "ENG-REF-01, -02 or -04" },
  ]

  it.each(names)("$what", ({ name, form }) => {
    expect(namedIds(name).abbreviated).toEqual([form])
  })

  it("and words and numbers of the sentence are not", () => {
    expect(namedIds("ENG-QUAR-05 45,000 to 60,000 failures and 2 others").abbreviated).toEqual([])
  })
})
