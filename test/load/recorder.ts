/**
 * The reference target on a free port of the loopback address, with a log of what it was sent. In the log each id that the target
 * gave out is replaced by what it belongs to (`<user ada@…>`), so that two runs with other ids can be compared word for word.
 */
import { z } from "zod"
import { createIdSource, createRandom, SystemClock } from "../../simulator/index.ts"
import { createTarget } from "../../target/index.ts"
import { serveFetch } from "../cli/servers.ts"

export interface Recorder {
  readonly url: string
  readonly token: string
  /** `METHOD path body` of each request so far, in the order of arrival. */
  log(): readonly string[]
  /** What the target holds, as text, one line an object, sorted; without ids and times. */
  state(): Promise<readonly string[]>
  close(): Promise<void>
}

const TOKEN = "recorder"
const PAGE = 200
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
const resourceSchema = z.looseObject({
  id: z.string(),
  userName: z.string().optional(),
  displayName: z.string().optional(),
})
type Resource = z.infer<typeof resourceSchema>
const listSchema = z.object({ totalResults: z.number(), Resources: z.array(resourceSchema).default([]) })

/** `before` sees the line of each request, and may hold it back. */
export async function startRecorder(before: (line: string) => Promise<void> = async () => {}): Promise<Recorder> {
  const target = createTarget({ clock: new SystemClock(), ids: createIdSource(createRandom(1)), tokens: [TOKEN] })
  const lines: string[] = []
  const names = new Map<string, string>()
  const named = (text: string) => text.replaceAll(url, "<base>").replace(ID, (id) => names.get(id) ?? id)

  const server = await serveFetch(async (request) => {
    const { pathname, search } = new URL(request.url)
    const body = request.body === null ? "" : await request.clone().text()
    const line = `${request.method} ${decodeURIComponent(pathname + search.replaceAll("+", " "))} ${body}`
    await before(line)
    const answer = await target.fetch(request)
    lines.push(line)
    if (answer.status === 201) name(resourceSchema.parse(await answer.clone().json()), pathname)
    return answer
  })
  function name({ id, userName, displayName }: Resource, path: string): void {
    names.set(id, `<${path.slice(path.lastIndexOf("/") + 1)} ${userName ?? displayName ?? "?"}>`)
  }
  const url = `${server.origin}/scim/v2`

  async function readAll(type: "Users" | "Groups"): Promise<Resource[]> {
    const found: Resource[] = []
    for (let startIndex = 1; ; startIndex += PAGE) {
      const request = new Request(`${url}/${type}?count=${PAGE.toString()}&startIndex=${startIndex.toString()}`, {
        headers: { authorization: `Bearer ${TOKEN}` },
      })
      const { totalResults, Resources } = listSchema.parse(await (await target.fetch(request)).json())
      found.push(...Resources)
      if (found.length >= totalResults) return found
    }
  }

  return {
    url,
    token: TOKEN,
    log: () => lines.map(named),
    async state() {
      const all = [...(await readAll("Users")), ...(await readAll("Groups"))]
      return all.map((resource) => render(resource, named)).toSorted()
    },
    async close() {
      await server.close()
      target.close()
    },
  }
}

/** Without times and what follows from the groups, and with the members in the order of their names. */
function render(
  { meta: _meta, groups: _derived, members, ...resource }: Resource,
  named: (text: string) => string,
): string {
  const values = z
    .array(z.looseObject({ value: z.string() }))
    .default([])
    .parse(members)
  return `${named(JSON.stringify(resource))} ${values
    .map(({ value }) => named(value))
    .toSorted()
    .join(" ")}`
}
