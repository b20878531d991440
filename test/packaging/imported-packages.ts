/** Which packages built files import, statically or when they get that far. */
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { parseSync } from "oxc-parser"

/** Names of all packages imported by the .js files below `folder`, in order; what Node and k6 bring themselves is left out. */
export function importedPackages(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"))
  const names = files.flatMap((file) => specifiers(readFileSync(join(folder, file), "utf8"))).flatMap(packageOf)
  return [...new Set(names)].toSorted()
}

function specifiers(source: string): string[] {
  const { staticImports, staticExports, dynamicImports } = parseSync("file.js", source).module
  return [
    ...staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...staticExports.flatMap(({ entries }) => entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? [])),
    // An expression that is computed names no package.
    ...dynamicImports.flatMap(({ moduleRequest: { start, end } }) =>
      Array.from(source.slice(start, end).matchAll(/^["'`]([^"'`$]+)["'`]$/g), ([, name = ""]) => name),
    ),
  ]
}

function packageOf(specifier: string): string[] {
  if (/^(\.|node:|k6(\/|$))/.test(specifier)) return []
  return [specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/")]
}
