/**
 * Files in ConfigMaps. Each holds at most 1 MiB (Kubernetes refuses more), so a larger file is compressed and cut into parts,
 * which a container joins before k6 starts. What is still too large belongs on a volume.
 */
import { gzipSync } from "node:zlib"
import { type DistributedRun, refusal, type RunData } from "./distributed-run.ts"

export interface ConfigMap {
  readonly apiVersion: "v1"
  readonly kind: "ConfigMap"
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels: Record<string, string> }
  readonly immutable: true
  readonly data?: Record<string, string>
  readonly binaryData?: Record<string, string>
}

/** One file of a ConfigMap, and where a pod finds it below the mount. */
export interface Mounted {
  readonly configMap: string
  readonly items: readonly { readonly key: string; readonly path: string }[]
}

/** What becomes of one data file. */
export interface Placed {
  readonly configMaps: readonly ConfigMap[]
  readonly mounted: readonly Mounted[]
  /** Bytes once joined and unpacked; null for a file that is mounted as it is. */
  readonly unpackedBytes: number | null
}

/** Kubernetes counts the decoded bytes of all values of a ConfigMap. */
const CONFIG_MAP_BYTES = 1024 * 1024
/** Three quarters: as base64 in a request a part then has 1 MiB, below what etcd takes by default (1.5 MiB). */
const PART_BYTES = (CONFIG_MAP_BYTES * 3) / 4
/** 12 MiB compressed, a plan of some hundred megabytes: more than one runner has memory for, and a cluster's store is not meant for it. */
const MOST_PARTS = 16

/** The script's files in one ConfigMap, each to be mounted at its own path. */
export function scriptConfigMap(run: DistributedRun): { configMap: ConfigMap; mounted: Mounted } {
  const name = `${run.name}-script`
  const files = Object.entries(run.script.files)
  const bytes = files.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0)
  if (bytes > CONFIG_MAP_BYTES) {
    const hint = "put the profile into a k6 image of your own, beside k6, and name the image"
    throw refusal(`the script has ${toMib(bytes)} MiB, and a ConfigMap holds 1 MiB`, hint)
  }
  const items = files.map(([path]) => ({ key: path.replaceAll("/", "__"), path }))
  const data = Object.fromEntries(files.map(([path, text]) => [path.replaceAll("/", "__"), text]))
  return { configMap: toConfigMap(run, name, { data }), mounted: { configMap: name, items } }
}

/**
 * One data file in as many ConfigMaps as it needs.
 *
 * @throws UsageError when it is too large for them.
 */
export function placeData(run: DistributedRun, data: Extract<RunData, { text: string }>): Placed {
  const { file, text } = data
  const stem = `${run.name}-${file.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`
  if (Buffer.byteLength(text) <= PART_BYTES) {
    const configMap = toConfigMap(run, stem, { data: { [file]: text } })
    return {
      configMaps: [configMap],
      mounted: [{ configMap: stem, items: [{ key: file, path: file }] }],
      unpackedBytes: null,
    }
  }
  const compressed = gzipSync(text)
  const count = Math.ceil(compressed.length / PART_BYTES)
  if (count > MOST_PARTS) {
    const message = `${file} has ${toMib(compressed.length)} MiB when compressed, and ${toMib(MOST_PARTS * PART_BYTES)} MiB are the most for ConfigMaps`
    throw refusal(message, "copy it to a PersistentVolumeClaim that the runners' nodes can mount, and name the claim")
  }
  const parts = Array.from({ length: count }, (_, index) => {
    const number = index.toString().padStart(3, "0")
    const part = compressed.subarray(index * PART_BYTES, (index + 1) * PART_BYTES).toString("base64")
    const configMap = toConfigMap(run, `${stem}-${number}`, { binaryData: { part } })
    return {
      configMap,
      mounted: { configMap: `${stem}-${number}`, items: [{ key: "part", path: `${file}/${number}` }] },
    }
  })
  return {
    configMaps: parts.map(({ configMap }) => configMap),
    mounted: parts.map(({ mounted }) => mounted),
    unpackedBytes: Buffer.byteLength(text),
  }
}

function toConfigMap(run: DistributedRun, name: string, content: Pick<ConfigMap, "data" | "binaryData">): ConfigMap {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: toMetadata(run, name), immutable: true, ...content }
}

/** What every object of a run carries, so that one selector finds (and deletes) them all. */
export function toMetadata({ name: run, namespace }: DistributedRun, name: string): ConfigMap["metadata"] {
  return {
    name,
    ...(namespace !== undefined && { namespace }),
    labels: { "app.kubernetes.io/managed-by": "scimulate", "app.kubernetes.io/instance": run },
  }
}

function toMib(bytes: number): string {
  return (bytes / 1024 ** 2).toFixed(1)
}
