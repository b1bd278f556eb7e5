"""Chinese questions that ask for things of several kinds in one breath: 谁牵头，哪年完成.

The question is cut behind each asking clause. A clause that leaves its matter out, or names only a
word for what it wants of it (比例多少, 哪些人来当), takes the matter of the one before it, and so
with place and year; where the first leaves its matter to a later one, it takes it from there.
Clauses that one composer answers together stay together: several facts of the document, several
numbers, the roles of one matter, and what only goes on about the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from rag.asides import ANY
from rag.asking_shapes import SERVES
from rag.question import Kind, Question, joined
from rag.turns.slots import own
from rag.turns.talk import NO_MATTER, about

Read = Callable[[str], Question]
Stands = Callable[[str], bool]
ASK = re.compile(
    r"谁|(?<!不管)(?<!无论)哪(?!怕)|什么(?!的(?:$|[，。；？]))|啥|多少|(?<![十好这那第几])几(?!乎|经|何)"
    r"|何(?=[时年处种人])|怎么|怎样|如何|咋|多[大高长久远宽重](?![的于])|有没有|有无|是否|是不是"
    r"|[吗么](?=$|[，。；？?！!])"
)
STRONG = re.compile(r"[，,；;。？?！!]")
WEAK = re.compile(r"、|以及|并且|还有|同时|另外|和(?=[^，。]{0,3}(?:谁|哪|什么|啥|多少|几|何|怎))")
CLOSED = re.compile(r"《[^》]*》|“[^”]*”|（[^）]*）|\([^)]*\)")
# what leads up to a question: 县里有几处老厂房，我们想改一改
LEAD_IN = re.compile(r"有几[^，。？?]{3,}[，,](?=(?:我们?|咱们?|现在|想|打算|准备|能不能))")
MOST = 5  # parts; more is a form to be filled in and no question in one breath
SHORTEST = 3  # characters; less asks for nothing by itself
OF_UNITS: frozenset[Kind] = frozenset({"duty", "role_check", "tasks"})
OF_TEXT: frozenset[Kind] = frozenset({"list", "measure", "more"})
OF_NUMBERS: frozenset[Kind] = frozenset({"figure", "figure_check"})
COUNTS: frozenset[Kind] = OF_TEXT | OF_NUMBERS
YEARLY: frozenset[Kind] = OF_NUMBERS | OF_TEXT
OFTEN = re.compile(r"多久|多长时间|隔多|几年[一几]")
EACH = re.compile(r"分别|各自|各(?=[由归是有叫定设达为])|逐[项条一]|每[项条个]")
# asks whether what was said holds (对吗), or how the text puts it (方案怎么说)
TAG = re.compile(
    r"^(?:是|对|有|真|可以|行)?(?:的|不|没有?)?(?:是|对|有|行)?[吗么不吧嘛]?$"
    r"|(?:怎么|怎样|如何|咋)(?:说|写|讲|规定|提|表述)的?$|(?:写|说|定|列)的?(?:是|在)?哪[年月天条]$"
)


def pieces(text: str) -> tuple[str, ...]:
    """The asking clauses of a question, each with what leads up to it; () where there is one."""
    masked = text
    for form in (CLOSED, LEAD_IN, ANY):
        masked = form.sub(lambda m: "\0" * len(m.group(0)), masked)
    found = list(ASK.finditer(masked))
    parts: list[str] = []
    start = 0
    for ask, following in pairwise(found):
        cut = _cut(masked, ask.end(), following.start())
        if cut:
            parts.append(text[start : cut[0]])
            start = cut[1]
    parts.append(text[start:])
    parts = [p.strip(" ，,；;。、") for p in parts]
    return tuple(parts) if 1 < len(parts) <= MOST and all(map(_whole, parts)) else ()


def _cut(text: str, lo: int, hi: int) -> tuple[int, int] | None:
    """Where an asking clause ends and the next begins: at the first strong mark, else the last
    weak one, since 、 also stands between what one clause asks about."""
    strong = STRONG.search(text, lo, hi)
    if strong:
        return strong.span()
    weak = [m.span() for m in WEAK.finditer(text, lo, len(text)) if m.end() <= hi]
    return weak[-1] if weak else None


def _whole(part: str) -> bool:
    return len(part) >= SHORTEST


def asked_one_by_one(
    text: str, whole: Question, first: Read, read: Read, stands: Stands
) -> tuple[Question, ...]:
    """The questions that the text consists of, if they are answered one by one; else ().

    `whole` is the text understood as one. `read` gives a piece of it as understood by itself,
    `first` the first piece, as understood in the talk. `stands` tells whether a matter can be
    looked for by itself.
    """
    if whole.lang != "zh" or whole.across or len(whole.plans) > 1:
        return ()
    texts = _grouped(pieces(text), whole, read, stands)
    if len(texts) < 2:
        return ()
    found = [replace(first(texts[0]), plans=whole.plans)]
    for piece in texts[1:]:
        now = replace(read(piece), plans=whole.plans, inherits=True)
        found.append(_handed_on(now, found, stands))
    if any(q.across for q in found) or _facts(whole, found):
        return ()
    return _with_matter(found)


def _handed_on(now: Question, before: Sequence[Question], stands: Stands) -> Question:
    """The question with what it leaves to those before it."""
    if now.kind in NO_MATTER:
        return now
    spoken = [q for q in before if q.kind not in NO_MATTER and q.concepts]
    source = spoken[-1] if spoken else None
    # of several numbers the first says what they are of
    said = own(now.parts[0] if now.parts else now, "").matter
    if source is None or (said and said not in source.matter and stands(said)):
        return now
    own_concepts = () if silent(now) else now.concepts
    concepts = joined(*own_concepts, *source.concepts)
    matter = f"{source.matter} {now.matter}" if own_concepts else source.matter
    parts = tuple(_handed_on(p, before, stands) for p in now.parts)
    years = now.years or (source.years if now.kind in YEARLY else ())
    return replace(now, matter=matter, concepts=concepts, parts=parts, years=years)


def _facts(whole: Question, found: Sequence[Question]) -> bool:
    """Whether all of it is asked of the document, whose facts are told together."""
    return whole.kind == "meta" and all(q.kind == "when" or q.meta for q in found)


def _grouped(texts: Sequence[str], whole: Question, read: Read, stands: Stands) -> list[str]:
    """The texts, those put together that one composer answers together."""
    grouped: list[str] = []
    before: Question | None = None
    for text in texts:
        now = read(text)
        if before and _together(before, now, whole, stands):
            grouped[-1] = f"{grouped[-1]}，{text}"
            before = _leading(before, now)
            continue
        grouped.append(text)
        before = now
    return grouped


def _leading(before: Question, now: Question) -> Question:
    """Which of two questions put together tells what the next is held against."""
    return now if silent(before) and before.kind not in NO_MATTER else before


def _together(before: Question, now: Question, whole: Question, stands: Stands) -> bool:
    """Whether one composer answers both."""
    kinds = {before.kind, now.kind}
    if TAG.search(now.text.strip("，,。？?！! ")) or kinds <= OF_NUMBERS:
        return True
    if kinds <= OF_TEXT and not SERVES.search(f"{before.text}，{now.text}"):
        said = own(now, "").matter
        return not said or said in before.matter or not stands(said)
    if (before.kind == now.kind and now.kind in NO_MATTER) or before.kind == "document":
        return True
    if before.kind in COUNTS and EACH.search(now.text):
        return True
    if whole.kind == "list" and kinds == {"figure", "list"} and silent(now):  # 几个，都叫什么
        return True
    if now.meta == ("title",) and before.kind != "meta":  # the name of what was just asked for
        return True
    if before.kind == "tasks":  # what a unit has to do is told with its roles
        return now.kind in OF_UNITS or now.kind in OF_TEXT or silent(now)
    if OFTEN.search(before.text) and silent(now):
        return True
    if silent(now) or (silent(before) and before.kind == now.kind):
        return kinds <= OF_UNITS or kinds == {"when"} or now.yes_no
    return False


def silent(question: Question) -> bool:
    """Whether the question says nothing of what it is about."""
    return own(question, "").silent


def _with_matter(found: Sequence[Question]) -> tuple[Question, ...]:
    """The questions, the first with the matter of a later one where it names none itself."""
    first = found[0]
    if silent(first) and first.kind not in NO_MATTER:
        spoken = next((q for q in found[1:] if not silent(q) and q.kind not in NO_MATTER), None)
        if spoken:
            first = replace(about(first, spoken), parts=())
    return (first, *found[1:])
