/**
 * Sends a PATCH of Entra's and looks into what goes wrong, so that a finding names the cause and not one of its effects:
 * operations that pass in another spelling, and an endpoint on which no PATCH does anything.
 */
import { describeAnswer, describeRequest, statusKind } from "../../describe.ts"
import type { Expect, Hint } from "../../expect.ts"
import { isObject } from "../../path-value.ts"
import type { Answer, Json, ScimClient } from "../context.ts"
import { textIn } from "../members.ts"
import type { Operation } from "./requests.ts"

/** What a refusal means where no spelling is to blame; its severity holds for every finding here. */
export type Refusal = Hint & { readonly code: string }

interface Tools {
  readonly scim: Pick<ScimClient, "get" | "patchOps">
  readonly expect: Expect
}

interface Spelling {
  readonly code: string
  readonly fact: string
  readonly what: string
  readonly advice: string
  respell(operations: readonly Operation[]): readonly Operation[]
}

/** What strict servers refuse, the commonest first; each includes those before it. */
const SPELLINGS: readonly Spelling[] = [
  {
    code: "patch-operation-case",
    fact: "WIRE-097",
    what: "Add, Replace and Remove in capitals are refused, and accepted in small letters",
    advice: "Compare op without regard to case: Entra's default dialect writes Add, Replace and Remove.",
    respell: (operations) => operations.map((operation) => ({ ...operation, op: operation.op.toLowerCase() })),
  },
  {
    code: "boolean-string-rejected",
    fact: "WIRE-106",
    what: '"True" and "False" are refused, and accepted as true and false',
    advice: 'Take "True" and "False", in any letter case, for true and false wherever the schema has a Boolean.',
    respell: (operations) =>
      operations.map(({ op, value, ...operation }) => ({
        ...operation,
        op: op.toLowerCase(),
        ...(value !== undefined && { value: toBoolean(value) }),
      })),
  },
  {
    code: "path-needed",
    fact: "WIRE-117",
    what: "a value without a path is refused, and accepted as operations with paths",
    advice: "Where an operation has no path, apply each member of its value as an operation of its own.",
    respell: (operations) => operations.flatMap(withPaths),
  },
]

function withPaths(operation: Operation): readonly Operation[] {
  const { op, path, value } = operation
  if (path !== undefined || !isObject(value)) return [operation]
  return Object.entries(value).map(([key, member]) => ({ op, path: key, value: member ?? null }))
}

function toBoolean(value: Json): Json {
  if (typeof value !== "string" || !/^(?:true|false)$/i.test(value)) return value
  return value.toLowerCase() === "true"
}

/**
 * Whether the PATCH was accepted. Where it was refused and passes in another spelling, the finding says so, and the case
 * goes on with what was accepted.
 */
export async function patch(
  { scim, expect }: Tools,
  path: string,
  operations: readonly Operation[],
  refusal: Refusal,
): Promise<boolean> {
  const answer = await scim.patchOps(path, operations)
  const spelling = isAboutForm(answer) ? await findSpelling(scim, path, operations) : undefined
  if (spelling === undefined) return isAccepted(expect, answer, refusal)
  const { code, fact, what, advice } = spelling
  expect.fail({
    ...refusal,
    code,
    fact,
    advice,
    message: `${describeRequest(answer)}: ${what}`,
    expected: "status 200 or 204",
    actual: describeAnswer(answer),
    exchanges: [answer.exchange],
  })
  return true
}

/** Whether a PATCH was answered with success, with a finding where it was not, or with another success than 200 and 204. */
export function isAccepted(expect: Expect, answer: Answer, refusal: Refusal): boolean {
  const hint = isSuccess(answer)
    ? { code: "patch-status", fact: "WIRE-101" }
    : { code: refusalCode(answer, refusal.code) }
  expect(answer).toHaveStatus([200, 204], { ...refusal, ...hint })
  return isSuccess(answer)
}

/** The code of a refusal: what its status says by itself, else `code`. */
export function refusalCode({ status }: Answer, code: string): string {
  return status === 412 || status === 428 ? "if-match-required" : (statusKind(status) ?? code)
}

/** The resource as it is after the PATCH; undefined, with a finding, where it was refused or cannot be read. */
export async function patchAndRead(
  { scim, expect }: Tools,
  path: string,
  operations: readonly Operation[],
  refusal: Refusal,
): Promise<Answer | undefined> {
  if (!(await patch({ scim, expect }, path, operations, refusal))) return undefined
  const read = await scim.get(path)
  return expect(read).toHaveStatus(200, { ...refusal, code: "not-readable-after-patch" }) ? read : undefined
}

/**
 * The code of a change that was answered with success and did not happen: `code`, or "patch-without-effect" where the
 * plainest PATCH there is does nothing either. Renames the resource to find out.
 */
export async function causeOfLoss({ scim }: Pick<Tools, "scim">, path: string, code: string): Promise<string> {
  const attribute = path.startsWith("/Users/") ? "userName" : "displayName"
  const name = `${textIn((await scim.get(path)).object, attribute)}.renamed`
  const patched = await scim.patchOps(path, [{ op: "replace", path: attribute, value: name }])
  if (!isSuccess(patched)) return code
  return (await scim.get(path)).object[attribute] === name ? code : "patch-without-effect"
}

/** The first spelling in which the refused operations are accepted. */
async function findSpelling(
  scim: Tools["scim"],
  path: string,
  operations: readonly Operation[],
): Promise<Spelling | undefined> {
  let tried = JSON.stringify(operations)
  for (const spelling of SPELLINGS) {
    const respelt = spelling.respell(operations)
    if (JSON.stringify(respelt) === tried) continue
    tried = JSON.stringify(respelt)
    if (isSuccess(await scim.patchOps(path, respelt))) return spelling
  }
  return undefined
}

function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status < 300
}

/** Whether the refusal may be about how the body is written: a crash counts too. */
function isAboutForm({ status }: Answer): boolean {
  return status === 400 || status === 409 || status === 422 || status === 500
}
