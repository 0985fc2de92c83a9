/** The style of a digest's page: the colours of the charts, one column, tables that scroll by themselves on a phone. */
export const PAGE_STYLE = `
:root { --ground: #f5f7f9; --surface: #fff; --ink: #17202b; --muted: #5a6977; --line: #dfe5ea; --up: #0b7561; --down: #b93f28; --warning: #7d5200; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ground: #0d1116; --surface: #14181e; --ink: #e8ecf1; --muted: #9aa6b5; --line: #2a323c; --up: #35b89a; --down: #f0785c; --warning: #efc674; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 16px; background: var(--ground); color: var(--ink); font: 400 16px/1.5 Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { display: grid; gap: 16px; max-width: 848px; margin: 0 auto; grid-template-columns: minmax(0, 1fr); }
section { padding: 20px 24px; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); }
h1 { margin: 0 0 12px; font-size: 22px; line-height: 1.35; font-weight: 500; letter-spacing: -0.01em; }
h2 { margin: 0 0 12px; font-size: 17px; line-height: 1.4; font-weight: 500; }
b { font-weight: 650; }
p { margin: 8px 0; }
.up { color: var(--up); }
.down { color: var(--down); }
.warning { color: var(--warning); }
.more, .part p { color: var(--muted); font-size: 14px; }
.part p.warning { color: var(--warning); }
figure { margin: 16px 0 0; }
img { display: block; width: 100%; height: auto; border-radius: 8px; }
.table { overflow-x: auto; margin: 12px 0; }
table { width: 100%; border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
caption { padding: 4px 0; text-align: left; font-weight: 600; }
th { padding: 6px 10px 6px 0; border-bottom: 1px solid var(--line); color: var(--muted); font-weight: 500; text-align: left; white-space: nowrap; }
td { padding: 6px 10px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.num, th.num { padding: 6px 0 6px 10px; text-align: right; white-space: nowrap; }
tr:last-child td { border-bottom: 0; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); gap: 12px; }
dt { color: var(--muted); font-size: 13px; }
dd { margin: 0; }
footer { max-width: 848px; margin: 16px auto 0; color: var(--muted); font-size: 13px; }
@media (max-width: 480px) {
  body { padding: 8px; }
  section { padding: 14px; border-radius: 10px; }
  h1 { font-size: 19px; }
  h2 { font-size: 16px; }
  table { font-size: 13px; }
  td, th { padding: 5px 6px 5px 0; }
  td.num, th.num { padding: 5px 0 5px 6px; }
  figure { margin: 12px -10px 0; }
}
@media print {
  body { padding: 0; background: #fff; font-size: 11pt; }
  section { padding: 0 0 8pt; border: 0; break-inside: avoid; }
  .table { overflow: visible; }
  figure { break-inside: avoid; }
}
`;
