import { check } from "../../define.ts"

export const charset = check({
  id: "rfc7644-3.8-charset",
  title: "Bodies of type application/scim+json; charset=utf-8 are accepted",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.8", level: "must" },
  facts: ["RFC7644-3.8-05", "WIRE-035"],
  needs: ["users"],
  clients: ["rfc", "entra", "entra-optscim"],
  confidence: "documented",
  why: "Entra sends every body like this: an endpoint that compares the header as a whole refuses all of them.",
  fix: "Compare the media type without its parameters and without regard to case.",
  defects: ["charset-refused"],
  async run({ scim, people, expect }) {
    const answer = await scim.post("/Users", people.minimalUser(), {
      headers: { "content-type": "application/scim+json; charset=utf-8" },
    })
    expect(answer).toHaveStatus([200, 201], { code: "media-type-refused" })
  },
})
