"""How the Tasks and Compare pages look, and what a click there does; part of style.CSS."""

from __future__ import annotations

_PAGES = """
.tw-two { gap: 20px; align-items: stretch; height: 100%; min-height: 0; flex-wrap: nowrap; }
.tw-left, .tw-right { height: 100%; min-height: 0; min-width: 0 !important; gap: 10px;
  flex-wrap: nowrap; }
.block.tw-scroll, .block.tw-pane { flex: 1 1 auto; min-height: 0; overflow: auto !important;
  scrollbar-width: thin; scrollbar-color: var(--tw-line) transparent; }
.block.tw-pane { background: var(--tw-sheet); border: 1px solid var(--tw-line); border-radius: 12px;
  overflow: hidden auto !important; }
.block.tw-pane:has(.tw-hint) { background: none; border-style: dashed; }
.tw-pane .tw-page { grid-template-columns: minmax(0, 1fr); }
#tw-task-side .tw-text { max-height: none; }
.tw-pane .tw-margin { order: -1; padding: 8px 12px; border-radius: 8px;
  background: var(--tw-paper); }
.tw-pane .tw-source { position: static; }
.tw-filters { flex: 0 0 auto; gap: 8px; align-items: center; flex-wrap: wrap; }
.tw-filters button { flex: 0 0 auto; width: auto; min-width: 0; background: var(--tw-sheet);
  border: 1px solid var(--tw-line); color: var(--tw-ink); font-weight: 500; box-shadow: none; }
.tw-filters button:hover { border-color: var(--tw-accent); color: var(--tw-accent); }
.tw-switch { border: 0; background: none; padding: 0; box-shadow: none; min-width: 0 !important;
  flex: 0 0 auto; width: auto; }
.tw-switch .wrap { gap: 0; flex-wrap: nowrap; border: 1px solid var(--tw-line);
  border-radius: 8px; overflow: hidden; }
.tw-switch label { border: 0; border-radius: 0; background: var(--tw-sheet); box-shadow: none;
  padding: 4px 14px; color: var(--tw-soft); }
.tw-switch label.selected { background: var(--tw-accent-soft); color: var(--tw-accent); }
.tw-switch input { position: absolute; opacity: 0; width: 1px; height: 1px; margin: 0; }
.tw-switch label:focus-within { outline: 2px solid var(--tw-accent); outline-offset: -2px; }
.tw-switch label span { margin: 0; white-space: nowrap; }
.tw-fields { flex: 0 0 auto; gap: 10px; align-items: stretch; flex-wrap: wrap; }
.tw-fields > .form, .tw-fields .form { border: 0; background: none; box-shadow: none; gap: 10px;
  flex-wrap: wrap; overflow: visible; }
.tw-fields .block { background: var(--tw-sheet); border: 1px solid var(--tw-line);
  border-radius: 10px; padding: 6px 10px 5px; box-shadow: none; overflow: visible;
  min-width: 150px !important; flex: 1 1 150px; }
.tw-fields .block.block { border: 1px solid var(--tw-line) !important; overflow: visible;
  border-radius: 10px !important; }
.tw-fields .wrap .icon-wrap, .tw-fields .wrap svg { color: var(--tw-soft); }
.tw-fields .block:focus-within { border-color: var(--tw-accent); }
.tw-fields [data-testid="block-info"] { font-size: 12px; color: var(--tw-soft); margin: 0; }
.tw-fields .wrap { background: none; border: 0; box-shadow: none; }
.tw-fields .wrap-inner { padding: 1px 0; }
.tw-fields input { font-size: 14px; color: var(--tw-ink); margin: 0; }
.tw-fields .token { background: var(--tw-accent-soft); color: var(--tw-accent); border: 0;
  font-size: 13px; }
.tw-hintline { font-size: 13px; line-height: 1.7; color: var(--tw-soft); margin: 2px 2px 10px; }
.tw-over { display: block; font-size: 12px; line-height: 1.6; font-weight: 400;
  font-style: normal; color: var(--tw-soft); }
.tw-role { color: var(--tw-soft); font-size: 12px; margin-right: 6px; }
.tw-chips { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0 4px; }
.tw-chips .tw-example { font-size: 14px; padding: 5px 12px; margin: 0 !important; }
#tw-compare-go { flex: 0 0 auto; width: auto; min-width: 84px; background: var(--tw-accent);
  color: var(--tw-sheet); border: 0; border-radius: 10px; font-weight: 600; box-shadow: none; }
"""

