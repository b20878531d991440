/**
 * What a monitoring system wants to know, in Prometheus' text format (version 0.0.4). No label can take more than a few values,
 * whatever clients send: routes are patterns, unknown methods are one, tenants are not told apart.
 */

/** Upper bounds of the histogram, in seconds. */
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])

/** What is counted elsewhere, and read when metrics are asked for. */
export interface Readings {
  readonly commits: number
  readonly liveTokens: number
  readonly tenants: number
  /** Seconds since the server was started. */
  readonly uptimeSeconds: number
}

interface Durations {
  /** How many requests fell into each bucket, and behind the last one. */
  readonly counts: number[]
  sumSeconds: number
}

/** The requests of one method and route. */
interface Series {
  readonly labels: string
  readonly byStatus: Map<number, number>
  readonly durations: Durations
}

export class Metrics {
  readonly #series = new Map<string, Map<string, Series>>()
  #limited = 0

  /** Counts a request that was answered. `route` is a pattern: `/Users/:id`. */
  observe(method: string, route: string, status: number, seconds: number): void {
    const { byStatus, durations } = this.#seriesOf(method, route)
    byStatus.set(status, (byStatus.get(status) ?? 0) + 1)
    let bucket = 0
    while (bucket < BUCKETS.length && seconds > (BUCKETS[bucket] ?? 0)) bucket += 1
    durations.counts[bucket] = (durations.counts[bucket] ?? 0) + 1
    durations.sumSeconds += seconds
  }

  /** Counts a request that was refused for its rate. */
  limited(): void {
    this.#limited += 1
  }

  /** The whole page. */
  render({ commits, liveTokens, tenants, uptimeSeconds }: Readings): string {
    const series = [...this.#series.values()].flatMap((routes) => [...routes.values()])
    return [
      ...family("scimulate_http_requests_total", "counter", "Requests answered.", series.flatMap(renderStatuses)),
      ...family(
        "scimulate_http_request_duration_seconds",
        "histogram",
        "Time from a request's arrival to its answer.",
        series.flatMap(renderDurations),
      ),
      ...single(
        "scimulate_commits_total",
        "counter",
        "Commits of the databases; writes that arrive together share one.",
        commits,
      ),
      ...single(
        "scimulate_rate_limited_total",
        "counter",
        "Requests refused because they came too fast.",
        this.#limited,
      ),
      ...single("scimulate_live_tokens", "gauge", "Bearer tokens that are accepted now.", liveTokens),
      ...single("scimulate_tenants", "gauge", "Tenants, the default one among them.", tenants),
      ...single("scimulate_uptime_seconds", "gauge", "Time since the server was started.", uptimeSeconds),
      "",
    ].join("\n")
  }

  #seriesOf(method: string, route: string): Series {
    const known = this.#series.get(method)?.get(route)
    if (known !== undefined) return known
    const name = METHODS.has(method) ? method : "other"
    const routes = this.#series.get(name) ?? new Map<string, Series>()
    this.#series.set(name, routes)
    const series = routes.get(route) ?? {
      labels: `method="${name}",route="${route}"`,
      byStatus: new Map<number, number>(),
      durations: { counts: Array.from({ length: BUCKETS.length + 1 }, () => 0), sumSeconds: 0 },
    }
    routes.set(route, series)
    return series
  }
}

function family(name: string, type: string, help: string, samples: readonly string[]): readonly string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...samples.map((sample) => `${name}${sample}`)]
}

function single(name: string, type: string, help: string, value: number): readonly string[] {
  return family(name, type, help, [` ${value}`])
}

function renderStatuses({ labels, byStatus }: Series): readonly string[] {
  return [...byStatus].map(([status, count]) => `{${labels},status="${status}"} ${count}`)
}

function renderDurations({ labels, durations: { counts, sumSeconds } }: Series): readonly string[] {
  let total = 0
  const buckets = counts.map((count, index) => {
    total += count
    return `_bucket{${labels},le="${BUCKETS[index] ?? "+Inf"}"} ${total}`
  })
  return [...buckets, `_sum{${labels}} ${sumSeconds}`, `_count{${labels}} ${total}`]
}
