"""The Feedback page as HTML: what readers said, the newest first, each with what they saw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rag.feedback import VERDICTS, Remark
from rag.web.paper import shown as _text
from rag.web.words import Lang, word

MOST = 200  # shown; all are in the files


def remarks(found: Sequence[Remark], lang: Lang) -> str:
    """The remarks as a list with their counts above it."""
    if not found:
        return f'<div class="tw-hint"><p>{_text(word(lang, "feedback_none"))}</p></div>'
    counts = Counter(r.verdict for r in found)
    told = " · ".join(f"{word(lang, f'say_{v}')} {counts[v]}" for v in VERDICTS if counts[v])
    rows = "".join(_row(r, lang) for r in found[:MOST])
    more = len(found) - MOST
    rest = (
        f'<p class="tw-foot">{_text(word(lang, "feedback_more", n=more))}</p>' if more > 0 else ""
    )
    listed = f'<div class="tw-remarks" role="feed">{rows}</div>'
    return f'<p class="tw-foot">{_text(told)}</p>{listed}{rest}'


def _row(r: Remark, lang: Lang) -> str:
    when = r.at.replace("T", " ").removesuffix("+00:00") + " UTC"
    before = "".join(f"<li>{_text(q)}</li>" for q, _ in r.history)
    turns = f'<ol class="tw-before">{before}</ol>' if before else ""
    sources = "；".join(f"{c['place']} {' › '.join(c['path'])}" for c in r.citations)
    cited = f'<p class="tw-where">{_text(sources)}</p>' if sources else ""
    said = f'<p class="tw-said">{_text(r.remark)}</p>' if r.remark else ""
    drop = _text(word(lang, "feedback_drop"))
    return (
        f'<article class="tw-card tw-v-{_text(r.verdict)}">'
        f'<span class="tw-status">{_text(word(lang, f"say_{r.verdict}"))}</span> '
        f'<span class="tw-foot">{_text(when)}</span>{said}{turns}'
        f'<p class="tw-asked-of">{_text(r.question)}</p>'
        f'<p class="tw-say">{_text(r.answer)}</p>{cited}'
        f'<button type="button" class="tw-act" data-drop="{r.id}">{drop}</button></article>'
    )
