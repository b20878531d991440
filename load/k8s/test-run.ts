/**
 * The TestRun of k6-operator for a run. The initializer, which only reads the script to check it, gets the same files but no
 * secret; runners get what k6 needs and no more (no service account token, no privileges).
 */
import { K6_ENVIRONMENT } from "../k6/find-k6.ts"
import { type Mounted, toMetadata } from "./config-maps.ts"
import type { DistributedRun } from "./distributed-run.ts"

const SCRIPT = "/scimulate/script"
const DATA = "/scimulate/data"
const PARTS = "/scimulate/parts"
const UNPACKED = "/scimulate/unpacked"
const CLAIMS = "/scimulate/claims"

/** The user of the k6 image. */
const K6_USER = 12345

/** What one runner asks the cluster for; docs/scale.md says where the numbers come from. */
const RUNNER_RESOURCES = { requests: { cpu: "500m", memory: "1Gi" }, limits: { memory: "2Gi" } }

/** A data file with its place: mounted as it is, joined from parts, or on a claim. */
export interface PlacedFile {
  readonly variable: string
  readonly file: string
  readonly place:
    | { readonly kind: "mounted"; readonly mounted: readonly Mounted[] }
    | { readonly kind: "parts"; readonly mounted: readonly Mounted[]; readonly unpackedBytes: number }
    | { readonly kind: "claim"; readonly claim: string }
}

/** Builds the TestRun (k6.io/v1alpha1). */
export function toTestRun(run: DistributedRun, script: Mounted, files: readonly PlacedFile[]): object {
  const pod = toPod(run, script, files)
  return {
    apiVersion: "k6.io/v1alpha1",
    kind: "TestRun",
    metadata: toMetadata(run, run.name),
    spec: {
      parallelism: run.parallelism,
      separate: run.separate ?? false,
      script: { localFile: `${SCRIPT}/${run.script.entry}` },
      arguments: run.arguments.join(" "),
      initializer: { ...pod, env: [...toEnvironment(run, files), ...run.secrets.map(toPlaceholder)] },
      runner: { ...pod, env: [...toEnvironment(run, files), ...run.secrets.map(toSecretReference)] },
    },
  }
}

/** What initializer and runners have in common. */
function toPod(run: DistributedRun, script: Mounted, files: readonly PlacedFile[]): object {
  const parts = files.filter(({ place }) => place.kind === "parts")
  const volumes = toVolumes(script, files)
  return {
    image: run.image,
    automountServiceAccountToken: "false",
    securityContext: {
      runAsNonRoot: true,
      runAsUser: K6_USER,
      fsGroup: K6_USER,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containerSecurityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
    resources: RUNNER_RESOURCES,
    volumes: volumes.map(({ volume }) => volume),
    volumeMounts: volumes.filter(({ mount }) => mount.mountPath !== PARTS).map(({ mount }) => mount),
    ...(parts.length > 0 && {
      initContainers: [
        {
          name: "unpack",
          image: run.image,
          command: ["sh", "-ec", parts.map(({ file }) => unpackCommand(file)).join("\n")],
          volumeMounts: volumes
            .filter(({ mount }) => [PARTS, UNPACKED].includes(mount.mountPath))
            .map(({ mount }) => mount),
        },
      ],
    }),
  }
}

/** Parts sort by their number, so the shell joins them in order. */
function unpackCommand(file: string): string {
  return `cat ${PARTS}/${file}/* | gunzip > ${UNPACKED}/${file}`
}

interface MountedVolume {
  readonly volume: Readonly<Record<string, unknown>>
  readonly mount: { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }
}

function toVolumes(script: Mounted, files: readonly PlacedFile[]): readonly MountedVolume[] {
  const mounted = files.flatMap(({ place }) => (place.kind === "mounted" ? place.mounted : []))
  const parts = files.flatMap(({ place }) => (place.kind === "parts" ? place.mounted : []))
  const bytes = files.reduce((sum, { place }) => sum + (place.kind === "parts" ? place.unpackedBytes : 0), 0)
  const claims = new Set(files.flatMap(({ place }) => (place.kind === "claim" ? [place.claim] : [])))
  return [
    projected("script", SCRIPT, [script]),
    ...(mounted.length > 0 ? [projected("data", DATA, mounted)] : []),
    ...(parts.length > 0 ? [projected("parts", PARTS, parts), emptyFolder("unpacked", UNPACKED, bytes)] : []),
    ...[...claims].map((claim, index) => claimed(`claim-${index.toString()}`, `${CLAIMS}/${claim}`, claim)),
  ]
}

function projected(name: string, mountPath: string, mounted: readonly Mounted[]): MountedVolume {
  const sources = mounted.map(({ configMap, items }) => ({ configMap: { name: configMap, items } }))
  return { volume: { name, projected: { sources } }, mount: { name, mountPath, readOnly: true } }
}

function emptyFolder(name: string, mountPath: string, bytes: number): MountedVolume {
  const sizeLimit = `${Math.ceil((bytes * 1.1) / 1024 ** 2).toString()}Mi`
  return { volume: { name, emptyDir: { sizeLimit } }, mount: { name, mountPath } }
}

function claimed(name: string, mountPath: string, claimName: string): MountedVolume {
  const volume = { name, persistentVolumeClaim: { claimName, readOnly: true } }
  return { volume, mount: { name, mountPath, readOnly: true } }
}

interface Variable {
  readonly name: string
  readonly value: string
}

function toEnvironment(run: DistributedRun, files: readonly PlacedFile[]): readonly Variable[] {
  const plain = { SCIMULATE_URL: run.url, ...K6_ENVIRONMENT, ...run.environment }
  return [
    ...Object.entries(plain).map(([name, value]) => ({ name, value })),
    ...files.map(({ variable, file, place }) => ({ name: variable, value: pathOf(file, place) })),
  ]
}

function pathOf(file: string, place: PlacedFile["place"]): string {
  switch (place.kind) {
    case "mounted":
      return `${DATA}/${file}`
    case "parts":
      return `${UNPACKED}/${file}`
    case "claim":
      return `${CLAIMS}/${place.claim}/${file}`
  }
}

function toSecretReference({ variable, secret, key }: DistributedRun["secrets"][number]): object {
  return { name: variable, valueFrom: { secretKeyRef: { name: secret, key } } }
}

/** The initializer archives the script together with its environment: it must not know the real value. */
function toPlaceholder({ variable }: DistributedRun["secrets"][number]): Variable {
  return { name: variable, value: "not-needed-to-read-the-script" }
}
