"""Drafting about a plan as a whole: what it says of itself, and what it does not say at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from eval.growing.coverage import Askable, facts
from eval.growing.names import is_collective
from eval.growing.pieces import pieces
from eval.growing.wording import CORE_CHARS, Desk, Draw, Matter, without, without_end
from index.metadata import NUMBER
from index.plan import Plan
from index.tokens import bigrams

BRACKETS = re.compile(r"[〔\[（(【]\s*(\d{4})\s*[〕\]）)】]")
DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
PERIOD = re.compile(r"(20\d\d)[^\d]{1,3}(20\d\d)")
TEMPTING = 2
# Share of a matter's pairs of characters that may stand anywhere in a plan that is said to lack
# it. Cautious: of an undertaking's name even one in three is a hint that it goes by another name.
HINTED = 0.3


def meta(desk: Desk, ask: Askable, draw: Draw) -> Matter | None:
    """A metadata field: title, issuer, date, number, status, period, basis."""
    found = facts(desk.plan.meta, ask.key)
    if not found:
        return None
    values = tuple(f.value for f in found)
    accepted = desk.wording.accepted
    form, answer = ask.key, "；".join(values)
    if ask.key == "status":
        form = values[0]
        answer = desk.wording.answers[form]
        english = accepted["english_draft"] if form == "draft" and draw.lang == "en" else ()
        must: tuple[tuple[str, ...], ...] = ((*accepted[form], *english),)
    elif ask.key == "basis":
        numbers = [m[0] for v in values for m in NUMBER.finditer(v)]
        must = tuple(_numbers(n) for n in numbers) or tuple((v,) for v in values)
    else:
        must = (_values(desk.plan, ask.key, values[0]),)
    return Matter(
        "meta", form, {},
        answer=answer,
        must=must,
        must_not=_tempting(desk, ask.key, values[0]),
        evidence=tuple(p for f in found for p in pieces(desk.plan.source, f.start, f.end)),
    )  # fmt: skip


def _values(plan: Plan, field: str, value: str) -> tuple[str, ...]:
    """The accepted wordings of a value."""
    if field == "number":
        return _numbers(value)
    if field == "date":
        return (value, *_dates(value))
    if field == "period":
        return (value, *_periods(value))
    if field == "issuer":
        at = value.find(plan.place) if plan.place else -1
        return tuple(dict.fromkeys((value, value[max(at, 0) :])))
    return tuple(dict.fromkeys((value, value.translate(str.maketrans("—–", "--")))))


def _numbers(value: str) -> tuple[str, ...]:
    """国发〔2021〕9号 with every sort of bracket in use."""
    found = (BRACKETS.sub(rf"{a}\1{b}", value) for a, b in ("〔〕", "[]", "（）", "【】"))
    return tuple(dict.fromkeys((value, *found)))


def _dates(value: str) -> list[str]:
    m = DATE.search(value)
    if not m:
        return []
    year, month, day = m.groups()
    padded = f"{year}-{int(month):02}-{int(day):02}"
    return [padded, f"{year}.{month}.{day}", f"{year}/{month}/{day}"]


def _periods(value: str) -> list[str]:
    m = PERIOD.search(value)
    if not m:
        return []
    marks = ("—", "-", "–", "~", "至", "到", "年—", "年-", "年至", "年到", " to ")
    return [f"{m[1]}{mark}{m[2]}" for mark in marks]


def _tempting(desk: Desk, field: str, value: str) -> tuple[str, ...]:
    """What would be said of another plan, or of a document this one builds on."""
    if field == "status":
        return desk.wording.accepted["not_issued" if value == "issued" else "not_draft"]
    if field == "issuer":
        often = Counter(d.unit for c in desk.plan.clauses for d in c.duties)
        return tuple(f"{u}印发" for u, _ in often.most_common() if not is_collective(u))[:1]
    if field == "period":
        told = [m[0] for f in desk.plan.meta.basis for m in PERIOD.finditer(f.value)]
    elif field in ("date", "number"):
        others = [p for p in desk.index.plans if p.id != desk.plan.id]
        told = [f.value for p in others for f in facts(p.meta, field)]
    else:
        return ()
    return tuple(t for t in dict.fromkeys(told) if t not in value)[:TEMPTING]


# -- what a plan does not say -------------------------------------------------------------


class Lacking(NamedTuple):
    """A matter of another plan that this one seems to lack: the words, the form, where it is."""

    plan: str
    words: str
    form: str
    other: str
    clause: str


def lacking(desk: Desk) -> Iterator[Lacking]:
    """Headings and named undertakings (“…”行动) of other plans without a trace in this one."""
    known = frozenset(bigrams(desk.reading.text))
    kinds = "|".join(desk.wording.words["kinds"])
    named = re.compile(rf"“[^”“]{{2,12}}”(?:{kinds})|“[^”“]{{2,10}}(?:{kinds})”")
    seen: set[str] = set()
    for plan in desk.index.plans:
        for clause in plan.clauses if plan.id != desk.plan.id else ():
            if clause.level in ("front", "plan", "tail") or clause.children:
                continue
            matters = [(m[0], "name") for m in named.finditer(clause.text)]
            if clause.title and not desk.wording.heading(clause.title).about:
                matters.insert(0, (clause.title, "title"))
            for words, form in matters:
                if words not in seen and _absent(desk, plan, words, known):
                    seen.add(words)
                    yield Lacking(desk.plan.id, words, form, plan.id, clause.id)


def _absent(desk: Desk, other: Plan, words: str, known: frozenset[str]) -> bool:
    """Whether hardly any pair of the matter's own characters stands in the plan.

    What names the other place is no question to this one.
    """
    bare = re.sub(r"[“”]", "", words)
    bare = without(bare, desk.wording.words["verbs"])
    core = without_end(bare, (*desk.wording.words["undertakings"], *desk.wording.words["kinds"]))
    names = (other.place, other.city, other.province, *other.aliases)
    local = any(len(n) > 1 and n.rstrip("省市县区") in words for n in names)
    pairs = bigrams(core)
    if local or len(core) < CORE_CHARS or not pairs:
        return False
    return sum(p in known for p in pairs) / len(pairs) <= HINTED


def unanswerable(desk: Desk, lack: Lacking, draw: Draw) -> Matter:
    """A question that the plan does not answer, if a person finds it so."""
    said = desk.wording.heading(lack.words)
    form = "name" if lack.form == "name" else draw.dice.choice(said.forms)
    return Matter(
        "unanswerable", form, {"topic": said.topic, "act": said.act, "name": lack.words},
        answer=desk.wording.answers["not_mentioned"],
        must=(desk.wording.accepted["not_mentioned"],),
        warning=f"only found in {lack.other}; make sure that this plan says nothing of it",
    )  # fmt: skip
