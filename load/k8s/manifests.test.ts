import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { Ajv, type ValidateFunction } from "ajv"
import * as fc from "fast-check"
import { ConfigMap } from "kubernetes-models/v1/ConfigMap"
import { Pod } from "kubernetes-models/v1/Pod"
import { afterEach, describe, expect, it } from "vitest"
import { parseAllDocuments } from "yaml"
import { z } from "zod"
import type { DistributedRun } from "./distributed-run.ts"
import { incompressible, RUN } from "./distributed-run.fixture.ts"
import { renderManifests } from "./manifests.ts"

const podSchema = z.looseObject({
  image: z.string(),
  env: z.array(z.object({ name: z.string(), value: z.string().optional(), valueFrom: z.unknown().optional() })),
  volumes: z.array(z.looseObject({ name: z.string() })),
  volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string(), readOnly: z.boolean().optional() })),
  initContainers: z
    .array(z.looseObject({ command: z.array(z.string()), volumeMounts: z.array(z.looseObject({ name: z.string() })) }))
    .optional(),
  securityContext: z.record(z.string(), z.unknown()),
  containerSecurityContext: z.record(z.string(), z.unknown()),
  resources: z.record(z.string(), z.unknown()),
})
type RunnerPod = z.infer<typeof podSchema>
const testRunSchema = z.looseObject({
  kind: z.literal("TestRun"),
  spec: z.looseObject({
    parallelism: z.number(),
    script: z.record(z.string(), z.unknown()),
    runner: podSchema,
    initializer: podSchema,
  }),
})
const configMapSchema = z.looseObject({
  kind: z.literal("ConfigMap"),
  metadata: z.looseObject({ name: z.string() }),
  data: z.record(z.string(), z.string()).optional(),
  binaryData: z.record(z.string(), z.string()).optional(),
})

/** The documents of rendered manifests, told apart. */
function read(run: DistributedRun) {
  const documents = parseAllDocuments(renderManifests(run).yaml).map((document): unknown => document.toJS())
  const testRun = testRunSchema.parse(documents.at(-1))
  return { documents, testRun, configMaps: documents.slice(0, -1).map((document) => configMapSchema.parse(document)) }
}

function validator(path: URL): ValidateFunction {
  return new Ajv({ allErrors: true }).compile(JSON.parse(readFileSync(path, "utf8")) as object)
}
const isTestRun = validator(new URL("../../test/vectors/k6-testrun.schema.json", import.meta.url))

let folder: string | null = null
afterEach(() => {
  if (folder !== null) rmSync(folder, { recursive: true, force: true })
  folder = null
})

/** Lays the ConfigMaps out as the kubelet does for a pod, below a folder instead of /. */
function mount(pod: RunnerPod, configMaps: readonly z.infer<typeof configMapSchema>[]): string {
  const root = (folder ??= mkdtempSync(join(tmpdir(), "scimulate-pod-")))
  const mounts = [...pod.volumeMounts, ...(pod.initContainers ?? []).flatMap(({ volumeMounts }) => volumeMounts)]
  for (const { name, mountPath } of mounts) {
    mkdirSync(join(root, String(mountPath)), { recursive: true })
    const volume = pod.volumes.find((candidate) => candidate.name === name)
    const projection = z.object({
      sources: z.array(
        z.object({
          configMap: z.object({ name: z.string(), items: z.array(z.object({ key: z.string(), path: z.string() })) }),
        }),
      ),
    })
    for (const { configMap } of projection.safeParse(volume?.["projected"]).data?.sources ?? []) {
      const source = configMaps.find(({ metadata }) => metadata.name === configMap.name)
      for (const { key, path } of configMap.items) {
        const file = join(root, String(mountPath), path)
        mkdirSync(dirname(file), { recursive: true })
        const binary = source?.binaryData?.[key]
        writeFileSync(file, binary === undefined ? (source?.data?.[key] ?? "missing") : Buffer.from(binary, "base64"))
      }
    }
  }
  return root
}

