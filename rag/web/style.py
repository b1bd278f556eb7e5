"""How the page looks: fonts, colours and CSS. No file is fetched for any of it.

The fonts are those of the reader's system, Chinese ones named first after the system's own. The
colours are ink on paper with one accent, the cinnabar of a seal; each has a dark twin.
"""

from __future__ import annotations

from rag.web import style_plans
from rag.web.style_sheets import SHEETS

FONTS = (
    "system-ui",
    "-apple-system",
    "Segoe UI",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "sans-serif",
)
MONO = ("ui-monospace", "Consolas", "Menlo", "monospace")

_COLOURS = """
:root {
  --tw-paper: #f7f6f3; --tw-sheet: #ffffff; --tw-ink: #22252a; --tw-soft: #666c75;
  --tw-line: #e3e0da; --tw-accent: #a5352a; --tw-accent-soft: #f8ebe8; --tw-asked: #efede8;
  --tw-mark: #ffe9a8; --tw-good: #2f6f4f; --tw-good-soft: #e8f2ec; --tw-warn: #8a5a00;
  --tw-warn-soft: #fbf1dc; --tw-mute-soft: #eeedea; --tw-ask: #2c5a8c; --tw-ask-soft: #e8eff7;
}
.dark {
  --tw-paper: #17191c; --tw-sheet: #1f2226; --tw-ink: #e6e4df; --tw-soft: #a0a5ad;
  --tw-line: #34383e; --tw-accent: #ee9186; --tw-accent-soft: #3a2624; --tw-asked: #2a2d32;
  --tw-mark: #6b5615; --tw-good: #8cc9a8; --tw-good-soft: #20322a; --tw-warn: #e5bd71;
  --tw-warn-soft: #352b18; --tw-mute-soft: #2b2e33; --tw-ask: #94bdea; --tw-ask-soft: #202c3a;
}
"""

_FRAME = """
body, .gradio-container { background: var(--tw-paper) !important; color: var(--tw-ink); }
.gradio-container, .gradio-container .main { padding: 0 !important; }
.gradio-container main.contain { width: 100%; max-width: 1360px !important; margin: 0 auto;
  padding: 0 20px 14px !important; height: 100dvh; box-sizing: border-box; }
main.contain > .column { height: 100%; gap: 14px; flex-wrap: nowrap; }
[id^="tw-"] .html-container { padding: 0 !important; }
footer { display: none !important; }
.gradio-container button:focus-visible, .tw-text:focus-visible {
  outline: 2px solid var(--tw-accent); outline-offset: 2px; }
#tw-top { flex: 0 0 auto; align-items: center; padding: 12px 0 10px; gap: 12px; flex-wrap: nowrap;
  border-bottom: 1px solid var(--tw-line); }
#tw-brand h1 { display: inline; font-size: 22px; font-weight: 700; letter-spacing: .06em;
  color: var(--tw-accent); margin: 0 12px 0 0; }
#tw-brand span { color: var(--tw-soft); font-size: 14px; white-space: nowrap; }
#tw-language { border: 0; background: none; padding: 0; box-shadow: none; min-width: 0 !important;
  flex: 0 0 auto; width: auto; }
#tw-language .wrap { gap: 0; flex-wrap: nowrap; border: 1px solid var(--tw-line);
  border-radius: 8px; overflow: hidden; }
#tw-language label { border: 0; border-radius: 0; background: var(--tw-sheet); box-shadow: none;
  padding: 5px 12px; color: var(--tw-soft); }
#tw-language label.selected { background: var(--tw-accent-soft); color: var(--tw-accent); }
#tw-language input { position: absolute; opacity: 0; width: 1px; height: 1px; margin: 0; }
#tw-language label:focus-within { outline: 2px solid var(--tw-accent); outline-offset: -2px; }
#tw-language label span { margin: 0; white-space: nowrap; }
#tw-main { gap: 20px; align-items: stretch; flex: 1 1 0; min-height: 0; flex-wrap: nowrap; }
#tw-chat, #tw-side { height: 100%; min-height: 0; min-width: 0 !important; gap: 10px;
  flex-wrap: nowrap; }
#tw-transcript, #tw-panel { flex: 1 1 auto; min-height: 0; overflow: hidden auto !important;
  scrollbar-width: thin; scrollbar-color: var(--tw-line) transparent; }
#tw-panel { background: var(--tw-sheet); border: 1px solid var(--tw-line); border-radius: 12px;
  padding: 0; }
#tw-panel:has(.tw-hint) { background: none; border-style: dashed; }
#tw-box { flex: 0 0 auto !important; background: var(--tw-sheet); border: 1px solid var(--tw-line);
  border-radius: 12px; padding: 10px 12px 8px; gap: 8px; overflow: visible; }
#tw-box:focus-within { border-color: var(--tw-accent); }
#tw-box .block, #tw-box .form { border: 0; background: none; box-shadow: none; padding: 0;
  overflow: visible; }
#tw-write, #tw-filter { gap: 10px; align-items: center; flex-wrap: nowrap; }
#tw-question textarea { background: none; border: 0; box-shadow: none; font-size: 16px;
  line-height: 1.6; padding: 4px 2px; color: var(--tw-ink); }
#tw-question textarea::placeholder { color: var(--tw-soft); }
#tw-ask { flex: 0 0 auto; width: auto; min-width: 76px; background: var(--tw-accent);
  color: var(--tw-sheet); border: 0; border-radius: 8px; font-weight: 600; box-shadow: none;
  align-self: flex-end; }
#tw-ask:hover { filter: brightness(1.08); }
#tw-plans { border-top: 1px solid var(--tw-line) !important; border-radius: 0;
  padding-top: 6px !important; }
#tw-plans .container, #tw-plans label, #tw-llm .container, #tw-llm label {
  display: flex; align-items: center; gap: 10px; }
#tw-plans [data-testid="block-info"], #tw-llm [data-testid="block-info"] {
  margin: 0; color: var(--tw-soft); font-size: 13px;
  white-space: nowrap; flex: 0 0 auto; }
#tw-plans .wrap, #tw-llm .wrap {
  flex: 1 1 auto; background: none; border: 0; box-shadow: none; min-width: 0; }
#tw-plans .wrap-inner, #tw-llm .wrap-inner { padding: 2px; }
#tw-plans input, #tw-llm input { font-size: 13px; color: var(--tw-ink); margin: 0; }
#tw-plans .token { background: var(--tw-accent-soft); color: var(--tw-accent); border: 0;
  font-size: 13px; }
#tw-note { flex: 0 0 auto; } #tw-note p { color: var(--tw-soft); font-size: 12px; margin: 0;
  text-align: center; }
"""

