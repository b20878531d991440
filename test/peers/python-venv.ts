/**
 * Virtual environments for Python programs of others. They live in the project's cache folder, under names that change with the
 * requirements. That of the testers (python/requirements.txt) is made by `npm run testers:install`: tests themselves install nothing.
 */
import { spawnSync } from "node:child_process"
import { hash } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { requireTool, type FoundTool, type MissingTool } from "../require-tool.ts"

const TESTERS = fileURLToPath(new URL("python/requirements.txt", import.meta.url))
const CACHE = fileURLToPath(new URL("../../.cache/", import.meta.url))
/** Newest first among those that the requirements support; the plain name may be any of them. */
const INTERPRETERS = ["python3", "python3.13", "python3.12", "python3.11", "python3.10"]
const USABLE = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))"

function folderOf(requirements: string): string {
  return join(CACHE, `python-${hash("sha256", readFileSync(requirements)).slice(0, 12)}`)
}

/** The environment's interpreter, or why it is not there. Throws where SCIMULATE_REQUIRE names python. */
export function findPython(): FoundTool | MissingTool {
  const found = requireTool("python", [join(folderOf(TESTERS), "bin", "python")])
  if (found.path !== undefined) return found
  return { reason: "the Python testers are not installed; npm run testers:install does it" }
}

/**
 * Makes the environment of a requirements file (with hashes) where it is not there yet, and gives its folder. Nothing is left of one
 * that could not be completed.
 */
export function createVenv(requirements: string = TESTERS): string {
  const folder = folderOf(requirements)
  if (existsSync(folder)) return folder
  const python = INTERPRETERS.find((name) => spawnSync(name, ["-c", USABLE]).status === 0)
  if (python === undefined) throw new Error("This needs Python 3.10 or newer with venv: install python3-venv.")
  mkdirSync(CACHE, { recursive: true })
  const unfinished = `${folder}.${process.pid}`
  try {
    run(python, ["-m", "venv", unfinished])
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run(join(unfinished, "bin", "python"), [...pip, "--require-hashes", "--requirement", requirements])
    renameSync(unfinished, folder)
    return folder
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    throw error
  }
}

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: "inherit" })
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed.`, { cause: error })
}
