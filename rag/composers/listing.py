"""Lists and counts of the plan's own parts: sections, actions, projects, items."""

from __future__ import annotations

import re

from index.numbering import ENGLISH, chinese_number, number_said
from index.plan import Clause
from rag.answer import Draft, Statement
from rag.asking_shapes import ASKED_MEASURE
from rag.check import squeeze
from rag.composers import figure, measure, related
from rag.composers.candidates import GRADE
from rag.composers.wanted import FUNDS, MONEY
from rag.context import Context
from rag.hits import Hit

TITLE_ENOUGH = 0.55  # share of the matter that a heading must carry to be the one meant
HITS_TRIED = 8


def compose(context: Context) -> Draft:
    """The headings under the clause that is meant; else what a sentence enumerates."""
    q = context.question
    numbered = _part_by_number(context)
    if numbered:
        return children_of(context, numbered)
    if not (q.concepts and context.spoken_of):
        asked = not q.concepts or OF_PARTS.search(q.text.lower())
        parts = [c for c in context.plan.clauses if asked and c.level == "part"]
        return _titles(context, parts) if parts else context.not_mentioned()
    literal = _named_literally(context)
    if len(literal) > 1 and "几" in q.text:
        drafts = [children_of(context, c) for c in literal]
        return Draft("answered", tuple(s for d in drafts for s in d.statements))
    found = _meant(context, literal)
    if found and not _better_in_text(context, found[0]):
        return children_of(context, found[1].clause)
    told = _announced(context) or in_a_row(context)
    if told is None and ONLY_COUNTED.search(q.text) and not NAMED_TOO.search(q.text):
        told = figure.compose(context)
        return told if told.status == "answered" else related.no_figure(context)
    return told or measure.compose(context)


# what the plan's own parts are called: 分几大块, 每部分叫啥
OF_PARTS = re.compile(r"部[分份]|[大几]块|板块|章|篇|\b(?:parts?|sections?|chapters?)\b")
# a bare number is asked for, which no enumeration by the way answers: 要纳入多少种药
ONLY_COUNTED = re.compile(r"多少(?:种|类|项|条|个|门)")
NAMED_TOO = re.compile(r"哪|分别|什么|啥|叫|列")


def _announced(context: Context) -> Draft | None:
    """The parts that the best sentence counts (聚焦七大领域) and that stand below its clause.

    They may stand two levels down, under headings that only group them.
    """
    hit, n = (context.hits[0], _number(context)) if context.hits else (None, 0)
    if hit is None or hit.sentence is None:
        return None
    told = {chinese_number(m.group(1)) for m in COUNTED.finditer(hit.sentence.text)}
    below = list(context.plan.descendants(hit.clause))
    for depth in sorted({c.id.count(".") for c in below}) if n in told else ():
        level = [c for c in below if c.id.count(".") == depth]
        if len(level) == n and all(c.title for c in level):
            return _titles(context, level)
    return None


def _meant(context: Context, literal: list[Clause]) -> tuple[float, Hit] | None:
    """The clause with parts whose heading is meant, with its value.

    What counts is how much of the matter its heading carries; a heading named word for word and
    one with just as many parts as the question says (五大行动) go before.
    """
    named = {c.id for c in literal}
    n = _number(context)
    best: tuple[float, Hit] | None = None
    for hit in context.hits:
        if not hit.clause.children or not hit.clause.title:
            continue
        carried = context.searcher.coverage(context.question.concepts, hit.entry.own)
        fits = len(hit.clause.children) == n
        word_for_word = hit.clause.id in named or _counted_phrase(context) in squeeze(
            hit.clause.title
        )
        value = carried + BONUS * word_for_word + BONUS * fits - DEPTH * len(hit.clause.id)
        if carried + BONUS * fits >= TITLE_ENOUGH and (best is None or value > best[0]):
            best = (value, hit)
    return best


ASKED_NOUN = re.compile(
    r"哪(?:[几些三四五六七八九十])(?:个|大|类|种|项)?([\u4e00-\u9fff]{2})"
    r"(?=$|[，。？?、 ]|[都是里呢])"
)
IN_A_ROW = 3  # of one kind in a sentence, from which it enumerates them


def in_a_row(context: Context) -> Draft | None:
    """The sentence that enumerates what is asked for (哪五个中心, 哪几个机制), one noun at the end
    of each; just as many as the question says, or of the best clause."""
    asked = ASKED_NOUN.search(context.question.text)
    if not asked or not context.searchable:
        return None
    member = re.compile(rf"[\u4e00-\u9fff]{{2,12}}{asked.group(1)}(?=[、和及，。；”])")
    n = _number(context)
    rows = []
    for hit in context.hits if n else context.hits[:1]:
        for sentence in hit.entry.sentences:
            found = len(member.findall(sentence.text))
            if found == n if n else found >= IN_A_ROW:
                value = context.searcher.sentence_value(context.question, hit, sentence)
                rows.append((value, hit, sentence))
    if not rows:
        return None
    _, hit, sentence = max(rows, key=lambda r: r[0])
    said = Statement(sentence.text.strip(), (context.sentence_span(hit, sentence),))
    return Draft("answered", (said,), clauses=(hit.clause.id,))


def how(context: Context) -> Draft:
    """What is enumerated under the name asked for, else the sentences that tell how."""
    return in_a_row(context) or measure.compose(context)


