/**
 * The tables of what guards a tenant, in the same file as its resources: credentials (long-lived tokens, OAuth clients) with
 * their secrets, kept as digests only, and the audit log, which is appended to and read from its end. `tenant` names the
 * tenants of a server; only the default tenant's file uses it.
 */
export const GUARD_TABLES = `
  CREATE TABLE credential (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    role TEXT NOT NULL,
    lifetime INTEGER,
    federation TEXT,
    subject TEXT,
    created INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE credential_secret (
    seq INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    id TEXT NOT NULL UNIQUE,
    credential TEXT NOT NULL REFERENCES credential (id) ON DELETE CASCADE,
    use TEXT NOT NULL,
    role TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    last_used INTEGER
  ) STRICT;
  CREATE INDEX credential_secret_by_expiry ON credential_secret (expires);
  CREATE INDEX credential_secret_by_credential ON credential_secret (credential, use);

  CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    resource TEXT NOT NULL,
    status INTEGER NOT NULL,
    address TEXT,
    detail TEXT
  ) STRICT;

  CREATE TABLE tenant (
    name TEXT PRIMARY KEY,
    created INTEGER NOT NULL,
    settings TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`
