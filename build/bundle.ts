/**
 * The program as few files: what a command needs lies in the files that only it loads, so that Node opens a dozen of them
 * where it opened nine hundred (docs/decisions/0080). Readable, since stack traces of faults show these files.
 */
import { readdirSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { build, type OutputChunk } from "rolldown"
import { keepPlaces } from "./keep-places.ts"

const root = fileURLToPath(new URL("../", import.meta.url))
const PROFILES = "load/profiles"

export interface BundleOptions {
  /** Where it goes, with the folders of the sources below it. */
  readonly dist: string
  /** Packages that are imported where they are installed. All others become part of the files. */
  readonly external: readonly string[]
}

/** Bundles the command, what the package exports, and the profiles that k6 runs. Gives the paths of all modules in it. */
export async function bundle({ dist, external }: BundleOptions): Promise<string[]> {
  const common = { cwd: root, tsconfig: false, transform: { target: "es2024" } } as const
  const output = { dir: dist, format: "esm", entryFileNames: "[name].js", comments: false } as const
  const program = await build({
    ...common,
    input: entries(["cli/main.ts", "index.ts", "scenarios/vitest.ts"]),
    platform: "node",
    external: external.map((name) => new RegExp(`^${name}(/|$)`)),
    // No module of ours does anything by being loaded; those of packages say so themselves.
    treeshake: {
      moduleSideEffects: (id, isExternal) => (isExternal || !id.includes("/node_modules/") ? false : undefined),
    },
    plugins: [keepPlaces(root)],
    output: {
      ...output,
      chunkFileNames: "chunks/[name].js",
      // A package is a file of its own, named as it is: read in stack traces, and no larger a part of a command than needed.
      codeSplitting: { groups: [{ test: /[/\\]node_modules[/\\]/, name: packageOf, debugName: "packages" }] },
    },
  })
  // k6 is another runtime with modules of its own: its files share nothing with the program's.
  const profiles = await build({
    ...common,
    input: entries(
      readdirSync(`${root}/${PROFILES}`).flatMap((name) => (name.endsWith(".ts") ? [`${PROFILES}/${name}`] : [])),
    ),
    platform: "neutral",
    external: /^k6(\/|$)/,
    output: { ...output, chunkFileNames: `${PROFILES}/engine/[name].js` },
  })
  const chunks = [...program.output, ...profiles.output].filter((file): file is OutputChunk => file.type === "chunk")
  return chunks.flatMap((chunk) => chunk.moduleIds)
}

/** `…/node_modules/@hono/node-server/dist/index.mjs` → `hono-node-server` */
function packageOf(module: string): string | null {
  const name = /[/\\]node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)/.exec(module)?.[1]
  return name?.replace("@", "").replaceAll(/[/\\]/g, "-") ?? null
}

/** Each file keeps its place below dist/. */
function entries(paths: readonly string[]): Record<string, string> {
  return Object.fromEntries(paths.map((path) => [path.replace(/\.ts$/, ""), `${root}${path}`]))
}
