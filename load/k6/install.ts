/** `npm run k6:install`: the pinned k6 into the project's cache, or one sentence about how to get it. */
import { EnvironmentError } from "../../protocol/index.ts"
import { installK6 } from "./install-k6.ts"

try {
  await installK6({ environment: process.env, note: (line) => console.error(line) })
} catch (error) {
  if (!(error instanceof EnvironmentError)) throw error
  console.error(`error: ${error.message}\n  ${error.hint}`)
  process.exitCode = 3
}
