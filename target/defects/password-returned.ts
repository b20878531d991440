import { createHash } from "node:crypto"
import { defect } from "./defect.ts"
import { bodyOf, changeResources, routeOf, textIn } from "./rewriting.ts"

export const passwordReturned = defect({
  name: "password-returned",
  title: "The hash of a password is returned with the user",
  seen: "whole database rows turned into JSON; RFC7643-4.1.1-05",
  level: "must",
  wrap(next) {
    const hashes = new Map<string, string>()
    return async (request) => {
      const { password } = await bodyOf(request)
      const isCreate = routeOf(request) === "POST /Users"
      const answer = await next(request)
      if (isCreate && typeof password === "string") {
        hashes.set(textIn(await bodyOf(answer), "id"), createHash("sha256").update(password).digest("hex"))
      }
      return changeResources(answer, (resource) => {
        const hash = hashes.get(textIn(resource, "id"))
        return hash === undefined ? resource : { ...resource, password: hash }
      })
    }
  },
})
