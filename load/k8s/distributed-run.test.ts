import { describe, expect, it } from "vitest"
import { incompressible, RUN } from "./distributed-run.fixture.ts"
import type { DistributedRun } from "./distributed-run.ts"
import { renderManifests } from "./manifests.ts"

describe("bad input is refused in one sentence", () => {
  it.each<[string, Partial<DistributedRun>, string]>([
    ["a name that is no label", { name: "Initial_Cycle" }, '"Initial_Cycle" cannot be the name of a test run'],
    ["a name too long for what is appended", { name: "n".repeat(41) }, "cannot be the name"],
    ["a namespace that is no label", { namespace: "-load" }, '"-load" cannot be the namespace of a test run'],
    ["no runner", { parallelism: 0 }, "a test cannot have 0 runners"],
    ["half a runner", { parallelism: 1.5 }, "a test cannot have 1.5 runners"],
    ["more runners than users", { parallelism: 8, vus: 4 }, "8 runners cannot share 4 virtual users"],
    ["no URL", { url: "scim.apps" }, '"scim.apps" is not the URL of an endpoint'],
    ["another scheme", { url: "ftp://scim.apps/" }, "is not the URL of an endpoint"],
    ["credentials in the URL", { url: "https://u:p@scim.apps/" }, "the URL holds credentials, and a manifest must not"],
    [
      "loopback",
      { url: "http://127.0.0.1:8080/scim/v2" },
      "inside a pod 127.0.0.1 is the pod itself, not your endpoint",
    ],
    ["loopback by name", { url: "http://localhost/" }, "inside a pod localhost is the pod itself"],
    ["loopback as IPv6", { url: "http://[::1]:80/" }, "inside a pod [::1] is the pod itself"],
    [
      "a script that is not there",
      { script: { entry: "a.ts", files: { "b.ts": "" } } },
      "the script a.ts is not among its files",
    ],
    [
      "a path upwards",
      { script: { entry: "../a.ts", files: { "../a.ts": "" } } },
      '"../a.ts" cannot be the path of a file in a ConfigMap',
    ],
    ["a path for the shell", { data: [{ variable: "P", file: "a b;c", text: "" }] }, '"a b;c" cannot be the path'],
    [
      "an argument for the shell",
      { arguments: ["--tag", "a=$(id)"] },
      'the argument "a=$(id)" cannot be passed to the runners',
    ],
    ["a variable that is none", { environment: { "A-B": "1" } }, '"A-B" cannot be the name of an environment variable'],
    [
      "a shell variable that is none",
      { secrets: [{ variable: "T", secret: "s", key: "k", from: { variable: "x; rm" } }] },
      '"x; rm" cannot be the name',
    ],
    [
      "a variable twice",
      { environment: { SCIMULATE_PLAN: "x" } },
      "the environment variable SCIMULATE_PLAN is set twice",
    ],
    [
      "a script too large",
      { script: { entry: "a.ts", files: { "a.ts": "x".repeat(1_200_000) } } },
      "the script has 1.1 MiB, and a ConfigMap holds 1 MiB",
    ],
    [
      "data too large",
      { data: [{ variable: "P", file: "p", text: incompressible(13_000_000) }] },
      "and 12.0 MiB are the most for ConfigMaps",
    ],
  ])("%s", (_, change, message) => {
    const render = () => renderManifests({ ...RUN, ...change })
    expect(render).toThrow(message)
    expect(render).toThrow(expect.objectContaining({ code: "USAGE_MANIFEST", hint: expect.stringMatching(/.{10}/) }))
  })
})
