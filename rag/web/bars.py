"""Bar charts that are tables: the name, a bar, and the number written beside it.

So nothing is lost to a reader who hears the page, and no library is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rag.web.paper import shown as _text


class Bar(NamedTuple):
    """A bar: `parts` are its lengths, one beside the other, each with the name of its look.

    `told` is written at its end; `note` small below; `plan` and `clause` make it a button.
    """

    name: str
    parts: tuple[tuple[float, str], ...]
    told: str
    note: str = ""
    plan: str = ""
    clause: str = ""
    current: bool = False


def bars(
    title: str,
    heads: tuple[str, str],
    rows: Sequence[Bar],
    most: float = 0.0,
    tools: str = "",
    note: str = "",
) -> str:
    """A chart; `most` is the length that fills it (the longest, if 0). `tools` is HTML that
    stands beside the title, `note` is told below."""
    most = most or max((sum(n for n, _ in r.parts) for r in rows), default=0.0) or 1.0
    head = "".join(f'<th scope="col">{_text(h)}</th>' for h in heads)
    body = "".join(_bar(r, most) for r in rows)
    below = f'<p class="tw-over">{_text(note)}</p>' if note else ""
    return (
        f'<figure class="tw-chart"><figcaption><span>{_text(title)}</span>{tools}</figcaption>'
        f'<table class="tw-bars"><thead class="tw-sr"><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>{below}</figure>"
    )


def _bar(row: Bar, most: float) -> str:
    parts = "".join(
        f'<i class="tw-bar tw-bar-{_text(look)}" style="width:{100 * n / most:.2f}%"></i>'
        for n, look in row.parts
        if n > 0
    )
    note = f'<span class="tw-over">{_text(row.note)}</span>' if row.note else ""
    told = f'<span class="tw-told">{_text(row.told)}</span>'
    inner = f'<span class="tw-track" aria-hidden="true">{parts}</span>{told}{note}'
    if row.plan:
        here = ' aria-current="true"' if row.current else ""
        inner = (
            f'<button type="button" class="tw-barline" data-plan="{_text(row.plan)}" '
            f'data-clause="{_text(row.clause)}"{here}>{inner}</button>'
        )
    else:
        inner = f'<span class="tw-barline">{inner}</span>'
    return f'<tr><th scope="row">{_text(row.name)}</th><td>{inner}</td></tr>'
