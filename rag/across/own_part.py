"""Questions that ask each of several places something of its own.

甲县讲“三长制”，乙县讲的是几长: the question is cut at its marks into what is said of each place,
and each plan is asked its own piece. What a piece leaves unsaid it takes from the first that says
it. Where all pieces ask the same, the question is asked of every place as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from rag.across.counterpart import ASKED as COUNTERPART
from rag.asking_shapes import SAME_THING
from rag.breath import ASK
from rag.question import QUOTED, Question, joined
from rag.turns.slots import own
from rag.turns.talk import NO_MATTER

CUT = re.compile(r"[，,；;。？?！!]+")
NUMBERED = re.compile(r"几(?P<noun>[\u4e00-\u9fff])(?:制)?(?=$|[，。？?呢])")
DIGIT = "[一二两三四五六七八九十]"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a part of the question says of one place."""

    plan: str
    text: str
    question: Question


Read = Callable[[str], Question]
Places = Callable[[str], tuple[tuple[str, ...], str]]
Stands = Callable[[str], bool]
Source = Callable[[str], str]


def own_parts(
    question: Question, read: Read, places: Places, stands: Stands, source: Source
) -> Mapping[str, Question]:
    """By plan id what each of the places named is asked; {} where all are asked the same.

    `source` gives the text of a plan without white space, `stands` tells whether a matter can be
    looked for by itself.
    """
    if question.lang != "zh" or len(question.plans) < 2 or question.kind in NO_MATTER:
        return {}
    across = question.across
    if across and (across.ordered or (across.same and not SAME_THING.search(question.text))):
        return {}
    pieces = _of_each_place(question, places)
    if not pieces:
        return {}
    named = [(plan, _named_as(source(plan), text)) for plan, text in pieces]
    if named == pieces and COUNTERPART.search(question.text) and QUOTED.search(question.text):
        return {}
    asked = [Asked(plan, text, read(text)) for plan, text in named]
    if not _differ(asked, bool(across and across.which)) or any(
        a.question.kind in NO_MATTER for a in asked
    ):
        return {}
    spoken = next((a.question for a in asked if not own(a.question, a.text).silent), None)
    if spoken is None:
        return {}
    return {a.plan: _filled(a, asked, spoken, stands, source(a.plan)) for a in asked}


def _named_as(source: str, text: str) -> str:
    """The piece with 几长 as the name of that sort that the plan prints in quotation marks."""
    found = NUMBERED.search(text)
    if found is None:
        return text
    named = re.findall(rf"“({DIGIT}{found['noun']}[\u4e00-\u9fff]{{0,2}})”", source)
    if len(set(named)) != 1:
        return text
    return f"{text[: found.start()]}“{named[0]}”{text[found.end() :]}"


def _of_each_place(question: Question, places: Places) -> list[tuple[str, str]]:
    """(plan, what is said of it), each place once; [] where the pieces are not so."""
    found: list[tuple[str, str]] = []
    head = ""
    for piece in filter(None, (p.strip() for p in CUT.split(question.text))):
        said = SAME_THING.sub("", piece)
        named = places(said)[0]
        if len(named) > 1:
            return []
        if named:
            found.append((named[0], f"{head}{said}"))
            head = ""
        elif said and len(found) == len(question.plans):
            return []  # behind the last place all are spoken of: 多出来的是哪家, 两边谁管
        elif found and said:
            found[-1] = (found[-1][0], f"{found[-1][1]}，{said}")
        elif said:
            head = f"{said}，"
    plans = [p for p, _ in found]
    return found if sorted(plans) == sorted(question.plans) else []


def _differ(asked: Sequence[Asked], which: bool) -> bool:
    """Whether the pieces ask for different things: one only states, or one has its own matter.

    Where a place seems to be asked for (`which`: 乙县的又是哪家), only the first.
    """
    words = [_matter(a) for a in asked]
    asks = {ASK.search(a.text) is not None for a, said in zip(asked, words, strict=True) if said}
    states = ASK.search(asked[-1].text) is not None and False in asks
    if which:
        return states
    quoted = [tuple(QUOTED.findall(a.text)) for a in asked]
    return states or len(set(quoted)) > 1 or (all(words) and len(set(words)) > 1)


def _matter(piece: Asked) -> str:
    """The matter that the piece names itself; one character names none."""
    said = own(piece.question, piece.text).matter
    return said if len(said) > 1 else ""


def _filled(
    piece: Asked, asked: Sequence[Asked], spoken: Question, stands: Stands, source: str
) -> Question:
    """The piece's question with the matter and the kind that it leaves to the others."""
    found = replace(piece.question, plans=(piece.plan,), across=None, text=piece.text)
    words = _matter(piece)
    if words and not found.framed and not ASK.search(piece.text):
        return replace(found, kind="measure") if found.kind == "list" else found
    if not found.framed:
        kind = next((a.question.kind for a in asked if a.question.framed), found.kind)
        found = replace(found, kind=kind)
    if words and (stands(words) or QUOTED.search(piece.text)):
        return found
    # a name that only another place has is not asked of this one
    names = {n for n in QUOTED.findall(spoken.text) if n not in source}
    handed = [c for c in spoken.concepts if c.said not in names]
    told = (*found.concepts, *handed) if words and words in source else handed
    concepts = joined(*told)
    return replace(found, matter=f"{spoken.matter} {words}".strip(), concepts=concepts)
