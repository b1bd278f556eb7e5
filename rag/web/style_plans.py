"""How the Plans page looks, and its scripts. Colours are those of style.py."""

from __future__ import annotations

CSS = """
#tw-shelf-view, #tw-intake-view, #tw-book { height: 100%; min-height: 0; gap: 12px;
  flex-wrap: nowrap; }
#tw-shelf-bar { flex: 0 0 auto; gap: 10px; align-items: center; flex-wrap: nowrap; }
#tw-find { flex: 0 1 420px; min-width: 0 !important; margin: 0; border: 0; padding: 0;
  background: none; box-shadow: none; overflow: visible !important; }
#tw-find input { background: var(--tw-sheet); border: 1px solid var(--tw-line); border-radius: 9px;
  color: var(--tw-ink); font-size: 15px; padding: 8px 12px; box-shadow: none; }
#tw-find input:focus { border-color: var(--tw-accent); }
#tw-find input::placeholder { color: var(--tw-soft); opacity: 1; }
#tw-take-in, #tw-intake-back { flex: 0 0 auto; width: auto; min-width: 0; box-shadow: none;
  border-radius: 9px; font-weight: 600; font-size: 14px; padding: 8px 16px; }
#tw-take-in { margin-left: auto; background: var(--tw-accent); color: var(--tw-sheet); border: 0; }
#tw-take-in:hover { filter: brightness(1.08); }
#tw-intake-back { align-self: flex-start; margin-left: 2px; background: none;
  border: 1px solid var(--tw-line);  color: var(--tw-ink); font-weight: 500; }
#tw-shelf, #tw-intake, #tw-leaf, #tw-book-outline { flex: 1 1 auto; min-height: 0;
  overflow: hidden auto !important; scrollbar-width: thin;
  scrollbar-color: var(--tw-line) transparent; }
.tw-count { color: var(--tw-soft); font-size: 13px; margin: 0 0 8px; }
.tw-progress:empty { display: none; }
.tw-progress { color: var(--tw-soft); font-size: 14px; margin: 10px 0; }
.tw-good-news { color: var(--tw-good); font-size: 14px; margin: 0 0 8px; }
#tw-shelf table { width: 100%; border: 1px solid var(--tw-line); border-collapse: separate;
  border-spacing: 0; border-radius: 12px; background: var(--tw-sheet); overflow: hidden; margin: 0;
  }
#tw-shelf tr { border: 0; background: none; }
#tw-shelf tbody tr { cursor: pointer; }
#tw-shelf tbody tr:hover { background: var(--tw-accent-soft); }
#tw-shelf th, #tw-shelf td { text-align: left; vertical-align: top; padding: 12px 14px; border: 0;
  border-top: 1px solid var(--tw-line); background: none; color: var(--tw-ink); font-size: 15px;
  line-height: 1.55; font-weight: 400; }
#tw-shelf thead th { border-top: 0; font-size: 12px; color: var(--tw-soft); padding: 9px 14px;
  font-weight: 600; white-space: nowrap; }
#tw-shelf tbody .tw-col-place { font-weight: 600; min-width: 7em; }
#tw-shelf .tw-col-place small { white-space: nowrap; }
#tw-shelf .tw-col-plan { width: 99%; overflow-wrap: anywhere; }
#tw-shelf .tw-col-plan button { text-align: left; font-size: 15px; line-height: 1.55; padding: 0;
  margin: 0; border: 0; background: none; color: var(--tw-ink); font-weight: 500; cursor: pointer; }
#tw-shelf tr:hover button { color: var(--tw-accent); }
#tw-shelf small { display: block; font-size: 12px; color: var(--tw-soft); font-weight: 400; }
#tw-shelf .tw-col-date, #tw-shelf .tw-col-status { white-space: nowrap; }
#tw-shelf .tw-col-clauses, #tw-shelf .tw-col-duties { text-align: right; white-space: nowrap;
  font-variant-numeric: tabular-nums; }
.tw-more { margin: 12px 0 !important; }
.tw-is { display: inline-block; font-size: 12px; font-weight: 600; padding: 1px 9px;
  border-radius: 99px; white-space: nowrap; background: var(--tw-mute-soft); color: var(--tw-soft);
  }
.tw-is-issued, .tw-is-added { background: var(--tw-good-soft); color: var(--tw-good); }
.tw-is-draft, .tw-is-new { background: var(--tw-warn-soft); color: var(--tw-warn); }
.tw-is-bad { background: var(--tw-accent-soft); color: var(--tw-accent); }
.tw-is-working { background: var(--tw-ask-soft); color: var(--tw-ask); }

#tw-book-head { flex: 0 0 auto; }
.tw-book-top { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin: 0 0 8px; }
.tw-book-top > :nth-child(2) { margin-left: auto; }
.tw-book-head h2 { font-size: 20px; line-height: 1.45; font-weight: 700; margin: 0 0 4px;
  color: var(--tw-ink); overflow-wrap: anywhere; }
.tw-book-head p { margin: 0; font-size: 13px; color: var(--tw-soft); line-height: 1.7; }
.tw-book-head p > span + span:not(.tw-is)::before { content: "·"; margin: 0 8px; opacity: .6; }
.tw-book-head .tw-is { margin-left: 8px; }
.tw-do { font-size: 14px; line-height: 1.5; padding: 5px 14px; border-radius: 8px; margin: 0;
  cursor: pointer; font-weight: 500; color: var(--tw-ink); background: var(--tw-sheet);
  border: 1px solid var(--tw-line); }
.tw-do:hover { border-color: var(--tw-accent); color: var(--tw-accent); }
.tw-main { background: var(--tw-accent); border-color: var(--tw-accent); color: var(--tw-sheet);
  font-weight: 600; }
.tw-main:hover { color: var(--tw-sheet); filter: brightness(1.08); }
.tw-asking { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; margin: 10px 0 0;
  padding: 10px 14px; border-radius: 10px; background: var(--tw-accent-soft);
  border: 1px solid var(--tw-accent); }
.tw-book-head .tw-asking p { flex: 1 1 260px; font-size: 14px; color: var(--tw-ink); }
#tw-book-main { flex: 1 1 0; min-height: 0; gap: 18px; flex-wrap: nowrap; align-items: stretch; }
#tw-book-main > .column { height: 100%; min-height: 0; min-width: 0 !important; flex-wrap: nowrap; }
#tw-book-outline { padding: 4px 8px 12px 0; }
#tw-leaf { background: var(--tw-sheet); border: 1px solid var(--tw-line); border-radius: 12px;
  position: relative; }
.tw-leafing { padding: 0 26px 18px; }
.tw-leaf-steps { display: flex; align-items: center; gap: 8px; padding: 10px 0; font-size: 13px;
  color: var(--tw-soft); }
.tw-leaf-steps > span:not(.tw-signs) { margin-left: auto; font-variant-numeric: tabular-nums;
  white-space: nowrap; }
.tw-leaf-steps:first-child { position: sticky; top: 0; background: var(--tw-sheet); z-index: 2;
  border-bottom: 1px solid var(--tw-line); margin: 0 -26px; padding: 10px 26px; }
.tw-turn-to { font-size: 13px; line-height: 1.5; padding: 3px 10px; border-radius: 8px; margin: 0;
  cursor: pointer; color: var(--tw-ink); background: none; border: 1px solid var(--tw-line);
  font-weight: 500; white-space: nowrap; }
.tw-turn-to:hover:not(:disabled) { border-color: var(--tw-accent); color: var(--tw-accent); }
.tw-turn-to:disabled { opacity: .4; cursor: default; }
.tw-signs { display: flex; gap: 12px; font-size: 12px; }
.tw-leafing .tw-path { margin: 12px 0 2px; min-height: 0; }
.tw-leafing .tw-path:empty { display: none; }
.tw-block { display: grid; grid-template-columns: minmax(0, 1fr) minmax(150px, 27%); gap: 24px;
}
.tw-words { padding: 5px 12px 5px 14px; margin: 0 -12px 0 -14px; border-left: 3px solid transparent;
  border-radius: 3px; scroll-margin-top: 56px; }
.tw-words[aria-current] { border-left-color: var(--tw-accent);
  background: color-mix(in srgb, var(--tw-accent-soft) 30%, transparent); }
.tw-words p { margin: 0 0 6px; font-size: 16px; line-height: 1.95; color: var(--tw-ink);
  text-align: justify; overflow-wrap: anywhere; }
.tw-words p:last-child { margin-bottom: 0; }
.tw-head { font-weight: 700; color: inherit; }
.tw-at-part .tw-head { font-size: 18px; } .tw-at-front p { color: var(--tw-soft); }
.tw-fig { color: var(--tw-ask); font-weight: 600; font-variant-numeric: tabular-nums; }
.tw-duty { color: var(--tw-soft); }
.tw-words .tw-duty { font-size: 14px; }
.tw-beside { font-size: 13px; line-height: 1.65; padding-top: 10px; color: var(--tw-ink); }
.tw-beside dl { margin: 0 0 6px; }
.tw-beside dt { color: var(--tw-accent); font-weight: 600; }
.tw-beside dd { margin: 0 0 4px; overflow-wrap: anywhere; }
.tw-as { color: var(--tw-soft); margin: 0 0 6px; }
.tw-as summary { cursor: pointer; font-size: 12px; color: var(--tw-soft); }
.tw-as dl { margin-top: 4px; }
.tw-figures { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 4px; }
.tw-figures li { background: var(--tw-ask-soft); color: var(--tw-ask); border-radius: 6px;
  margin: 0;
  padding: 1px 7px; font-size: 12px; line-height: 1.6; }
.tw-figures small { font-size: 11px; color: inherit; margin-left: 5px; }

.tw-intake { max-width: 980px; margin: 0 auto; padding: 0 2px 30px; }
.tw-intake h2 { font-size: 20px; font-weight: 700; margin: 0 0 4px; color: var(--tw-ink); }
.tw-intake > header p { color: var(--tw-soft); font-size: 14px; line-height: 1.7; margin: 0 0 14px;
  }
#tw-intake-view { max-width: 984px; margin: 0 auto; }
.tw-drop { display: block; position: relative; text-align: center; margin-top: 14px;
  padding: 26px 16px;  cursor: pointer; border: 1.5px dashed var(--tw-line); border-radius: 12px;
  background: var(--tw-sheet); }
.tw-drop:hover, .tw-drop:focus-within, .tw-drop.tw-dropping { border-color: var(--tw-accent);
  background: var(--tw-accent-soft); }
.tw-drop:focus-within { outline: 2px solid var(--tw-accent); outline-offset: 2px; }
.tw-drop input { position: absolute; width: 1px; height: 1px; opacity: 0; }
.tw-drop b { display: block; font-size: 16px; font-weight: 600; color: var(--tw-accent); }
.tw-drop small { font-size: 13px; color: var(--tw-soft); }
.tw-drop[aria-busy] { opacity: .55; pointer-events: none; }
.tw-brought { background: var(--tw-sheet); border: 1px solid var(--tw-line); border-radius: 12px;
  padding: 14px 18px; margin: 14px 0 0; overflow-wrap: anywhere; }
.tw-brought > header { display: flex; gap: 10px; align-items: center;
  justify-content: space-between; }
.tw-brought h3 { font-size: 16px; font-weight: 600; margin: 0; color: var(--tw-ink); }
.tw-brought > p { margin: 8px 0; font-size: 15px; line-height: 1.7; color: var(--tw-ink); }
.tw-trouble { margin: 10px 0 !important; padding: 8px 12px; border-radius: 8px; font-size: 14px;
  line-height: 1.7; background: var(--tw-warn-soft); color: var(--tw-warn) !important; }
.tw-brought-bad .tw-trouble { background: var(--tw-accent-soft);
  color: var(--tw-accent) !important; }
.tw-trouble p { margin: 0; color: inherit; } .tw-trouble label { font-weight: 600; color: inherit;
  cursor: pointer; }
.tw-halves { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 26px;
  margin: 12px 0 4px; }
.tw-halves fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
.tw-halves legend, .tw-halves h4 { font-size: 13px; font-weight: 600; color: var(--tw-soft);
  letter-spacing: .06em; margin: 0 0 8px; padding: 0; }
.tw-fact { display: grid; grid-template-columns: 76px minmax(0, 1fr); gap: 8px;
  align-items: center; margin: 0 0 6px; }
.tw-fact label { font-size: 14px; color: var(--tw-soft); }
.tw-fact input, .tw-fact select { width: 100%; box-sizing: border-box; font: inherit;
  font-size: 14px; color: var(--tw-ink); background: var(--tw-paper); padding: 6px 9px;
  border: 1px solid var(--tw-line); border-radius: 7px; }
.tw-fact :is(input, select):focus { outline: 2px solid var(--tw-accent); outline-offset: -1px; }
.tw-fact input::placeholder { color: var(--tw-soft); opacity: .8; font-style: italic; }
.tw-read-of { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 4px 14px;
  margin: 0; font-size: 14px; line-height: 1.65; }
.tw-read-of dt { color: var(--tw-soft); } .tw-read-of dd { margin: 0; color: var(--tw-ink); }
.tw-missing { margin: 10px 0 0; font-size: 13px; display: flex; flex-wrap: wrap; gap: 6px;
  align-items: center; }
.tw-missing p { margin: 0; color: var(--tw-warn); }
.tw-missing ul { list-style: none; display: flex; flex-wrap: wrap; gap: 4px; margin: 0; padding: 0;
  }
.tw-missing li { margin: 0; padding: 1px 8px; border-radius: 99px; background: var(--tw-warn-soft);
  color: var(--tw-warn); }
.tw-heads { margin: 10px 0 0; font-size: 13px; } .tw-heads summary { cursor: pointer;
  color: var(--tw-soft); }
.tw-heads ol { list-style: none; margin: 6px 0 0; padding: 0; max-height: 220px; overflow-y: auto; }
.tw-heads li { line-height: 1.7; color: var(--tw-ink); margin: 0; }
.tw-deeds { display: flex; flex-wrap: wrap; gap: 8px; margin: 12px 0 0; }
@media (max-width: 860px) {
  #tw-shelf-view, #tw-intake-view, #tw-book, #tw-book-main > .column { height: auto; }
  #tw-shelf, #tw-intake, #tw-leaf { overflow: visible !important; }
  #tw-shelf table, #tw-shelf tbody { display: block; }
  #tw-shelf thead { display: none; }
  #tw-shelf tbody tr { display: flex; flex-wrap: wrap; gap: 2px 14px; padding: 12px 14px;
    align-items: center;
    border-top: 1px solid var(--tw-line); }
  #tw-shelf tbody tr:first-child { border-top: 0; }
  #tw-shelf tbody :is(th, td) { display: block; padding: 0; border: 0; }
  #tw-shelf .tw-col-place, #tw-shelf .tw-col-plan { flex: 1 1 100%; width: auto; }
  #tw-shelf .tw-col-place small { display: inline; margin-left: 8px; }
  #tw-shelf tbody :is(.tw-col-date, .tw-col-status, .tw-col-clauses, .tw-col-duties) {
    font-size: 13px; color: var(--tw-soft); text-align: left; }
  #tw-shelf tbody :is(.tw-col-clauses, .tw-col-duties)::before { content: attr(data-label) " "; }
  #tw-book-main { flex-direction: column; flex: 0 0 auto; }
  #tw-book-outline { max-height: 34vh; border: 1px solid var(--tw-line); border-radius: 12px;
    padding: 4px 10px 10px; background: var(--tw-sheet); }
  .tw-leafing { padding: 0 16px 14px; } .tw-signs { display: none; }
  .tw-leaf-steps:first-child { margin: 0 -16px; padding: 10px 16px; }
  .tw-block { grid-template-columns: minmax(0, 1fr); gap: 4px; }
  .tw-beside { border-left: 2px solid var(--tw-line); padding: 2px 0 2px 10px; margin: 2px 0 8px; }
  .tw-halves { grid-template-columns: minmax(0, 1fr); gap: 14px; }
  .tw-book-head h2 { font-size: 18px; }
}
"""

