/** A run, and data of a size, for the tests of the manifests. */
import { createCipheriv } from "node:crypto"
import type { DistributedRun } from "./distributed-run.ts"

export const RUN: DistributedRun = {
  name: "initial-cycle",
  namespace: "load",
  parallelism: 4,
  vus: 40,
  image: "grafana/k6:2.2.0",
  url: "http://scim.apps.svc/scim/v2",
  script: {
    entry: "profiles/initial-cycle.ts",
    files: {
      "profiles/initial-cycle.ts":
        'import { send } from "../lib/send.ts"\nexport default function () {\n  send(`/Users`)\n}\n',
      "lib/send.ts": "export const send = (path: string) => path\n",
    },
  },
  data: [{ variable: "SCIMULATE_PLAN", file: "plan.json", text: '{"steps":[]}' }],
  environment: { SCIMULATE_VUS: "40" },
  secrets: [
    { variable: "SCIMULATE_TOKEN", secret: "initial-cycle-token", key: "token", from: { variable: "SCIM_TOKEN" } },
  ],
  arguments: ["--summary-mode=compact", "--tag", "profile=initial-cycle"],
}

/** Text of at least so many bytes that does not compress: the same each time. */
export function incompressible(bytes: number): string {
  const cipher = createCipheriv("aes-128-ctr", Buffer.alloc(16), Buffer.alloc(16))
  return cipher.update(Buffer.alloc(bytes)).toString("base64")
}
