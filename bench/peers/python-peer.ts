/** scim2-server (PyPI), a SCIM server in Python that we did not write, in a virtual environment of the project's cache. */
import { once } from "node:events"
import { createServer } from "node:net"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { createVenv } from "../../test/peers/python-venv.ts"

const REQUIREMENTS = fileURLToPath(new URL("requirements.txt", import.meta.url))

/** The command of scim2-server, installed if need be. Throws where Python or its packages cannot be had. */
export function installScim2Server(): string {
  return join(createVenv(REQUIREMENTS), "bin", "scim2-server")
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
