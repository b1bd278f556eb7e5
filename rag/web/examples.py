"""Example questions for the page, made from the plans that are really there.

A template is filled with a place, a clause title, a unit or a year of the plans, asked once, and
kept only if the answer is of the kind it is meant to show. So the examples show the range (who
leads, tasks, figures, comparison, dates, what is not written, English) and none disappoints,
whatever plans are in the corpus.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from index.errors import TiaowenError
from index.plan import Clause, Plan
from rag.answer import Status
from rag.assistant import Asks
from rag.web.words import Lang

TRIES = 6  # questions tried for one example; the plans come in turn, so most succeed at once
TITLE_CHARS = 4, 14  # shorter titles say too little, longer ones do not fit a button
CITED = 16  # an example with more citations than this is tiresome to look through


def examples(assistant: Asks, plans: Sequence[Plan], lang: Lang) -> tuple[str, ...]:
    """Up to seven questions, each of which the assistant answers as it should."""
    if not plans:
        return ()
    found: list[str] = []
    for turn, (make, kind, status) in enumerate(RANGE):
        shift = turn % len(plans)  # another plan first each time
        order = [*plans[shift:], *plans[:shift]]
        for question, _ in zip(make(order, lang), range(TRIES), strict=False):
            if question not in found and _works(assistant, question, kind, status):
                found.append(question)
                break
    return tuple(found)


def _works(assistant: Asks, question: str, kind: str, status: Status) -> bool:
    try:
        answer = assistant.ask(question)
    except TiaowenError:
        return False
    fits = answer.status == status and kind in ("", answer.kind)
    return fits and len(answer.citations) <= CITED


def _lead(plans: Sequence[Plan], lang: Lang) -> Iterator[str]:
    for plan in [p for p in plans if _titled(p, own=True)] or plans:
        titles = _titled(plan, own=True) or _titled(plan)
        if titles:
            title = titles[len(titles) // 2].title
            if lang == "zh":
                yield f"{plan.name}{title}由谁牵头？"
            else:
                yield f"Who leads the work for the elderly in {_latin(plan)}?"
                yield f"Who leads “{title}” in {_latin(plan)}?"


def _tasks(plans: Sequence[Plan], lang: Lang) -> Iterator[str]:
    for plan in plans:
        units = Counter(u for c in plan.clauses for u in c.units("lead")[:1])
        for unit, _ in units.most_common(3):
            if lang == "zh":
                bare = unit[1:] if unit[:1] == plan.name[-1:] else unit
                yield f"{plan.name}{bare}牵头哪些任务？"
            else:
                yield f"What does the education bureau of {_latin(plan)} lead?"
                yield f"What does {unit} lead in {_latin(plan)}?"


def _figure(plans: Sequence[Plan], lang: Lang) -> Iterator[str]:
    for plan in plans:
        for clause in plan.clauses:
            for f in clause.figures:
                if f.year and f.unit == "%":
                    topic = _topic(plan.source[clause.start : f.start])
                    if topic and lang == "zh":
                        yield f"{plan.name}到{f.year}年{topic}是多少？"
                    elif topic:
                        place = _latin(plan)
                        yield f"What share of citizens is to be reached by {f.year} in {place}?"
                    break


def _topic(before: str) -> str:
    """What a figure is about: the words between the last comma and its bound."""
    tail = before.replace("\n", "").rstrip("超过达到以上于不低")
    for stop in "，。；：、年":
        tail = tail.rpartition(stop)[2]
    tail = tail.strip()
    return tail[2:] if tail[:1] in "全我本" else tail


def _compare(plans: Sequence[Plan], lang: Lang) -> Iterator[str]:
    for a in plans:
        titles = {c.title for c in _titled(a)}
        for b in plans:
            shared = [c.title for c in _titled(b) if c.title in titles] if a is not b else []
            if shared and lang == "zh":
                yield f"{shared[0]}，{a.name}和{b.name}分别由谁牵头？"
            elif shared:
                yield f"Compare {_latin(a)} and {_latin(b)}: who leads “{shared[0]}”?"


def _dates(plans: Sequence[Plan], lang: Lang) -> Iterator[str]:
    for plan in plans:
        if plan.meta.date.value and lang == "zh":
            yield f"{plan.name}的方案是什么时候印发的？"
        elif plan.meta.date.value:
            yield f"When was the {_latin(plan)} plan issued?"


def _drafts(_: Sequence[Plan], lang: Lang) -> Iterator[str]:
    yield "哪些方案还在征求意见？" if lang == "zh" else "Which plans are open for comments?"


def _missing(plans: Sequence[Plan], lang: Lang) -> Iterator[str]:
    for plan in plans:
        if lang == "zh":
            yield f"{plan.name}科协的联系电话是多少？"
        else:
            yield f"What is the contact phone number in the {_latin(plan)} plan?"


def _titled(plan: Plan, own: bool = False) -> list[Clause]:
    """Items with a title of fair length and a lead unit (named there, if `own`)."""
    low, high = TITLE_CHARS
    return [
        c
        for c in plan.clauses
        if low <= len(c.title) <= high
        and c.level in ("section", "item")
        and c.units("lead")
        and (c.duty_source == "own" or not own)
    ]


def _latin(plan: Plan) -> str:
    """The plan's place in Latin letters where an alias gives it."""
    return next((a for a in plan.aliases if a.isascii()), plan.name)


# What the examples are to show: how they are made, kind of question (any, if ""), status.
RANGE: tuple[tuple[Callable[[Sequence[Plan], Lang], Iterator[str]], str, Status], ...] = (
    (_lead, "duty", "answered"),
    (_tasks, "tasks", "answered"),
    (_figure, "figure", "answered"),
    (_compare, "duty", "answered"),
    (_dates, "meta", "answered"),
    (_drafts, "meta", "answered"),
    (_missing, "", "not_mentioned"),
)
