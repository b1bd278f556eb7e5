"""Names, telephones, addresses: plans seldom give them, so they are only ever read literally."""

from __future__ import annotations

import re

from rag.answer import Draft, Span, Statement
from rag.context import Context
from rag.lexicon import asking

PHONE = re.compile(r"(?:电话|联系方式|邮箱|地址)[^。；\n]{0,6}[:：][^。；\n]{4,40}")


def compose(context: Context) -> Draft:
    """A line 组长：张三 or 电话：… as the plan prints it; else the plan does not say."""
    titles = [t for t in asking()["contact"]["titles"] if t in context.question.text]
    named = "|".join(map(re.escape, titles))
    patterns = [PHONE] if not titles else [re.compile(rf"(?:{named})[:：][^。；\n]{{2,40}}")]
    for pattern in patterns:
        m = pattern.search(context.reading.text)
        if m:
            start, end = context.reading.to_source(*m.span())
            clause = max(
                (c for c in context.plan.clauses if c.start <= start < c.end),
                key=lambda c: c.start,
            )
            span = Span(context.plan.id, clause.id, start, end)
            return Draft("answered", (Statement(m.group(0), (span,)),))
    return context.not_mentioned()
