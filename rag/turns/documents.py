"""Follow-ups about the document itself: its number, who issued it, and another place's in turn."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.across.settled import ISSUE_DATE
from rag.question import Question
from rag.turns.talk import NO_MATTER, Now


def of_document(now: Now) -> Question | None:
    """它的文号, 谁印发的: the document itself is asked about."""
    q = now.question
    asked_again = now.before.kind == "meta" and q.plans and now.own.silent
    if asked_again and WHICH_DOCUMENT.search(now.plain):
        return replace(now.before, text=q.text, lang=q.lang, plans=q.plans, across=None)
    of_matter = q.meta == ("title",) and now.before.kind not in NO_MATTER
    if of_matter and now.own.silent and not DOCUMENT.search(now.plain):
        return None  # what another place calls what was spoken of
    if q.kind in ("meta", "contact", "document"):
        both = q.plans and q.kind == now.before.kind == "meta" and TOO.search(now.plain)
        meta = tuple(dict.fromkeys((*now.before.meta, *q.meta))) if both else q.meta
        return replace(q, plans=now.plans, meta=meta)
    if q.meta and now.before.kind == "meta" and (now.own.silent or q.lang == "en"):
        return replace(q, kind="meta", plans=now.plans)
    if q.kind == "when" and now.before.kind == "meta" and ISSUE_DATE.search(now.plain):
        return replace(q, kind="meta", meta=("date",), plans=now.plans)
    return None


WHICH_DOCUMENT = re.compile(r"哪一?(?:份|个)(?:文件|文)?(?:呢)?(?=$|[，。？?])")
DOCUMENT = re.compile(r"方案|文件|规划|通知|计划|标题|全称|\b(?:plan|document|title|scheme)\b")
# the fact asked for is wanted beside the one asked for before: 乙县呢，文号也要
TOO = re.compile(
    r"也(?:要|说|给|报|告诉|列)|顺(?:便|带)|一(?:并|起|块儿?)(?:说|给|报|告诉)"
    r"|\b(?:too|also|as well)\b"
)
