/**
 * Imports the portal's "Download users" file (Users > All users > Download users), with the columns that Microsoft documents and
 * those that real files have been seen with. It holds users only: no groups, no managers.
 *
 * @see https://learn.microsoft.com/entra/identity/users/users-bulk-download
 */
import type { NewUser } from "../model.ts"
import type { DirectoryContents, ImportedUser } from "./contents.ts"
import { type CsvRecord, CsvSyntaxError, parseCsv } from "./csv.ts"
import { DirectoryFileError } from "./directory-file-error.ts"
import { findProblem } from "./find-problem.ts"

/** The directory's attribute for each column that holds one text, by the column's name in lower case. */
const TEXT_COLUMNS: ReadonlyMap<string, keyof NewUser> = new Map<string, keyof NewUser>([
  ["userprincipalname", "userPrincipalName"],
  ["displayname", "displayName"],
  ["surname", "surname"],
  ["mail", "mail"],
  ["givenname", "givenName"],
  ["usertype", "userType"],
  ["jobtitle", "jobTitle"],
  ["department", "department"],
  ["companyname", "companyName"],
  ["employeeid", "employeeId"],
  ["usagelocation", "usageLocation"],
  ["streetaddress", "streetAddress"],
  ["state", "state"],
  ["country", "country"],
  ["physicaldeliveryofficename", "physicalDeliveryOfficeName"],
  ["officelocation", "physicalDeliveryOfficeName"],
  ["city", "city"],
  ["postalcode", "postalCode"],
  ["telephonenumber", "telephoneNumber"],
  ["mobile", "mobile"],
  ["mobilephone", "mobile"],
  ["faxnumber", "facsimileTelephoneNumber"],
  ["preferredlanguage", "preferredLanguage"],
])

const FLAG_COLUMNS: ReadonlyMap<string, "accountEnabled" | "dirSyncEnabled"> = new Map([
  ["accountenabled", "accountEnabled"],
  ["directorysynced", "dirSyncEnabled"],
] as const)

const ID_COLUMNS: ReadonlySet<string> = new Set(["objectid", "id"])

/** Not for us, though documented: how somebody proves who they are, and facts about age and consent. */
const PASSED_OVER: ReadonlySet<string> = new Set([
  "authenticationphonenumber",
  "authenticationalternativephonenumber",
  "authenticationemail",
  "alternateemailaddress",
  "agegroup",
  "consentprovidedforminor",
  "legalagegroupclassification",
  "creationtype",
  "invitationstate",
  "identityissuer",
  "createddatetime",
])

/** Reads a download. Throws {@link DirectoryFileError} with the line; `file` is how messages name it. */
export function parseUsersCsv(text: string, file: string): DirectoryContents {
  const [header, ...rows] = readRecords(text, file)
  if (header === undefined)
    throw new DirectoryFileError(file, null, "The file is empty; it needs a line of column names.")
  const columns = header.fields.map((name) => name.trim().toLowerCase())
  checkColumns(columns, header, file)
  if (rows.length === 0)
    throw new DirectoryFileError(file, { line: header.line }, "There are no users after the column names.")
  const users = rows.map((row) => toImportedUser(row, columns, file))
  const contents = { users, groups: [], notes: noteUnknown(header, columns) }
  const problem = findProblem(contents)
  if (problem === null) return contents
  throw new DirectoryFileError(file, { line: rows[problem.index]?.line ?? 1 }, problem.problem)
}

function readRecords(text: string, file: string): CsvRecord[] {
  try {
    return parseCsv(text)
  } catch (cause) {
    if (!(cause instanceof CsvSyntaxError)) throw cause
    throw new DirectoryFileError(file, { line: cause.line }, cause.message, { cause })
  }
}

function checkColumns(columns: readonly string[], header: CsvRecord, file: string): void {
  const place = { line: header.line }
  for (const needed of ["userPrincipalName", "displayName"]) {
    if (columns.includes(needed.toLowerCase())) continue
    const isSemicolons = columns.length === 1 && columns[0]?.includes(";") === true
    const hint = isSemicolons
      ? "The columns seem to be separated by semicolons; save the file with commas, as it was downloaded."
      : "Download the users from the portal once more, with that column."
    throw new DirectoryFileError(file, place, `There is no column "${needed}". ${hint}`)
  }
  const repeated = columns.find((name, index) => columns.indexOf(name) !== index)
  if (repeated !== undefined)
    throw new DirectoryFileError(file, place, `The column "${repeated}" is there twice; keep one.`)
}

function toImportedUser({ line, fields }: CsvRecord, columns: readonly string[], file: string): ImportedUser {
  if (fields.length !== columns.length) {
    const problem = `This line has ${fields.length} fields, but there are ${columns.length} columns. Put fields that contain commas in quotes.`
    throw new DirectoryFileError(file, { line }, problem)
  }
  const attributes: Record<string, string | boolean> = {}
  let id: string | null = null
  for (const [index, column] of columns.entries()) {
    const value = fields[index]?.trim() ?? ""
    if (value === "") continue
    const textName = TEXT_COLUMNS.get(column)
    const flagName = FLAG_COLUMNS.get(column)
    if (textName !== undefined) attributes[textName] = value
    else if (flagName !== undefined) attributes[flagName] = readFlag(value, column, line, file)
    else if (ID_COLUMNS.has(column)) id = value
  }
  return { id, attributes: { ...attributes, ...requireNames(attributes, line, file) }, managerId: null }
}

function readFlag(value: string, column: string, line: number, file: string): boolean {
  const lower = value.toLowerCase()
  if (lower === "true" || lower === "false") return lower === "true"
  // The portal shows directorySynced as Yes and No; which of the two forms its file has is not documented.
  if (lower === "yes" || lower === "no") return lower === "yes"
  throw new DirectoryFileError(file, { line }, `"${value}" in the column ${column} is neither True nor False.`)
}

function requireNames(
  attributes: Readonly<Record<string, unknown>>,
  line: number,
  file: string,
): { userPrincipalName: string; displayName: string } {
  const { userPrincipalName, displayName } = attributes
  if (typeof userPrincipalName === "string" && typeof displayName === "string")
    return { userPrincipalName, displayName }
  const missing = typeof userPrincipalName === "string" ? "displayName" : "userPrincipalName"
  throw new DirectoryFileError(file, { line }, `This user has no ${missing}; give it one, or delete the line.`)
}

function noteUnknown(header: CsvRecord, columns: readonly string[]): readonly string[] {
  const isKnown = (column: string): boolean =>
    [TEXT_COLUMNS, FLAG_COLUMNS, ID_COLUMNS, PASSED_OVER].some((known) => known.has(column))
  const unknown = header.fields.filter((_, index) => !isKnown(columns[index] ?? ""))
  return unknown.length === 0 ? [] : [`Columns that mean nothing here were passed over: ${unknown.join(", ")}.`]
}
