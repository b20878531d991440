/** The licences of the packages that are part of our files, as their authors ask. */
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

const PREAMBLE = "scimulate's files contain the following packages, each under its own licence.\n"
const PACKAGE_FOLDER = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//
const LICENCE_FILE = /^licen[cs]e(\.|$)/i

/**
 * One text for the packages that these modules belong to, by name.
 *
 * @throws Error for a package without a licence: it must not be bundled.
 */
export function renderNotices(modules: readonly string[]): string {
  const folders = new Set(modules.flatMap((path) => PACKAGE_FOLDER.exec(path)?.[1] ?? []))
  return [PREAMBLE, ...[...folders].map(notice).toSorted()].join(`\n${"-".repeat(80)}\n\n`)
}

function notice(folder: string): string {
  const { name, version, license } = readManifest(folder)
  const file = readdirSync(folder).find((candidate) => LICENCE_FILE.test(candidate))
  if (file === undefined) throw new Error(`${name} has no licence file, so it cannot be bundled.`)
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`
}

function readManifest(folder: string): { name: string; version: string; license: string } {
  const path = join(folder, "package.json")
  const manifest: unknown = JSON.parse(readFileSync(path, "utf8"))
  if (
    typeof manifest !== "object" ||
    manifest === null ||
    !("name" in manifest && "version" in manifest && "license" in manifest)
  ) {
    throw new Error(`${path} does not say name, version and license.`)
  }
  return { name: String(manifest.name), version: String(manifest.version), license: String(manifest.license) }
}
