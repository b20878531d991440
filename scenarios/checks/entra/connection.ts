import { check } from "../../define.ts"
import { describeAnswer, describeRequest, statusKind } from "../../describe.ts"
import { ENTRA_HEADERS } from "./requests.ts"
import { expectCount, search } from "./searching.ts"

export const connectionTest = check({
  id: "entra-connection-test",
  title: "The search of Test Connection, for a user who cannot exist, is answered with 200 and an empty list",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: Test Connection", level: "entra" },
  facts: ["WIRE-057", "WIRE-060", "WIRE-061", "WIRE-062", "WIRE-217"],
  needs: ["users", "filter"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "Entra sends it when the connection is set up, and again at the start of every cycle. 404 fails the test, and puts a running job in quarantine; somebody's account in place of nobody is a match that is none.",
  fix: "Answer a search without matches with 200, totalResults 0 and an empty Resources, in a ListResponse.",
  defects: ["empty-search-404", "filter-ignored", "list-as-array"],
  async run({ scim, people, expect }) {
    // An endpoint that ignores the filter shows it only where there is somebody to be found.
    await scim.givenUser()
    expectCount(expect, await search({ scim, expect }, "/Users", `userName eq "${people.guid()}"`), 0)
  },
})

export const groupConnectionTest = check({
  id: "entra-group-connection-test",
  title: "The search for a group that cannot exist, without its members, is answered with 200 and an empty list",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: Test Connection", level: "entra" },
  facts: ["WIRE-058", "WIRE-061", "WIRE-157"],
  needs: ["groups", "filter"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "Where groups are provisioned, Entra tests the connection with a group as well.",
  fix: "Answer a search for groups without matches with 200 and an empty ListResponse, and honour excludedAttributes beside a filter.",
  defects: ["empty-search-404", "group-filter-ignored"],
  async run({ scim, people, expect }) {
    await scim.givenGroup()
    const filter = `displayName eq "${people.guid()}"`
    expectCount(expect, await search({ scim, expect }, "/Groups", filter, { excludedAttributes: "members" }), 0)
  },
})

export const requestHeaders = check({
  id: "entra-request-headers",
  title: "Requests are served with the headers that Entra sends, and without those that it does not",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: headers and media types", level: "entra" },
  facts: ["WIRE-035", "WIRE-036", "WIRE-038", "WIRE-039", "RFC7644-3.8-04", "RFC7644-3.8-05"],
  needs: ["users"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "Entra's searches carry no Accept and no User-Agent, its bodies a charset, and every request a header of its own. An endpoint, or a firewall before it, that minds fails Test Connection.",
  fix: "Ask for no Accept and no User-Agent, ignore headers you do not know, and compare media types without their parameters.",
  defects: ["accept-needed", "charset-refused"],
  async run({ scim, people, expect }) {
    const code = "headers-refused"
    const found = await scim.get("/Users", { query: { count: "1" }, headers: ENTRA_HEADERS })
    // Where nobody is there yet, how an empty list is answered is for Test Connection to say.
    if (found.status !== 404) expect(found).toHaveStatus(200, { code: statusKind(found.status) ?? code })
    const headers = { ...ENTRA_HEADERS, "content-type": "application/scim+json; charset=utf-8" }
    const created = await scim.post("/Users", people.minimalUser(), { headers })
    expect(created).toHaveStatus([200, 201], { code: statusKind(created.status) ?? code })
  },
})

export const noIfMatch = check({
  id: "entra-no-if-match",
  title: "Changes and deletes need no If-Match",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: headers and media types", level: "entra" },
  facts: ["WIRE-040", "WIRE-096", "WIRE-105", "WIRE-182"],
  needs: ["users", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "None of Entra's documented or captured requests carries If-Match. Where it is mandatory, every change fails with 412 or 428.",
  fix: "Check If-Match where it is sent, and go without where it is not.",
  defects: ["if-match-required"],
  async run({ scim, expect }) {
    const { id } = await scim.givenUser({ displayName: "Before" })
    const path = `/Users/${id}`
    for (const answer of [
      await scim.patchOps(path, [{ op: "replace", path: "displayName", value: "After" }]),
      await scim.delete(path),
    ]) {
      expect.that(answer.status !== 412 && answer.status !== 428, {
        code: "if-match-required",
        message: `${describeRequest(answer)} is refused without If-Match`,
        expected: "status 200 or 204",
        actual: describeAnswer(answer),
        exchanges: [answer.exchange],
      })
    }
  },
})

export const answerMediaType = check({
  id: "entra-answer-media-type",
  title: "Answers to searches and creates are application/scim+json",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: headers and media types", level: "entra" },
  facts: ["WIRE-037"],
  needs: ["users"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "Microsoft asks for it, and its validator has failed endpoints for it. That the service itself minds was never shown: this warns.",
  fix: "Send Content-Type: application/scim+json with every SCIM answer.",
  defects: ["media-type-json"],
  async run({ scim, people, expect }) {
    const { answer } = await scim.givenUser()
    const found = await search({ scim, expect }, "/Users", `userName eq "${people.guid()}"`)
    for (const seen of [answer, found]) {
      if (seen.text !== "") expect(seen).toBeScim({ severity: "warning" })
    }
  },
})
