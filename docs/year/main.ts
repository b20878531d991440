/** `npm run year`: lives through the year and writes docs/a-year.md. */
import { writeFileSync } from "node:fs"
import { liveThroughTheYear } from "./live.ts"
import { renderPage } from "./page.ts"

writeFileSync(new URL("../a-year.md", import.meta.url), renderPage(await liveThroughTheYear()))
