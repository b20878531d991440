import { defect } from "./defect.ts"
import { changeAnswer, textIn } from "./rewriting.ts"

export const totalResultsAsText = defect({
  name: "total-results-as-text",
  title: 'totalResults is a text: "3"',
  seen: "counts that the database driver returns as text; Okta insists on integers (RFC7644-3.4.2-02)",
  level: "must",
  wrap: (next) => async (request) =>
    changeAnswer(await next(request), (body) =>
      "totalResults" in body ? { ...body, totalResults: textIn(body, "totalResults") } : body,
    ),
})
