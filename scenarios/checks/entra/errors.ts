import { check } from "../../define.ts"
import { refusalCode } from "./patching.ts"

export const refusedToken = check({
  id: "entra-wrong-token",
  title: "A wrong token is refused with 401",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: authentication", level: "entra" },
  facts: ["WIRE-020", "WIRE-030", "WIRE-225", "RFC7644-2-01"],
  needs: ["users", "filter", "credentials"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "401 tells Entra that the credentials are wrong: the job goes into quarantine, and the administrator reads why. With any other answer he looks for the fault elsewhere; with 200 anybody can write.",
  fix: "Answer 401 to every request whose bearer token is not one of yours, before you look at anything else.",
  defects: ["any-token-accepted", "wrong-token-404"],
  async run({ scim, people, expect }) {
    // That the right token is accepted is what makes the refusal of a wrong one mean something.
    await scim.givenUser()
    const answer = await scim.get("/Users", {
      query: { count: "1" },
      headers: { authorization: `Bearer wrong-${people.guid()}` },
    })
    const isAccepted = answer.status >= 200 && answer.status < 300
    expect(answer).toHaveStatus(401, { code: isAccepted ? "credentials-not-checked" : "credentials-status" })
  },
})

export const invalidPatch = check({
  id: "entra-invalid-patch",
  title: "A PATCH with an operation that does not exist is refused with 400 or 422",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: gallery checklist", level: "entra" },
  facts: ["WIRE-225", "RFC7644-3.5.2-04"],
  needs: ["users", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "Microsoft's checklist asks for it. A success for something that was not done hides every later fault; 500 says that the endpoint is broken, and is repeated.",
  fix: "Answer 400 with a SCIM error message to operations that you do not know.",
  defects: ["invalid-patch-accepted"],
  async run({ scim, expect }) {
    const { id } = await scim.givenUser({ displayName: "Before" })
    const patched = await scim.patchOps(`/Users/${id}`, [{ op: "explode", path: "displayName", value: "After" }])
    const isAccepted = patched.status >= 200 && patched.status < 300
    const code = isAccepted ? "invalid-patch-accepted" : refusalCode(patched, "invalid-patch-status")
    expect(patched).toHaveStatus([400, 422], { code })
  },
})

export const errorBodies = check({
  id: "entra-error-bodies",
  title: "Errors come as SCIM error messages that say what was wrong",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: response contract", level: "entra" },
  facts: ["WIRE-206", "WIRE-222"],
  needs: ["users", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "observed",
  why: "The provisioning log shows the detail of the error. A page, or nothing, becomes a generic incompatibility that nobody can act on. Entra goes by the status all the same: this warns.",
  fix: 'Answer errors with schemas ["urn:ietf:params:scim:api:messages:2.0:Error"], status and detail, also from the framework\'s own handlers.',
  defects: ["error-as-page", "error-without-body", "error-in-own-form"],
  async run({ scim, people, expect }) {
    const { id, sent } = await scim.givenUser()
    for (const answer of [
      await scim.get(`/Users/${people.guid()}`),
      await scim.post("/Users", sent),
      await scim.patchOps(`/Users/${id}`, [{ op: "explode", path: "displayName", value: "After" }]),
    ]) {
      if (answer.status >= 400) expect(answer).toBeScimError(answer.status, undefined, { severity: "warning" })
    }
  },
})