_CHAT = """
.tw-sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.tw-welcome { padding: 3vh 2px 12px; max-width: 680px; margin: 0 auto; }
.tw-welcome h2 { font-size: 26px; font-weight: 700; margin: 0 0 8px; color: var(--tw-ink); }
.tw-welcome p { color: var(--tw-soft); font-size: 15px; line-height: 1.75; margin: 0; }
.tw-welcome .tw-label { margin: 24px 0 8px; font-size: 13px; }
.tw-examples { display: grid; gap: 8px; }
.tw-example { text-align: left; padding: 9px 14px; font-size: 15px; line-height: 1.5;
  font-weight: 400; color: var(--tw-ink); background: var(--tw-sheet);
  border: 1px solid var(--tw-line);
  border-radius: 10px; cursor: pointer; transition: border-color .15s; }
.tw-example:hover { border-color: var(--tw-accent); color: var(--tw-accent); }
.tw-turns { display: flex; flex-direction: column; gap: 22px; padding: 16px 2px 20px; }
.tw-turn { display: flex; flex-direction: column; gap: 10px; scroll-margin-top: 12px; }
.tw-turn:last-child { min-height: min(320px, 50vh); }
.tw-asked { align-self: flex-end; max-width: 85%; background: var(--tw-asked); padding: 9px 14px;
  border-radius: 14px 14px 3px 14px; font-size: 16px; line-height: 1.6; white-space: pre-wrap;
  overflow-wrap: anywhere; }
.tw-card { background: var(--tw-sheet); border: 1px solid var(--tw-line);
  border-radius: 4px 12px 12px 4px; padding: 12px 18px 10px;
  border-left: 3px solid var(--tw-good); overflow-wrap: anywhere; }
.tw-card p { margin: 6px 0; font-size: 16px; line-height: 1.8; color: var(--tw-ink); }
.tw-card .tw-sub { color: var(--tw-soft); font-size: 14px; margin: 8px 0 2px; }
#tw-transcript .tw-table { width: 100%; border-collapse: collapse; border: 0; margin: 6px 0 2px; }
#tw-transcript .tw-table tr { border: 0; background: none; }
#tw-transcript .tw-table th, #tw-transcript .tw-table td { text-align: left; vertical-align: top;
  padding: 8px 0; border: 0; border-top: 1px solid var(--tw-line); background: none;
  color: var(--tw-ink); }
#tw-transcript .tw-table th { padding-right: 20px; font-size: 15px; line-height: 1.6;
  font-weight: 600; word-break: keep-all; overflow-wrap: normal; }
#tw-transcript .tw-table thead th { padding: 4px 0; border-top: 0; font-size: 12px;
  color: var(--tw-soft); }
#tw-transcript .tw-table td { width: 99%; }
#tw-transcript .tw-table p { margin: 0; font-size: 15px; line-height: 1.7; }
.tw-table .tw-path { display: block; color: var(--tw-soft); font-size: 12px; line-height: 1.6;
  margin: 0; text-spacing-trim: trim-start; }
#tw-transcript .tw-row-not_mentioned p { color: var(--tw-soft); }
.tw-resolved { align-self: flex-end; max-width: 85%; color: var(--tw-soft); font-size: 12px;
  margin: 0; }
.tw-resolved span { color: var(--tw-soft); }
.tw-card .tw-foot { color: var(--tw-soft); font-size: 12px; margin: 8px 0 0; }
.tw-status { display: inline-block; font-size: 12px; font-weight: 600; padding: 1px 9px;
  border-radius: 99px; background: var(--tw-good-soft); color: var(--tw-good); }
.tw-not_mentioned { border-left-color: var(--tw-warn); }
.tw-not_mentioned .tw-status { background: var(--tw-warn-soft); color: var(--tw-warn); }
.tw-out_of_scope { border: 1px dashed var(--tw-line); border-left: 3px dashed var(--tw-soft);
  background: none; }
.tw-out_of_scope .tw-status { background: var(--tw-mute-soft); color: var(--tw-soft); }
.tw-clarify { border-left-color: var(--tw-ask); }
.tw-clarify .tw-status { background: var(--tw-ask-soft); color: var(--tw-ask); }
.tw-error { border-color: var(--tw-accent); }
.tw-error .tw-status { background: var(--tw-accent-soft); color: var(--tw-accent); }
.tw-pending { color: var(--tw-soft); font-size: 15px; padding: 6px 2px; }
.tw-keep { white-space: nowrap; color: inherit; }
.tw-n { display: inline-block; min-width: 20px; height: 20px; line-height: 18px; padding: 0 5px;
  margin: 0 0 0 4px; font-size: 12px; font-weight: 600; text-align: center; cursor: pointer;
  vertical-align: 2px; color: var(--tw-accent); background: var(--tw-accent-soft);
  border: 1px solid transparent; border-radius: 6px; }
.tw-n:hover { border-color: var(--tw-accent); }
.tw-n[aria-current] { background: var(--tw-accent); color: var(--tw-sheet); }
"""

