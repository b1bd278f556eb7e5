"""Putting an answer into words: lines with numbered citations, and rows across plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from index.plan import Plan
from index.reading import quote
from rag.across.sheet import Sheet
from rag.answer import Citation, Draft, Row, Span, Statement
from rag.context import place_name
from rag.phrases import SHOWN_PLACES, say
from rag.question import Question

NEAREST_SHOWN = 3  # of many plans that say nothing
FEW = 5  # plans whose negatives are each given a line where none was named
PATH_SHOWN = 2  # headings named before a cell: the clause, and the section it stands in


class Writer:
    """Puts statements into lines and numbers their citations."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self.citations: list[Citation] = []
        self._numbers: dict[tuple[str, int, int], int] = {}

    def lines(self, plan: Plan, draft: Draft) -> Iterator[str]:
        """One plan's answer, a line a statement; last what was looked at, if it says nothing."""
        for statement in draft.statements:
            yield self._line(plan, statement)
        if draft.looked_at:
            where = "；".join(
                " › ".join(plan.path(plan[s.clause])) or plan.meta.title.value
                for s in draft.looked_at
            )
            marks = "".join(self._mark(plan, s) for s in draft.looked_at)
            yield say(self._lang, "looked_at", where=where) + marks

    def sheet(self, question: Question, sheet: Sheet) -> tuple[str, tuple[Row, ...]]:
        """Several plans' answers as text and as rows.

        Where places were named, or all plans spoken of, each has its line, those that say nothing
        too; else the plans that say something have one, and the others are named at the end.
        """
        cells = [c for c in sheet.cells if c.draft.status == "answered"]
        many = len(sheet.cells) > FEW and not (question.plans or question.across)
        every = bool(question.plans or question.across) or not (cells or many)
        rest = [c for c in sheet.cells if c not in cells]
        if many and not cells:  # those that come nearest show what was looked at
            near = sorted(rest, key=lambda c: -c.context.best)[:NEAREST_SHOWN]
            cells = [c for c in sheet.cells if c in near]
            rest = [c for c in rest if c not in near]
        rows = tuple(self.row(c.context.plan, c.draft) for c in (sheet.cells if every else cells))
        lines = [sheet.verdict.text] if sheet.verdict else []
        lines += [self._block(r) for r in rows]
        if rest and not every:
            names = say(self._lang, "comma").join(c.name for c in rest[:SHOWN_PLACES])
            if len(rest) > SHOWN_PLACES:
                names += say(self._lang, "more_held", n=len(rest))
            lines.append(say(self._lang, "rest_unmentioned", places=names))
        return "\n".join(lines), rows

    def _block(self, row: Row) -> str:
        head = row.place + (say(self._lang, "in_clause", clause=row.clause) if row.clause else "")
        return head + say(self._lang, "colon") + row.answer.replace("\n", "\n  ")

    def row(self, plan: Plan, draft: Draft) -> Row:
        """One plan's answer as a row of a table."""
        lines = tuple(self.lines(plan, draft))
        spans = [*(s for x in draft.statements for s in x.spans), *draft.looked_at]
        numbers = dict.fromkeys(self._numbers[(s.plan, s.start, s.end)] for s in spans)
        clause = plan[draft.clauses[0]] if len(draft.clauses) == 1 else None
        return Row(
            plan=plan.id,
            place=place_name(plan, self._lang),
            clause=" › ".join(plan.path(clause)[-PATH_SHOWN:]) if clause else "",
            answer="\n".join(lines),
            status=draft.status,
            citations=tuple(numbers),
        )

    def line(self, plans: Mapping[str, Plan], text: str, spans: Sequence[Span]) -> str:
        """A line of its own that cites spans of any of the plans."""
        marks = "".join(dict.fromkeys(self._mark(plans[s.plan], s) for s in spans))
        return f"{text} {marks}".rstrip()

    def _line(self, plan: Plan, statement: Statement) -> str:
        marks = "".join(dict.fromkeys(self._mark(plan, s) for s in statement.spans))
        return f"{statement.text} {marks}".rstrip()

    def _mark(self, plan: Plan, span: Span) -> str:
        key = (span.plan, span.start, span.end)
        if key not in self._numbers:
            n = len(self.citations) + 1
            self._numbers[key] = n
            self.citations.append(
                Citation(
                    n=n,
                    plan=plan.id,
                    place=plan.where,
                    title=plan.meta.title.value,
                    clause=span.clause,
                    path=plan.path(plan[span.clause]),
                    quote=quote(plan.source, span.start, span.end),
                    start=span.start,
                    end=span.end,
                    source=plan.file,
                    page=plan.page(span.start) if span.start < span.end else None,
                )
            )
        return f"[{self._numbers[key]}]"
