"""Automatic numbers of a docx, as Word shows them (ECMA-376 part 1, 17.9).

A paragraph names a list (numId) and a level; the list names the definition of its levels. Lists of
one definition count on together, unless a list brings a start of its own. An item resets the deeper
levels. What a level prints is its pattern (`第%1条`) with the counts of the levels put in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from index.formats.numerals import printed
from index.formats.ooxml import MC, W, child, children, number, switch, val

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from index.formats.docx_styles import Styles

LEVELS = 9  # Word has nine levels
PLACE = re.compile(r"%([1-9])")
# Bullets in Word are characters of symbol fonts, in the private area; these look like what is here.
SYMBOLS = {0x6C: "●", 0x6E: "■", 0x75: "◆", 0xA7: "■", 0xB2: "◆", 0xD8: "•", 0xFC: "•"}
BULLET = "•"


@dataclass(frozen=True, slots=True)
class Level:
    """How one level counts and prints. `restart` is the level, from 1, that resets it; 0 none."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""
    spaced: bool = True


@dataclass(slots=True)
class _List:
    """A list: the definition it counts with, its levels, and starts of its own."""

    definition: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the numbered paragraphs of a document; ask for each once, in the document's order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        if root is not None:
            self._read(root)

    def next(self, paragraph: Element) -> str:
        """The number before the paragraph's text, with the blank Word shows; "" if it has none."""
        found = self._styles.numbering(paragraph)
        if found is None:
            return ""
        list_id, at, style = found
        counted = self._lists.get(list_id)
        if counted is None:
            return ""
        if at is None:
            linked = [n for n, level in counted.levels.items() if style and level.style == style]
            at = linked[0] if linked else 0
        level = counted.levels.get(at)
        if level is None or not 0 <= at < LEVELS:
            return ""
        return self._print(counted, at, level, self._count(list_id, counted, at))

    def _count(self, list_id: str, counted: _List, at: int) -> dict[int, int]:
        counts = self._counts.setdefault(counted.definition, {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            for n, start in counted.starts.items():
                counts[n] = start - 1
        counts[at] = counts.get(at, counted.levels[at].start - 1) + 1
        for n in range(at + 1, LEVELS):
            restart = counted.levels[n].restart if n in counted.levels else None
            if restart is None or (restart and at < restart):
                counts.pop(n, None)
        return counts

    @staticmethod
    def _print(counted: _List, at: int, level: Level, counts: dict[int, int]) -> str:
        if level.form == "bullet":
            return _bullet(level.text)

        def count(m: re.Match[str]) -> str:
            n = int(m.group(1)) - 1
            form = counted.levels[n].form if n in counted.levels else "decimal"
            if n > at or form == "bullet":
                return ""
            form = "decimal" if level.legal and form != "none" else form
            # an outer level that no paragraph has had yet shows its start, and begins there later
            start = counted.levels[n].start if n in counted.levels else 1
            return printed(counts.get(n, start), form)

        text = PLACE.sub(count, level.text)
        return f"{text} " if level.spaced and text and _latin(text[-1]) else text

    def _read(self, root: Element) -> None:
        definitions: dict[str, dict[int, Level]] = {}
        links: dict[str, str] = {}
        for node in children(root, "abstractNum"):
            ident = val(node, "abstractNumId")
            definitions[ident] = {
                number(val(n, "ilvl"), 0): _level(n) for n in children(node, "lvl")
            }
            links[ident] = val(child(node, "numStyleLink"))
        nums = list(children(root, "num"))
        named = {val(n, "numId"): val(child(n, "abstractNumId")) for n in nums}
        for node in nums:
            ident = val(node, "numId")
            definition = named[ident]
            if links.get(definition):  # a list style: what counts stands in the style's own list
                definition = named.get(self._styles.list_of(links[definition]), definition)
            counted = _List(definition, dict(definitions.get(definition, {})))
            _override(node, counted)
            self._lists[ident] = counted


def _override(node: Element, counted: _List) -> None:
    for change in children(node, "lvlOverride"):
        at = number(val(change, "ilvl"), 0)
        own = child(change, "lvl")
        if own is not None:
            counted.levels[at] = _level(own)
        start = child(change, "startOverride")
        if start is not None and at in counted.levels:
            counted.starts[at] = number(val(start), 1)
            counted.levels[at] = replace(counted.levels[at], start=counted.starts[at])


def _level(node: Element) -> Level:
    restart = child(node, "lvlRestart")
    form = child(node, "numFmt")
    if form is None:  # two ways of writing one format; the second is for programs that know few
        form = node.find(f"{MC}AlternateContent/{MC}Fallback/{W}numFmt")
    return Level(
        start=number(val(child(node, "start")), 1),
        form=val(form) or "decimal",
        text=val(child(node, "lvlText")),
        restart=None if restart is None else number(val(restart), 0),
        legal=switch(child(node, "isLgl")),
        style=val(child(node, "pStyle")),
        spaced=val(child(node, "suff")) != "nothing",
    )


def _bullet(text: str) -> str:
    sign = text[:1]
    if "\uf000" <= sign <= "\uf0ff":
        return SYMBOLS.get(ord(sign) - 0xF000, BULLET)
    return BULLET if sign in ("", "o") else text  # an o of Courier New is Word's hollow bullet


def _latin(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char in ".)")