# A click on a plan, a clause or a deed. A row of the list is clicked as its plan, unless words of
# it are being marked.
CLICKS = """
element.addEventListener('click', (event) => {
  const marking = String(window.getSelection()).length > 0;
  const row = marking ? null : event.target.closest('tbody tr')?.querySelector('button');
  const hit = event.target.closest('button') ?? row;
  if (!hit || hit.disabled) return;
  if (hit.dataset.plan !== undefined) {
    window.twBy = hit.dataset.by;
    trigger('select', { ...hit.dataset });
  } else if (hit.dataset.act !== undefined) {
    const forms = {};
    for (const form of element.querySelectorAll('[data-form]')) {
      const fields = forms[form.dataset.form] = {};
      for (const box of form.querySelectorAll('input[name], select[name]')) {
        fields[box.name] = box.type === 'checkbox' ? box.checked : box.value;
      }
    }
    trigger('click', { ...hit.dataset, forms });
  }
});
"""

# What had the focus is gone where a view was drawn anew; whoever uses the keyboard goes on at the
# question that is asked, the card that came, the step to the next clause.
KEEP_FOCUS = """
watch('value', () => setTimeout(() => {
  const asked = element.querySelector('.tw-asking button');
  if (asked) asked.focus();
  else if (document.activeElement === document.body) {
    element.querySelector('.tw-brought, .tw-turn-to[data-by="1"]')?.focus({ preventScroll: true });
  }
}, 30));
"""

