#!/usr/bin/env node
// Plain JavaScript that any Node since 12 can parse: the version is checked before anything else is loaded, because the
// libraries behind it crash on older ones. A clone runs its own source, the package what was built from it.

const NEEDED = [22, 19]
const found = process.versions.node.split(".").map(Number)

if (found[0] < NEEDED[0] || (found[0] === NEEDED[0] && found[1] < NEEDED[1])) {
  process.stderr.write(
    "scimulate needs Node " +
      NEEDED.join(".") +
      " or newer, and this is Node " +
      process.versions.node +
      ": install a current Node from https://nodejs.org, or in a clone use `npm run -s scimulate --`, which brings its own.\n",
  )
  process.exitCode = 3
} else {
  Promise.all([import("node:fs"), import("node:module")])
    .then(([fs, module]) => {
      // What is loaded is compiled once and kept in the system's folder for temporary files.
      module.enableCompileCache()
      const source = new URL("./main.ts", import.meta.url)
      return import(fs.existsSync(source) ? source.href : new URL("../dist/cli/main.js", import.meta.url).href)
    })
    .then((cli) => cli.main())
    .catch((error) => {
      process.exitCode = 4
      process.stderr.write("scimulate could not start: " + (error && error.stack ? error.stack : error) + "\n")
    })
}
