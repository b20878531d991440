/** The page's only script: filter, keys, copying, and opening what a link points into. Everything else works without. */
export const SCRIPT = `
(() => {
  const cases = [...document.querySelectorAll("details.case")]
  const groups = [...document.querySelectorAll("details.group")]
  const form = document.querySelector("form.filter")
  const input = document.getElementById("filter")
  const output = form.querySelector("output")
  const opened = new Map(groups.map((group) => [group, group.open]))
  const texts = new Map(cases.map((one) => [one, (one.id + " " + one.querySelector("summary").textContent).toLowerCase()]))

  const holds = (one, token) => {
    const colon = token.indexOf(":")
    const name = token.slice(0, colon)
    const value = token.slice(colon + 1)
    if (colon < 0 || !["s", "l", "area", "suite", "d", "c"].includes(name)) return texts.get(one).includes(token)
    const actual = one.dataset[name].toLowerCase()
    if (name === "s" || name === "l") return actual.startsWith(value)
    return actual.includes(value) || (name === "area" && one.id.toLowerCase().includes(value))
  }
  const apply = () => {
    const tokens = input.value.toLowerCase().split(/\\s+/).filter((token) => token !== "" && token !== "!")
    let shown = 0
    for (const one of cases) {
      one.hidden = !tokens.every((token) => (token[0] === "!" ? !holds(one, token.slice(1)) : holds(one, token)))
      if (!one.hidden) shown++
    }
    for (const group of groups) {
      group.hidden = !group.querySelector("details.case:not([hidden])")
      group.open = tokens.length > 0 ? true : opened.get(group)
    }
    output.textContent = tokens.length > 0 ? shown + " of " + cases.length + " shown" : cases.length + " cases"
    document.getElementById("no-match").hidden = shown > 0 || cases.length === 0
  }
  const filterBy = (text) => {
    input.value = text
    apply()
  }
  form.hidden = false
  form.addEventListener("submit", (event) => event.preventDefault())
  input.addEventListener("input", apply)
  apply()

  for (const link of document.querySelectorAll("[data-filter]")) {
    link.addEventListener("click", () => filterBy(link.dataset.filter))
  }

  const reveal = () => {
    let id = location.hash.slice(1)
    try { id = decodeURIComponent(id) } catch {}
    const target = document.getElementById(id)
    if (!target) return
    const one = target.closest("details.case")
    if (one && one.hidden) filterBy("")
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true
    target.scrollIntoView({ block: "start" })
  }
  addEventListener("hashchange", reveal)
  reveal()

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false
    button.addEventListener("click", async () => {
      const source = button.previousElementSibling
      try {
        await navigator.clipboard.writeText(source.textContent)
        button.textContent = "Copied"
      } catch {
        getSelection().selectAllChildren(source)
        button.textContent = "Selected"
      }
      setTimeout(() => { button.textContent = "Copy" }, 1500)
    })
  }

  const move = (by) => {
    const rows = cases.filter((one) => one.checkVisibility()).map((one) => one.querySelector("summary"))
    const at = rows.indexOf(document.activeElement)
    const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by))]
    if (next) next.focus()
  }
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target === input) {
      if (event.key === "Escape") filterBy("")
      return
    }
    if (event.key === "/") { event.preventDefault(); input.focus() }
    if (event.key === "j") move(1)
    if (event.key === "k") move(-1)
  })
})()
`
