/** Builds the package: the program in few files, its declarations, its data, its schema, and the licences of what it contains. */
import { spawnSync } from "node:child_process"
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { bundle } from "./build/bundle.ts"
import { renderNotices } from "./build/notices.ts"
import { renderReportSchema } from "./reports/index.ts"

const root = new URL("./", import.meta.url)
const dist = new URL("dist/", root)

/** What the program reads at run time that is no module: the facts. They keep their place below dist/. */
const FACTS = "docs/fidelity"
/** Bundled, although a dependency: our declarations name its types, nothing imports it at run time. */
const ONLY_TYPES = new Set(["zod", "jose"])

function declare(): boolean {
  const compiler = fileURLToPath(new URL("bin/tsc", import.meta.resolve("typescript/package.json")))
  const { status } = spawnSync(process.execPath, [compiler, "--project", "tsconfig.build.json"], {
    cwd: root,
    stdio: "inherit",
  })
  return status === 0
}

/** What is installed beside the package. */
function installed(): string[] {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as Record<
    string,
    Record<string, string>
  >
  return Object.keys({ ...dependencies, ...peerDependencies }).filter((name) => !ONLY_TYPES.has(name))
}

rmSync(dist, { recursive: true, force: true })
if (declare()) {
  const modules = await bundle({ dist: fileURLToPath(dist), external: installed() })
  writeFileSync(new URL("THIRD-PARTY-LICENSES.txt", dist), renderNotices(modules))
  for (const file of readdirSync(new URL(FACTS, root)).filter((name) => name.endsWith(".json")))
    cpSync(new URL(`${FACTS}/${file}`, root), new URL(`${FACTS}/${file}`, dist))
  writeFileSync(new URL("report.schema.json", dist), renderReportSchema())
} else {
  process.exitCode = 1
}
