import { defect } from "./defect.ts"
import { changeBody } from "./rewriting.ts"

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }

export const textEscapedForHtml = defect({
  name: "text-escaped-for-html",
  title: "Text is stored with HTML entities",
  seen: "filters against cross-site scripting that clean all input; WIRE-078: the value is sent again and again",
  level: "must",
  wrap: (next) => async (request) =>
    next(
      await changeBody(request, (body) =>
        Object.fromEntries(
          Object.entries(body).map(([name, value]) => [
            name,
            typeof value === "string" ? value.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? "") : value,
          ]),
        ),
      ),
    ),
})