_TABLES = """
.tw-scroll .tw-sheet { width: 100%; border-collapse: separate; border-spacing: 0; margin: 0;
  border: 0; background: var(--tw-sheet); }
.tw-scroll .tw-sheet tr { border: 0; background: none; }
.tw-scroll .tw-sheet th, .tw-scroll .tw-sheet td { text-align: left; vertical-align: top;
  padding: 10px 12px; border: 0; border-bottom: 1px solid var(--tw-line); font-size: 14px;
  line-height: 1.7; color: var(--tw-ink); background: var(--tw-sheet); overflow-wrap: anywhere; }
.tw-scroll .tw-sheet p { margin: 0 0 4px; font-size: 14px; line-height: 1.7; }
.tw-scroll .tw-sheet thead th { position: sticky; top: 0; z-index: 2; font-size: 12px;
  color: var(--tw-soft); font-weight: 600; padding: 7px 12px; letter-spacing: .06em; }
.tw-scroll .tw-sheet tbody th { font-weight: 600; }
.tw-scroll .tw-sheet mark { background: var(--tw-mark); color: inherit; border-radius: 3px;
  padding: 1px 2px; }
.tw-scroll .tw-here th, .tw-scroll .tw-here td { background: var(--tw-accent-soft); }
.tw-tasks th:first-child { width: 28%; } .tw-tasks .tw-c-lead { width: 16%; }
.tw-tasks .tw-c-targets { width: 18%; } .tw-tasks .tw-c-source { width: 112px; }
.tw-tasks .tw-over b { color: var(--tw-accent); font-weight: 600; margin-right: 6px; }
.tw-tasks details { font-weight: 400; font-size: 13px; color: var(--tw-soft); }
.tw-tasks summary, .tw-alone > summary { cursor: pointer; color: var(--tw-soft); }
.tw-tasks details ul { margin: 4px 0 0; padding: 0 0 0 1em; color: var(--tw-ink); }
.tw-go { font-size: 13px; line-height: 1.5; padding: 2px 8px; margin: 0; text-align: left;
  cursor: pointer; font-weight: 500; color: var(--tw-accent); background: var(--tw-accent-soft);
  border: 1px solid transparent; border-radius: 7px; overflow-wrap: anywhere; }
.tw-go:hover { border-color: var(--tw-accent); }
.tw-go[aria-current] { background: var(--tw-accent); color: var(--tw-sheet); }
.tw-counts { display: flex; flex-wrap: wrap; gap: 4px 22px; list-style: none; margin: 0 2px 10px;
  padding: 0; }
.tw-counts li { margin: 0; display: flex; align-items: baseline; gap: 5px; }
.tw-counts b { font-size: 20px; font-weight: 600; color: var(--tw-ink);
  font-variant-numeric: tabular-nums; }
.tw-counts span { font-size: 13px; color: var(--tw-soft); }
.tw-wide { overflow-x: auto; }
.tw-scroll .tw-matrix th:first-child { position: sticky; left: 0; z-index: 1; min-width: 132px;
  width: 150px; border-right: 1px solid var(--tw-line); }
.tw-scroll .tw-matrix td { min-width: 116px; padding: 6px; }
.tw-matrix th .tw-act { margin-top: 4px; }
.tw-matrix .tw-over { display: inline-block; margin-right: 8px; }
.tw-matrix [lang] { display: block; }
.tw-cell { display: block; width: 100%; text-align: left; font-size: 14px; line-height: 1.6;
  font-weight: 400; padding: 4px 6px; margin: 0; border: 0; border-radius: 7px; background: none;
  color: var(--tw-ink); cursor: pointer; }
.tw-cell b { display: block; font-weight: 600; font-size: 14px; }
.tw-cell span { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4;
  overflow: hidden; font-size: 12px; color: var(--tw-soft); line-height: 1.6; }
.tw-cell .tw-none { font-weight: 400; }
.tw-matrix td > .tw-none { display: block; padding: 4px 6px; opacity: .85; }
.tw-cell:hover, .tw-cell[aria-current] { background: var(--tw-accent-soft); }
.tw-alone { margin: 16px 2px; } .tw-alone h3 { font-size: 14px; margin: 12px 0 4px; }
.tw-alone ul { list-style: none; padding: 0; margin: 0; }
.tw-alone li { display: grid; grid-template-columns: minmax(120px, 40%) 1fr; gap: 8px;
  border-bottom: 1px solid var(--tw-line); padding: 6px 2px; margin: 0; font-size: 14px; }
"""

