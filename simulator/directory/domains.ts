/** The tenant's verified domains: a userPrincipalName must be in one of them (GRAPH-103). */
import type { Db } from "./database.ts"
import { DirectoryError } from "./directory-error.ts"

/** A verified domain. Guests are named in the initial one; new people get the default one. */
export interface Domain {
  readonly name: string
  readonly kind: "initial" | "default" | "other"
}

export interface Domains {
  list(): readonly Domain[]
  add(name: string): void
  /** Throws {@link DirectoryError} where a domain is not verified. */
  assertVerified(domain: string, userPrincipalName: string): void
}

const FORM = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/

/** The domain that every tenant is born with, here derived from the default one: contoso.example → contoso.onmicrosoft.com. */
function toInitialDomain(defaultDomain: string): string {
  return `${defaultDomain.split(".", 1)[0] ?? "tenant"}.onmicrosoft.com`
}

/** Opens the list of domains; a new tenant gets its two. */
export function createDomains(db: Db, defaultDomain: string): Domains {
  const read = db.prepare<[], Domain>("SELECT name, kind FROM domains ORDER BY kind, name")
  const insert = db.prepare("INSERT OR IGNORE INTO domains (name, kind) VALUES (?, ?)")
  const verified = new Set(read.all().map(({ name }) => name))

  function add(name: string, kind: Domain["kind"]): void {
    const domain = name.toLowerCase()
    if (!FORM.test(domain))
      throw new DirectoryError("InvalidValue", `"${name}" is no domain name such as contoso.example.`)
    insert.run(domain, kind)
    verified.add(domain)
  }

  if (verified.size === 0) {
    add(defaultDomain, "default")
    add(toInitialDomain(defaultDomain), "initial")
  }
  return {
    list: () => read.all(),
    add: (name) => add(name, "other"),
    assertVerified(domain, userPrincipalName) {
      if (verified.has(domain)) return
      throw new DirectoryError(
        "InvalidValue",
        `The userPrincipalName ${userPrincipalName} is in ${domain}, which is no verified domain of the tenant (${[...verified].join(", ")}). Use one of these, or add the domain first.`,
      )
    },
  }
}
