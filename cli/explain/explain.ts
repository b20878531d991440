/** What an id is about: looked up among cases, defects, facts and codes of findings, in this order. */
import { findLoadTopic, loadTopicNames, type LoadTopic } from "../../load/index.ts"
import { requirementLabel, requirementLink } from "../../reports/index.ts"
import { ALL_CASES, type Case } from "../../scenarios/index.ts"
import { defects, type Defect } from "../../target/index.ts"
import { UsageError } from "../errors.ts"
import { suggestion } from "../suggest.ts"
import { readFacts, type Fact } from "./facts.ts"
import { seeFindings, type SeenFinding } from "./findings.ts"
import { layOut, type Field } from "./layout.ts"

type Facts = ReadonlyMap<string, Fact>

/**
 * The explanation of an id, laid out for so many columns. A key (`id@dialect`) explains its case.
 *
 * @throws UsageError for an id that nothing carries, with the nearest one.
 */
export async function explain(id: string, columns: number): Promise<string> {
  const facts = readFacts()
  const wanted = id.toLowerCase()
  const isWanted = (name: string) => name.toLowerCase() === wanted
  const found = ALL_CASES.find((candidate) => isWanted(candidate.id) || wanted.startsWith(`${candidate.id}@`))
  if (found !== undefined) return explainCase(found, facts, columns)
  const defect = defects.find(({ name }) => isWanted(name))
  if (defect !== undefined) return explainDefect(defect, columns)
  const fact = [...facts.values()].find((candidate) => isWanted(candidate.id))
  if (fact !== undefined) return explainFact(fact, columns)
  const topic = findLoadTopic(wanted)
  if (topic !== undefined) return explainLoad(id, topic, facts, columns)
  const findings = await seeFindings()
  const seen = findings.get(wanted)
  if (seen !== undefined) return explainFinding(seen, columns)
  const names = [ALL_CASES.map((candidate) => candidate.id), defects.map(({ name }) => name)].flat()
  const known = [...names, ...facts.keys(), ...findings.keys(), ...loadTopicNames()]
  throw new UsageError("USAGE_UNKNOWN_ID", `nothing is called "${id}"`, {
    hint: suggestion(id, known, "scimulate run --list lists the cases, scimulate explain --defects the defects"),
  })
}

/** A line a defect: name, level, what such an endpoint does. */
export function listDefects(): string {
  const width = Math.max(...defects.map(({ name }) => name.length))
  return defects
    .map(
      ({ name, level, title }) => `${name.padEnd(width)}  ${level.toUpperCase().padEnd("SHOULD".length)}  ${title}\n`,
    )
    .join("")
}

function explainCase(found: Case, facts: Facts, columns: number): string {
  const { id, requirement, title, why, fix, clients, confidence, needs } = found
  const fields: readonly Field[] = [
    ["Why", why],
    ["How to fix", fix],
    ["Source", `${requirementLabel(requirement)} (${confidence})`, requirementLink(requirement)],
    ["Facts", ...found.facts.map((name) => `${name}  ${facts.get(name)?.statement ?? ""}`.trimEnd())],
    ["Counts for", clients.join(", ")],
    ["Needs", needs.join(", ")],
    ["Caught by", ...found.defects.map((name) => `scimulate run --case ${id} --defect ${name}`)],
    ["Run it", `scimulate run URL --case ${id}`],
  ]
  return layOut(
    `${id}  ${requirement.level.toUpperCase()}  (${found.kind}, suite ${found.suite})`,
    title,
    fields,
    columns,
  )
}

function explainLoad(id: string, topic: LoadTopic, facts: Facts, columns: number): string {
  const fields: readonly Field[] = [
    ["Why", topic.why],
    ["How to fix", topic.fix],
    ["Facts", ...topic.facts.map((name) => `${name}  ${facts.get(name)?.statement ?? ""}`.trimEnd())],
    ["Findings", topic.codes.join(", ")],
    ["Run it", "scimulate load PROFILE URL"],
  ]
  return layOut(`${id}  (load)`, topic.title, fields, columns)
}

function explainDefect(defect: Defect, columns: number): string {
  const catching = ALL_CASES.filter((candidate) => candidate.defects.includes(defect.name))
  const fields: readonly Field[] = [
    ["Seen", defect.seen],
    ["Costs", defect.level === "should" ? "a warning" : "a failed case, and exit code 1"],
    ["Caught by", ...catching.map(({ id }) => id)],
    ["How to fix", ...new Set(catching.map(({ fix }) => fix))],
    ["Try it", `scimulate run --defect ${defect.name}`],
  ]
  return layOut(`${defect.name}  ${defect.level.toUpperCase()}  (defect)`, defect.title, fields, columns)
}

function explainFinding({ finding, cases }: SeenFinding, columns: number): string {
  const fields: readonly Field[] = [
    ["For example", `expected: ${finding.expected}`, `actual: ${finding.actual}`],
    ["Why", ...new Set(cases.map(({ why }) => why))],
    ["How to fix", finding.advice],
    ["Cases", ...cases.map(({ id, title }) => `${id}: ${title}`)],
  ]
  return layOut(`${finding.code}  (finding)`, finding.message, fields, columns)
}

function explainFact(fact: Fact, columns: number): string {
  const leaning = ALL_CASES.filter(({ facts }) => facts.includes(fact.id))
  const fields: readonly Field[] = [
    ["Source", fact.source, fact.url],
    ["Level", fact.level],
    ["Confidence", fact.confidence],
    ["Contested", fact.contested],
    ["Note", fact.note],
    ["Cases", ...leaning.map(({ id, title }) => `${id}: ${title}`)],
    ["How to fix", ...new Set(leaning.map(({ fix }) => fix))],
  ]
  return layOut(`${fact.id}  (fact)`, fact.statement, fields, columns)
}