_CHARTS = """
.tw-matter { display: flex; align-items: baseline; gap: 12px; margin: 4px 2px 10px; }
.tw-matter h2, .tw-h { font-size: 18px; font-weight: 700; margin: 0; color: var(--tw-ink); }
.tw-h { margin: 18px 2px 8px; font-size: 16px; }
.tw-verdict p { font-size: 15px; line-height: 1.8; margin: 0 2px 8px; }
.tw-scroll .tw-sides { table-layout: fixed; }
.tw-scroll .tw-sides th:first-child { width: 104px; }
.tw-scroll .tw-sides th[scope=row] { word-break: keep-all; }
.tw-silent p { color: var(--tw-soft) !important; }
.tw-status.tw-mute { background: var(--tw-warn-soft); color: var(--tw-warn); }
.tw-charts { display: grid; gap: 14px; grid-template-columns: repeat(auto-fit,
  minmax(min(100%, 330px), 1fr)); }
.tw-chart { margin: 0 0 12px; background: var(--tw-sheet); border: 1px solid var(--tw-line);
  border-radius: 12px; padding: 12px 14px; }
.tw-chart figcaption { display: flex; justify-content: space-between; align-items: baseline;
  gap: 8px; font-size: 14px; font-weight: 600; color: var(--tw-ink); margin: 0 0 6px; }
.tw-scroll .tw-bars { width: 100%; border-collapse: collapse; border: 0; margin: 0; }
.tw-scroll .tw-bars tr { border: 0; background: none; }
.tw-scroll .tw-bars th, .tw-scroll .tw-bars td { border: 0; padding: 2px 0; background: none;
  vertical-align: top; text-align: left; }
.tw-scroll .tw-bars tbody th { width: 26%; font-size: 13px; font-weight: 500; line-height: 1.5;
  color: var(--tw-ink); padding: 4px 8px 0 0; overflow-wrap: anywhere; }
.tw-barline { display: grid; grid-template-columns: minmax(0, 1fr) 9.5em; gap: 0 10px;
  font-size: 13px;
  align-items: center; width: 100%; text-align: left; border: 0; background: none;
  padding: 3px 4px; margin: 0; border-radius: 6px; font-weight: 400; color: var(--tw-ink); }
button.tw-barline { cursor: pointer; }
button.tw-barline:hover, .tw-barline[aria-current] { background: var(--tw-accent-soft); }
.tw-track { display: flex; height: 8px; border-radius: 4px; overflow: hidden;
  background: var(--tw-mute-soft); }
.tw-barline .tw-over { grid-column: 1 / -1; }
.tw-bar { display: block; height: 100%; background: var(--tw-ask); }
.tw-bar-lead { background: var(--tw-accent); }
.tw-told { font-size: 13px; font-variant-numeric: tabular-nums; }
.tw-legend { display: flex; gap: 16px; font-size: 13px; color: var(--tw-soft); margin: 0 2px 4px; }
.tw-legend span { display: flex; align-items: center; gap: 6px; }
.tw-legend .tw-bar { width: 18px; height: 8px; border-radius: 4px; }
"""

_NARROW = """
@media (max-width: 860px) {
  .tw-two { flex-direction: column; height: auto; }
  .tw-left, .tw-right { height: auto; width: 100%; flex: 0 0 auto !important; }
  .block.tw-scroll, .block.tw-pane { overflow: visible !important; }
  .tw-fields .block { flex: 1 1 100%; }
  .tw-tasks thead, .tw-sides thead { display: none; }
  .tw-tasks, .tw-tasks tbody, .tw-tasks tr, .tw-sides, .tw-sides tbody, .tw-sides tr {
    display: block; }
  .tw-scroll .tw-tasks th, .tw-scroll .tw-tasks td, .tw-scroll .tw-sides th,
  .tw-scroll .tw-sides td { display: block; width: auto !important; border: 0;
    padding: 3px 12px; }
  .tw-tasks tr, .tw-sides tr { border-bottom: 1px solid var(--tw-line) !important;
    padding: 8px 0; }
  .tw-tasks td::before, .tw-sides td::before { content: attr(data-head); display: block;
    font-size: 12px; color: var(--tw-soft); }
  .tw-tasks td:empty { display: none !important; }
  .tw-scroll .tw-matrix th:first-child { min-width: 110px; width: 110px; }
  .tw-wide { overscroll-behavior-x: contain; }
  #tw-compare-go { width: 100%; }
}
"""

SHEETS = _PAGES + _TABLES + _CHARTS + _NARROW

# A click on what opens a clause is a `select`, on any other button with data a `click`; an action
# to be compared also turns to the next page. On a phone the clause stands below the table, so
# there a click also goes to it and back.
PICK = """
element.addEventListener('click', (event) => {
  const hit = event.target.closest('button');
  if (hit?.classList.contains('tw-back')) {
    element.closest('.tw-two').querySelector('.tw-scroll [aria-current]')
      ?.scrollIntoView({ block: 'center' });
    return;
  }
  if (!hit || hit.disabled || !Object.keys(hit.dataset).length) return;
  const { n, clause, action } = hit.dataset;
  if (n !== undefined || clause !== undefined) {
    window.twJump = window.matchMedia('(max-width: 860px)').matches;
    trigger('select', { ...hit.dataset });
  } else {
    trigger('click', { ...hit.dataset });
    if (action !== undefined) {
      document.querySelector('#tw-tabs [role=tab][data-tab-id=compare]')?.click();
    }
  }
});
"""
# The marked words are brought into view; the pane begins at its top with every clause.
SHOW = """
watch('value', () => {
  const pane = element.closest('.block.tw-pane') ?? element;
  pane.scrollTop = 0;
  const mark = element.querySelector('mark'), box = mark?.closest('.tw-text');
  if (mark && box.scrollHeight > box.clientHeight) {
    box.scrollTop = mark.offsetTop - box.clientHeight / 3;
  } else if (mark && pane.scrollHeight > pane.clientHeight) {
    pane.scrollTop += mark.getBoundingClientRect().top - pane.getBoundingClientRect().top
      - pane.clientHeight / 3;
  }
  if (window.twJump) element.scrollIntoView({ block: 'start' });
  window.twJump = false;
});
"""
