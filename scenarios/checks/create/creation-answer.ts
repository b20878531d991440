import { check } from "../../define.ts"

export const creationAnswer = check({
  id: "rfc7644-3.3-creation-answer",
  title: "A create is answered with 201 and the URL of the new resource, in Location and in meta.location",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.3", level: "must" },
  facts: ["RFC7644-3.3-04", "RFC7644-3.3-06", "RFC7643-3.1-17", "RFC9110-10.2.2-01"],
  needs: ["users"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Clients that keep URLs take them from Location; two different URLs for one resource make them manage it twice.",
  fix: "Answer 201, and send the resource's absolute URL both as Location and as meta.location.",
  defects: ["create-answers-200", "location-missing", "location-of-the-collection"],
  async run({ scim, expect, baseUrl }) {
    const { id, answer } = await scim.givenUser()
    expect(answer).toHaveStatus(201, { code: "create-status" })
    if (!expect(answer).toHaveHeader("location", undefined, { code: "location-missing" })) return

    // Relative references are legal: both are compared as the URLs they stand for.
    const header = URL.parse(answer.header("location") ?? "", `${baseUrl}/`)?.href
    const meta = answer.object["meta"]
    const location = typeof meta === "object" && meta !== null && "location" in meta ? meta["location"] : undefined
    const body = typeof location === "string" ? URL.parse(location, `${baseUrl}/`)?.href : undefined
    expect.that(header === body && header?.endsWith(`/Users/${id}`) === true, {
      code: "location-wrong",
      message: "Location and meta.location do not both name the new user",
      expected: `one URL that ends in /Users/${id}`,
      actual: `Location: ${header ?? "no URL"}, meta.location: ${body ?? "no URL"}`,
      exchanges: [answer.exchange],
    })
  },
})
