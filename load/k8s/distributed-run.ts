/**
 * What is to run on a cluster, as plain data, and what makes it impossible. Kubernetes and k6-operator would tell most of these
 * mistakes too, but later, in the log of a pod.
 */
import { UsageError } from "../../protocol/index.ts"

/** A load profile, its data and where it goes, split over several k6 runners. Holds no secret: only where one is kept. */
export interface DistributedRun {
  /** Names every object: a DNS label, short enough for what k6-operator appends. */
  readonly name: string
  /** The namespace of kubectl's context unless given. */
  readonly namespace?: string
  /** Runners; each gets an equal execution segment. */
  readonly parallelism: number
  /** Virtual users of all runners together, where the profile is told their number. */
  readonly vus?: number
  /** A k6 image; runners, initializer and the unpacking of large data use the same. */
  readonly image: string
  /** Where the load goes, as seen from inside the cluster. */
  readonly url: string
  readonly script: {
    /** Which of `files` k6 runs. */
    readonly entry: string
    /** Text by path; paths keep their places to each other, so that imports hold. */
    readonly files: Readonly<Record<string, string>>
  }
  /** Files for the script; an environment variable says where each one is. */
  readonly data: readonly RunData[]
  /** Environment that is no secret. */
  readonly environment: Readonly<Record<string, string>>
  readonly secrets: readonly RunSecret[]
  /** For `k6 run`. */
  readonly arguments: readonly string[]
  /** Each runner on a node of its own. */
  readonly separate?: boolean
}

/** A file that the profile reads. */
export type RunData =
  | { readonly variable: string; readonly file: string; readonly text: string }
  /** Too large for ConfigMaps: it lies on a PersistentVolumeClaim that the runners can mount (read-only, by many nodes). */
  | { readonly variable: string; readonly file: string; readonly claim: string }

/** An environment variable whose value lies in a Secret. */
export interface RunSecret {
  readonly variable: string
  readonly secret: string
  readonly key: string
  /** What holds the value where the Secret is created: a variable of the shell, a file, or a file with a value on each line. */
  readonly from: { readonly variable: string } | { readonly file: string } | { readonly lines: string }
}

/** k6-operator appends "-initializer" and "-service-NNN", and a label has 63 characters (RFC 1123). */
const NAME_CHARACTERS = 40
/** The most runners of one test: beyond, one starter has more pods to reach than it is meant for. */
const MOST_RUNNERS = 500
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/
/** The operator hands arguments to a shell, so only what no shell changes. */
const ARGUMENT = /^[\w./:=@%+,-]+$/
const PATH = /^[\w.-]+(\/[\w.-]+)*$/

/**
 * Refuses what cannot run.
 *
 * @throws UsageError that says what, and what to do.
 */
export function assertRun(run: DistributedRun): void {
  assertLabel("name", run.name)
  assertPlace(run)
  if (run.vus !== undefined && run.vus < run.parallelism) {
    const message = `${run.parallelism} runners cannot share ${run.vus} virtual users`
    throw refusal(message, "give at least one virtual user for each runner, or fewer runners")
  }
  if (run.script.files[run.script.entry] === undefined) {
    throw refusal(`the script ${run.script.entry} is not among its files`, "name one of the files")
  }
  const paths = [...Object.keys(run.script.files), ...run.data.map(({ file }) => file)]
  const strange = paths.find((path) => !PATH.test(path) || path.split("/").includes(".."))
  if (strange !== undefined) {
    const hint = "letters, digits, dots, dashes and underlines, in folders below the first one"
    throw refusal(`${JSON.stringify(strange)} cannot be the path of a file in a ConfigMap`, hint)
  }
  const argument = run.arguments.find((text) => !ARGUMENT.test(text))
  if (argument !== undefined) {
    const hint = "k6-operator passes arguments through a shell: give what needs spaces or quotes by the environment"
    throw refusal(`the argument ${JSON.stringify(argument)} cannot be passed to the runners`, hint)
  }
  assertVariables(run)
}

/**
 * Refuses a place that cannot be: what is known before there is anything to run.
 *
 * @throws UsageError that says what, and what to do.
 */
export function assertPlace(place: Pick<DistributedRun, "namespace" | "parallelism" | "url">): void {
  const { namespace, parallelism, url } = place
  if (namespace !== undefined) assertLabel("namespace", namespace)
  if (!Number.isInteger(parallelism) || parallelism < 1 || parallelism > MOST_RUNNERS) {
    throw refusal(`a test cannot have ${parallelism} runners`, `give a whole number from 1 to ${MOST_RUNNERS}`)
  }
  // `{tenant}` stands for a tenant's name, and commas part the URLs of several tenants.
  for (const text of url.replaceAll("{tenant}", "t1").split(",")) assertUrl(text.trim())
}

function assertLabel(what: string, value: string): void {
  if (LABEL.test(value) && value.length <= NAME_CHARACTERS) return
  const hint = `lower-case letters, digits and dashes, at most ${NAME_CHARACTERS.toString()} characters`
  throw refusal(`${JSON.stringify(value)} cannot be the ${what} of a test run`, hint)
}

function assertUrl(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol)) {
    const hint = "write it as https://scim.example.com/scim/v2"
    throw refusal(`${JSON.stringify(text)} is not the URL of an endpoint`, hint)
  }
  if (url.username !== "" || url.password !== "") {
    throw refusal("the URL holds credentials, and a manifest must not", "take them out, and give a token")
  }
  if (/^(localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0)$/.test(url.hostname) || url.hostname.endsWith(".localhost")) {
    const hint = "give the address that pods reach, such as http://NAME.NAMESPACE.svc/scim/v2"
    throw refusal(`inside a pod ${url.hostname} is the pod itself, not your endpoint`, hint)
  }
}

function assertVariables({ data, environment, secrets }: DistributedRun): void {
  const names = [...Object.keys(environment), ...[...data, ...secrets].map(({ variable }) => variable)]
  const strange = [...names, ...secrets.flatMap(({ from }) => ("variable" in from ? [from.variable] : []))].find(
    (name) => !VARIABLE.test(name),
  )
  if (strange !== undefined) {
    const hint = "letters, digits and underlines, not beginning with a digit"
    throw refusal(`${JSON.stringify(strange)} cannot be the name of an environment variable`, hint)
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw refusal(`the environment variable ${twice} is set twice`, "set it once")
}

/** The user's mistake: what cannot run, and what to do. */
export function refusal(message: string, hint: string): UsageError {
  return new UsageError("USAGE_MANIFEST", message, { hint })
}
