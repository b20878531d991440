import { check } from "../../define.ts"

export const mediaType = check({
  id: "rfc7644-3.8-media-type",
  title: "Answers are application/scim+json, also where the client names no type or any",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.8", level: "must" },
  facts: ["RFC7644-3.8-02", "RFC7644-3.8-04", "RFC7644-8.1-01"],
  needs: ["users"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Clients choose their parser by the media type; Microsoft's validator has warned or failed on it, depending on its version (WIRE-037).",
  fix: "Send Content-Type: application/scim+json with every SCIM answer, whatever the framework's default for JSON is.",
  defects: ["media-type-json", "accept-needed"],
  async run({ scim, expect }) {
    const { id } = await scim.givenUser()
    for (const accept of ["application/scim+json", "*/*", null]) {
      const answer = await scim.get(`/Users/${id}`, { headers: { accept } })
      if (expect(answer).toHaveStatus(200)) expect(answer).toBeScim()
    }
  },
})
