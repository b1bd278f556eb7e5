"""The little script of the pages: clicks, downloads, and what is brought into view."""

from __future__ import annotations

# One listener for all that is clicked in the conversation and the clause beside it. On a phone
# the clause stands below the conversation, so there a click also goes to it and back.
CLICKS = """
element.addEventListener('click', (event) => {
  const hit = event.target.closest('button');
  if (!hit || hit.disabled) return;
  const { n, example, choice, clause, say, copy, drop } = hit.dataset;
  if (copy !== undefined) {
    const told = () => { hit.classList.add('tw-copied'); };
    const box = document.createElement('textarea');  // where the page is not served securely
    box.value = copy; document.body.append(box);
    if (navigator.clipboard) navigator.clipboard.writeText(copy).then(told, () => {});
    else { box.select(); document.execCommand('copy'); told(); }
    box.remove();
  } else if (say !== undefined) {
    const text = hit.closest('details')?.querySelector('textarea')?.value ?? '';
    trigger('submit', { ...hit.dataset, text });
  } else if (drop !== undefined) {
    trigger('select', { ...hit.dataset });
  } else if (n !== undefined || clause !== undefined) {
    window.twJump = window.matchMedia('(max-width: 860px)').matches;
    if (window.twJump && hit.hasAttribute('aria-current')) {  // shown already: nothing will change
      document.querySelector('#tw-panel').scrollIntoView({ block: 'start' });
    }
    trigger('select', { ...hit.dataset });
  } else if (choice !== undefined || example !== undefined) {
    trigger('click', { ...hit.dataset });
  } else if (hit.classList.contains('tw-back')) {
    document.querySelector('#tw-transcript .tw-n[aria-current]')
      ?.scrollIntoView({ block: 'center' });
  }
});
"""


def fetch(ident: str) -> str:
    """The script that takes the file which a hidden download button has just been given."""
    return f"""() => setTimeout(() => {{
  const hit = document.querySelector('#{ident}');
  (hit?.matches('a, button') ? hit : hit?.querySelector('a, button'))?.click();
}}, 150)"""


# A new turn is brought into view; choosing another source leaves the conversation where it is.
FOLLOW = """
let seen = 0;
watch('value', () => {
  const turns = element.querySelectorAll('.tw-turn');
  if (turns.length > seen) turns[turns.length - 1].scrollIntoView({ block: 'start' });
  seen = turns.length;
});
"""
# The marked words are brought into view inside the clause, and the source chosen inside the list
# under it, not by moving the page.
REVEAL = """
watch('value', () => {
  const box = element.querySelector('.tw-text'), mark = box?.querySelector('mark');
  if (mark && box.scrollHeight > box.clientHeight) {
    box.scrollTop = mark.offsetTop - box.clientHeight / 3;
  }
  const scroller = element.closest('#tw-panel');
  const cite = element.querySelector('.tw-cite[aria-current]')?.getBoundingClientRect();
  if (cite && scroller.scrollHeight > scroller.clientHeight) {
    const top = element.querySelector('.tw-source').getBoundingClientRect().bottom;
    const bottom = scroller.getBoundingClientRect().bottom;
    if (cite.top < top || cite.bottom > bottom) scroller.scrollTop += cite.top - top - 40;
  }
  if (window.twJump) element.scrollIntoView({ block: 'start' });
  window.twJump = false;
});
"""
