/** scim2-server (PyPI) in a virtual environment of the project's cache, made once from requirements.txt. */
import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { once } from "node:events"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const CACHE = fileURLToPath(new URL("../../.cache/", import.meta.url))
const REQUIREMENTS = fileURLToPath(new URL("requirements.txt", import.meta.url))

/** The command of scim2-server, installed if need be. Throws where Python or its packages cannot be had. */
export function installScim2Server(): string {
  const folder = join(CACHE, "peers", "python")
  const wanted = readFileSync(REQUIREMENTS, "utf8")
  const mark = join(folder, "installed.txt")
  if (!existsSync(mark) || readFileSync(mark, "utf8") !== wanted) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    execFileSync("python3", ["-m", "venv", folder], { stdio: "pipe" })
    const quiet = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    execFileSync(join(folder, "bin", "python"), [...quiet, "-r", REQUIREMENTS], { stdio: "pipe" })
    writeFileSync(mark, wanted)
  }
  return join(folder, "bin", "scim2-server")
}

/** A port that was free a moment ago: scim2-server does not say which one it took when told 0. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  server.close()
  await once(server, "close")
  if (address === null || typeof address === "string") throw new Error("no port")
  return address.port
}
