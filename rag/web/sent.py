"""What the browser sends, which may be anything."""

from __future__ import annotations

NUMBER_DIGITS = 7


def number(raw: object) -> int:
    """A number that the browser sent, -1 for anything else."""
    text = str(raw)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < NUMBER_DIGITS else -1
