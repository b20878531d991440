/** Forms that parse but that the documentation forbids or warns of. */
import type { CallNode, Expression } from "./ast.ts"
import { findFunction } from "../functions/index.ts"

export interface LintFinding {
  readonly severity: "error" | "warning"
  readonly offset: number
  readonly message: string
}

/** Names the attribute that only app role functions may read (FN-APPROLEASSIGNMENTS-2, documented). */
const ROLES_ATTRIBUTE = "appRoleAssignments"
const ROLE_FUNCTIONS: ReadonlySet<string> = new Set([
  "SingleAppRoleAssignment",
  "AppRoleAssignments",
  "AppRoleAssignmentsComplex",
  "AssertiveAppRoleAssignmentsComplex",
])
const PRESENCE_FUNCTIONS: ReadonlySet<string> = new Set(["IsNullOrEmpty", "IsPresent"])
const IGNORE_FLOW_FUNCTION = "IgnoreFlowIfNullOrEmpty"

/** What is wrong or risky in an expression of a SCIM job, in the order of the text. `createOnly` rows may give new values. */
export function lintExpression(
  expression: Expression,
  { createOnly }: { createOnly: boolean },
): readonly LintFinding[] {
  const findings: LintFinding[] = []
  visit(expression, null, 0, (node, parent, position) => findings.push(...lintNode(node, parent, position, createOnly)))
  return findings
}

type Visitor = (node: Expression, parent: CallNode | null, position: number) => void

function visit(node: Expression, parent: CallNode | null, position: number, visitor: Visitor): void {
  visitor(node, parent, position)
  if (node.kind === "call") {
    node.args.forEach((arg, index) => {
      if (arg !== null) visit(arg, node, index, visitor)
    })
  } else if (node.kind === "comparison") {
    visit(node.left, null, 0, visitor)
    visit(node.right, null, 0, visitor)
  }
}

function lintNode(
  node: Expression,
  parent: CallNode | null,
  position: number,
  createOnly: boolean,
): readonly LintFinding[] {
  const error = (message: string): readonly LintFinding[] => [{ severity: "error", offset: node.at, message }]
  const warning = (message: string): readonly LintFinding[] => [{ severity: "warning", offset: node.at, message }]
  if (node.kind === "keyword" && node.name === "IgnoreObjectFlow") {
    return error("IgnoreObjectFlow works for HR connectors only")
  }
  if (node.kind === "attribute" && node.name === ROLES_ATTRIBUTE && !ROLE_FUNCTIONS.has(parent?.name ?? "")) {
    return error(`[${ROLES_ATTRIBUTE}] is read by SingleAppRoleAssignment and its relatives only`)
  }
  const isCondition = parent?.name === "IIF" && position === 0
  if (node.kind === "comparison") {
    const comparesEmpty = [node.left, node.right].some((side) => side.kind === "text" && side.value === "")
    return comparesEmpty ? warning('a comparison with "" always fails; write Switch([x], [x], "", "…")') : []
  }
  if (node.kind !== "call") return []
  return lintCall(node, parent, position, { error, warning, isCondition, createOnly })
}

interface CallLint {
  readonly error: (message: string) => readonly LintFinding[]
  readonly warning: (message: string) => readonly LintFinding[]
  readonly isCondition: boolean
  readonly createOnly: boolean
}

function lintCall(node: CallNode, parent: CallNode | null, position: number, lint: CallLint): readonly LintFinding[] {
  const { error, warning, isCondition, createOnly } = lint
  const [first] = node.args
  if (node.name === "SelectUniqueValue") {
    // RES-18: the function exists, but not for SCIM targets (FN-SELECTUNIQUEVALUE-3, documented).
    return error("SelectUniqueValue is supported for inbound provisioning to Active Directory only, not for SCIM")
  }
  if (ROLE_FUNCTIONS.has(node.name) && !(first?.kind === "attribute" && first.name === ROLES_ATTRIBUTE)) {
    return error(`${node.name} reads [${ROLES_ATTRIBUTE}] only`)
  }
  if (PRESENCE_FUNCTIONS.has(node.name) && isCondition) {
    return warning(`IIF(${node.name}(…)) is documented as unsupported; write Switch([x], [x], "", "…")`)
  }
  if (PRESENCE_FUNCTIONS.has(node.name) && parent?.name === "Switch" && position === 0) {
    return warning(`${node.name} as the source of Switch is warned against; write Switch([x], [x], "", "…")`)
  }
  if (node.name === IGNORE_FLOW_FUNCTION && isCondition) {
    return warning(`${IGNORE_FLOW_FUNCTION} is not a condition; wrap the whole IIF in it`)
  }
  if (node.name === IGNORE_FLOW_FUNCTION && parent !== null) {
    return warning(`${IGNORE_FLOW_FUNCTION} is meant to stand outermost`)
  }
  if (findFunction(node.name)?.volatile === true && !createOnly) {
    return warning(
      `${node.name} gives a new value each time, so every cycle exports an update; apply it only during object creation`,
    )
  }
  return []
}
