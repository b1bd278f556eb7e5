"""What the parts of several plans have in common: how many they are, which only one of the plans
has, and whether those they share stand in the same order."""

from __future__ import annotations

from rag.across.alignment import Piece, align
from rag.across.cells import Cell, Cells
from rag.across.order import ordered_by_amount
from rag.across.titles import headings_told, of_one_matter
from rag.phrases import say
from rag.question import Lang


def parts_in_common(lang: Lang, cells: Cells, sequence: bool) -> str:
    """The sentence on the headings told; where their `sequence` is asked, first whether it is one.

    "" where nothing tells the plans apart and none was asked.
    """
    only = [(c, own) for c in cells if (own := _own_titles(c, cells))]
    told = [
        say(lang, "only_here", place=c.name, units=say(lang, "comma").join(own)) for c, own in only
    ]
    alone = say(lang, "then").join(told)
    if sequence:
        said = say(lang, "same_order" if _same_order(cells) else "other_order")
        return said + (alone + say(lang, "stop") if alone else "")
    counted = ordered_by_amount(lang, cells)
    if alone:
        gap = " " if lang == "en" else ""
        return say(lang, "not_same_but", only=alone) + gap + counted
    amounts = {c.draft.amount for c in cells}
    if len(amounts) == 1:
        amount = f"{amounts.pop()}{say(lang, 'piece')}"
        return say(lang, "all_same", x=amount)
    return counted


def _titles(cell: Cell) -> list[str]:
    return headings_told(cell.context, cell.draft)


def _own_titles(cell: Cell, cells: Cells) -> list[str]:
    """The headings that no other cell has one like."""
    others = [t for c in cells if c is not cell for t in _titles(c)]
    return [t for t in _titles(cell) if not any(of_one_matter(t, o) for o in others)]


def _same_order(cells: Cells) -> bool:
    """Whether the headings that all cells have stand in the same order in each."""
    owned = [(n, title) for n, cell in enumerate(cells) for title in _titles(cell)]
    groups = align([Piece(title, n) for n, title in owned])
    shared = [g for g in groups if len({owned[k][0] for k in g}) == len(cells)]
    # each group's members go by plan, and the numbers of a plan's headings by their order there
    columns = [[g[n] for g in shared] for n in range(len(cells))]
    return all(column == sorted(column) for column in columns)
