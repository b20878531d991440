/** Create, replace, modify and remove. Each has to run as one unit of the store: what it did before an error is undone with it. */
import type { JsonValue } from "../json.ts"
import type { StoredResource } from "../store/resource-store.ts"
import type { ReadingRules } from "./attribute-value.ts"
import { mustFind, mustFindSeqs, storing } from "./context.ts"
import type { Precondition, ResourceContext } from "./context.ts"
import { applyMemberChanges, assertMemberCount, namedIn, replaceMembers } from "./membership.ts"
import type { Addressing } from "./filter/expressions.ts"
import { assertMayChange } from "./immutable.ts"
import { applyOperations, concernsMembersAlone } from "./patch/apply.ts"
import { readOperations } from "./patch/operations.ts"
import { assertSecrets, readResource } from "./read-resource.ts"
import { storeSecrets } from "./secrets.ts"
import type { Secrets } from "./secrets.ts"
import type { AttributeShape, ResourceShape } from "./shape.ts"
import { contentOf, fromStored, holds, keysOf, newKeys, restamped, toStoredForm } from "./stored-form.ts"
import type { Stamp } from "./stored-form.ts"
import { withValue } from "./values.ts"
import type { Values } from "./values.ts"

/** A resource after a write. */
export interface WriteResult {
  readonly stored: StoredResource
  /** Whether anything is other than before. */
  readonly isChanged: boolean
  /** The attributes that the request set. */
  readonly written: ReadonlySet<AttributeShape>
}

/** RFC 7644 §3.3. @throws ScimError */
export function createResource(context: ResourceContext, shape: ResourceShape, body: JsonValue): WriteResult {
  const { members, ...result } = createWithoutMembers(context, shape, body)
  context.store.addMembers(result.stored.seq, mustFindSeqs(context, members))
  return result
}

/** As {@link createResource}, under a given id where there is one; the members are left to be added. @throws ScimError */
export function createWithoutMembers(
  context: ResourceContext,
  shape: ResourceShape,
  body: JsonValue,
  givenId?: string,
): WriteResult & { readonly members: readonly string[] } {
  const { values, members, written, secrets } = readResource(shape, body, rulesOf(context))
  assertSecrets(shape, secrets)
  assertMemberCount(context, members.length)
  const id = givenId ?? context.ids.next()
  const now = context.clock.now()
  const stored = insert(context, shape, withValue(values, shape.id, id), { id, created: now, lastModified: now })
  storeSecrets(context, stored.seq, secrets)
  return { stored, isChanged: true, written, members }
}

function rulesOf({ tolerances, limits }: ResourceContext): ReadingRules {
  return { tolerances, limits, keepReadOnly: false }
}

/** What the server says of a new resource. */
export interface NewResource {
  readonly id: string
  readonly created: number
  readonly lastModified: number
}

/** Stores a new resource. `values` hold the id. */
export function insert(
  { store, uniqueNames }: ResourceContext,
  shape: ResourceShape,
  values: Values,
  made: NewResource,
): StoredResource {
  const row = toStoredForm(shape, values, { ...made, version: 1 })
  return { seq: storing(() => store.insert(row, keysOf(shape, values, uniqueNames))), ...row }
}

/**
 * RFC 7644 §3.5.1: what the body leaves out is cleared (C-46); what only the server writes stays, and so does a secret,
 * which no client can read to send it back.
 *
 * @throws ScimError
 */
export function replaceResource(
  context: ResourceContext,
  shape: ResourceShape,
  id: string,
  body: JsonValue,
  precondition: Precondition,
): WriteResult {
  const stored = mustFind(context, shape, id)
  precondition(stored)
  const read = readResource(shape, body, rulesOf(context))
  const before = fromStored(shape, stored)
  assertImmutable(shape, before, read.values)
  const values = withServerValues(shape, before, read.values)
  assertMemberCount(context, read.members.length)
  const membersChanged = replaceMembers(context, stored.seq, read.members)
  const { secrets, written } = read
  const saved = save(context, shape, { stored, before, values, secrets, membersChanged })
  return { stored: saved, isChanged: saved !== stored, written }
}

const NO_VALUES: Values = new Map()

