/** Each tolerance, one request at a time: let pass as Entra needs it, and held to the RFC's letter with `--compat rfc`. */
import { describe, expect, it } from "vitest"
import { ENTERPRISE_USER_URN, GROUP_URN } from "../protocol/index.ts"
import type { JsonObject } from "./json.ts"
import { createGuardedTarget } from "./testing-guard.ts"
import type { GuardedTarget } from "./testing-guard.ts"
import { group, patch, user } from "./testing.ts"
import type { Answer } from "./testing.ts"
import { tolerancesOf } from "./tolerances.ts"
import type { Compat, Tolerances } from "./tolerances.ts"

interface World extends GuardedTarget {
  readonly ada: string
  readonly team: string
  readonly change: (...operations: readonly JsonObject[]) => Promise<Answer>
}

async function worldOf(compat: Compat): Promise<World> {
  const made = createGuardedTarget({ compat, oauthClients: [CLIENT] })
  const ada = await made.create("/Users", user("ada", { emails: [{ value: "a@x", type: "home" }] }))
  const bob = await made.create("/Users", user("bob"))
  const team = await made.create("/Groups", group("team", [ada, bob]))
  const change: World["change"] = (...operations) => made.send("PATCH", `/Users/${ada}`, patch(...operations))
  return { ...made, ada, team, change }
}

const CLIENT = { id: "entra", secret: "s3cret" }
const ADSCIM = "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"
const MANAGER = `${ENTERPRISE_USER_URN}:manager`
const DEPARTMENT = `${ENTERPRISE_USER_URN}:department`

/** The request of each tolerance, and what either mode answers: a status, and the scimType of a refusal. */
const CASES: Readonly<
  Record<keyof Tolerances, readonly [send: (world: World) => Promise<Answer>, entra: string, rfc: string]>
> = {
  operationsInAnyCase: [({ change }) => change({ op: "Add", path: "title", value: "x" }), "200", "400 invalidSyntax"],
  booleansAsText: [({ change }) => change({ op: "add", path: "active", value: "False" }), "200", "400 invalidValue"],
  quotedBooleansInFilters: [
    ({ send }) => send("GET", '/Users?filter=roles[primary eq "True"]'),
    "200",
    "400 invalidFilter",
  ],
  subAttributeAfterBrackets: [
    ({ send }) => send("GET", '/Users?filter=emails[type eq "home"].value eq "a@x"'),
    "200",
    "400 invalidFilter",
  ],
  createsSelectedElement: [
    ({ change }) => change({ op: "replace", path: 'emails[type eq "work"].value', value: "w@x" }),
    "200",
    "400 noTarget",
  ],
  removesListedValues: [
    ({ send, team, ada }) => {
      return send("PATCH", `/Groups/${team}`, patch({ op: "remove", path: "members", value: [{ value: ada }] }))
    },
    "204",
    "400 invalidValue",
  ],
  // What no schema knows is ignored, so that the mode shows in what is stored.
  pathsAsKeys: [
    ({ change }) => change({ op: "add", value: { "name.givenName": "Ada" } }),
    '200 {"givenName":"Ada"}',
    "200",
  ],
  plainComplexValues: [
    ({ change, ada }) => change({ op: "add", path: MANAGER, value: ada }),
    "200",
    "400 invalidValue",
  ],
  emptyValueUnassigns: [({ change }) => change({ op: "replace", path: MANAGER, value: "" }), "200", "400 invalidValue"],
  wrappedSimpleValues: [
    ({ change }) => change({ op: "add", path: "title", value: [{ value: "x" }] }),
    "200",
    "400 invalidValue",
  ],
  dotAfterSchema: [
    ({ change }) => change({ op: "add", path: DEPARTMENT.replace(":department", ".department"), value: "x" }),
    "200",
    "400 invalidPath",
  ],
  unqualifiedPaths: [({ change }) => change({ op: "add", path: "department", value: "x" }), "200", "400 invalidPath"],
  unknownSchemas: [
    ({ send }) => send("POST", "/Groups", { schemas: [GROUP_URN, ADSCIM], displayName: "other" }),
    "201",
    "400 invalidValue",
  ],
  uniqueGroupNames: [
    ({ send }) => send("POST", "/Groups", { schemas: [GROUP_URN], displayName: "TEAM" }),
    "409 uniqueness",
    "201",
  ],
  clientCredentialsTwice: [
    ({ askForToken }) => {
      const form = { grant_type: "client_credentials", client_id: CLIENT.id, client_secret: CLIENT.secret }
      const basic = Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString("base64")
      return askForToken(form, { headers: { authorization: `Basic ${basic}` } })
    },
    "200",
    "400",
  ],
}

function outcomeOf({ status, json }: Answer): string {
  const { scimType, name } = json
  const more = typeof scimType === "string" ? scimType : name === undefined ? "" : JSON.stringify(name)
  return `${status} ${more}`.trim()
}

const NAMES = Object.keys(tolerancesOf("entra")).filter((name): name is keyof Tolerances => name in CASES)

describe.each(NAMES)("the tolerance %s", (name) => {
  const [send, entra, rfc] = CASES[name]

  it.each([
    ["entra", entra],
    ["rfc", rfc],
  ] as const)("with --compat %s: %s", async (compat, expected) => {
    const world = await worldOf(compat)
    expect(outcomeOf(await send(world))).toBe(expected)
    world.target.close()
  })
})

it("every tolerance is tried", () => {
  expect(NAMES).toEqual(Object.keys(tolerancesOf("rfc")))
})
