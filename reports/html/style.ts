/** The page's style: one sheet, two palettes, system fonts, no pictures. */
export const STYLE = `
:root {
  --bg: #faf9f7; --panel: #ffffff; --sunk: #f4f2ee; --ink: #1d1b19; --soft: #5c5751; --line: #e3dfd8; --accent: #2f4fb5;
  --fail: #b0231b; --fail-bg: #fcefed; --warn: #875a00; --warn-bg: #fdf5e2; --pass: #1c6b43; --pass-bg: #ebf6ef;
  --skip: #625d56; --skip-bg: #f1eee9; --err: #6c35a8; --err-bg: #f5effc; --key: #37548f; --mark: #f9d9a5;
  --sans: -apple-system, BlinkMacSystemFont, "Segoe UI", Inter, Roboto, "Noto Sans", "Helvetica Neue", "Liberation Sans", Arial, system-ui, sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #131416; --panel: #1a1c1f; --sunk: #222528; --ink: #ebe9e6; --soft: #aaa59d; --line: #33363a; --accent: #9db4ff;
    --fail: #ff9389; --fail-bg: #331b1a; --warn: #eebb5d; --warn-bg: #302613; --pass: #7fd0a1; --pass-bg: #16291f;
    --skip: #aaa59d; --skip-bg: #27292c; --err: #cfabf7; --err-bg: #291f38; --key: #9fbcf3; --mark: #5d4516;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 5.5rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--bg); color: var(--ink); font: 400 15px/1.55 var(--sans); }
.masthead, main, body > footer { max-width: 1120px; margin: 0 auto; padding: 0 28px; }
h1, h2, h3, h4, p, dl, ul, ol, figure { margin: 0; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 2px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
code, pre, kbd { font: 12.5px/1.55 var(--mono); }
code { overflow-wrap: anywhere; unicode-bidi: isolate; }
pre { margin: 0; padding: 10px 12px; overflow: auto; max-height: 26rem; background: var(--sunk); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
pre b { font-weight: 400; color: var(--key); }
summary { cursor: pointer; }
[hidden] { display: none !important; }
.sheet { position: absolute; width: 0; height: 0; }
.i { width: 16px; height: 16px; vertical-align: -3px; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; flex: none; }
.i .disc, symbol .disc { stroke-width: 1.3; }
.i.failed { color: var(--fail); } .i.warned { color: var(--warn); } .i.passed { color: var(--pass); }
.i.skipped, .i.unknown { color: var(--skip); } .i.errored { color: var(--err); }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 12px; top: 12px; background: var(--panel); padding: 8px 12px; z-index: 9; }
.label { font-size: 11.5px; font-weight: 600; letter-spacing: .05em; text-transform: uppercase; color: var(--soft); }
.basis, .empty, .lead { font-size: 13.5px; color: var(--soft); }
.nowrap { white-space: nowrap; }
.tag { display: inline-block; padding: 0 7px; border: 1px solid var(--line); border-radius: 99px; font-size: 12px; color: var(--soft); background: var(--panel); white-space: nowrap; }
.code { font-size: 12px; color: var(--soft); font-weight: 400; }

.masthead { padding-top: 40px; }
.product { font-size: 13.5px; color: var(--soft); }
.product b { color: var(--ink); font-weight: 700; letter-spacing: -.01em; font-size: 15px; }
.product span { margin-left: 10px; padding-left: 10px; border-left: 1px solid var(--line); }
h1 { margin-top: 18px; font-size: clamp(20px, 3.4vw, 30px); line-height: 1.2; font-weight: 650; letter-spacing: -.02em; overflow-wrap: anywhere; }
.kind { color: var(--soft); margin-top: 4px; }
.facts { display: flex; flex-wrap: wrap; gap: 10px 32px; margin-top: 20px; padding-top: 16px; border-top: 1px solid var(--line); }
.facts dt { font-size: 12.5px; color: var(--soft); }
.facts dd { margin: 0; font-weight: 500; font-variant-numeric: tabular-nums; }
.banner { display: flex; gap: 10px; margin-top: 20px; padding: 12px 16px; background: var(--warn-bg); border-radius: 8px; }
.banner .i { margin-top: 4px; }

main > section { margin-top: 44px; }
h2 { font-size: 19px; line-height: 1.3; font-weight: 650; letter-spacing: -.012em; margin-bottom: 14px; }
h3 { font-size: 15px; font-weight: 600; line-height: 1.4; }

.verdicts { display: grid; grid-template-columns: repeat(3, 1fr); gap: 16px; }
.verdict { display: flex; flex-direction: column; padding: 18px 20px 16px; background: var(--panel); border: 1px solid var(--line); border-top: 3px solid var(--tone); border-radius: 8px; }
.verdict h3 { color: var(--soft); font-weight: 500; font-size: 14px; }
.outcome { font-size: 21px; line-height: 1.3; font-weight: 650; letter-spacing: -.015em; color: var(--tone); margin: 2px 0 10px; }
.outcome .i { width: 20px; height: 20px; margin-right: 2px; color: inherit; }
.sentence { font-size: 15px; overflow-wrap: anywhere; }
.untested-part { display: block; margin-top: 8px; font-size: 13.5px; color: var(--soft); }
.reasons { margin-top: auto; padding-top: 12px; display: flex; flex-wrap: wrap; gap: 2px 12px; font-size: 13px; color: var(--soft); }
.verdict.ready { --tone: var(--pass); } .verdict.ready-with-warnings { --tone: var(--warn); }
.verdict.not-ready { --tone: var(--fail); } .verdict.unknown { --tone: var(--skip); }

main > .worst { margin-top: 20px; padding: 20px 22px; border-radius: 8px; background: var(--fail-bg); }
.worst.warning { background: var(--warn-bg); }
.worst h2 { font-size: 12px; letter-spacing: .05em; text-transform: uppercase; color: var(--fail); margin-bottom: 6px; }
.worst.warning h2 { color: var(--warn); }
.headline { font-size: 20px; line-height: 1.35; font-weight: 600; letter-spacing: -.012em; max-width: 46em; overflow-wrap: anywhere; }
.proof { margin: 12px 0 4px; overflow-wrap: anywhere; }
.proof b { font-weight: 600; }
.worst .fix { margin: 8px 0; max-width: 60em; }
.worst .basis, .worst .command summary { color: var(--ink); }
.fix .label { margin-right: 6px; color: var(--pass); }

.counts { display: grid; grid-template-columns: 1fr; gap: 10px; }
.counts h2 { margin: 0; }
.bar { width: 100%; border-radius: 5px; display: block; background: var(--sunk); }
.bar .failed { fill: var(--fail); } .bar .warned { fill: #d99a2b; } .bar .passed { fill: #4ca374; } .bar .skipped { fill: #b9b2a7; } .bar .errored { fill: var(--err); }
.legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 6px 22px; font-variant-numeric: tabular-nums; }
.legend a { color: inherit; text-decoration: none; }
.legend a:hover { text-decoration: underline; }

.causes { list-style: none; padding: 0; border-top: 1px solid var(--line); }
.causes > li { display: grid; grid-template-columns: 190px 1fr; gap: 4px 20px; padding: 16px 0; border-bottom: 1px solid var(--line); }
.reach { font-weight: 500; font-variant-numeric: tabular-nums; }
.causes .failure .reach { color: var(--fail); } .causes .warning .reach { color: var(--warn); }
.causes > li:target { background: var(--sunk); box-shadow: 0 0 0 10px var(--sunk); border-radius: 2px; }
.causes .name { font-weight: 600; overflow-wrap: anywhere; }
.causes .fix { margin: 4px 0; }
.causes .basis { display: flex; flex-wrap: wrap; gap: 0 14px; }

.untested { list-style: none; padding: 0; margin-top: 8px; }
.untested > li { padding: 8px 0; border-bottom: 1px solid var(--line); }
.untested ul { margin: 8px 0 4px; padding-left: 26px; font-size: 14px; }
.untested li li { padding: 2px 0; }

.scroll { overflow-x: auto; }
table { width: 100%; min-width: 640px; border-collapse: collapse; font-size: 13.5px; }
th, td { text-align: left; padding: 8px 16px 8px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { font-size: 12.5px; font-weight: 500; color: var(--soft); }
tbody th { font-weight: 500; }
td small { display: block; color: var(--soft); }
#section-capabilities .scroll { max-width: 780px; }
#section-capabilities table { min-width: 470px; }
.contradicted { color: var(--warn); border-color: currentColor; }

.filter { position: sticky; top: 0; z-index: 2; display: grid; grid-template-columns: auto 1fr auto; align-items: center; gap: 2px 12px; padding: 10px 0; background: var(--bg); border-bottom: 1px solid var(--line); }
.filter label { font-weight: 500; }
.filter input { width: 100%; padding: 7px 12px; font: 13.5px var(--mono); color: var(--ink); background: var(--panel); border: 1px solid #8d867b; border-radius: 6px; }
.filter input::placeholder { color: var(--soft); opacity: 1; }
.filter output { font-size: 13.5px; color: var(--soft); font-variant-numeric: tabular-nums; }
.filter p { grid-column: 2 / -1; font-size: 12.5px; color: var(--soft); }
.filter p code { color: var(--ink); font-size: 12px; }
kbd { padding: 0 5px; border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 4px; background: var(--panel); font-size: 11.5px; }

.group { margin-top: 18px; }
.group > summary { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 16px; padding: 6px 0; list-style: none; }
.group > summary::-webkit-details-marker, .case > summary::-webkit-details-marker { display: none; }
.group > summary::before { content: ""; align-self: center; width: 7px; height: 7px; margin: 0 -4px 0 2px; border: solid var(--soft); border-width: 0 1.6px 1.6px 0; transform: rotate(-45deg); }
.group[open] > summary::before { transform: rotate(45deg); }
.tally { font-size: 13px; color: var(--soft); font-variant-numeric: tabular-nums; }
.tally .i { width: 13px; height: 13px; vertical-align: -2px; }

.case { background: var(--panel); border: 1px solid var(--line); border-bottom-width: 0; }
.group > summary + .case, .case:first-of-type { border-top-left-radius: 8px; border-top-right-radius: 8px; }
.case:last-of-type { border-bottom-width: 1px; border-bottom-left-radius: 8px; border-bottom-right-radius: 8px; }
.case > summary { display: grid; grid-template-columns: 92px 1fr 64px 64px; gap: 0 14px; padding: 10px 16px; list-style: none; }
.case > summary:hover { background: var(--sunk); }
.status { font-size: 13.5px; white-space: nowrap; }
.status .word { margin-left: 6px; }
.failed .word { color: var(--fail); font-weight: 600; } .warned .word { color: var(--warn); font-weight: 600; }
.errored .word { color: var(--err); font-weight: 600; } .passed .word, .skipped .word { color: var(--soft); }
.what { min-width: 0; overflow-wrap: anywhere; }
.what > .title { display: block; font-weight: 500; }
.gist { display: block; font-size: 13.5px; color: var(--soft); }
.failed .gist { color: var(--fail); } .warned .gist { color: var(--warn); }
.key { color: var(--soft); font-size: 12px; margin-right: 8px; }
.level { justify-self: start; align-self: start; margin-top: 2px; padding: 0 6px; border-radius: 4px; font-size: 11px; font-weight: 600; letter-spacing: .03em; background: var(--skip-bg); color: var(--skip); }
.level.entra { color: var(--accent); }
.ms { justify-self: end; font-size: 13px; color: var(--soft); font-variant-numeric: tabular-nums; white-space: nowrap; }
.case[open] > summary { border-bottom: 1px solid var(--line); }
.body { display: grid; grid-template-columns: minmax(0, 1fr); gap: 18px; padding: 18px 20px 22px; }
.provenance { font-size: 13.5px; color: var(--soft); }
.provenance b { color: var(--ink); font-weight: 600; }

.finding h4 { font-size: 16px; line-height: 1.4; font-weight: 600; overflow-wrap: anywhere; }
.finding .kind { display: inline; margin-right: 4px; color: var(--fail); }
.finding.warning .kind { color: var(--warn); } .finding.note .kind { color: var(--soft); }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; margin: 10px 0 12px; }
.side { padding: 10px 14px 12px; border-radius: 6px; background: var(--pass-bg); min-width: 0; }
.side.actual { background: var(--fail-bg); }
.finding.warning .actual { background: var(--warn-bg); } .finding.note .side { background: var(--sunk); }
.side .label { color: var(--ink); }
.side .text { font: 13px/1.55 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
mark { background: var(--mark); color: inherit; border-radius: 2px; padding: 0 1px; }
.finding .fix { margin-bottom: 4px; max-width: 62em; }
.again { display: flex; flex-wrap: wrap; gap: 8px 28px; }
.again .command { max-width: 100%; }
.command > summary { font-size: 13.5px; color: var(--accent); width: fit-content; }
.copy { display: flex; gap: 8px; align-items: flex-start; margin-top: 8px; }
.copy pre { flex: 1; min-width: 0; }
button { font: 500 13px var(--sans); color: var(--ink); background: var(--panel); border: 1px solid #8d867b; border-radius: 6px; padding: 6px 12px; cursor: pointer; }
button:hover { background: var(--sunk); }
.worst .copy pre { background: var(--panel); }

.fold > summary, .exchanges > .label { font-size: 13.5px; font-weight: 600; letter-spacing: 0; text-transform: none; color: var(--ink); margin-bottom: 6px; }
.scroll + .fold { margin-top: 12px; }
.count { font-weight: 400; color: var(--soft); }
.steps { padding-left: 24px; font-size: 14px; }
.steps li { padding: 2px 0; }
.steps time { color: var(--soft); font-size: 13px; margin-left: 8px; font-variant-numeric: tabular-nums; white-space: nowrap; }
.change { font-size: 13px; }
td ol { margin: 6px 0; padding-left: 20px; }

.exchange { border: 1px solid var(--line); border-radius: 6px; margin-top: 8px; }
.exchange > summary { display: flex; flex-wrap: wrap; gap: 2px 12px; align-items: baseline; padding: 7px 12px; }
.exchange > summary .line { flex: 1 1 20em; font-weight: 500; }
.answer { font-size: 13px; color: var(--pass); font-variant-numeric: tabular-nums; }
.answer.bad { color: var(--fail); }
.exchange > summary::before { content: ""; align-self: center; width: 5px; height: 5px; border: solid var(--soft); border-width: 0 1.4px 1.4px 0; transform: rotate(-45deg); }
.exchange[open] > summary::before { transform: rotate(45deg); }
.exchange[open] > summary { border-bottom: 1px solid var(--line); }
.wire { display: grid; grid-template-columns: 1fr 1fr; gap: 14px; padding: 12px; }
.wire > div { min-width: 0; display: grid; gap: 6px; align-content: start; }
.headers > summary { font-size: 12.5px; color: var(--soft); }
.exchange > .command { padding: 0 12px 12px; }

.timeline .scroll { border: 1px solid var(--line); border-radius: 8px; padding: 8px 14px; }
.timeline svg { display: block; width: 100%; min-width: 720px; height: auto; font: 12px var(--sans); }
.timeline text { fill: var(--ink); }
.timeline .lane { font-weight: 600; } .timeline .tick { fill: var(--soft); text-anchor: middle; }
.rail { stroke: var(--line); } .grid { stroke: var(--line); stroke-dasharray: 2 3; }
rect.step { fill: var(--panel); stroke: var(--accent); stroke-width: 1.4; }
text.step { text-anchor: middle; font-size: 11.5px; font-weight: 600; }
.cycle { fill: var(--accent); opacity: .75; } .cycle.initial { opacity: 1; } .cycle.held { fill: var(--fail); }
rect.state.active { fill: var(--pass-bg); stroke: var(--pass); } rect.state.held { fill: var(--warn-bg); stroke: var(--warn); } rect.state.stopped { fill: var(--skip-bg); stroke: var(--skip); }
.hatch { stroke: var(--warn); opacity: .35; }
text.state { font-weight: 500; }
.mark { stroke-width: 1.8; } .mark.good { stroke: var(--accent); } .mark.bad { stroke: var(--fail); stroke-width: 2.2; }
#section-load table { min-width: 860px; margin-top: 12px; }
#section-load thead th:nth-child(n+2):not(:nth-child(10)), td.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
#section-load .basis { margin: 14px 0 0; }
.load-verdict { margin: 10px 0 16px; font-size: 17px; font-weight: 600; }
.load-verdict.broken { color: var(--fail); } .load-verdict.warned { color: var(--warn); } .load-verdict.kept { color: var(--pass); }
td.late { color: var(--warn); font-weight: 600; }
.spark { display: block; fill: none; stroke: var(--accent); stroke-width: 1.5; stroke-linejoin: round; }
.spark circle { fill: var(--accent); stroke: none; }
.over-time svg { display: block; width: 100%; height: auto; margin-top: 12px; font: 12px var(--sans); }
.over-time text { fill: var(--soft); } .over-time .answered { fill: var(--accent); opacity: .8; } .over-time .late { fill: var(--warn); } .over-time .wrong { fill: var(--fail); }
figcaption { margin-top: 6px; font-size: 13px; color: var(--soft); }

body > footer { margin-top: 56px; padding-top: 22px; padding-bottom: 56px; color: var(--soft); font-size: 13.5px; }
body > footer h2 { font-size: 14px; color: var(--ink); margin-bottom: 6px; }
body > footer ul { padding-left: 18px; max-width: 70em; }

@media (max-width: 860px) {
  .verdicts { grid-template-columns: 1fr; }
  .causes > li { grid-template-columns: 1fr; }
  .sides, .wire { grid-template-columns: minmax(0, 1fr); }
}
@media (max-width: 620px) {
  .masthead, main, body > footer { padding: 0 16px; }
  .masthead { padding-top: 24px; }
  .facts { gap: 8px 24px; }
  .case > summary { grid-template-columns: 1fr auto auto; padding: 10px 12px; gap: 4px 10px; }
  .what { grid-column: 1 / -1; grid-row: 2; }
  .body { padding: 14px 12px 18px; }
  .filter { grid-template-columns: 1fr auto; }
  .filter label { position: absolute; clip-path: inset(50%); }
  .filter p { display: none; }
}
@media print {
  :root { color-scheme: light; }
  body { font-size: 11px; background: none; }
  .filter, .skip, button, .command > summary { display: none; }
  .case:is(.failed, .warned, .errored)::details-content, .group::details-content, .fold::details-content { content-visibility: visible; display: block; }
  .case, .verdict, .causes > li, .finding { break-inside: avoid; }
  .case.failed, .case.warned { break-inside: auto; }
  pre { max-height: none; }
  a { color: inherit; }
}
`
