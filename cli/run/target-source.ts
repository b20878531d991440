/** From options to the endpoint that a run is about. */
import type { TargetSource } from "../../scenarios/index.ts"
import { connect } from "../connect/connect.ts"
import { credentialFlags } from "../connect/credentials.ts"
import { UsageError } from "../errors.ts"
import type { RunOptions } from "../options.ts"
import type { Session } from "../session.ts"

/**
 * The embedded target, or the server at the URL with the credentials for it.
 *
 * @throws UsageError for options that make no sense with the target.
 */
export async function toTargetSource(options: RunOptions, session: Session): Promise<TargetSource> {
  const { url, defect, compat } = options
  if (url === undefined) {
    const [flag] = credentialFlags(options)
    if (flag !== undefined) {
      throw new UsageError("USAGE_OPTION", `${flag} needs the URL of an endpoint`, {
        hint: `write scimulate run http://localhost:3000/scim/v2 ${flag} …`,
      })
    }
    return {
      kind: "embedded",
      ...(defect !== undefined && { defects: defect }),
      ...(compat !== undefined && { compat }),
    }
  }
  const flag = defect === undefined ? (compat === undefined ? undefined : "--compat") : "--defect"
  if (flag !== undefined) {
    throw new UsageError("USAGE_OPTION", `${flag} is for the embedded target, and a URL was given`, {
      hint: `leave out one of the two; scimulate target ${flag} … serves such a target`,
    })
  }
  const { baseUrl, token, headers, timeoutMs, ca } = await connect(url, options, session)
  return {
    kind: "external",
    url: baseUrl,
    credentials: { headers, ...(token !== null && { token }) },
    timeoutMs,
    insecure: options.insecure === true,
    allowWrites: options.allowWrites === true,
    ...(ca !== undefined && { ca }),
    ...(options.rate !== undefined && { requestsPerSecond: options.rate }),
  }
}
