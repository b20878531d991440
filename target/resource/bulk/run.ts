/** Carries out a bulk job. It has to run as one unit of the store; each operation in it stands or falls by itself. */
import type { ErrorMessage } from "../../../protocol/index.ts"
import { isJsonObject } from "../../json.ts"
import type { JsonValue } from "../../json.ts"
import { badRequest, ScimError } from "../../scim-error.ts"
import type { StoredResource } from "../../store/resource-store.ts"
import type { Precondition, ResourceContext } from "../context.ts"
import { mustFindSeqs } from "../context.ts"
import type { Addressing } from "../filter/expressions.ts"
import { locationOf } from "../render.ts"
import { hasMembers } from "../shape.ts"
import type { ResourceShape } from "../shape.ts"
import { toEntityTag } from "../stored-form.ts"
import { createWithoutMembers, modifyResource, removeResource, replaceResource } from "../write.ts"
import type { BulkOperation, BulkRequest } from "./message.ts"
import { inOrderOfReference } from "./order.ts"
import { referencesOf, withIds, withIdsIn } from "./references.ts"

/** What became of one operation (RFC 7644 §3.7.3). */
export interface BulkResult {
  readonly method: string
  readonly bulkId?: string
  readonly version?: string
  readonly location?: string
  /** HTTP status as text. */
  readonly status: string
  /** Where it failed. */
  readonly response?: ErrorMessage
}

export interface BulkOptions {
  readonly shapes: readonly ResourceShape[]
  readonly addressing: Addressing
  /** What a `version` demands of the resource, as If-Match does (RFC7644-3.7-12). */
  readonly preconditionOf: (version: string | undefined) => Precondition
}

/** Does what the job says; results in its order, without the operations that failOnErrors left undone. */
export function runBulk(context: ResourceContext, job: BulkRequest, options: BulkOptions): readonly BulkResult[] {
  const run = new BulkRun(context, job.operations, options)
  for (const group of inOrderOfReference(run.dependencies)) {
    if (run.failureCount >= job.failOnErrors) break
    run.perform(group)
  }
  return run.results()
}

/** Where an operation points: an endpoint for POST, else one resource. */
interface Place {
  readonly shape: ResourceShape
  readonly id?: string
}

class BulkRun {
  readonly #context: ResourceContext
  readonly #operations: readonly BulkOperation[]
  readonly #options: BulkOptions
  /** The positions of operations that create something, by their bulkId. */
  readonly #creators: ReadonlyMap<string, number>
  /** Ids of what has been or is about to be created, by bulkId. */
  readonly #ids = new Map<string, string>()
  readonly #results = new Map<number, BulkResult>()
  readonly dependencies: readonly ReadonlySet<number>[]
  failureCount = 0