_SIDE = """
.tw-hint { padding: 34vh 24px 24px; }
.tw-hint p { color: var(--tw-soft); font-size: 14px; line-height: 1.8; max-width: 320px;
  text-align: center; margin: 0 auto; }
.tw-source { padding: 12px 18px 10px; position: sticky; top: 0; background: var(--tw-sheet);
  border-radius: 12px 12px 0 0; border-bottom: 1px solid var(--tw-line); }
.tw-steps { display: flex; align-items: center; gap: 8px; margin-bottom: 8px; }
.tw-steps h2, .tw-sources h2 { font-size: 13px; font-weight: 600; color: var(--tw-soft);
  margin: 0; letter-spacing: .08em; }
.tw-steps span { margin-left: auto; font-size: 13px; color: var(--tw-soft); }
.tw-step { width: 30px; height: 30px; font-size: 17px; line-height: 26px; padding: 0;
  border-radius: 8px;
  cursor: pointer; color: var(--tw-ink); background: none; border: 1px solid var(--tw-line); }
.tw-steps > *, .tw-example { margin-top: 0 !important; margin-bottom: 0 !important; }
.tw-step:hover:not(:disabled) { border-color: var(--tw-accent); color: var(--tw-accent); }
.tw-step:disabled { opacity: .35; cursor: default; }
.tw-title { font-size: 16px; font-weight: 600; line-height: 1.5; margin: 0 0 4px;
  color: var(--tw-ink); }
.tw-path { font-size: 13px; line-height: 1.7; color: var(--tw-soft); margin-bottom: 10px; }
.tw-path span { color: var(--tw-soft); }
.tw-path span:last-child { color: var(--tw-accent); }
.tw-sep { margin: 0 6px; opacity: .6; }
.tw-text { position: relative; max-height: 44vh; overflow-y: auto; padding: 2px 12px 2px 14px;
  border-left: 2px solid var(--tw-line); scrollbar-width: thin; }
.tw-text p { margin: 0 0 8px; font-size: 15px; line-height: 1.95; color: var(--tw-ink);
  text-align: justify; overflow-wrap: anywhere; }
.tw-text mark { background: var(--tw-mark); color: inherit; padding: 2px 1px; border-radius: 3px;
  -webkit-box-decoration-break: clone; box-decoration-break: clone; }
.tw-file, .tw-added { font-size: 12px; color: var(--tw-soft); margin: 8px 0 0; }
.tw-back { display: none; }
.tw-sources { padding: 10px 18px 16px; }
.tw-sources ol { list-style: none; margin: 8px 0 0; padding: 0; }
.tw-sources li { margin: 0 0 10px; }
.tw-where { font-size: 13px; color: var(--tw-soft); margin: 0 0 2px; line-height: 1.6; }
.tw-where b { color: var(--tw-ink); font-weight: 600; }
.tw-cite { display: flex; gap: 8px; width: 100%; text-align: left; padding: 5px 8px;
  font-size: 14px; font-weight: 400; line-height: 1.6; color: var(--tw-ink);
  background: none; cursor: pointer;
  border: 0; border-radius: 8px; }
.tw-cite i { flex: 0 0 auto; font-style: normal; font-weight: 600; font-size: 12px;
  min-width: 20px; height: 20px; line-height: 20px; margin-top: 2px; text-align: center;
  border-radius: 6px; color: var(--tw-accent); background: var(--tw-accent-soft); }
.tw-cite:hover, .tw-cite[aria-current] { background: var(--tw-accent-soft); }
.tw-cite[aria-current] i { background: var(--tw-accent); color: var(--tw-sheet); }
"""

