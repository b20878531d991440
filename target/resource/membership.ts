/** Changes to the members of a group. Each costs what it changes, whatever the size of the group. */
import { badRequest, ScimError } from "../scim-error.ts"
import type { Sql } from "../store/sql.ts"
import type { ResourceContext } from "./context.ts"
import { mustFindSeqs } from "./context.ts"
import type { Addressing } from "./filter/expressions.ts"
import { elementsToSql } from "./filter/to-sql.ts"
import type { MemberChange } from "./patch/state.ts"

/** @throws ScimError 413 where a request names more members than it may */
export function assertMemberCount({ limits: { maxMembers } }: ResourceContext, count: number): void {
  if (count > maxMembers) throw new ScimError(413, `A request may name ${maxMembers} members at most: send several.`)
}

/** How many members a change names. */
export function namedIn(change: MemberChange): number {
  return change.kind === "removeWhere" ? 0 : change.ids.length
}

/** Makes the members be exactly those ids; whether that changed anything. @throws ScimError 400 for an unknown id */
export function replaceMembers(context: ResourceContext, container: number, ids: readonly string[]): boolean {
  const wanted = new Set(mustFindSeqs(context, ids))
  const gone = context.store.memberSeqs(container).filter((seq) => !wanted.has(seq))
  const removed = context.store.removeMembers(container, gone)
  const added = context.store.addMembers(container, [...wanted])
  return removed + added > 0
}

/** Applies the changes of a PATCH in order; whether one of them changed anything. @throws ScimError 400 for an unknown id */
export function applyMemberChanges(
  context: ResourceContext,
  container: number,
  changes: readonly MemberChange[],
  addressing: Addressing,
): boolean {
  const effects = changes.map((change) => applyMemberChange(context, container, change, addressing))
  return effects.includes(true)
}

function applyMemberChange(
  context: ResourceContext,
  container: number,
  change: MemberChange,
  addressing: Addressing,
): boolean {
  const { store } = context
  switch (change.kind) {
    case "add":
      return store.addMembers(container, mustFindSeqs(context, change.ids)) > 0
    case "remove": {
      // Who is not there need not be removed, nor exist (WIRE-172, P-entra-43).
      const seqs = change.ids.map((id) => store.findSeq(id)).filter((seq) => seq !== undefined)
      return store.removeMembers(container, seqs) > 0
    }
    case "replace":
      return replaceMembers(context, container, change.ids)
    case "removeWhere":
      return removeWhere(context, container, elementsToSql(change.attribute, change.condition, addressing)) > 0
  }
}

/** @throws ScimError 400 tooMany (RFC 7644 table 9, for the filter of a PATCH path); the request is undone with it */
function removeWhere({ store, limits: { maxMembers } }: ResourceContext, container: number, where: Sql): number {
  const count = store.removeMembersWhere(container, where)
  if (count > maxMembers)
    throw badRequest("tooMany", `The path selects ${count} members; ${maxMembers} may go at once.`)
  return count
}
