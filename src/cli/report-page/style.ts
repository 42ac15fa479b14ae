/** Colours for a light and a dark screen, each told apart without seeing red from green; lightness differs too. */
export const pageStyle = `
:root { color-scheme: light dark; --page: #fff; --text: #1c2126; --dim: #5b6670; --rule: #d8dee4; --on: #b9d7ee;
  --off: #d5d9dd; --disable: #8a63d2; --drain: #e3b341; --deploy: #2f6f9f; --check: #56a3a6; --enable: #1f6feb; --warm-up: #f2c9a1; --soak: #a9c4e8;
  --bad: #c0262d; --calls: #4878a8; --quiet: #0a7d4f; --last: #a05a00; }
@media (prefers-color-scheme: dark) { :root { --page: #14181c; --text: #e3e8ec; --dim: #98a3ad; --rule: #323a42;
  --on: #27465e; --off: #3a424a; --disable: #a88be8; --drain: #c99a2c; --deploy: #5b9fd0; --check: #3f8c8f;
  --enable: #2f74ff; --warm-up: #8a5a33; --soak: #4a6a94; --bad: #ff7b7b; --calls: #79aede; --quiet: #4fd69c; --last: #f0a94a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 84rem; padding: 1rem clamp(0.75rem, 3vw, 2.5rem) 3rem; background: var(--page);
  color: var(--text); font: 15px/1.5 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif;
  overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0.5rem 0; } h2 { font-size: 1.1rem; margin: 0 0 0.25rem; }
section { border-top: 1px solid var(--rule); margin-top: 1.75rem; padding-top: 1rem; }
.lead { font-size: 1.05rem; margin: 0.25rem 0; } .dim, time, figcaption { color: var(--dim); }
.dim { font-size: 0.9rem; margin: 0 0 0.75rem; } time { font-variant-numeric: tabular-nums; }
.bad { color: var(--bad); } .result { border: 1px solid currentcolor; border-radius: 0.6rem; font-size: 0.8rem;
  font-weight: 400; padding: 0 0.5rem; white-space: nowrap; }
.left-off, .stuck { color: var(--bad); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.1rem 1rem; margin: 1rem 0; }
dt { color: var(--dim); } dd { margin: 0; } code { font: 0.87em/1.5 ui-monospace, Menlo, Consolas, monospace; }
.row { display: grid; grid-template-columns: 11rem minmax(0, 1fr); column-gap: 1rem; align-items: center; }
svg { display: block; overflow: hidden; } .axis { overflow: visible; } figure { margin: 0.5rem 0 0; }
figcaption { font-size: 0.85rem; } .chart { border-bottom: 1px solid var(--rule); shape-rendering: crispEdges; }
.axis text { fill: var(--dim); font-size: 12px; } .tick { stroke: var(--dim); }
rect.on { fill: var(--on); } rect.off { fill: var(--off); } rect.exposed { fill: var(--bad); stroke: var(--bad); }
rect.disable { fill: var(--disable); stroke: var(--disable); } rect.drain { fill: var(--drain); }
rect.deploy { fill: var(--deploy); } rect.check { fill: var(--check); } rect.warm-up { fill: var(--warm-up); } rect.soak { fill: var(--soak); }
rect.enable { fill: var(--enable); stroke: var(--enable); }
rect.failed { fill: none; stroke: var(--bad); stroke-width: 2; } rect.drain.failed { fill: var(--drain); }
rect.deploy.failed { fill: var(--deploy); } rect.skipped { fill-opacity: 0.35; }
.calls { fill: var(--calls); } .decided { fill: var(--text); stroke: var(--page); }
line.quiet { stroke: var(--quiet); stroke-width: 2; } line.last { stroke: var(--last); stroke-dasharray: 3 2; stroke-width: 1.5; }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; list-style: none; margin: 0.75rem 0 0; padding: 0;
  font-size: 0.85rem; } .legend li { align-items: center; display: flex; gap: 0.35rem; }
.notes { margin: 0.75rem 0; padding-left: 1.1rem; }
table { border-collapse: collapse; font-size: 0.9rem; margin-top: 0.75rem; width: 100%; }
th { color: var(--dim); font-weight: 400; text-align: left; }
th, td { border-bottom: 1px solid var(--rule); padding: 0.25rem 0.75rem 0.25rem 0; vertical-align: top; }
table.steps td:last-child, table.callers td:first-child { width: 100%; }
table.steps th, table.steps td:not(:last-child), table.callers th, table.callers td:not(:first-child) { white-space: nowrap; }
details { margin-top: 0.5rem; } summary { cursor: pointer; } .requests li { margin: 0.4rem 0; }
.requests code { display: block; }
@media (max-width: 40rem) { .row { grid-template-columns: minmax(0, 1fr); } .row .name { font-size: 0.85rem; }
  dl { grid-template-columns: minmax(0, 1fr); } dd { margin-bottom: 0.35rem; }
  thead { display: none; } table, tbody, tr { display: block; } tr { border-bottom: 1px solid var(--rule); padding: 0.35rem 0; }
  td { border: 0; display: grid; grid-template-columns: 7rem minmax(0, 1fr); padding: 0; }
  td::before { color: var(--dim); content: attr(data-title); }
  table.steps td { display: inline; padding-right: 0.75rem; } table.steps td::before { content: none; } }
`;
