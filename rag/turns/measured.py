"""Follow-ups that ask by what the figure told before is counted in another place.

乙县也是按人次定的吗, 那边也是人次吗: the figure of the same matter is looked for there, yearly or
not, and whether it is so counted is told with it (rag.composers.by_measure).
"""

from __future__ import annotations

from dataclasses import replace

from rag.asking_shapes import BY_MEASURE
from rag.question import Question
from rag.turns.slots import own
from rag.turns.talk import Now, about


def by_measure(now: Now) -> Question | None:
    """The figure of the matter before, of the place that is meant; None where that is not asked."""
    topic = now.past.topic
    if topic.kind != "figure" or not topic.concepts or not BY_MEASURE.search(now.plain):
        return None
    bare = BY_MEASURE.sub(" ", now.plain)
    q = now.reader.read(bare, "figure")
    if not own(q, bare).silent or len(now.plans) != 1:
        return None
    found = replace(q, kind="figure", plans=now.plans, per_year=False, parts=(), across=None)
    return replace(about(found, topic), parts=(), text=now.question.text)