# The clause that is shown is marked in the outline, which is not drawn anew, so that it stays
# unfolded as the reader left it; both are brought into view, and the step clicked keeps the focus.
HERE = """
const show = () => {
  const here = element.querySelector('[data-here]')?.dataset.here;
  if (here === undefined) return;
  for (const old of document.querySelectorAll('#tw-book-outline .tw-leaf')) {
    if (old.dataset.clause !== here) { old.removeAttribute('aria-current'); continue; }
    old.setAttribute('aria-current', 'true');
    const above = (at) => at.parentElement.closest('details');
    for (let up = above(old); up; up = above(up)) {
      up.open = true;
    }
    const box = document.querySelector('#tw-book-outline');
    const at = old.getBoundingClientRect(), frame = box.getBoundingClientRect();
    if (at.top < frame.top || at.bottom > frame.bottom) {
      box.scrollTop += at.top - frame.top - frame.height / 3;
    }
  }
  const block = element.querySelector('.tw-words[aria-current]');
  const narrow = window.matchMedia('(max-width: 860px)').matches;
  if (block && !narrow) {
    const first = block === element.querySelector('.tw-words');
    const box = element.closest('#tw-leaf');
    const by = block.getBoundingClientRect().top - box.getBoundingClientRect().top - 64;
    box.scrollTop = first ? 0 : box.scrollTop + by;
  } else if (block && window.twWalked) {
    (block === element.querySelector('.tw-words') ? element : block).scrollIntoView();
  }
  window.twWalked = true;
  if (window.twBy !== undefined) {
    element.querySelector(`.tw-turn-to[data-by="${window.twBy}"]`)?.focus({ preventScroll: true });
    window.twBy = undefined;
  }
};
watch('value', show);
setTimeout(show, 60);
"""

