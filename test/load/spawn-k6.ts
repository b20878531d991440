/** Plain `k6 run` on a profile. */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import { K6_ENVIRONMENT } from "../../load/k6/find-k6.ts"

/** Its exit code, and all that it prints. */
export async function spawnK6(
  k6: string,
  profile: string,
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; text: string }> {
  const script = fileURLToPath(new URL(`../../load/profiles/${profile}.ts`, import.meta.url))
  const child = spawn(k6, ["run", "--quiet", "--no-color", script], {
    env: { ...process.env, ...K6_ENVIRONMENT, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let text = ""
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (part: string) => (text += part))
  const [code] = (await once(child, "close")) as [number | null]
  return { code, text }
}
