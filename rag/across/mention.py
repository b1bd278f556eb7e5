"""Which plans speak of a matter at all, by the literal and the semantic search together.

A plan speaks of it if one of its sentences, with its heading, carries nearly as much of the matter
as the best sentence of any plan does; and, where nobody says it literally, if its passage lies as
close in meaning as the closest. That it does not is said only where both fail, or where a thing
that is named and that others print is missing here (rag.absent).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.absent import SHORTEST
from rag.across.cells import one_sentence
from rag.answer import Draft, Span, Statement
from rag.asking_shapes import MENTIONED
from rag.check import squeeze
from rag.composers.listing import children_of
from rag.composers.measure import tells_of_year
from rag.composers.related import best_sentence
from rag.confidence import SHORTEST_HEADING, rated
from rag.context import Context
from rag.question import QUOTED

NEARLY = 0.72  # of the share of the matter that the best plan's sentence carries
ENOUGH = 0.5  # share that a sentence must carry to be about the matter at all
SURE = 0.8  # share from which a sentence says the matter, whatever else is near
HEADED = 0.8  # share of the matter from which a heading alone says it
CLOSE = 0.35  # standard deviations of cosine within which passages are as close in meaning
FAR = 2.0  # below this a passage is not close in meaning to the matter


def mentions(
    contexts: Sequence[Context], absent: Sequence[str], judge: Callable[[Context, Draft], Draft]
) -> list[Draft]:
    """A draft for each plan: its best sentence, or that it does not mention the matter.

    `absent` gives for each plan the named thing it lacks, or ""; `judge` decides (rag.confidence)
    where the sentence carries less than nearly all.
    """
    heading = _named_heading(contexts)
    by_name = _by_name(contexts)
    lacking = [_lacking(c, by_name) for c in contexts] if by_name else []
    if "" in lacking:
        return [_printing(c, by_name, n) for c, n in zip(contexts, lacking, strict=True)]
    quoted = () if heading in (quoted := _quoted(contexts)) else quoted
    # what a sentence says beside a quotation counts: 应急知识“进机关” is not 劳模“进机关”
    named = [t for t in (heading, _object(contexts), *absent) if t and t not in quoted]
    found = [best_sentence(c, named, quoted) for c in contexts]
    if not any(found):
        quoted = ()
        found = [best_sentence(c, named) for c in contexts]
    literal = [f[2] if f else 0.0 for f in found]
    dense = [max((h.dense for h in c.hits), default=0.0) for c in contexts]
    top, closest = max(literal, default=0.0), max(dense, default=0.0)
    drafts = []
    for context, share, near, missing in zip(contexts, literal, dense, absent, strict=True):
        says = share >= max(ENOUGH, NEARLY * top)
        if top < ENOUGH:
            says = near >= max(FAR, closest - CLOSE)
        if not _tells_of_the_years(context):
            drafts.append(context.not_mentioned())
        elif heading and heading not in squeeze(context.reading.text):
            drafts.append(context.not_mentioned("absent", term=heading))
        elif missing:
            drafts.append(context.not_mentioned("absent", term=missing))
        elif says and heading and (titled := _titled(context, heading)):
            drafts.append(titled)
        elif says:
            draft = one_sentence(context, named, quoted)
            drafts.append(rated(context, draft) if share >= SURE else judge(context, draft))
        else:
            said = _word_for_word(context) or _headed(context)
            # what the best plan carries more of may stand in its sentence by chance
            if said is None and share >= ENOUGH:
                given = judge(context, one_sentence(context, named, quoted))
                said = given if given.status == "answered" and not given.nearest else None
            drafts.append(said or context.not_mentioned())
    return drafts


def _by_name(contexts: Sequence[Context]) -> tuple[str, ...]:
    """The names that the question puts in quotation marks, or gives in Chinese in brackets, where
    it asks of nothing beside: they count as they stand, and nothing else does."""
    question = contexts[0].question
    named = QUOTED if question.lang == "zh" else IN_CHINESE
    said: list[str] = named.findall(question.matter)
    beside = named.sub(" ", question.matter)
    if question.lang == "zh":
        left = len(re.sub(r"[^\u3400-\u9fff]", "", beside)) >= BESIDE
    else:
        held = "".join(said)
        left = sum(c.said not in held for c in question.concepts) > 1
    return () if left else tuple(map(squeeze, said))


# the brackets at the ends of a matter are gone
IN_CHINESE = re.compile(r"(?:^|[(（“\"])([\u3400-\u9fff]{2,12})(?:$|[)）”\"])")


def _lacking(context: Context, names: Sequence[str]) -> str:
    """The first of the names that the plan prints nowhere; "" where it prints all."""
    text = squeeze(context.reading.text)
    return next((n for n in names if n not in text), "")


def _printing(context: Context, names: Sequence[str], lacking: str) -> Draft:
    """The sentence that prints the names; that the plan lacks one, if it does (`lacking`)."""
    if lacking:
        return context.not_mentioned("absent", term=lacking)
    found = best_sentence(context, (), names)
    if found is None:
        return _where_printed(context, names[0]) or context.not_mentioned()
    said = Statement(found[1].text.strip(), (context.sentence_span(found[0], found[1]),))
    return rated(context, Draft("answered", (said,), clauses=(found[0].clause.id,)))


def _object(contexts: Sequence[Context]) -> str:
    """The thing that is to be mentioned, where a plan prints it as it stands, or ""."""
    found = MENTIONED.search(contexts[0].question.text)
    said = squeeze(found.group(1)) if found else ""
    printed = len(said) >= SHORTEST and any(said in squeeze(c.reading.text) for c in contexts)
    return said if printed else ""


def _quoted(contexts: Sequence[Context]) -> tuple[str, ...]:
    """What the question puts in quotation marks beside a matter of its own."""
    question = contexts[0].question
    quoted = tuple(squeeze(q) for q in QUOTED.findall(question.text))
    beside = re.sub(r"[^\u3400-\u9fff]", "", QUOTED.sub("", question.matter))
    return quoted if len(beside) >= BESIDE else ()


BESIDE = 4  # characters; fewer beside a quotation are framing that was left


def _tells_of_the_years(context: Context) -> bool:
    """Whether the plan tells of a year asked about at all; the years of a title do not count."""
    years = context.question.years
    return not years or any(tells_of_year(context.reading.text, y) for y in years)


def _headed(context: Context) -> Draft | None:
    """The parts of a clause whose heading carries the matter and that has no words of its own."""
    carried = [
        (context.searcher.coverage(context.question.concepts, h.entry.own), h)
        for h in context.hits
        if h.clause.children and not h.entry.sentences
    ]
    best = max(carried, key=lambda c: c[0], default=None)
    if best is None or best[0] < HEADED:
        return None
    return rated(context, children_of(context, best[1].clause))


def _titled(context: Context, heading: str) -> Draft | None:
    """The clause of that heading with its parts, where parts are asked for or are all it has."""
    named = [c for c in context.plan.clauses if heading in squeeze(c.title)]
    clause = min(named, key=lambda c: len(c.title), default=None)
    if clause is None or not clause.children:
        return None
    told = any(h.entry.sentences for h in context.hits if h.clause.id == clause.id)
    return None if told and context.question.kind != "list" else children_of(context, clause)


def _word_for_word(context: Context) -> Draft | None:
    """Where the plan prints the whole matter as it was said, if only in a unit's name."""
    said = context.question.matter.strip()
    return _where_printed(context, said) if len(said) >= SHORTEST_HEADING else None