# Files are looked at before they travel: how many, how large. What does not arrive is told as such.
BRING = """
const bring = async (list) => {
  const box = element.querySelector('.tw-drop'), told = element.querySelector('.tw-progress');
  const files = [...list];
  if (!files.length || box.hasAttribute('aria-busy')) return;
  box.setAttribute('aria-busy', 'true');
  told.textContent = box.dataset.sending;
  const sent = [];
  for (const file of files.slice(0, Number(box.dataset.many))) {
    const one = { name: file.name, size: file.size, at: '' };
    if (file.size > 0 && file.size <= Number(box.dataset.limit)) {
      try { one.at = (await upload(file)).path; } catch (error) { one.at = ''; }
    }
    sent.push(one);
  }
  trigger('upload', { files: sent, more: Math.max(0, files.length - sent.length) });
};
element.addEventListener('change', (event) => {
  if (event.target.type === 'file') bring(event.target.files);
});
for (const kind of ['dragover', 'dragleave', 'drop']) {
  element.addEventListener(kind, (event) => {
    const box = event.target.closest('.tw-drop');
    event.preventDefault();  // a file dropped beside the box must not take the page's place
    box?.classList.toggle('tw-dropping', kind === 'dragover');
    if (kind === 'drop' && box) bring(event.dataTransfer.files);
  });
}
"""