_NARROW = """
@media (max-width: 860px) {
  .gradio-container main.contain { padding: 0 12px 12px !important; height: auto; }
  main.contain > .column { height: auto; }
  #tw-main { flex-direction: column; flex: 0 0 auto; gap: 14px; }
  #tw-chat, #tw-side { height: auto; width: 100%; flex: 0 0 auto !important; }
  #tw-transcript, #tw-panel { overflow: visible !important; }
  .tw-hint { padding: 40px 24px; }
  #tw-chat { min-height: calc(100dvh - 90px); }
  #tw-box { position: sticky; bottom: 6px; z-index: 5; }
  #tw-brand span { display: none; }
  #tw-top { gap: 8px; padding: 8px 0; }
  #tw-tabs .tab-container button { font-size: 14px; padding: 0 8px; }
  .tw-welcome { padding-top: 16px; } .tw-welcome h2 { font-size: 22px; }
  .tw-card { padding: 10px 14px 8px; }
  .tw-n { min-width: 26px; height: 26px; line-height: 24px; }
  #tw-transcript .tw-table thead { display: none; }
  #tw-transcript .tw-table tbody th { display: block; padding: 8px 0 0; }
  #tw-transcript .tw-table td { display: block; width: auto; border: 0; padding: 0 0 8px; }
  .tw-source { position: static; } .tw-text { max-height: none; }
  .tw-back { display: inline; float: right; border: 0; background: none; font-size: 13px;
    margin: 0 !important; line-height: 1.4;
    color: var(--tw-accent); text-decoration: underline; cursor: pointer; }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
"""

