/** Ctrl-C stops k6, removes what the load created, and still reports. */
import { expect, it } from "vitest"
import { parseReport } from "../../reports/index.ts"
import { start } from "../cli/spawn.ts"
import { requireK6 } from "./require-k6.ts"
import { serveTarget } from "./serve-target.ts"

const tool = requireK6()

it.skipIf(tool.path === undefined)(
  `Ctrl-C in the middle of a load exits 130 with a report${tool.path === undefined ? ` (${tool.reason})` : ""}`,
  async () => {
    const target = await serveTarget()
    try {
      const args = ["load", "soak", target.url, "--token", target.token, "--users", "20", "--duration", "10m"]
      const running = start([...args, "--reporter", "json"], { env: { K6_BIN: tool.path ?? "" } })
      const isUnderWay = (): boolean => target.asked.filter((asked) => asked.startsWith("PATCH ")).length > 20
      while (!isUnderWay() && running.child.exitCode === null) {
        await new Promise((resolve) => {
          setImmediate(resolve)
        })
      }
      running.child.kill("SIGINT")
      const { code, stdout, stderr } = await running.ended
      expect(code, stderr).toBe(130)
      expect(stderr).toContain("Interrupted: stopping k6")
      const report = parseReport(stdout)
      expect(report.run).toMatchObject({ interrupted: true, exitCode: 130 })
      expect(report.load?.outcome).toBe("incomplete")
      expect(report.load?.requests).toBeGreaterThan(0)
      expect(report.cases.find(({ id }) => id === "load-soak-members")).toMatchObject({ status: "skipped" })
      expect(report.leftovers).toEqual([])
      expect(await target.count("/Users")).toBe(0)
    } finally {
      await target.close()
    }
  },
)
