"""Whether a figure is counted by what the question says: 按人次定的吗, 按学校算的吗."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.answer import Draft
from rag.asking_shapes import BY_MEASURE
from rag.composers import figure
from rag.context import Context


def compose(context: Context) -> Draft:
    """The figure that is asked for; under a yes or no where it is asked by what it is counted."""
    asked = BY_MEASURE.search(context.question.text) if context.question.yes_no else None
    draft = figure.compose(context)
    if asked is None or len(draft.statements) != 1 or not draft.figures:
        return draft
    said = draft.statements[0]
    counted = _counted_by(said.text, draft.figures[0].unit, asked["by"] or asked["of"])
    verdict = context.say("yes" if counted else "no")
    return replace(draft, statements=(replace(said, text=verdict + said.text),))


def _counted_by(text: str, unit: str, named: str) -> bool:
    """Whether the figure has that unit of measure, or is one for each of what is named: 按学校 is
    每校, 每所学校."""
    if unit == named or (named == "人数" and unit in ("人", "名", "位")):
        return True
    each = "|".join(map(re.escape, {named, named[-1]}))
    return re.search(rf"每[一]?[个所家名位座户]?(?:{each})", text) is not None