/**
 * RFC 7644 §3.5.2: all operations, or none.
 *
 * @throws ScimError
 */
export function modifyResource(
  context: ResourceContext,
  shape: ResourceShape,
  id: string,
  body: JsonValue,
  { precondition, addressing }: { precondition: Precondition; addressing: Addressing },
): WriteResult {
  const stored = mustFind(context, shape, id)
  precondition(stored)
  const operations = readOperations(body, context)
  const patching = { shape, ...rulesOf(context) }
  const before = concernsMembersAlone(shape, operations) ? NO_VALUES : fromStored(shape, stored)
  const { values, memberChanges, written, secrets } = applyOperations(patching, before, operations)
  assertMemberCount(
    context,
    memberChanges.reduce((sum, change) => sum + namedIn(change), 0),
  )
  const membersChanged = applyMemberChanges(context, stored.seq, memberChanges, addressing)
  const saved = save(context, shape, { stored, before, values, secrets, membersChanged })
  return { stored: saved, isChanged: saved !== stored, written }
}

/** RFC 7644 §3.6. @throws ScimError 404, 412 */
export function removeResource(
  context: ResourceContext,
  shape: ResourceShape,
  id: string,
  precondition: Precondition,
): void {
  const stored = mustFind(context, shape, id)
  precondition(stored)
  // Losing a member is a change of the group (RFC7644-3.6-05).
  for (const container of context.store.directContainers(stored.seq)) touch(context, container)
  context.store.remove(stored, keysOf(shape, fromStored(shape, stored), context.uniqueNames))
}

interface Change {
  readonly stored: StoredResource
  readonly before: Values
  readonly values: Values
  readonly secrets: Secrets
  readonly membersChanged: boolean
}

/**
 * Writes what changed; a secret that is set always counts. Where nothing did, version and lastModified stay
 * (RFC7644-3.5.2.1-07, -3.14-03); else lastModified moves forward even if the clock stood still (RFC7643-3.1-16).
 */
function save(context: ResourceContext, shape: ResourceShape, change: Change): StoredResource {
  const { stored, before, values, secrets, membersChanged } = change
  const isTouched = membersChanged || secrets.size > 0
  // The values that were read: nothing has to be made into text to see that they are the same.
  const content = values === before ? undefined : contentOf(shape, values)
  if (content === undefined || holds(stored, content)) return isTouched ? touch(context, stored, secrets) : stored
  const stamp = { id: stored.id, created: stored.created, ...nextStamp(context, stored) }
  const after: StoredResource = { seq: stored.seq, ...toStoredForm(shape, values, stamp, content) }
  const isChanged = (attribute: AttributeShape): boolean => before.get(attribute) !== values.get(attribute)
  const oldKeys = keysOf(shape, before, context.uniqueNames, isChanged)
  const keys = keysOf(shape, values, context.uniqueNames, isChanged)
  storeSecrets(context, stored.seq, secrets)
  const changed = { added: newKeys(oldKeys, keys), removed: newKeys(keys, oldKeys) }
  storing(() => context.store.update(after, { ...changed, isRenamed: after.display !== stored.display }))
  return after
}

/** A new version with the same values: what changed is beside them. */
function touch(context: ResourceContext, stored: StoredResource, secrets: Secrets = new Map()): StoredResource {
  const after = restamped(stored, nextStamp(context, stored))
  storeSecrets(context, stored.seq, secrets)
  context.store.update(after, { added: [], removed: [] })
  return after
}

function nextStamp(
  { clock }: ResourceContext,
  { lastModified, version }: StoredResource,
): Pick<Stamp, "lastModified" | "version"> {
  return { lastModified: Math.max(clock.now(), lastModified + 1), version: version + 1 }
}

/** An immutable attribute with a value must be sent unchanged (RFC7644-3.5.1-04). */
function assertImmutable(shape: ResourceShape, before: Values, after: Values): void {
  for (const attribute of shape.attributes) assertMayChange(attribute, before.get(attribute), after.get(attribute))
}

function withServerValues(shape: ResourceShape, before: Values, after: Values): Values {
  const kept = shape.attributes.filter(({ definition }) => definition.mutability === "readOnly")
  return kept.reduce((values, attribute) => withValue(values, attribute, before.get(attribute)), after)
}
