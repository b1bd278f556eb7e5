"""Paragraph and character styles of a docx: what they say of numbering and hidden text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from index.formats.ooxml import child, children, number, switch, val

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NO_LIST = "0"  # a numId that takes the style's number away
CHAIN = 50  # styles based on one another; Word itself stops at eleven


@dataclass(frozen=True, slots=True)
class Style:
    """One style. `list` and `level` are None where the style does not speak of them."""

    name: str
    based_on: str
    list: str | None
    level: int | None
    hidden: bool | None


class Place(NamedTuple):
    """Where a paragraph stands in a list. `level` None is the one that is linked to `style`."""

    list: str
    level: int | None
    style: str


class Styles:
    """The styles of a document by id."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self._default = ""
        for node in children(root, "style"):
            ident = val(node, "styleId")
            self._styles[ident] = _style(node)
            if val(node, "type") == "paragraph" and val(node, "default") in ("1", "true", "on"):
                self._default = ident

    def of(self, paragraph: Element) -> str:
        """The id of a paragraph's style."""
        return val(child(paragraph, "pPr", "pStyle")) or self._default

    def name(self, ident: str) -> str:
        """A style's name in lower case; "" where there is no such style."""
        style = self._styles.get(ident)
        return style.name if style else ""

    def list_of(self, ident: str) -> str:
        """The list that a list style numbers by; "" where it has none."""
        style = self._styles.get(ident)
        return (style.list or "") if style else ""

    def hides(self, ident: str) -> bool:
        """Whether the style hides its text."""
        for _, style in self._chain(ident):
            if style.hidden is not None:
                return style.hidden
        return False

    def numbering(self, paragraph: Element) -> Place | None:
        """The list and level of a paragraph, its own or its style's; None where it has none."""
        own = child(paragraph, "pPr", "numPr")
        list_id, level = _listed(own)
        if list_id is not None:
            return None if list_id == NO_LIST else Place(list_id, level or 0, "")
        styled: tuple[str, str] | None = None
        styled_level: int | None = None
        for ident, style in self._chain(self.of(paragraph)):
            styled_level = style.level if styled_level is None else styled_level
            if style.list is not None:
                styled = (style.list, ident)
                break
        if styled is None or styled[0] == NO_LIST:
            return None
        if level is None and styled_level:
            level = styled_level
        return Place(styled[0], level, self.of(paragraph))

    def _chain(self, ident: str) -> list[tuple[str, Style]]:
        """The style and those it is based on, nearest first."""
        found: list[tuple[str, Style]] = []
        while ident in self._styles and len(found) < CHAIN:
            found.append((ident, self._styles[ident]))
            ident = self._styles[ident].based_on
        return found


def _style(node: Element) -> Style:
    listed, level = _listed(child(node, "pPr", "numPr"))
    vanish = child(node, "rPr", "vanish")
    return Style(
        name=val(child(node, "name")).lower(),
        based_on=val(child(node, "basedOn")),
        list=listed,
        level=level,
        hidden=None if vanish is None else switch(vanish),
    )


def _listed(node: Element | None) -> tuple[str | None, int | None]:
    list_node, level = child(node, "numId"), child(node, "ilvl")
    return (
        None if list_node is None else val(list_node),
        None if level is None else number(val(level), 0),
    )