def _counted_phrase(context: Context) -> str:
    """四大工程 as the question says it; a string no heading holds where it says none."""
    m = re.search(r"[一二三四五六七八九十]大[\u4e00-\u9fff]{2}", context.question.text)
    return m.group(0) if m else "\0"


BONUS, DEPTH = 0.3, 0.005  # of equals the heading further up (its id is shorter)


ORDINAL = re.compile(r"第([一二三四五六七八九十]|\d)(?:个)?大?(?:部分|章|块|篇)")
COUNTED = re.compile(r"([一二三四五六七八九十两])(?:大|项|类|个|条|种|块)")


def _part_by_number(context: Context) -> Clause | None:
    """第三部分: the plan's third part."""
    m = ORDINAL.search(context.question.text)
    if not m:
        return None
    n = number_said(m.group(1))
    parts = [c for c in context.plan.clauses if c.level == "part"]
    return parts[n - 1] if 0 < n <= len(parts) else None


def _number(context: Context) -> int:
    """How many parts the question says there are (四大工程 -> 4); 0 where it does not say."""
    m = COUNTED.search(context.question.text)
    if m:
        return chinese_number(m.group(1))
    words = context.question.text.lower().split()
    return next((n for word, n in ENGLISH.items() if n > 1 and word in words), 0)


BARE_TITLE = re.compile(r"^(?:实施|开展|落实|强化|推进|深化)?[“”]?[一二三四五六七八九十]?大?")
SHORTEST_TITLE = 4  # characters; a shorter heading occurs in a question by chance


def _said(context: Context) -> str:
    """The question in Chinese: as asked, or the plan words that its English terms stand for."""
    q = context.question
    if q.lang == "zh":
        return q.text
    return "\0".join(word for concept in q.concepts for word in concept.words)


def _named_literally(context: Context) -> list[Clause]:
    """Clauses with parts whose heading stands in the question word for word, longest first.

    A heading inside a longer one that is named too (提升行动 in 老年人…提升行动) does not count.
    """
    asked = squeeze(_said(context))
    named: list[tuple[str, Clause]] = []
    for clause in context.plan.clauses:
        title = BARE_TITLE.sub("", squeeze(clause.title))
        if clause.children and len(title) >= SHORTEST_TITLE and title in asked:
            named.append((title, clause))
    kept: list[Clause] = []
    left = asked
    for title, clause in sorted(named, key=lambda n: -len(n[0])):
        if title in left:
            kept.append(clause)
            left = left.replace(title, "\0", 1)
    return sorted(kept, key=lambda c: c.start)


def enumeration(context: Context) -> Draft:
    """What was counted but is no figure: 一共几进, 几个计划 are enumerated in a sentence."""
    q = context.question
    measured = (
        MONEY.search(q.text) or FUNDS.search(q.text) or SHARE.search(q.text) or GRADE.search(q.text)
    )
    counted = COUNTED_OUT.search(q.text) or not ASKED_MEASURE.search(q.text)
    if q.per_year or q.years or measured or not counted:
        return context.not_mentioned("no_figure")
    draft = measure.enumeration(context)
    noun = NAMED_EACH.search(q.text) or NAMED_BEFORE.search(q.text)
    if noun and draft.status == "answered" and not _members(noun[1], draft.statements[0].text):
        return context.not_mentioned("no_figure")
    return draft


# what is counted by naming each: 几类, 几个方面, as against 几天, 几名, 几次
COUNTED_OUT = re.compile(
    r"几(?:大)?(?:类|种|项|条|方面|步|块|进|个(?!月|工作日|百分点|点))|哪些|分别"
)
NAMED_EACH = re.compile(
    r"几个[\u4e00-\u9fff]{0,6}?([\u4e00-\u9fff]{2})(?=$|[，。？?、 ]|[都是里呢])"
)
# 老年大学要办几个: what is counted stands before
NAMED_BEFORE = re.compile(
    r"([\u4e00-\u9fff]{2})(?:要|得|会|能|共|一共|打算|准备|计划|建|办|设|开|搞|有){0,3}几个(?=$|[，。？?])"
)


def _members(noun: str, text: str) -> bool:
    """Whether the text enumerates things of that name (甲中心、乙中心), two at least."""
    ends = re.findall(rf"{noun}[”》]?(?=[、和及等，。；]|$)", text)
    return len(ends) > 1 and bool(re.search(rf"{noun}[”》]?[、和及]", text))


SHARE = re.compile(r"百分之|比例|比率|占比|几成|percent|proportion|share")


def _better_in_text(context: Context, title: float) -> bool:
    """A sentence elsewhere that carries clearly more of the matter than the heading does."""
    top = max((h.sentence_coverage for h in context.hits[:HITS_TRIED]), default=0.0)
    return top > title + MARGIN


MARGIN = 0.2


def children_of(context: Context, clause: Clause) -> Draft:
    """The headings directly below the clause, counted."""
    below = list(context.plan.children(clause))
    if not below:
        line = Statement(clause.title or clause.text, (context.heading(clause),))
        return Draft("answered", (line,))
    return _titles(context, below)


def _titles(context: Context, clauses: list[Clause]) -> Draft:
    n = str(len(clauses))
    above = context.plan.parent(clauses[0])
    named = above.title + context.say("colon") if above and above.title else ""
    head = Statement(named + context.say("count", n=n), computed=(n,), heading=True)
    lines = [Statement(c.title or c.label, (context.heading(c),)) for c in clauses]
    ids = tuple(c.id for c in clauses)
    return Draft("answered", (head, *lines), clauses=ids, amount=len(clauses))
