/** Which exchanges show a fault. A reading only shows what a write has done: the write stands before it. */
import type { Exchange } from "../reports/index.ts"

/** The named exchanges, each read of one resource preceded by the last write to that resource. */
export function withWrites(named: readonly string[], exchanges: readonly Exchange[]): string[] {
  const ids = named.flatMap((id) => {
    const place = exchanges.findIndex((exchange) => exchange.id === id)
    const read = exchanges[place]
    if (read === undefined || read.request.method !== "GET") return [id]
    const write = exchanges.slice(0, place).findLast((earlier) => wrote(earlier, read.request.url))
    return write === undefined ? [id] : [write.id, id]
  })
  return [...new Set(ids)]
}

/** Whether an exchange changed the resource at this URL, or created it. */
function wrote({ request, response }: Exchange, readUrl: string): boolean {
  if (request.method === "GET") return false
  const read = pathOf(readUrl)
  if (request.method !== "POST") return pathOf(request.url) === read
  const id = read.slice(read.lastIndexOf("/") + 1)
  return read === `${pathOf(request.url)}/${id}` && (response?.body ?? "").includes(`"${id}"`)
}

function pathOf(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? url
}
