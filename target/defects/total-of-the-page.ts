import { defect } from "./defect.ts"
import { changeAnswer, listIn } from "./rewriting.ts"

export const totalOfThePage = defect({
  name: "total-of-the-page",
  title: "totalResults is the number of users on the page",
  seen: "ssosync #13: only 50 results listed, so all the others were missing",
  level: "must",
  wrap: (next) => async (request) =>
    changeAnswer(await next(request), (body) =>
      "totalResults" in body ? { ...body, totalResults: listIn(body, "Resources").length } : body,
    ),
})
