import { check } from "../../define.ts"

export const createUser = check({
  id: "rfc7644-3.3-create-user",
  title: "A user that was created has an id and can be read by it at once",
  suite: "basic",
  requirement: { source: "rfc", ref: "7644 §3.3", level: "must" },
  facts: ["RFC7644-3.3-05", "RFC7644-3.4.1-01", "RFC7643-3.1-02", "WIRE-082", "WIRE-202"],
  needs: ["users"],
  clients: ["rfc", "entra", "entra-optscim"],
  confidence: "documented",
  why: "Entra stores the id of the answer and addresses the person by it from then on. Without it each cycle begins anew, and meets its own user as a conflict.",
  fix: "Answer a create with the stored user, its id included, once it can be read by that id.",
  defects: ["created-user-not-readable-at-once", "create-without-id"],
  async run({ scim, people, expect, step }) {
    const body = people.minimalUser()
    step("create a user")
    const created = await scim.post("/Users", body)
    if (!expect(created).toHaveStatus([200, 201])) return
    const { id } = created.object
    if (typeof id !== "string" || id === "") {
      expect.fail({
        code: "create-without-resource",
        message: "The answer to a create holds no id",
        expected: "the new user with its id",
        actual: created.text === "" ? "no body" : `id = ${JSON.stringify(id) ?? "nothing"}`,
        exchanges: [created.exchange],
        // The body is a SHOULD; an id in a body is a MUST.
        ...(created.text === "" && { severity: "warning" }),
      })
      return
    }

    step("read it")
    const read = await scim.get(`/Users/${id}`)
    if (!expect(read).toHaveStatus(200, { code: "created-not-readable" })) return
    expect(read).toHaveValue("id", id)
    expect(read).toHaveValue("userName", body["userName"] ?? null)
  },
})
