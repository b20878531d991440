import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { installK6 } from "./install-k6.ts"
import { K6_VERSION } from "./version.ts"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "scimulate-k6-"))
  mkdirSync(join(folder, "bin"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A Go that says a version, logs how it was called, and "builds" a program that answers as k6 does. */
function fakeGo(version: string, built = "k6 v2.2.0 (go1.26.8, linux/amd64)"): void {
  const script = `#!/bin/sh
echo "$@" >> '${folder}/calls'
[ "$1" = version ] && echo 'go version go${version} linux/amd64' && exit 0
while [ "$1" != -o ]; do shift; done
[ -z "$FAIL" ] || { echo half > "$2"; exit 1; }
printf '#!/bin/sh\\necho "${built}"\\n' > "$2" && chmod +x "$2"
`
  writeFileSync(join(folder, "bin/go"), script)
  chmodSync(join(folder, "bin/go"), 0o755)
}

const environment = (more: NodeJS.ProcessEnv = {}) => ({
  PATH: [join(folder, "bin"), "/bin", "/usr/bin"].join(delimiter),
  ...more,
})
const install = async (more: NodeJS.ProcessEnv = {}) =>
  await installK6({ environment: environment(more), cache: join(folder, "cache"), note: () => {} })
const BUILT = "cache/v2.2.0/k6"

describe("npm run k6:install", () => {
  it("builds k6 into the cache, once", async () => {
    fakeGo("1.26.8")
    const path = join(folder, BUILT)
    expect(await install()).toEqual({ path, version: "2.2.0", place: "cache" })
    expect(await install()).toEqual({ path, version: "2.2.0", place: "cache" })
    const calls = readFileSync(join(folder, "calls"), "utf8").trim().split("\n")
    expect(calls).toEqual(["version", `build -trimpath -ldflags -s -w -o ${path}.building .`])
  })

  it("builds again what another version left there", async () => {
    fakeGo("1.26.8")
    mkdirSync(join(folder, "cache/v2.2.0"), { recursive: true })
    writeFileSync(join(folder, BUILT), "#!/bin/sh\necho 'k6 v2.1.0 (go1.24.0, linux/amd64)'\n", { mode: 0o755 })
    expect(await install()).toMatchObject({ version: "2.2.0" })
  })

  it("says in one sentence what to do where Go is missing or too old", async () => {
    const hint = expect.stringMatching(/^install Go 1\.25\.0 or newer; or install k6 2\.2\.0 or newer/)
    await expect(install({ PATH: join(folder, "empty") })).rejects.toMatchObject({
      code: "ENV_K6",
      message: "building k6 2.2.0 needs Go, which is not in PATH",
      hint,
    })
    fakeGo("1.21.9")
    await expect(install()).rejects.toMatchObject({
      code: "ENV_K6",
      message: "building k6 2.2.0 needs Go 1.25.0 or newer, and this is 1.21.9",
      hint,
    })
  })

  it("leaves nothing behind when the build fails", async () => {
    fakeGo("1.26.8")
    await expect(install({ FAIL: "yes" })).rejects.toMatchObject({ code: "ENV_K6" })
    expect([BUILT, `${BUILT}.building`].filter((path) => existsSync(join(folder, path)))).toEqual([])
  })

  it("pins in go.mod the version that the code names", () => {
    expect(readFileSync(new URL("go.mod", import.meta.url), "utf8")).toContain(`go.k6.io/k6/v2 v${K6_VERSION}\n`)
    expect(K6_VERSION).toBe("2.2.0")
  })
})
