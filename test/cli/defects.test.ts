/** Every known defect of the embedded target, and what `scimulate run --defect NAME` says of it: its exit code. */
import { describe, expect, it } from "vitest"
import { exitCodeOfReport } from "../../cli/exit-code.ts"
import { buildReport, type Report } from "../../reports/index.ts"
import { ALL_CASES, runCases } from "../../scenarios/index.ts"
import { SystemClock } from "../../simulator/index.ts"
import { defects, type Defect } from "../../target/index.ts"
import { scimulate } from "./spawn.ts"

/** Ids of the cases that are there to catch it. */
function casesOf({ name }: Defect): string[] {
  return ALL_CASES.filter((each) => each.defects.includes(name)).map(({ id }) => id)
}

/** As `scimulate run --defect NAME --case ID …` does, without a process of its own. */
async function reportOn(defect: Defect): Promise<Report> {
  const { run, ...result } = await runCases({
    cases: ALL_CASES,
    selection: { keys: casesOf(defect) },
    target: { kind: "embedded", defects: [defect.name] },
    seed: 1,
    clock: new SystemClock(),
  })
  return buildReport({
    ...result,
    run: { ...run, command: "scimulate run" },
    tool: { name: "scimulate", version: "0.0.0" },
    machine: { platform: "", arch: "", cpus: 1, memoryMb: 1, node: "" },
  })
}

const costly = defects.filter(({ level }) => level !== "should")
const bearable = defects.filter(({ level }) => level === "should")

describe("a defect that breaks a MUST or an Entra requirement exits 1", () => {
  it.each(costly.map((defect) => [defect.name, defect] as const))("%s", async (_name, defect) => {
    const report = await reportOn(defect)
    expect({ exit: exitCodeOfReport(report), errored: report.summary.errored }).toEqual({ exit: 1, errored: 0 })
    expect(report.verdicts.map(({ outcome }) => outcome)).toContain("not-ready")
  })
})

describe("a defect that breaks a SHOULD exits 0, with its case warned", () => {
  it.each(bearable.map((defect) => [defect.name, defect] as const))("%s", async (_name, defect) => {
    const report = await reportOn(defect)
    expect({ exit: exitCodeOfReport(report), errored: report.summary.errored }).toEqual({ exit: 0, errored: 0 })
    expect(report.summary.warned).toBeGreaterThan(0)
  })
})

/** One of each level, as a user runs it: the whole default selection. */
describe.each(["must", "entra", "should"] as const)("a defect of level %s, in a process of its own", (level) => {
  const defect = defects.find((each) => each.level === level)
  const exit = level === "should" ? 0 : 1

  it(`exits ${exit}`, async () => {
    const { code, stdout } = await scimulate(["run", "--defect", defect?.name ?? ""])
    expect(code).toBe(exit)
    expect(stdout).toContain(level === "should" ? "warned" : "failed")
  })
})
