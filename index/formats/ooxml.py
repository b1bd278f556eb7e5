"""Small readers for WordprocessingML: elements and attributes by their local names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
OFF = ("0", "false", "off", "none")
MOST = 1_000_000  # a count beyond it is a slip or made to hurt


def local(node: Element) -> str:
    """The element's name without its namespace. Comments and the like are never parsed in."""
    return str(node.tag).rpartition("}")[2]


def child(node: Element | None, *names: str) -> Element | None:
    """The first w: child of that name, in it the next, and so on; None where there is none."""
    for name in names:
        if node is None:
            return None
        node = next(node.iterchildren(W + name), None)
    return node


def children(node: Element | None, name: str) -> Iterator[Element]:
    """The w: children of that name."""
    return iter(()) if node is None else node.iterchildren(W + name)


def val(node: Element | None, name: str = "val") -> str:
    """A w: attribute; "" where it, or the element, is missing."""
    return "" if node is None else node.get(W + name, "")


def switch(node: Element | None) -> bool:
    """A property that is on by being there, unless it says that it is off."""
    return node is not None and val(node).lower() not in OFF


def number(text: str, default: int) -> int:
    """A whole number within bounds; `default` for what is none."""
    try:
        return max(-MOST, min(MOST, int(text)))
    except ValueError:
        return default
