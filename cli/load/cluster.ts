/** `--k8s`: manifests for k6-operator on stdout; what to type, and how to judge the run, on stderr. */
import {
  assertPlace,
  type LoadPlan,
  type Profile,
  renderManifests,
  type Thresholds,
  toDistributedRun,
} from "../../load/index.ts"
import { UsageError } from "../errors.ts"
import { EXIT_CODES, type ExitCode } from "../exit-code.ts"
import type { LoadOptions } from "../options.ts"
import type { Session } from "../session.ts"
import { repeatCommand } from "./repeat-command.ts"

/** Pods that run k6, unless told otherwise. */
export const RUNNERS = 4
/** Where the caller's shell keeps a token that was given on the command line. */
const TOKEN_VARIABLE = "SCIM_TOKEN"

type TokenSource = NonNullable<Parameters<typeof toDistributedRun>[0]["token"]>

/** Ways to reach an endpoint that a manifest has no place for. */
const NOT_ON_CLUSTERS = [
  ["header", "--header"],
  ["ca", "--ca"],
  ["insecure", "--insecure"],
  ["oauthTokenUrl", "--oauth-token-url"],
  ["defect", "--defect"],
  ["compat", "--compat"],
] as const

export interface ClusterLoad {
  readonly options: LoadOptions
  readonly profile: Profile
  readonly plan: LoadPlan
  readonly thresholds: Thresholds
}

/**
 * Refuses what no manifest can say, before a plan is made.
 *
 * @throws UsageError naming the option.
 */
export function assertForCluster(options: LoadOptions): asserts options is LoadOptions & { url: string } {
  if (options.url === undefined) {
    throw new UsageError("USAGE_OPTION", "--k8s needs the URL of an endpoint, as pods reach it", {
      hint: "write scimulate load PROFILE http://NAME.NAMESPACE.svc/scim/v2 --k8s --allow-writes",
    })
  }
  const [, flag] = NOT_ON_CLUSTERS.find(([name]) => options[name] !== undefined) ?? []
  if (flag !== undefined) {
    throw new UsageError("USAGE_OPTION", `${flag} has no place in a manifest`, {
      hint: "give a bearer token by --token-env or --token-file; a certificate authority belongs into the k6 image",
    })
  }
  const { url, namespace, runners: parallelism = RUNNERS } = options
  assertPlace({ url, parallelism, ...(namespace !== undefined && { namespace }) })
  if (options.allowWrites === true) return
  throw new UsageError("USAGE_WRITES", `the load creates and changes people at ${url}`, {
    hint: "add --allow-writes if that is what you want",
  })
}

/** Prints the manifests. Sends nothing. */
export function printManifests(session: Session, { options, profile, plan, thresholds }: ClusterLoad): ExitCode {
  assertForCluster(options)
  const { yaml, commands, cleanUp } = renderManifests(
    toDistributedRun({
      plan,
      profile,
      url: options.url,
      runners: options.runners ?? RUNNERS,
      ...(options.namespace !== undefined && { namespace: options.namespace }),
      ...(options.planClaim !== undefined && { planClaim: options.planClaim }),
      token: tokenSource(options),
      p95Ms: thresholds.limitsOf("read-user").p95Ms,
    }),
  )
  session.terminal.print(yaml)
  const judge = `${judgeCommand(session.args, plan)} --journal ${profile.name}-${plan.runId}.log`
  const typed = [...commands, `${judge}   (with the URL as you reach it)`, ...cleanUp]
  session.terminal.note(["To run it, with FILE as where you saved this:", ...typed].join("\n  ") + "\n")
  return EXIT_CODES.passed
}

function tokenSource({ token, tokenEnv, tokenFile, tenantTokens }: LoadOptions): TokenSource | null {
  if (tenantTokens !== undefined) return { lines: tenantTokens }
  if (tokenFile !== undefined) return { file: tokenFile }
  if (tokenEnv !== undefined) return { variable: tokenEnv }
  return token === undefined ? null : { variable: TOKEN_VARIABLE }
}

/** Flags, with a value, that say where manifests go. */
const MANIFEST_FLAGS = ["--namespace", "--plan-claim"]

/** The same load, judged from here: it needs the same plan, so the seed is named. */
function judgeCommand(args: readonly string[], plan: LoadPlan): string {
  const kept = args.filter((argument, index) => {
    const isManifestFlag = MANIFEST_FLAGS.some((flag) => argument === flag || argument.startsWith(`${flag}=`))
    return argument !== "--k8s" && !isManifestFlag && !MANIFEST_FLAGS.includes(args[index - 1] ?? "")
  })
  return repeatCommand(kept, plan.seed)
}
