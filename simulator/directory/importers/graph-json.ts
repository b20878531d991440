/**
 * Imports an export made with Microsoft Graph: one JSON object with `users` and, if wanted, `groups`, each an array or a whole
 * Graph answer (`{ "@odata.context": …, "value": [ … ] }`). Users may carry `manager` and groups `members`, as `$expand` gives them:
 *
 *     GET /users?$select=id,userPrincipalName,displayName,accountEnabled,…&$expand=manager($select=id)
 *     GET /groups?$select=id,displayName,securityEnabled,…    and for each group    GET /groups/{id}/members?$select=id
 *
 * The answer to the first request alone is a valid file too. Properties that the directory does not keep are passed over.
 */
import type { DirectoryContents, ImportedGroup, ImportedUser } from "./contents.ts"
import { DirectoryFileError, type Place, placeOf } from "./directory-file-error.ts"
import { type ContentProblem, findProblem } from "./find-problem.ts"
import { type GraphGroup, groupSchema, type GraphUser, toNewGroup, toNewUser, userSchema } from "./graph-shapes.ts"
import { type JsonPath, offsetOf } from "./json-place.ts"

/** A problem at a place in the JSON. */
class JsonProblem extends Error {
  readonly path: JsonPath

  constructor(path: JsonPath, problem: string) {
    super(problem)
    this.path = path
  }
}

/** Reads an export. Throws {@link DirectoryFileError} with line and column; `file` is how messages name it. */
export function parseGraphJson(text: string, file: string): DirectoryContents {
  const root = parseJson(text, file)
  try {
    return readExport(root)
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error
    throw new DirectoryFileError(file, placeOf(text, offsetOf(text, error.path)), error.message)
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    const problem = `This is not JSON: ${cause.message.replace(/ in JSON at position.*$/, "")}.`
    throw new DirectoryFileError(file, syntaxPlace(cause.message) ?? placeOf(text, text.length), problem, { cause })
  }
}

/** JSON.parse says where, except when the text ends too early. */
function syntaxPlace(message: string): Place | null {
  const [, line, column] = /\(line (\d+) column (\d+)\)/.exec(message) ?? []
  return line === undefined ? null : { line: Number(line), column: Number(column) }
}

interface List {
  readonly items: readonly unknown[]
  readonly path: JsonPath
}

function readExport(root: unknown): DirectoryContents {
  if (!isObject(root)) throw new JsonProblem([], 'The export must be an object with "users" and "groups".')
  const isUsersOnly = Array.isArray(root["value"])
  const userList = isUsersOnly ? readList(root, []) : readList(root["users"], ["users"])
  const groupList = isUsersOnly || root["groups"] === undefined ? NO_LIST : readList(root["groups"], ["groups"])
  if (userList.items.length === 0) throw new JsonProblem(userList.path, "There are no users in the export.")
  const graphGroups = groupList.items.map((item, index) => readItem(groupSchema, item, [...groupList.path, index]))
  const contents = {
    users: userList.items.map((item, index) => toImportedUser(readItem(userSchema, item, [...userList.path, index]))),
    groups: graphGroups.map(toImportedGroup),
    notes: noteStrangers(graphGroups),
  }
  const problem = findProblem(contents)
  if (problem === null) return contents
  const list = problem.list === "users" ? userList : groupList
  throw new JsonProblem([...list.path, ...pathOf(problem, graphGroups)], problem.problem)
}

const NO_LIST: List = { items: [], path: [] }

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** A list as it is, or as Graph answers it; one that Graph cut off is refused, since half a directory would be judged. */
function readList(value: unknown, path: JsonPath): List {
  if (Array.isArray(value)) return { items: value, path }
  if (!isObject(value) || !Array.isArray(value["value"])) {
    throw new JsonProblem(
      path,
      `"${String(path.at(-1) ?? "users")}" must be a list, or an answer of Graph with its list under "value".`,
    )
  }
  refuseNextLink(value, "@odata.nextLink", path)
  return { items: value["value"], path: [...path, "value"] }
}

function refuseNextLink(object: Readonly<Record<string, unknown>>, name: string, path: JsonPath): void {
  if (object[name] === undefined) return
  throw new JsonProblem(
    [...path, name],
    "Graph had more pages than this one. Follow @odata.nextLink to the end and put all pages into one list.",
  )
}

function readItem(schema: typeof userSchema, item: unknown, path: JsonPath): GraphUser
function readItem(schema: typeof groupSchema, item: unknown, path: JsonPath): GraphGroup
function readItem(
  schema: typeof userSchema | typeof groupSchema,
  item: unknown,
  path: JsonPath,
): GraphUser | GraphGroup {
  const parsed = schema.safeParse(item)
  if (parsed.success) {
    refuseNextLink(parsed.data, "members@odata.nextLink", path)
    return parsed.data
  }
  const [issue] = parsed.error.issues
  const name = issue?.path.join(".") ?? ""
  throw new JsonProblem(
    [...path, ...(issue?.path ?? [])],
    `"${name}" is wrong. ${issue?.message ?? parsed.error.message}.`,
  )
}

/** Members that are neither users nor groups (devices, contacts, service principals) are never provisioned as members. */
function isKnownMember(member: { readonly "@odata.type"?: string | undefined }): boolean {
  const type = member["@odata.type"]
  return type === undefined || /^#microsoft\.graph\.(?:user|group)$/.test(type)
}

function toImportedUser(user: GraphUser): ImportedUser {
  return { id: user.id, attributes: toNewUser(user), managerId: user.manager?.id ?? null }
}

function toImportedGroup(group: GraphGroup): ImportedGroup {
  const memberIds = (group.members ?? []).filter(isKnownMember).map(({ id }) => id)
  return { id: group.id, attributes: toNewGroup(group), memberIds }
}

function noteStrangers(groups: readonly GraphGroup[]): readonly string[] {
  const count = groups.flatMap(({ members }) => members ?? []).filter((member) => !isKnownMember(member)).length
  return count === 0 ? [] : [`Members that are neither users nor groups were left out: ${count}.`]
}

/** Where in its list a problem stands. */
function pathOf({ index, property, memberIndex = 0 }: ContentProblem, groups: readonly GraphGroup[]): JsonPath {
  if (property === "manager") return [index, "manager", "id"]
  if (property !== "members") return [index, property]
  const positions = (groups[index]?.members ?? []).flatMap((member, position) =>
    isKnownMember(member) ? [position] : [],
  )
  return [index, "members", positions[memberIndex] ?? 0, "id"]
}
