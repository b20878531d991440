/** What the target, the wire or the job shows and the directory does not account for. */
import type { Json } from "../../../scenarios/checks/context.ts"
import type { Escrow } from "../../../simulator/index.ts"
import type { Write } from "../wire.ts"
import { textAt } from "../text-at.ts"
import type { Resource } from "./situation.ts"

/** `person`, `team`: ids of the directory. */
export type Discrepancy =
  | { readonly kind: "accountMissing"; readonly person: string }
  | { readonly kind: "accountDoubled"; readonly person: string; readonly accounts: readonly Resource[] }
  | { readonly kind: "inactive"; readonly person: string; readonly account: Resource }
  /** An active account of somebody who left. */
  | { readonly kind: "activeLeaver"; readonly person: string; readonly account: Resource }
  /** An account of somebody who was deleted for good. */
  | { readonly kind: "accountLeft"; readonly person: string; readonly account: Resource }
  | {
      readonly kind: "valueDiffers"
      readonly person: string
      readonly account: Resource
      readonly path: string
      readonly expected: string | undefined
      readonly held: Json | undefined
    }
  | {
      readonly kind: "managerDiffers"
      readonly person: string
      readonly account: Resource
      readonly manager: string | null
      readonly held: string | undefined
    }
  | { readonly kind: "teamMissing"; readonly team: string }
  | { readonly kind: "teamDoubled"; readonly team: string; readonly groups: readonly Resource[] }
  | { readonly kind: "teamLeft"; readonly team: string; readonly group: Resource }
  | {
      readonly kind: "teamValueDiffers"
      readonly team: string
      readonly path: string
      readonly expected: string
      readonly held: string | undefined
    }
  | { readonly kind: "memberMissing"; readonly team: string; readonly group: Resource; readonly person: string }
  | {
      readonly kind: "memberLeft"
      readonly team: string
      readonly group: Resource
      readonly account: string
      /** Undefined where no account of that id is there. */
      readonly person: string | undefined
    }
  /** A write that changed nothing. */
  | { readonly kind: "idleWrite"; readonly write: Write }
  /** A write that was never to be sent. */
  | { readonly kind: "wrongWrite"; readonly write: Write; readonly why: string }
  | { readonly kind: "escrowLeft"; readonly escrow: Escrow }
  /** Two objects of the directory are linked to one of the target. */
  | { readonly kind: "linkShared"; readonly ids: readonly string[]; readonly targetId: string }
  /** Linked to what is not at the target any more. */
  | { readonly kind: "linkDangling"; readonly id: string; readonly targetId: string }
  /** A look of the job at which something was done that was not to be. */
  | { readonly kind: "wrongLook"; readonly why: string }
  | { readonly kind: "stillQuarantined"; readonly reason: string }
  | { readonly kind: "tenantDiffers"; readonly why: string }

/** In words, for whoever reads a failure. `tag` names objects as the trace does. */
export function describe(discrepancy: Discrepancy, tag: (id: string) => string): string {
  switch (discrepancy.kind) {
    case "accountMissing":
      return `${tag(discrepancy.person)} is in scope and has no account`
    case "accountDoubled":
      return `${tag(discrepancy.person)} has ${discrepancy.accounts.length} accounts: ${named(discrepancy.accounts)}`
    case "inactive":
      return `${tag(discrepancy.person)} is in scope, and the account is not active`
    case "activeLeaver":
      return `${tag(discrepancy.person)} has left, and the account is active`
    case "accountLeft":
      return `${tag(discrepancy.person)} was deleted for good, and the account is there: ${named([discrepancy.account])}`
    case "valueDiffers": {
      const { person, path, expected, held } = discrepancy
      return `${path} of ${tag(person)} should be ${JSON.stringify(expected)} and is ${JSON.stringify(held)}`
    }
    case "managerDiffers": {
      const { person, manager, held } = discrepancy
      return `the manager of ${tag(person)} should be ${manager === null ? "nobody" : tag(manager)} and is ${held ?? "nobody"}`
    }
    case "teamMissing":
      return `${tag(discrepancy.team)} is in scope and not at the target`
    case "teamDoubled":
      return `${tag(discrepancy.team)} is at the target ${discrepancy.groups.length} times: ${named(discrepancy.groups)}`
    case "teamLeft":
      return `${tag(discrepancy.team)} is out of scope, and the group is there`
    case "teamValueDiffers": {
      const { team, path, expected, held } = discrepancy
      return `${path} of ${tag(team)} should be ${JSON.stringify(expected)} and is ${JSON.stringify(held)}`
    }
    case "memberMissing":
      return `${tag(discrepancy.person)} is not in the group of ${tag(discrepancy.team)}`
    case "memberLeft": {
      const { person, team, account } = discrepancy
      return `${person === undefined ? account : tag(person)} is no member of ${tag(team)}, and still in the group`
    }
    case "idleWrite":
      return `a write changed nothing: ${sent(discrepancy.write)}`
    case "wrongWrite":
      return `${discrepancy.why}: ${sent(discrepancy.write)}`
    case "escrowLeft": {
      const { objectId, kind, errorCode } = discrepancy.escrow
      return `${tag(objectId)} still fails (${kind}, ${errorCode})`
    }
    case "linkShared":
      return `${discrepancy.ids.map(tag).join(" and ")} are linked to one object, ${discrepancy.targetId}`
    case "linkDangling":
      return `${tag(discrepancy.id)} is linked to ${discrepancy.targetId}, which is gone`
    case "stillQuarantined":
      return `the job is still in quarantine: ${discrepancy.reason}`
    case "wrongLook":
    case "tenantDiffers":
      return discrepancy.why
  }
}

function sent({ request, status }: Write): string {
  return `${request.method} ${request.url} ${request.body ?? ""} was answered ${status}`
}

function named(resources: readonly Resource[]): string {
  return resources
    .map(({ id, body }) => `${id} "${textAt(body, "userName") ?? textAt(body, "displayName")}"`)
    .join(", ")
}
