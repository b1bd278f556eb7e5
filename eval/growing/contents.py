"""Drafting from what a clause says: how something is done, and what stands below a heading.

A sentence with an enumeration makes the best question: 依托A、B、C等平台开展培训 is asked as
依托哪些平台开展培训, and the items are what an answer must hold. Where a clause has none, its
heading is asked about, and of its sentences the phrases that name something of its own must come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from eval.growing.coverage import LIST_FROM, Askable
from eval.growing.pieces import Span, heading, of_span, phrases, sentences
from eval.growing.wording import CORE_CHARS, Desk, Draw, Matter, without
from index.plan import Clause

# 等 that ends a list, not the one in 高等, 平等, 等级.
AND_SO_ON = re.compile(r"(?<![高中初均平同优一二三特上下对相])等(?![级额同价次])")
FEWEST, MOST = 2, 10  # items of an enumeration that one question can ask for
ITEM = (2, 22)  # characters of an item; longer ones are sentences
APART = 3  # characters of two names joined by 和 that each stand alone
HEAD_MOST, ASK_MOST = 22, 50  # characters before the list, and of the question's own words
QUOTED = re.compile(r"[“《][^”“》《]{2,18}[”》]")
OPEN, CLOSE = "（(“《〈[", "）)”》〉]"
KEYS = (2, 3)  # key phrases an answer must hold: fewer say little, more demand the whole clause
KEY_CHARS = (4, 16)
# A phrase with one of these is a cut sentence; one with a year names nothing of its own.
BROKEN = re.compile(
    r"[从向将由对为在让使以于到被或其\d]|^[和与及并好各照型、不]|十[一二三四五六七]五|有条件"
    r"|^(?:充分|不断|力争|努力|根据|提倡|实现|确保|具有|具备|协助|进一步)"
)
SAID = 8  # characters besides 哪些 from which a question tells which sentence it is of
PLAIN = 2  # weight of a phrase that names nothing: one beside better ones, never all
ANSWER_CHARS = 300  # a short answer as a person would give it
TEMPTING = 2
MIXED = (
    0.15  # share of the clauses with an enumeration that are asked by their heading all the same
)


class Enumeration(NamedTuple):
    """A list in a sentence: the question that asks for it, its items, where it stands."""

    ask: str
    items: tuple[str, ...]
    span: Span


def measure(desk: Desk, ask: Askable, draw: Draw) -> Matter | None:
    """How something is done, from the clause's own sentences."""
    clause = desk.plan[ask.key]
    lists = list(enumerations(desk, clause))
    lists = [e for e in lists if len(e.items) > FEWEST] or lists
    whole = _of_heading(desk, clause, draw) if not lists or draw.dice.random() < MIXED else None
    if whole or not lists:
        return whole
    chosen = draw.dice.choice(lists)
    said = desk.wording.of_clause(desk.plan, clause)
    form = "sentence"
    if len(re.sub("哪些(?:方面|对象)?|什么|谁", "", chosen.ask)) < SAID and said.forms:
        form = "inside_about" if said.about else f"inside_{draw.dice.choice(said.forms)}"
    return Matter(
        "measure", form, {"ask": chosen.ask, "topic": said.topic, "act": said.act},
        answer="、".join(chosen.items),
        must=tuple((i,) for i in _apart(chosen.items)),
        must_not=_foreign(desk, clause),
        evidence=of_span(desk.plan, desk.reading, chosen.span),
        clause=clause.id,
    )  # fmt: skip


def enumerations(desk: Desk, clause: Clause) -> Iterator[Enumeration]:
    """The lists in the clause's sentences that make a question of their own."""
    for sentence in sentences(desk.reading, clause):
        spans = phrases(desk.reading, sentence)
        for span, following in zip(spans, [*spans[1:], None], strict=True):
            found = _enumeration(desk, span, following)
            if found:
                yield found


