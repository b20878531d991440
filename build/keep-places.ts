/** `import.meta.url` of a module that was bundled into another file still says the module's own place below dist/. */
import { posix, relative, sep } from "node:path"
import type { Plugin } from "rolldown"

const MARK = "PLACE_OF_MODULE"
const MARKED = new RegExp(`${MARK}\\("([^"]+)"\\)`, "g")

/** For our own modules, which lie below `root`. */
export function keepPlaces(root: string): Plugin {
  return {
    name: "keep-places",
    transform: {
      // Neither of packages nor made up by the bundler.
      filter: { code: "import.meta.url", id: { exclude: /[/\\]node_modules[/\\]|^\0/ } },
      handler: (code, id) =>
        code.replaceAll("import.meta.url", `${MARK}(${JSON.stringify(relative(root, id).replaceAll(sep, "/"))})`),
    },
    renderChunk: (code, chunk) =>
      code.replaceAll(MARKED, (_, place: string) => {
        const path = posix.relative(posix.dirname(chunk.fileName), place)
        return `new URL(${JSON.stringify(path)}, import.meta.url)`
      }),
  }
}