_READ = """
.tw-acts { display: flex; flex-wrap: wrap; gap: 4px 6px; align-items: center; margin: 8px 0 0; }
.tw-act { font-size: 12px; line-height: 1.5; padding: 2px 9px; border-radius: 7px; margin: 0;
  cursor: pointer; font-weight: 400; color: var(--tw-soft); background: none;
  border: 1px solid var(--tw-line); }
.tw-act:hover { color: var(--tw-accent); border-color: var(--tw-accent); }
.tw-copied::after { content: " ✓"; }
.tw-thanks { font-size: 12px; color: var(--tw-good); }
.tw-remark summary { display: inline-block; list-style: none; }
.tw-remark summary::-webkit-details-marker { display: none; }
.tw-remark[open] { flex: 1 1 100%; }
.tw-remark textarea { display: block; width: 100%; box-sizing: border-box; margin: 6px 0;
  padding: 6px 8px; font: inherit; font-size: 14px; color: var(--tw-ink);
  background: var(--tw-sheet); border: 1px solid var(--tw-line); border-radius: 8px; }
.tw-toc { padding: 10px 18px; border-top: 1px solid var(--tw-line); }
.tw-toc > summary { cursor: pointer; font-size: 13px; font-weight: 600; color: var(--tw-soft);
  letter-spacing: .08em; }
.tw-outline ul { list-style: none; margin: 0; padding: 0 0 0 16px; }
.tw-outline > ul { padding: 6px 0 0 16px; }
.tw-outline li { position: relative; margin: 0; }
.tw-outline details > summary { position: absolute; left: -15px; top: 3px; width: 16px;
  height: 22px; cursor: pointer; list-style: none; color: var(--tw-soft); }
.tw-outline details > summary::-webkit-details-marker { display: none; }
.tw-outline details > summary::before { content: "▸"; font-size: 11px; }
.tw-outline details[open] > summary::before { content: "▾"; }
.tw-leaf { text-align: left; font-size: 14px; line-height: 1.5; font-weight: 400; border: 0;
  padding: 2px 6px; margin: 1px 0; border-radius: 6px; background: none; color: var(--tw-ink);
  cursor: pointer; }
.tw-leaf i { color: var(--tw-accent); font-size: 7px; vertical-align: 3px; font-style: normal; }
.tw-leaf:hover, .tw-leaf[aria-current] { background: var(--tw-accent-soft);
  color: var(--tw-accent); }
.tw-outside { color: var(--tw-soft); }
.tw-page { display: grid; grid-template-columns: minmax(0, 1fr) minmax(130px, 30%); gap: 16px; }
.tw-margin { font-size: 13px; line-height: 1.7; color: var(--tw-ink); }
.tw-margin h3 { font-size: 12px; color: var(--tw-soft); margin: 0 0 4px; font-weight: 600; }
.tw-margin dl { margin: 0 0 10px; } .tw-margin dt { color: var(--tw-accent); font-weight: 600; }
.tw-margin dd { margin: 0 0 4px; overflow-wrap: anywhere; }
.tw-of, .tw-none { color: var(--tw-soft); margin: 6px 0 2px; font-size: 12px; }
"""

_TABS = """
#tw-tabs { flex: 1 1 0; min-height: 0; display: flex; flex-direction: column; gap: 0; }
#tw-tabs > .tab-wrapper { padding: 0; flex: 0 0 auto; }
#tw-tabs .tab-container button { font-size: 15px; color: var(--tw-soft); }
#tw-tabs .tab-container button.selected { color: var(--tw-accent); }
#tw-tabs > .tabitem { flex: 1 1 0; min-height: 0; padding: 12px 0 0; border: 0; }
#tw-tabs > .tabitem > .column { height: 100%; flex-wrap: nowrap; }
#tw-bar { flex: 0 0 auto; gap: 8px; align-items: center; flex-wrap: wrap; }
#tw-bar button { flex: 0 0 auto; width: auto; min-width: 0; background: var(--tw-sheet);
  border: 1px solid var(--tw-line); color: var(--tw-ink); font-weight: 500; box-shadow: none; }
#tw-bar button:hover { border-color: var(--tw-accent); color: var(--tw-accent); }
#tw-bar .form { background: none; border: 0; box-shadow: none; flex: 1 1 200px; min-width: 0; }
#tw-history { flex: 1 1 200px; max-width: 340px; border: 0; padding: 0; background: none;
  box-shadow: none; min-width: 0 !important; }
#tw-history .container, #tw-history label { display: flex; align-items: center; gap: 8px; }
#tw-history [data-testid="block-info"] { margin: 0; color: var(--tw-soft); font-size: 13px;
  white-space: nowrap; flex: 0 0 auto; }
#tw-history .wrap { flex: 1 1 auto; min-width: 0; }
#tw-history .wrap { background: var(--tw-sheet); border: 1px solid var(--tw-line);
  border-radius: 8px; box-shadow: none; }
#tw-history input { color: var(--tw-ink); font-size: 13px; }
"""

