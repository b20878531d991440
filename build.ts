/** Builds the package: one JavaScript file per source, the data beside it, and the report's JSON Schema. */
import { spawnSync } from "node:child_process"
import { cpSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { renderReportSchema } from "./reports/index.ts"

const root = new URL("./", import.meta.url)
const dist = new URL("dist/", root)

/** What the program reads at run time that is no module: the facts. They keep their place below dist/. */
const FACTS = "docs/fidelity"

function compile(): boolean {
  const compiler = fileURLToPath(new URL("bin/tsc", import.meta.resolve("typescript/package.json")))
  const { status } = spawnSync(process.execPath, [compiler, "--project", "tsconfig.build.json"], {
    cwd: root,
    stdio: "inherit",
  })
  return status === 0
}

rmSync(dist, { recursive: true, force: true })
if (compile()) {
  for (const file of readdirSync(new URL(FACTS, root)).filter((name) => name.endsWith(".json")))
    cpSync(new URL(`${FACTS}/${file}`, root), new URL(`${FACTS}/${file}`, dist))
  writeFileSync(new URL("report.schema.json", dist), renderReportSchema())
} else {
  process.exitCode = 1
}