const valueOf = (pod: RunnerPod, name: string) => pod.env.find((variable) => variable.name === name)

describe("manifests for k6-operator", () => {
  it.each([
    ["small data", RUN],
    [
      "data in parts",
      { ...RUN, data: [{ variable: "SCIMULATE_PLAN", file: "plan.json", text: incompressible(1_000_000) }] },
    ],
    ["data on a claim", { ...RUN, data: [{ variable: "SCIMULATE_PLAN", file: "plan.json", claim: "plans" }] }],
    ["nothing optional", { ...RUN, data: [], secrets: [], arguments: [], separate: true }],
  ])("are a TestRun and ConfigMaps that Kubernetes takes: %s", (_, run: DistributedRun) => {
    const { documents, testRun } = read(run)
    expect(isTestRun(documents.at(-1)), JSON.stringify(isTestRun.errors)).toBe(true)
    for (const document of documents.slice(0, -1))
      new ConfigMap(document as ConstructorParameters<typeof ConfigMap>[0]).validate()
    // The pod that the operator makes of each part of the TestRun.
    for (const {
      containerSecurityContext,
      env,
      image,
      resources,
      volumeMounts,
      securityContext,
      volumes,
      initContainers,
    } of [testRun.spec.runner, testRun.spec.initializer]) {
      const container = { name: "k6", securityContext: containerSecurityContext, env, image, resources, volumeMounts }
      const pod: unknown = {
        metadata: { name: "x" },
        spec: { securityContext, volumes, initContainers, containers: [container] },
      }
      new Pod(pod as ConstructorParameters<typeof Pod>[0]).validate()
    }
  })

  it("are a TestRun to the operator's own CRD", ({ skip }) => {
    const path = process.env["SCIMULATE_TESTRUN_CRD"]
    if (path === undefined) {
      return skip("set SCIMULATE_TESTRUN_CRD to a file with the output of: kubectl get crd testruns.k6.io -o yaml")
    }
    const crd = z
      .object({
        spec: z.object({ versions: z.array(z.object({ schema: z.object({ openAPIV3Schema: z.looseObject({}) }) })) }),
      })
      .parse(parseAllDocuments(readFileSync(path, "utf8"))[0]?.toJS())
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(
      crd.spec.versions[0]?.schema.openAPIV3Schema ?? false,
    )
    expect(validate(read(RUN).documents.at(-1)), JSON.stringify(validate.errors)).toBe(true)
  })

  it("the schema refuses what the operator does not know", () => {
    const { testRun } = read(RUN)
    const { spec } = testRun
    for (const wrong of [
      { ...testRun, kind: "K6" },
      { ...testRun, spec: { ...spec, parallelism: "4" } },
      { ...testRun, spec: { ...spec, paralellism: 4 } },
      { ...testRun, spec: { ...spec, script: {} } },
      { ...testRun, spec: { ...spec, runner: { ...spec.runner, volume: [] } } },
      { ...testRun, spec: { ...spec, runner: { ...spec.runner, env: [{ value: "x" }] } } },
    ]) {
      expect(isTestRun(wrong)).toBe(false)
    }
  })

  it("put each file where the script's imports and its environment look for it", () => {
    const { testRun, configMaps } = read(RUN)
    const root = mount(testRun.spec.runner, configMaps)
    expect(testRun.spec.script).toEqual({ localFile: "/scimulate/script/profiles/initial-cycle.ts" })
    expect(readFileSync(join(root, "/scimulate/script/profiles/initial-cycle.ts"), "utf8")).toBe(
      RUN.script.files["profiles/initial-cycle.ts"],
    )
    expect(readFileSync(join(root, "/scimulate/script/profiles/../lib/send.ts"), "utf8")).toBe(
      "export const send = (path: string) => path\n",
    )
    expect(valueOf(testRun.spec.runner, "SCIMULATE_PLAN")).toEqual({
      name: "SCIMULATE_PLAN",
      value: "/scimulate/data/plan.json",
    })
    expect(readFileSync(join(root, "/scimulate/data/plan.json"), "utf8")).toBe('{"steps":[]}')
  })

  it("cut what is too large for one ConfigMap, and the runner joins it again", () => {
    const text = incompressible(3_000_000)
    const { testRun, configMaps } = read({ ...RUN, data: [{ variable: "SCIMULATE_PLAN", file: "plan.json", text }] })
    const parts = configMaps.filter(({ binaryData }) => binaryData !== undefined)
    expect(parts.length).toBeGreaterThan(3)
    for (const { binaryData } of parts) {
      expect(Buffer.from(binaryData?.["part"] ?? "", "base64").length).toBeLessThanOrEqual(1024 * 1024)
    }
    for (const pod of [testRun.spec.initializer, testRun.spec.runner]) {
      const root = mount(pod, configMaps)
      const [program = "", ...args] = pod.initContainers?.[0]?.command ?? []
      execFileSync(
        program,
        args.map((argument) => argument.replaceAll("/scimulate/", `${root}/scimulate/`)),
      )
      expect(valueOf(pod, "SCIMULATE_PLAN")?.value).toBe("/scimulate/unpacked/plan.json")
      expect(readFileSync(join(root, "/scimulate/unpacked/plan.json"), "utf8") === text).toBe(true)
    }
  })

  it("read from a claim what is on one", () => {
    const { testRun, configMaps } = read({
      ...RUN,
      data: [{ variable: "SCIMULATE_PLAN", file: "big.json", claim: "plans" }],
    })
    expect(configMaps.map(({ metadata }) => metadata.name)).toEqual(["initial-cycle-script"])
    expect(valueOf(testRun.spec.runner, "SCIMULATE_PLAN")?.value).toBe("/scimulate/claims/plans/big.json")
    expect(testRun.spec.runner.volumes).toContainEqual({
      name: "claim-0",
      persistentVolumeClaim: { claimName: "plans", readOnly: true },
    })
  })

  it("name the Secret for the runners, give the initializer a placeholder, and the command makes it from the shell's variable", () => {
    const { testRun } = read(RUN)
    expect(valueOf(testRun.spec.runner, "SCIMULATE_TOKEN")).toEqual({
      name: "SCIMULATE_TOKEN",
      valueFrom: { secretKeyRef: { name: "initial-cycle-token", key: "token" } },
    })
    expect(valueOf(testRun.spec.initializer, "SCIMULATE_TOKEN")).toEqual({
      name: "SCIMULATE_TOKEN",
      value: "not-needed-to-read-the-script",
    })
    expect(renderManifests(RUN).commands).toEqual([
      'printf %s "$SCIM_TOKEN" | kubectl --namespace load create secret generic initial-cycle-token --from-file=token=/dev/stdin',
      "kubectl --namespace load apply --server-side -f FILE",
      "kubectl --namespace load get testrun initial-cycle --watch",
      "kubectl --namespace load logs --selector k6_cr=initial-cycle,runner=true --container k6 --tail=-1 --max-log-requests=4 > initial-cycle.log",
    ])
    expect(renderManifests(RUN).cleanUp).toEqual([
      "kubectl --namespace load delete testrun,configmap --selector app.kubernetes.io/instance=initial-cycle",
      "kubectl --namespace load delete secret initial-cycle-token",
    ])
  })

  it("switch k6's usage statistics and extension downloads off", () => {
    const { runner, initializer } = read(RUN).testRun.spec
    for (const pod of [runner, initializer]) {
      expect(valueOf(pod, "K6_NO_USAGE_REPORT")?.value).toBe("true")
      expect(valueOf(pod, "K6_AUTO_EXTENSION_RESOLUTION")?.value).toBe("false")
    }
  })

  it("carry any text unchanged, and are the same each time", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        const run = { ...RUN, data: [{ variable: "SCIMULATE_PLAN", file: "plan.json", text }] }
        expect(read(run).configMaps[1]?.data).toEqual({ "plan.json": text })
      }),
      { seed: 6, numRuns: 25 },
    )
    expect(renderManifests(RUN)).toEqual(renderManifests(RUN))
  })
})