def _where_printed(context: Context, said: str) -> Draft | None:
    """The first sentence, or heading, that prints the words as they are."""
    at = context.reading.text.find(said)
    if at < 0:
        return None
    lo = max(context.reading.text.rfind(c, 0, at) for c in "。；\n") + 1
    ends = [p for c in "。；\n" if (p := context.reading.text.find(c, at)) >= 0]
    hi = min(ends, default=len(context.reading.text))
    start, end = context.reading.to_source(lo, hi)
    holders = [c for c in context.plan.clauses if c.start <= start < c.end]
    clause = max(holders, key=lambda c: c.start)
    text = context.reading.text[lo:hi].strip()
    said_there = Statement(text, (Span(context.plan.id, clause.id, start, end),))
    return rated(context, Draft("answered", (said_there,), clauses=(clause.id,)))


def _named_heading(contexts: Sequence[Context]) -> str:
    """The longest heading of any of the plans that the question says word for word, or ""."""
    asked = squeeze(contexts[0].question.text)
    titles = {squeeze(c.title) for x in contexts for c in x.plan.clauses if c.title}
    said = [t for t in titles if len(t) >= SHORTEST_HEADING and t in asked]
    quoted = {squeeze(q) for q in QUOTED.findall(contexts[0].question.text)}
    return max(said, key=lambda t: (t in quoted, len(t), t), default="")
