"""The clause beside the conversation: the cited words marked, the plan's outline, the sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from index.plan import Plan
from index.reading import quote
from rag.answer import Answer, Citation
from rag.show import pages
from rag.web.conversation import Turn
from rag.web.outline import contents, read_clause
from rag.web.paper import paragraphs
from rag.web.paper import shown as _text
from rag.web.words import Lang, word

QUOTE_CHARS = 60  # of a quote in the list of sources: two lines; the clause above shows it whole


def panel(
    plans: Mapping[str, Plan],
    turns: Sequence[Turn],
    lang: Lang,
    shown: tuple[int, int, str, str],
) -> str:
    """The cited clause with the quote marked, and the list of the answer's sources under it.

    `shown` is the turn and the number of its citation; and the plan and the clause, where the
    reader has walked to one in the outline.
    """
    at, n, walked, there = shown
    if walked in plans and there:
        return _walked(plans[walked], there, at, n, lang)
    answer = turns[at].answer if 0 <= at < len(turns) else None
    if answer is None:
        return _hint(word(lang, "panel_empty"))
    citation = next((c for c in answer.citations if c.n == n), None)
    if citation is None:
        return _hint(word(lang, "no_sources" if not answer.citations else "panel_empty"))
    plan = plans.get(citation.plan)
    if plan is None or quote(plan.source, citation.start, citation.end) != citation.quote:
        return _hint(word(lang, "plan_gone", place=citation.place))
    return (
        f'<article class="tw-source">{_steps(answer, citation, at, lang)}'
        f"{clause(plan, citation, lang)}</article>"
        f"{contents(plan, lang, citation.clause)}{sources(answer, at, n, lang)}"
    )


def _walked(plan: Plan, there: str, at: int, n: int, lang: Lang) -> str:
    """A clause of the outline, and the way back to the source that was shown before."""
    back = (
        f'<button type="button" class="tw-act" data-turn="{at}" data-n="{n}">'
        f"{_text(word(lang, 'to_source'))}</button>"
        if at >= 0 and n
        else ""
    )
    title = _text(plan.meta.title.value or plan.name)
    return (
        f'<div class="tw-source"><p class="tw-title">{title}</p>{back}'
        f"{read_clause(plan, plan[there], lang)}</div>{contents(plan, lang, there)}"
    )


def _hint(text: str) -> str:
    return f'<div class="tw-hint"><p>{_text(text)}</p></div>'


def _steps(answer: Answer, citation: Citation, at: int, lang: Lang) -> str:
    """Which source is shown, and buttons to the one before and the one after."""
    numbers = [c.n for c in answer.citations]
    here = numbers.index(citation.n)
    where = word(lang, "position", n=here + 1, all=len(numbers))

    def button(step: int, key: str, sign: str) -> str:
        label = _text(word(lang, key))
        if not 0 <= here + step < len(numbers):
            goal = "disabled"
        else:
            goal = f'data-turn="{at}" data-n="{numbers[here + step]}"'
        return (
            f'<button type="button" class="tw-step" {goal} aria-label="{label}" '
            f'title="{label}">{sign}</button>'
        )

    return (
        f'<header class="tw-steps"><h2>{_text(word(lang, "clause"))}</h2>'
        f"<span>{_text(where)}</span>{button(-1, 'previous', '‹')}{button(1, 'next', '›')}</header>"
    )


def clause(plan: Plan, citation: Citation, lang: Lang) -> str:
    """Title, path of headings, and the clause's text as read, the quote in <mark>."""
    steps = '<span class="tw-sep">›</span>'.join(f"<span>{_text(p)}</span>" for p in citation.path)
    path = f'<nav class="tw-path">{steps}</nav>' if steps else ""
    added = citation.start >= citation.end
    note = f'<p class="tw-added">{_text(word(lang, "added"))}</p>' if added else ""
    told = (word(lang, "from_file", file=citation.source), pages([citation], lang))
    file = _text(" · ".join(t for t in told if t))
    back = _text(word(lang, "back"))
    return (
        f'<p class="tw-title">{_text(citation.title or citation.place)}</p>{path}{note}'
        f'<div class="tw-text" lang="zh" tabindex="0">{"".join(marked(plan, citation))}</div>'
        f'<p class="tw-file">{file}<button type="button" class="tw-back">{back}</button></p>'
    )


def marked(plan: Plan, citation: Citation) -> Iterator[str]:
    """The paragraphs around a quote, page breaks and markup undone, the quote in <mark>."""
    start, end = stretch(plan, citation)
    yield from paragraphs(plan, start, end, (citation.start, citation.end))


def stretch(plan: Plan, citation: Citation) -> tuple[int, int]:
    """The span to show: the smallest clause text that holds the quote and says more than it.

    That is mostly the clause's own text. A heading alone is shown with what stands under it, and a
    duty note at the end of a section with the whole section.
    """
    own = plan[citation.clause]
    spans = [(own.start, own.own_end), (own.start, own.end)]
    spans += [(c.start, c.end) for c in plan.ancestors(own)]
    said = len(citation.quote.strip()) + 1  # a closing mark left out of the quote is not more
    for start, end in spans:
        holds = start <= citation.start and citation.end <= end
        if holds and len(plan.source[start:end].strip()) > said:
            return start, end
    return 0, len(plan.source)


def sources(answer: Answer, at: int, shown: int, lang: Lang) -> str:
    """The numbered list of sources, those of one clause together."""
    items = ""
    for _, group in groupby(answer.citations, key=lambda c: (c.plan, c.clause)):
        cited = list(group)
        last = cited[0].path[-1] if cited[0].path else cited[0].title
        last = " · ".join(t for t in (last, pages(cited, lang)) if t)
        items += f'<li><p class="tw-where"><b>{_text(cited[0].place)}</b> {_text(last)}</p>'
        for c in cited:
            current = ' aria-current="true"' if c.n == shown else ""
            items += (
                f'<button type="button" class="tw-cite" data-turn="{at}" data-n="{c.n}"{current}>'
                f"<i>{c.n}</i><span>{_text(_short(c.quote))}</span></button>"
            )
        items += "</li>"
    head = _text(word(lang, "sources"))
    return f'<section class="tw-sources"><h2>{head}</h2><ol>{items}</ol></section>'


def _short(quote: str) -> str:
    return quote if len(quote) <= QUOTE_CHARS else quote[:QUOTE_CHARS] + "……"
