/**
 * The tenants of a server. The default one is there always; the others are named in its database, and each has a file of
 * its own beside it, opened when it is first asked for.
 */
import { mkdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { TenantTable } from "../store/tenant-table.ts"
import type { TenantRow } from "../store/tenant-table.ts"
import { tenantSettingsSchema } from "./settings.ts"
import type { TenantSettings } from "./settings.ts"
import type { Tenant } from "./tenant.ts"

/** Name of the tenant whose endpoints stand at the base URL itself. */
export const DEFAULT_TENANT = "default"

/** A tenant's name is a part of URLs and a file's name: letters, digits and hyphens, as in a host name. */
export const tenantNameSchema = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    "must be 1 to 63 of a-z, 0-9 and hyphens, not a hyphen first or last",
  )

/** Each open tenant holds a file and its prepared statements. */
export const MAX_TENANTS = 1000

/** A tenant as it is listed. */
export interface TenantInfo {
  readonly name: string
  /** Epoch milliseconds. */
  readonly created: number
  readonly settings: TenantSettings
}

export interface TenantsOptions {
  readonly main: Tenant
  /** What is set of the default tenant by options: it wins over what is stored of it. */
  readonly mainSettings: TenantSettings
  /** The default tenant's file, or `:memory:`. */
  readonly db: string
  /** Epoch milliseconds at which a default tenant counts as made that was never changed. */
  readonly startedAt: number
  /** Opens a tenant on a file. */
  readonly open: (tenant: TenantInfo, db: string) => Tenant
}

export class Tenants {
  readonly main: Tenant
  readonly #options: TenantsOptions
  readonly #table: TenantTable
  readonly #infos = new Map<string, TenantInfo>()
  readonly #open = new Map<string, Tenant>()
  /** Of tenants that were removed: a counter never goes back. */
  #commitsBefore = 0

  constructor(options: TenantsOptions) {
    const { main, mainSettings, startedAt } = options
    this.main = main
    this.#options = options
    this.#table = new TenantTable(main.database)
    const stored = this.#table.all().map(({ name, created, settings }) => {
      return { name, created, settings: tenantSettingsSchema.parse(JSON.parse(settings)) }
    })
    const mainInfo = stored.find(({ name }) => name === DEFAULT_TENANT) ?? { created: startedAt, settings: {} }
    const settings = { ...mainInfo.settings, ...mainSettings }
    this.#infos.set(DEFAULT_TENANT, { name: DEFAULT_TENANT, created: mainInfo.created, settings })
    for (const info of stored) if (info.name !== DEFAULT_TENANT) this.#infos.set(info.name, info)
    this.#open.set(DEFAULT_TENANT, main)
    main.configure(settings)
  }

  list(): readonly TenantInfo[] {
    return [...this.#infos.values()]
  }

  info(name: string): TenantInfo | undefined {
    return this.#infos.get(name)
  }

  /** The tenant of that name, opened where it is not yet. */
  find(name: string): Tenant | undefined {
    const open = this.findOpen(name)
    if (open !== undefined) return open
    const info = this.#infos.get(name)
    if (info === undefined) return undefined
    const tenant = this.#options.open(info, this.#fileOf(name))
    this.#open.set(name, tenant)
    return tenant
  }

  /** The tenant of that name, where it was asked for before. */
  findOpen(name: string): Tenant | undefined {
    return this.#open.get(name)
  }

  /** Makes a tenant, and does `alongside` in the same commit; false where there is one of that name. */
  async create(info: TenantInfo, alongside: () => void): Promise<boolean> {
    if (this.#infos.has(info.name)) return false
    if (!(await this.#change(() => this.#table.add(toRow(info)), alongside))) return false
    // What a tenant of that name left behind, where its end was interrupted.
    this.#removeFiles(info.name)
    this.#infos.set(info.name, info)
    return true
  }

  /** Changes what is set of a tenant, from the next request on, and does `alongside` in the same commit; false where there is none. */
  async configure(info: TenantInfo, alongside: () => void): Promise<boolean> {
    const row = toRow(info)
    const save = (): boolean => this.#table.update(row) || (info.name === DEFAULT_TENANT && this.#table.add(row))
    if (!(await this.#change(save, alongside))) return false
    this.#infos.set(info.name, info)
    this.#open.get(info.name)?.configure(info.settings)
    return true
  }

  /** Ends a tenant with all its data; `alongside` is done in the same commit. Not for the default tenant. */
  async remove(name: string, alongside: () => void): Promise<void> {
    await this.main.store.enqueue(() => {
      this.#table.remove(name)
      alongside()
    })
    this.#infos.delete(name)
    const open = this.#open.get(name)
    this.#open.delete(name)
    if (open !== undefined) {
      open.close()
      this.#commitsBefore += open.store.commits
    }
    this.#removeFiles(name)
  }

  /** Makes a tenant at once, unless there is one of that name. */
  ensure(info: TenantInfo): void {
    if (this.#infos.has(info.name)) return
    this.#removeFiles(info.name)
    this.main.store.atomically(() => this.#table.add(toRow(info)))
    this.#infos.set(info.name, info)
  }

  /** How often something was committed since the server was started. */
  commits(): number {
    return [...this.#open.values()].reduce((sum, { store }) => sum + store.commits, this.#commitsBefore)
  }

  /** How many bearer tokens are accepted now, by the tenants that were asked for something since the server was started. */
  liveTokens(): number {
    return [...this.#open.values()].reduce((sum, tenant) => sum + tenant.liveTokens(), 0)
  }

  close(): void {
    for (const tenant of this.#open.values()) if (tenant !== this.main) tenant.close()
    this.main.close()
  }

  #change(change: () => boolean, alongside: () => void): Promise<boolean> {
    return this.main.store.enqueue(() => {
      const isDone = change()
      if (isDone) alongside()
      return isDone
    })
  }

  #fileOf(name: string): string {
    const { db } = this.#options
    if (db === ":memory:") return db
    mkdirSync(folderOf(db), { recursive: true })
    return join(folderOf(db), `${name}.db`)
  }

  #removeFiles(name: string): void {
    const { db } = this.#options
    if (db === ":memory:") return
    for (const suffix of ["", "-wal", "-shm"]) rmSync(join(folderOf(db), `${name}.db${suffix}`), { force: true })
  }
}

function toRow({ name, created, settings }: TenantInfo): TenantRow {
  return { name, created, settings: JSON.stringify(settings) }
}

/** The other tenants' files stand in a folder beside the default tenant's. */
function folderOf(db: string): string {
  return `${db}.tenants`
}
