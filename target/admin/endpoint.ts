/** One endpoint of the administration API, as data: where it is, and what it does for each method. */
import type { Context } from "hono"

export type AdminMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE"

export interface AdminEndpoint {
  /** Behind /admin; `:name` stands for a part of the path. */
  readonly path: string
  readonly methods: Readonly<Partial<Record<AdminMethod, (context: Context) => Response | Promise<Response>>>>
}