  constructor(context: ResourceContext, operations: readonly BulkOperation[], options: BulkOptions) {
    this.#context = context
    this.#operations = operations
    this.#options = options
    const named = operations.flatMap(({ method, bulkId }, position) => {
      return method === "POST" && bulkId !== undefined ? [[bulkId, position] as const] : []
    })
    this.#creators = new Map(named)
    this.dependencies = operations.map((operation) => {
      const positions = [...referencesOf(operation)].map((bulkId) => this.#creators.get(bulkId))
      return new Set(positions.filter((position) => position !== undefined))
    })
  }

  /** Does one operation, or those of one circle, completely or not at all. */
  perform(positions: readonly number[]): void {
    const [first, ...others] = positions
    if (first === undefined) return
    const isCircle = others.length > 0 || this.dependencies[first]?.has(first) === true
    let current = first
    try {
      this.#context.store.atomically(() => {
        if (isCircle) this.#createCircle(positions, (position) => (current = position))
        else this.#succeed(first, this.#performOne(this.#at(first)))
      })
    } catch (error) {
      if (!(error instanceof ScimError)) throw error
      for (const position of positions) this.#fail(position, position === current ? error : failedWith(current))
    }
  }

  results(): readonly BulkResult[] {
    const positions = [...this.#results.keys()].toSorted((left, right) => left - right)
    return positions.map((position) => this.#results.get(position)).filter((result) => result !== undefined)
  }

  /** All of them first, with ids known to each other; who is a member of whom only then. */
  #createCircle(positions: readonly number[], begin: (position: number) => void): void {
    for (const position of positions) {
      const { bulkId } = this.#at(position)
      if (bulkId !== undefined) this.#ids.set(bulkId, this.#context.ids.next())
    }
    const created = positions.map((position) => {
      begin(position)
      return { position, ...this.#create(this.#at(position)) }
    })
    for (const { position, stored, members } of created) {
      begin(position)
      this.#context.store.addMembers(stored.seq, mustFindSeqs(this.#context, members))
      this.#succeed(position, { status: 201, stored })
    }
  }

  #performOne(operation: BulkOperation): { readonly status: number; readonly stored?: StoredResource } {
    const { method } = operation
    if (method === "POST") {
      const { stored, members } = this.#create(operation)
      this.#context.store.addMembers(stored.seq, mustFindSeqs(this.#context, members))
      return { status: 201, stored }
    }
    const { addressing, preconditionOf } = this.#options
    const { shape, id } = this.#placeOf(operation)
    const precondition = preconditionOf(operation.version)
    if (id === undefined) throw badRequest("invalidPath", `${method} needs the path of a resource.`)
    if (method === "DELETE") {
      removeResource(this.#context, shape, id, precondition)
      return { status: 204 }
    }
    if (method !== "PUT" && method !== "PATCH") {
      throw badRequest("invalidSyntax", "method must be POST, PUT, PATCH or DELETE.")
    }
    const data = this.#dataOf(operation)
    if (method === "PUT") return { status: 200, ...replaceResource(this.#context, shape, id, data, precondition) }
    const modified = modifyResource(this.#context, shape, id, data, { precondition, addressing })
    // As the single request answers (RFC7644-3.7.3-02).
    return { status: hasMembers(shape) ? 204 : 200, stored: modified.stored }
  }

  #create(operation: BulkOperation): { readonly stored: StoredResource; readonly members: readonly string[] } {
    const { bulkId } = operation
    if (bulkId === undefined) throw badRequest("invalidSyntax", "POST needs a bulkId.")
    const { shape, id } = this.#placeOf(operation)
    if (id !== undefined) throw badRequest("invalidPath", "POST needs the path of an endpoint.")
    const created = createWithoutMembers(this.#context, shape, this.#dataOf(operation), this.#ids.get(bulkId))
    this.#ids.set(bulkId, created.stored.id)
    return created
  }

  /** @throws ScimError 400 invalidPath where the path is no endpoint (RFC7644-3.7-10, -14) */
  #placeOf({ path }: BulkOperation): Place {
    const [, endpoint = "", id] = /^(\/[^/]+)(?:\/([^/]+))?$/.exec(withIds(path, (bulkId) => this.#idOf(bulkId))) ?? []
    const shape = this.#options.shapes.find(({ type }) => type.endpoint === endpoint)
    if (shape === undefined) throw badRequest("invalidPath", "path must be an endpoint, or a resource below one.")
    return { shape, ...(id !== undefined && { id }) }
  }

  #dataOf({ data, method }: BulkOperation): JsonValue {
    if (!isJsonObject(data)) throw badRequest("invalidSyntax", `${method} needs an object as its data.`)
    return withIdsIn(data, (bulkId) => this.#idOf(bulkId))
  }

  /** @throws ScimError where nothing was created under that bulkId (RFC7644-3.7.2-02) */
  #idOf(bulkId: string): string {
    const id = this.#ids.get(bulkId)
    if (id !== undefined) return id
    const position = this.#creators.get(bulkId)
    if (position !== undefined) throw failedWith(position)
    throw badRequest("invalidValue", `No operation of this job has the bulkId ${bulkId}.`)
  }

  #succeed(position: number, { status, stored }: { status: number; stored?: StoredResource }): void {
    const { addressing } = this.#options
    const operation = this.#at(position)
    this.#results.set(position, {
      ...headOf(operation),
      ...(stored !== undefined && { version: toEntityTag(stored.version) }),
      location: stored === undefined ? this.#urlOf(operation) : locationOf(stored, addressing),
      status: String(status),
    })
  }

  #fail(position: number, error: ScimError): void {
    const operation = this.#at(position)
    const { method, bulkId } = operation
    if (bulkId !== undefined) this.#ids.delete(bulkId)
    this.failureCount += 1
    this.#results.set(position, {
      ...headOf(operation),
      // What was not created is nowhere (RFC7644-3.7-04).
      ...(method !== "POST" && { location: this.#urlOf(operation) }),
      status: String(error.status),
      response: error.toBody(),
    })
  }

  #urlOf({ path }: BulkOperation): string {
    return `${this.#options.addressing.base}${withIds(path, (bulkId) => this.#ids.get(bulkId) ?? `bulkId:${bulkId}`)}`
  }

  #at(position: number): BulkOperation {
    const operation = this.#operations[position]
    if (operation === undefined) throw new Error(`The job has no operation ${position}.`)
    return operation
  }
}

function headOf({ method, bulkId }: BulkOperation): Pick<BulkResult, "method" | "bulkId"> {
  return { method, ...(bulkId !== undefined && { bulkId }) }
}

function failedWith(position: number): ScimError {
  return new ScimError(409, `It refers to the operation in position ${position + 1} of the job, which was not done.`)
}
