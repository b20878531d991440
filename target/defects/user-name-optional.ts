import { defect } from "./defect.ts"
import { bodyOf, changeRequest, routeOf } from "./rewriting.ts"

export const userNameOptional = defect({
  name: "user-name-optional",
  title: "A user without userName is created under an invented one",
  seen: "servers that fall back to a name of their own; RFC7643-4.1.1-01",
  level: "must",
  wrap(next) {
    let count = 0
    return async (request) => {
      if (routeOf(request) !== "POST /Users") return next(request)
      const body = await bodyOf(request)
      if (Object.keys(body).length === 0 || (body["userName"] !== undefined && body["userName"] !== "")) {
        return next(request)
      }
      count += 1
      return next(await changeRequest(request, { body: { ...body, userName: `unnamed-${count}` } }))
    }
  },
})
