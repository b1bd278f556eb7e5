"""The one sentence that draws the plans' answers together, made from the cells and nothing else."""

from __future__ import annotations

import re

from rag.across.asked import Across
from rag.across.cells import Cells
from rag.across.in_common import in_common
from rag.across.order import ordered, places_of
from rag.answer import Statement
from rag.asking_shapes import NOT_SOLE, SAME_THING
from rag.phrases import say
from rag.question import Question


def verdict(question: Question, across: Across, cells: Cells) -> Statement | None:
    """The sentence, or None where the answers side by side say it all."""
    said = ""
    if question.kind == "list" and across.difference and WHICH.search(question.text.lower()):
        said = in_common(question, cells)  # it tells how many, too
    if not said and across.ordered:
        said = ordered(question.lang, across, cells, bool(question.plans))
    stands_for = question.kind == "stands_for" and SAME_THING.search(question.text.lower())
    if not said and (across.same or stands_for):
        said = in_common(question, cells)
    if across.which and (not said or across.counted):
        said = _which(question, across, cells) + said
    return Statement(said, heading=True) if said else None


# -- which ------------------------------------------------------------------------------------


def _which(question: Question, across: Across, cells: Cells) -> str:
    lang = question.lang
    yes, no = [c for c in cells if c.says], [c for c in cells if not c.says]
    key = _predicate(question)
    if not no:
        asked = ALL_ASKED.search(question.text.lower())
        return (say(lang, "all_do") if asked else "") + say(lang, f"{key}_all", n=len(yes))
    if not yes:
        return say(lang, f"{key}_none", n=len(no))
    told = [
        say(lang, f"{key}_yes", n=len(yes), places=places_of(lang, yes)),
        say(lang, f"{key}_no", n=len(no), places=places_of(lang, no)),
    ]
    if across.absent and not across.mention:
        told.reverse()
    return say(lang, "then").join(told) + say(lang, "stop")


# 是不是都写了, 都由教育局牵头吗: a yes or no comes first
ALL_ASKED = re.compile(
    r"(?:是不是|是否)[^，。？?]{0,6}(?:都|全|均)[^，。？?]*[？?。]?$"
    r"|(?:都|均|全)(?:由|归|是|有|把|让|写|提|列|定|设)?[^，。？?]{1,24}[吗么](?=$|[。？?])"
    r"|^(?:and )?(?:do|does|are|is|have|has|did)\b.*\b(?:all|both|every)\b"
)


WHICH = re.compile(r"哪|什么|啥|\bwhich\b|\bwhat\b")


def _predicate(question: Question) -> str:
    """Which words tell yes from no, by what was asked."""
    if question.kind == "meta":
        if "status" in question.meta:
            return "draft"
        return "meta"
    if question.kind in ("figure", "when"):
        return "number"
    if question.kind in ("role_check", "tasks") and question.roles[:1] == ("lead",):
        return "sole" if question.sole else "leads"
    if question.kind in ("figure_check", "role_check"):
        return "fits"
    if question.kind == "duty" and question.sole:
        return "leads_together" if NOT_SOLE.search(question.text) else "one_lead"
    if question.kind == "duty":
        return "lead" if question.roles[:1] in ((), ("lead",)) else "role"
    return "unit" if question.kind == "tasks" else "mention"
