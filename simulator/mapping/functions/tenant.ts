/** Functions that look beyond the object: the tenant's domain, and the app roles a person holds. */
import { ExpressionEvaluationError } from "../expression/errors.ts"
import { many, type AppRoleAssignment, type EvaluationContext, type FunctionDefinition } from "./definition.ts"

/** The source that every app role function names. */
const ROLES_SOURCE = [many("source")]

/** FN-DEFAULTDOMAIN-1 (documented). */
function defaultDomain({ defaultDomain }: EvaluationContext): string {
  if (defaultDomain !== null) return defaultDomain
  throw new ExpressionEvaluationError("NoDefaultDomain", "DefaultDomain", "the tenant has no default verified domain")
}

/** FN-SINGLEAPPROLEASSIGNMENT-4 (inferred): the role's value, or its display name where the value is empty. */
export function roleName({ value, displayName }: AppRoleAssignment): string {
  return value === null || value === "" ? displayName : value
}

export const TENANT_FUNCTIONS: readonly FunctionDefinition[] = [
  { kind: "eager", name: "DefaultDomain", parameters: [], evaluate: (_args, context) => defaultDomain(context) },
  {
    // FN-SINGLEAPPROLEASSIGNMENT-1: with several roles it is not defined which; Model: the first.
    kind: "eager",
    name: "SingleAppRoleAssignment",
    parameters: ROLES_SOURCE,
    evaluate: (_args, { appRoleAssignments: [first] }) => (first === undefined ? null : roleName(first)),
  },
  {
    // FN-APPROLEASSIGNMENTS-1: listed by Graph; Model: all role names.
    kind: "eager",
    name: "AppRoleAssignments",
    parameters: ROLES_SOURCE,
    evaluate: (_args, { appRoleAssignments }) =>
      appRoleAssignments.length === 0 ? null : appRoleAssignments.map(roleName),
  },
  {
    kind: "roles",
    name: "AppRoleAssignmentsComplex",
    parameters: ROLES_SOURCE,
    outermostOnly: true,
    assertive: false,
  },
  {
    kind: "roles",
    name: "AssertiveAppRoleAssignmentsComplex",
    parameters: ROLES_SOURCE,
    outermostOnly: true,
    assertive: true,
  },
]
