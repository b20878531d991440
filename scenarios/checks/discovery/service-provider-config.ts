import { check } from "../../define.ts"
import { isArray, isObject, readPath } from "../../path-value.ts"

const FEATURES = ["patch", "bulk", "filter", "changePassword", "sort", "etag"]

export const serviceProviderConfig = check({
  id: "rfc7643-5-service-provider-config",
  title: "ServiceProviderConfig says of each optional feature whether it is there",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7643 §5", level: "must" },
  facts: ["RFC7644-4-01", "RFC7643-5-01", "RFC7643-5-04", "RFC7644-3.2-04", "WIRE-067"],
  needs: [],
  clients: ["rfc"],
  confidence: "documented",
  why: "Clients decide by this document whether to use PATCH, filters or ETags, and do without where it is silent.",
  fix: 'Answer GET /ServiceProviderConfig with {"supported": true or false} for patch, bulk, filter, changePassword, sort and etag, and with authenticationSchemes.',
  defects: ["config-without-etag", "config-missing"],
  async run({ scim, expect }) {
    const config = await scim.get("/ServiceProviderConfig")
    if (!expect(config).toHaveStatus(200, { code: "config-missing" })) return
    const silent = FEATURES.filter((feature) => typeof readPath(config.json, `${feature}.supported`) !== "boolean")
    expect.that(silent.length === 0, {
      code: "config-incomplete",
      message: `ServiceProviderConfig does not say whether it supports ${silent.join(", ")}`,
      expected: `a Boolean ${silent[0] ?? ""}.supported`,
      actual: `${silent[0] ?? ""} = ${JSON.stringify(config.object[silent[0] ?? ""]) ?? "nothing"}`,
      exchanges: [config.exchange],
    })
    const schemes = config.object["authenticationSchemes"]
    expect.that(isArray(schemes) && schemes.every((scheme) => isObject(scheme) && typeof scheme["type"] === "string"), {
      code: "config-incomplete",
      message: "authenticationSchemes is no list of schemes with a type",
      expected: 'such as [{"type": "oauthbearertoken", "name": …, "description": …}]',
      actual: `authenticationSchemes = ${JSON.stringify(schemes) ?? "nothing"}`,
      exchanges: [config.exchange],
    })
  },
})