def _enumeration(desk: Desk, span: Span, following: Span | None) -> Enumeration | None:
    """The list of a comma clause; one that ends with its list is asked with what follows it."""
    text = desk.reading.text[slice(*span)]
    end = next((m for m in AND_SO_ON.finditer(text) if not _inside(text, m.start())), None)
    if not end:
        return None
    first, *rest = _split(text[: end.start()])
    if not rest or AND_SO_ON.search(text, end.end()):
        return None
    head, verb = _head(desk, first)
    items = tuple(i.strip() for i in (first[len(head) :], *rest))
    tail = text[end.end() :]
    if not verb or not FEWEST <= len(items) <= MOST or not _are_items(desk, items):
        return None
    if head.removesuffix(verb).endswith("的"):  # 建设的组织 is no verb
        return None
    ask = head + _asked(desk, verb, tail)
    if not tail and following:
        more = f"{ask}，{desk.reading.text[slice(*following)].strip()}"
        ask = more if len(more) <= ASK_MOST and not AND_SO_ON.search(more) else ask
    if len(head) > HEAD_MOST or len(ask) > ASK_MOST or any(i in ask for i in items):
        return None
    return Enumeration(_from_here(ask), items, span)


def _inside(text: str, at: int) -> bool:
    """Whether a bracket or quotation is open at the position."""
    before = text[:at]
    return sum(map(before.count, OPEN)) != sum(map(before.count, CLOSE))


def _split(text: str) -> list[str]:
    """Cut at 、 outside brackets and quotations."""
    cuts = [i for i, c in enumerate(text) if c == "、" and not _inside(text, i)]
    edges = [-1, *cuts, len(text)]
    return [text[a + 1 : b] for a, b in pairwise(edges)]


def _head(desk: Desk, first: str) -> tuple[str, str]:
    """What stands before the first item: all to the last verb that takes a list, and that verb."""
    stop = min((i for i in map(first.find, "“《") if i >= 0), default=len(first))
    best = (0, "")
    for verb in desk.wording.words["lists"]:
        at = first.rfind(verb, 0, stop)
        if at >= 0 and len(first) - at - len(verb) >= ITEM[0]:
            best = max(best, (at + len(verb), verb), key=lambda b: (b[0], len(b[1])))
    return first[: best[0]], best[1]


def _are_items(desk: Desk, items: tuple[str, ...]) -> bool:
    """Whether these are names of one sort: no cut sentence, no scrap, no 的 in the first alone."""
    words = desk.wording.words
    fit = all(ITEM[0] <= len(i) <= ITEM[1] and not _inside(i, len(i)) for i in items)
    whole = not any(v in i[1:] for i in items for v in words["inner"])
    scraps = items[0].startswith(words["joins"]) or any(i in words["undertakings"] for i in items)
    lone = "的" in items[0] and not any("的" in i for i in items[1:])
    return fit and whole and not scraps and not lone


def _apart(items: tuple[str, ...]) -> list[str]:
    """The items with A和B taken apart: an answer may join them otherwise."""
    found: list[str] = []
    for item in items:
        parts = [] if any(c in item for c in OPEN) else re.split(r"以及|和(?!谐)", item)
        sizes = [len(p) for p in parts]
        # 形式和手段 are two; in 劳动和技能竞赛 the ending may belong to both
        alike = len(set(sizes)) == 1 or min(sizes, default=0) >= APART
        found += parts if parts and alike else [item]
    return list(dict.fromkeys(found))


def _asked(desk: Desk, verb: str, tail: str) -> str:
    """What takes the list's place: 哪些 before a noun, 什么, 谁 or 哪些方面 before a verb."""
    words = desk.wording.words
    tail = without(tail, ("各级各类", "各类", "多种", "一系列", "为主的", "为重点的"))
    if tail.startswith("的"):
        return f"哪些方面{tail}"
    if tail and not tail.startswith((*words["verbs"], *words["lists"], *words["acts"])):
        return f"哪些{tail}"
    return desk.wording.what.get(verb, "哪些" if tail else "什么") + tail


def _from_here(text: str) -> str:
    """Without what the question says itself: 全县, 并."""
    return re.sub(r"^(?:并|同时|其中)?(?:[全我本][省市县区州旗])?", "", text)


# -- by the heading -----------------------------------------------------------------------


def _of_heading(desk: Desk, clause: Clause, draw: Draw) -> Matter | None:
    said = desk.wording.of_clause(desk.plan, clause)
    keys = _keys(desk, clause)
    if not said.forms or len(keys) < KEYS[0]:
        return None
    if said.about and not clause.title.endswith(desk.wording.words["orders"]):
        return None
    form = "about" if said.about else draw.dice.choice(said.forms)
    told = [desk.reading.text[slice(*span)].strip() for _, span in keys]
    return Matter(
        "measure", form, {"topic": said.topic, "act": said.act},
        answer="；".join(dict.fromkeys(told))[:ANSWER_CHARS],
        must=tuple((k,) for k, _ in keys),
        must_not=_foreign(desk, clause),
        evidence=tuple(p for _, s in keys for p in of_span(desk.plan, desk.reading, s)),
        clause=clause.id,
    )  # fmt: skip


