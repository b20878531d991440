/** Manifests for k6-operator: what `scimulate load PROFILE URL --k8s` prints, and the commands that go with them. */
import { stringify } from "yaml"
import { placeData, scriptConfigMap } from "./config-maps.ts"
import { type DistributedRun, assertRun, type RunData } from "./distributed-run.ts"
import { type PlacedFile, toTestRun } from "./test-run.ts"

export interface Manifests {
  /** YAML, one document an object: ConfigMaps, then the TestRun. Holds no secret. */
  readonly yaml: string
  /** What to type, in order; `FILE` stands for where the YAML was saved. */
  readonly commands: readonly string[]
  /** What to type once the run is judged. */
  readonly cleanUp: readonly string[]
}

/**
 * A run as Kubernetes objects. The same run gives the same text.
 *
 * @throws UsageError for what could not run; nothing is rendered then.
 */
export function renderManifests(run: DistributedRun): Manifests {
  assertRun(run)
  const script = scriptConfigMap(run)
  const placed = run.data.map((data) => place(run, data))
  const objects = [
    script.configMap,
    ...placed.flatMap(({ configMaps }) => configMaps),
    toTestRun(
      run,
      script.mounted,
      placed.map(({ file }) => file),
    ),
  ]
  const commands = toCommands(run)
  const cleanUp = toCleanUp(run)
  const about =
    "Made by scimulate for k6-operator (TestRun, k6.io/v1alpha1). Holds no secret. To run it, and to remove it:"
  const head = [about, ...commands, ...cleanUp]
  const comment = head.map((line, index) => (index === 0 ? `# ${line}\n` : `#   ${line}\n`)).join("")
  const documents = objects.map((object) => stringify(object, { lineWidth: 0, aliasDuplicateObjects: false }))
  return { yaml: comment + documents.map((document) => `---\n${document}`).join(""), commands, cleanUp }
}

function place(run: DistributedRun, data: RunData): { configMaps: readonly object[]; file: PlacedFile } {
  const { variable, file } = data
  if ("claim" in data) return { configMaps: [], file: { variable, file, place: { kind: "claim", claim: data.claim } } }
  const { configMaps, mounted, unpackedBytes } = placeData(run, data)
  if (unpackedBytes === null) return { configMaps, file: { variable, file, place: { kind: "mounted", mounted } } }
  return { configMaps, file: { variable, file, place: { kind: "parts", mounted, unpackedBytes } } }
}

/** Server-side apply, because the annotation of the client-side one holds no more than 256 KiB. */
function toCommands({ name, namespace, parallelism, secrets }: DistributedRun): readonly string[] {
  const kubectl = kubectlFor(namespace)
  const runners = `--selector k6_cr=${name},runner=true --container k6`
  return [
    ...secrets.map((secret) => toSecretCommand(kubectl, secret)),
    `${kubectl} apply --server-side -f FILE`,
    `${kubectl} get testrun ${name} --watch`,
    `${kubectl} logs ${runners} --tail=-1 --max-log-requests=${parallelism} > ${name}.log`,
  ]
}

function toCleanUp({ name, namespace, secrets }: DistributedRun): readonly string[] {
  const kubectl = kubectlFor(namespace)
  return [
    `${kubectl} delete testrun,configmap --selector app.kubernetes.io/instance=${name}`,
    ...secrets.map(({ secret }) => `${kubectl} delete secret ${secret}`),
  ]
}

function kubectlFor(namespace: string | undefined): string {
  return namespace === undefined ? "kubectl" : `kubectl --namespace ${namespace}`
}

/** The value goes by a pipe or a file: never as an argument, which every process of the machine could see. */
function toSecretCommand(kubectl: string, { secret, key, from }: DistributedRun["secrets"][number]): string {
  const create = `${kubectl} create secret generic ${secret} --from-file=${key}=`
  if ("file" in from) return `${create}${quote(from.file)}`
  // Several values reach k6 with commas between them (profiles/engine/settings.ts).
  const print = "lines" in from ? `paste -sd, ${quote(from.lines)}` : `printf %s "$${from.variable}"`
  return `${print} | ${create}/dev/stdin`
}

/** For a POSIX shell. */
function quote(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