_LISTS = """
.tw-sheet { height: 100%; gap: 12px; flex-wrap: nowrap; }
.tw-tools { flex: 0 0 auto; gap: 8px; align-items: center; flex-wrap: wrap; }
.tw-tools button { flex: 0 0 auto; width: auto; min-width: 0; background: var(--tw-sheet);
  border: 1px solid var(--tw-line); color: var(--tw-ink); font-weight: 500; box-shadow: none; }
.tw-tools button:hover { border-color: var(--tw-accent); color: var(--tw-accent); }
.tw-pills { border: 0; background: none; padding: 0; box-shadow: none; flex: 1 1 auto; }
.tw-pills .wrap { gap: 6px; }
.tw-pills label { border: 1px solid var(--tw-line); border-radius: 99px; padding: 3px 12px;
  background: var(--tw-sheet); box-shadow: none; color: var(--tw-soft); }
.tw-pills label.selected { background: var(--tw-accent-soft); color: var(--tw-accent);
  border-color: var(--tw-accent); }
.tw-pills input { position: absolute; opacity: 0; width: 1px; height: 1px; margin: 0; }
.tw-pills label:focus-within { outline: 2px solid var(--tw-accent); outline-offset: 1px; }
.tw-scroll { flex: 1 1 auto; min-height: 0; overflow: hidden auto !important;
  scrollbar-width: thin; scrollbar-color: var(--tw-line) transparent; }
.tw-h2 { font-size: 17px; font-weight: 700; margin: 10px 0 2px; color: var(--tw-ink); }
.tw-field { min-width: 120px !important; flex: 0 1 260px !important; border: 0; background: none;
  padding: 0; box-shadow: none; margin: 0 !important; }
.tw-tools .form { justify-content: flex-start; }
.tw-field [data-testid="block-info"], .tw-sheet .tw-foot, .tw-pills [data-testid="block-info"] {
  color: var(--tw-soft); }
.tw-field .wrap, .tw-field input { background: var(--tw-sheet); color: var(--tw-ink); }
.tw-tools .form { background: none; border: 0; box-shadow: none; flex-wrap: wrap; gap: 12px;
  flex: 0 1 auto !important; min-width: 0; }
.tw-tools { align-items: flex-end; }
.tw-grid { width: 100%; border-collapse: collapse; border: 0 !important; font-size: 14px;
  background: var(--tw-sheet); }
.tw-grid th, .tw-grid td { text-align: left; padding: 6px 12px; border: 0;
  border-bottom: 1px solid var(--tw-line); color: var(--tw-ink); vertical-align: top; }
.tw-grid thead th { color: var(--tw-soft); font-weight: 600; font-size: 13px; }
.tw-pre { white-space: pre-wrap; }
.tw-remarks { margin: 8px 0; display: grid; gap: 10px; }
.tw-pills label span { margin: 0; }
.tw-asked-of { font-weight: 600; margin: 6px 0 2px; color: var(--tw-ink); }
.tw-said { margin: 6px 0; padding-left: 10px; border-left: 2px solid var(--tw-ask);
  color: var(--tw-ink); }
.tw-before { margin: 4px 0; padding-left: 20px; color: var(--tw-soft); font-size: 13px; }
.tw-card.tw-v-wrong_answer, .tw-card.tw-v-wrong_source { border-left-color: var(--tw-accent); }
.tw-v-wrong_answer .tw-status, .tw-v-wrong_source .tw-status { color: var(--tw-accent);
  background: var(--tw-accent-soft); }
.tw-card.tw-v-remark { border-left-color: var(--tw-ask); }
.tw-v-remark .tw-status { color: var(--tw-ask); background: var(--tw-ask-soft); }
"""

CSS = (
    _COLOURS + _FRAME + _TABS + _LISTS + _CHAT + _SIDE + _READ + style_plans.CSS + _NARROW + SHEETS
)