def _keys(desk: Desk, clause: Clause) -> list[tuple[str, Span]]:
    """The most telling phrases of the clause, each of another sentence where there are enough.

    A name in quotation marks tells most, then a phrase that ends in what it is (…机制, …平台); of
    equals the one the plan says least often. None where no phrase names anything.
    """
    text = desk.reading.text
    found: list[tuple[tuple[int, int], str, Span]] = []
    for sentence in sentences(desk.reading, clause):
        best = [
            ((weight, text.count(phrase)), phrase, span)
            for span in phrases(desk.reading, sentence)
            for weight, phrase in _telling(desk, text[slice(*span)])
            if phrase[:-2] not in clause.title
        ]
        found += sorted(best)[:1]
    if not any(weight < PLAIN for (weight, _), _, _ in found):
        return []
    first = {phrase: key for key in sorted(found, reverse=True) for phrase in (key[1],)}
    kept = sorted(first.values())[: KEYS[1]]
    return [(phrase, span) for _, phrase, span in sorted(kept, key=lambda k: k[2])]


def _telling(desk: Desk, text: str) -> Iterator[tuple[int, str]]:
    """(weight, phrase) of a comma clause, the lightest most telling."""
    for m in QUOTED.finditer(text):
        if len(m[0]) >= KEY_CHARS[0] and not BROKEN.search(m[0][1:-1]):
            yield 0, m[0][1:-1]
    words = desk.wording.words
    bare = _from_here(without(_from_here(without(text, words["adverbs"])), words["verbs"]))
    first = re.split(r"[、的和及与]", bare)[0]
    for phrase in (bare, first):
        fits = KEY_CHARS[0] <= len(phrase) <= KEY_CHARS[1] and not _inside(phrase, len(phrase))
        if fits and not BROKEN.search(phrase):
            yield (1 if phrase.endswith(desk.wording.words["telling"]) else PLAIN), phrase
            return


def _foreign(desk: Desk, clause: Clause) -> tuple[str, ...]:
    """Names that other plans give under the same heading and this plan nowhere: tempting."""
    mine = desk.reading.text
    found = []
    for plan in desk.index.plans:
        for other in plan.clauses if plan.id != desk.plan.id and clause.title else ():
            if other.title == clause.title:
                found += [m[0][1:-1] for m in QUOTED.finditer(other.text) if m[0][0] == "“"]
    strange = dict.fromkeys(n for n in found if n not in mine and len(n) >= CORE_CHARS)
    return tuple(strange)[:TEMPTING]


# -- what stands below a heading ----------------------------------------------------------


def parts(desk: Desk, ask: Askable, draw: Draw) -> Matter | None:
    """Which parts a heading has, by their titles."""
    clause = desk.plan[ask.key]
    below = [c for c in desk.plan.children(clause) if c.title]
    said = desk.wording.of_clause(desk.plan, clause)
    if len(below) != len(clause.children) or len(below) < LIST_FROM or not said.forms:
        return None
    titles = [c.title for c in below]
    count = desk.wording.answers["count"].format(n=len(titles))
    return Matter(
        "list", "about" if said.about else draw.dice.choice(said.forms),
        {"topic": said.topic, "act": said.act},
        answer=count + "；".join(titles),
        must=tuple(desk.wordings(t) for t in titles),
        must_not=_beside(desk, clause, draw),
        evidence=tuple(p for c in below for p in heading(desk.plan, desk.reading, c)),
        clause=clause.id,
    )  # fmt: skip


def _beside(desk: Desk, clause: Clause, draw: Draw) -> tuple[str, ...]:
    """Titles that stand below the headings next to this one."""
    above = desk.plan.parent(clause)
    family = [c for c in (desk.plan.children(above) if above else ()) if c.id != clause.id]
    titles = [c.title for f in family for c in desk.plan.children(f) if c.title]
    told = [desk.shorter(t) for t in titles if desk.titles.count(t) == 1]
    return tuple(draw.dice.sample(told, min(TEMPTING, len(told))))
