/** The reference SCIM service provider: knows nothing of the simulator, and is reached over HTTP alone. */
export type { TokenControl, TokenOptions } from "./auth/tokens.ts"
export { defect, defects, findDefect } from "./defects/index.ts"
export type { Defect, DefectTools, FetchHandler } from "./defects/index.ts"
export { createTarget } from "./target.ts"
export type { Target, TargetOptions } from "./target.ts"
export type { Compat } from "./tolerances.ts"
