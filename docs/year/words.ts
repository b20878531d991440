/** What was sent and logged, as lines that read well: ids become names, bodies are cut to what matters. All pure. */
import type { ProvisioningLogEntry } from "../../simulator/index.ts"
import { isProbe } from "./live.ts"
import { BASE_URL, type Exchange } from "./world.ts"

export type Names = ReadonlyMap<string, string>

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
]

/** `5 January`. */
export function toDay(atMs: number): string {
  const date = new Date(atMs)
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ""}`
}

/** `Mon 5 Jan, 08:00`. */
export function toTime(atMs: number): string {
  const date = new Date(atMs)
  const [day = "", month = ""] = toDay(atMs).split(" ")
  return `${DAYS[date.getUTCDay()] ?? ""} ${day} ${month.slice(0, 3)}, ${date.toISOString().slice(11, 16)}`
}

/** Lines about one exchange: the request with its answer, then the body. */
export function exchangeLines(exchange: Exchange, names: Names, options: { readonly isWhole: boolean }): string[] {
  const { method, url, body } = exchange.request
  const path = isProbe(exchange) ? decode(url).replace(/"[^"]*"$/, '"{a random GUID}"') : withNames(decode(url), names)
  return [
    `${method} ${path}  →  ${answerOf(exchange)}`,
    ...bodyLines(body, names, options).map((line) => `    ${line}`),
  ]
}

function decode(url: string): string {
  return decodeURIComponent(url.slice(BASE_URL.length).replaceAll("+", " "))
}

function withNames(text: string, names: Names): string {
  return text.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
    const name = names.get(id)
    return name === undefined ? id : `{${name}}`
  })
}

/** The status, and how many a search found. */
function answerOf({ request, response }: Exchange): string {
  const isSearch = request.method === "GET" && request.url.includes("filter=") && response.status === 200
  if (!isSearch) return String(response.status)
  const { totalResults }: { totalResults?: number } = JSON.parse(response.body ?? "{}")
  return `${response.status}, ${totalResults === 0 ? "none" : `${String(totalResults)} found`}`
}

/** What matters of a new object: who it is and whether it is active. */
const ESSENCE = ["userName", "displayName", "externalId", "active"]

function bodyLines(body: string | null, names: Names, { isWhole }: { readonly isWhole: boolean }): string[] {
  if (body === null) return []
  const parsed: Record<string, unknown> = JSON.parse(body)
  const operations = parsed["Operations"]
  if (Array.isArray(operations)) return operations.map((one) => shorten(withNames(JSON.stringify(one), names)))
  if (isWhole)
    return Object.entries(parsed).map(([key, value]) => withNames(`"${key}": ${JSON.stringify(value)}`, names))
  const essence = ESSENCE.filter((key) => key in parsed).map((key) => `"${key}":${JSON.stringify(parsed[key])}`)
  return [withNames(`{${essence.join(",")}, …}`, names)]
}

function shorten(text: string): string {
  return text.replaceAll("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", "urn:…:enterprise:2.0:User")
}

/** What the log says of one object: `disable, success`, and why nothing was sent, or what failed and when it is tried again. */
export function logWords({ provisioningAction, provisioningStatusInfo, provisioningSteps }: ProvisioningLogEntry): {
  readonly result: string
  readonly steps: string
} {
  const { status, errorInformation } = provisioningStatusInfo
  const details = provisioningSteps.flatMap((step) => [step.details["SkipReason"], step.details["ErrorCode"]])
  const why = errorInformation?.errorCode ?? details.find((text) => text !== undefined)
  const retry = errorInformation?.reason.match(/This operation was retried .*/)?.[0]
  const because = why === undefined ? "" : ` (${why})`
  return {
    result: `${provisioningAction}, ${status}${because}${retry === undefined ? "" : `: “${retry}”`}`,
    steps: provisioningSteps.map(({ name }) => name).join(" → "),
  }
}

/** Lines without the names and addresses that tell one person's from another's. */
export function shapeOf(lines: readonly string[], names: Names): string {
  let shape = lines.join("\n")
  for (const name of names.values()) {
    const alias = name.toLowerCase().replace(" ", ".")
    shape = shape.replaceAll(`{${name}}`, "{}").replaceAll(name, "{}").replaceAll(alias, "{}")
  }
  return shape
}
