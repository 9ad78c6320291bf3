"""The style of the page of findings: ink on paper, light and dark, two texts and a margin."""

from __future__ import annotations

STYLE = """
:root {
  color-scheme: light dark;
  --paper: light-dark(#FBFAF7, #16181A); --raised: light-dark(#F2F0E9, #212427); --rule: light-dark(#E3E0D7, #2D3134);
  --ink: light-dark(#1E1E1C, #E8E6E1); --muted: light-dark(#5F5E58, #A5A39C); --accent: light-dark(#1F5FA8, #7DB3F0);
  --hit: light-dark(#FFE9A8, #5A4A12); --partner: light-dark(#CFE8D5, #1F4A2E);
  --error: light-dark(#AE2F23, #F28B7F); --warning: light-dark(#8A5A00, #DDA83F); --note: light-dark(#5F5E58, #A5A39C);
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 0 2rem 3rem; max-width: 92rem; background: var(--paper); color: var(--ink);
  font: 14px/1.5 system-ui, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
input[name="words"] { position: absolute; opacity: 0; }
nav { float: right; padding-top: 1.6rem; }
nav label { color: var(--accent); cursor: pointer; margin-left: .8rem; }
.w-zh { display: none; }
#words-zh:checked ~ main .w-zh { display: inline; }
#words-zh:checked ~ main .w-en { display: none; }
#words-en:checked ~ nav label[for="words-en"], #words-zh:checked ~ nav label[for="words-zh"] {
  color: var(--ink); font-weight: 600; }
#words-en:focus-visible ~ nav label[for="words-en"], #words-zh:focus-visible ~ nav label[for="words-zh"] {
  outline: 2px solid var(--accent); outline-offset: 2px; }
header { padding: 1.6rem 0 .9rem; }
h1 { font-size: 22px; font-weight: 600; margin: 0; }
.source, .quiet, footer, .gap { color: var(--muted); }
.source { margin: .2rem 0; }
.counts .level { margin-right: 1.2rem; }
.error b, .error h2 { color: var(--error); } .warning b, .warning h2 { color: var(--warning); }
.note b, .note h2 { color: var(--note); }
.bead { display: grid; grid-template-columns: minmax(0, 30rem) minmax(0, 33rem) minmax(14rem, 1fr); column-gap: 2rem;
  padding: .85rem 0 .85rem 1rem; border-top: 1px solid var(--rule); position: relative; }
.bead.error::before, .bead.warning::before, .bead.note::before {
  content: ""; position: absolute; left: 0; top: .45rem; bottom: .45rem; width: 3px; background: var(--note); }
.bead.error::before { background: var(--error); } .bead.warning::before { background: var(--warning); }
.text { white-space: pre-wrap; overflow-wrap: break-word; font-size: 17px; line-height: 1.65;
  font-family: "Source Serif 4", "Source Serif Pro", "Noto Serif", Cambria, Georgia, serif; }
.text:lang(zh-Hans) {
  font-family: "Noto Serif SC", "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, serif; }
.text:lang(zh-Hant) {
  font-family: "Noto Serif TC", "Noto Serif CJK TC", "Source Han Serif TC", "Songti TC", PMingLiU, serif; }
.text.missing { color: var(--muted); font: inherit; }
.number { color: var(--muted); font-size: 12px; margin-right: .6em; }
mark { color: var(--ink); background: var(--hit); border-bottom: 2px solid var(--note); }
mark.partner { background: var(--partner); }
mark.error { border-color: var(--error); } mark.warning { border-color: var(--warning); }
.finding { margin-bottom: .9rem; } .finding p { margin: .1rem 0; overflow-wrap: anywhere; }
.finding h2 { font-size: 14px; font-weight: 600; margin: 0; }
.finding h2 .quiet { font-weight: 400; }
.gap { margin: 0; padding: .5rem 1rem; border-top: 1px solid var(--rule); font-size: 12px; }
details { border-top: 1px solid var(--rule); padding: .85rem 1rem; }
summary { cursor: pointer; color: var(--accent); }
footer { border-top: 1px solid var(--rule); padding: .85rem 1rem; font-size: 12px; overflow-wrap: anywhere; }
@media (max-width: 62rem) {
  .bead { grid-template-columns: minmax(0, 1fr); row-gap: .6rem; } body { padding: 0 1rem 2rem; } }
@media print { nav, input { display: none; } .bead { break-inside: avoid; } }
""".strip()
