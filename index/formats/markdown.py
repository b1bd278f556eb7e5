"""Markdown as text: the marks taken off, the words and their own numbering kept.

Written for files that people and converters make of Chinese texts, which CommonMark does not read
as meant: there `**重点：**加强` is no bold type, and `1.` before a blank is counted anew. So marks
are taken off line by line, and a line stays a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from index.formats.grid import Raw
from index.formats.tables import table_lines

FRONT_MATTER = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(?:[^\n]*\n){0,100}?(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)"
)
KEY = re.compile(r"\A\ufeff?---[ \t]*\r?\n[\w-]+[ \t]*:")  # else it is a rule across the page
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
FENCE = re.compile(r"\s{0,3}(?:```|~~~)[\w -]*$")
RULE = re.compile(r"\s{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|=+[ \t]*)$")
# What stands at a line's head: quotation marks, a list's dash (a number stays), signs of a heading.
QUOTED = re.compile(r"^\s*(?:>\s?)+")
LISTED = re.compile(r"^\s*[-*+]\s+(?:\[[ xX]\]\s+)?")
HEADING = re.compile(r"^\s{0,3}#{1,6}(?:\s+|(?=[^\s#\d]))")
HEADING_END = re.compile(r"\s+#+\s*$")
TARGET = r"(?:\((?:[^()\n]|\([^()\n]{0,200}\)){0,1000}\)|\[[^\[\]\n]{0,200}\])"
IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]" + TARGET)
LINK = re.compile(r"\[([^\[\]\n]{1,500})\]" + TARGET)
DEFINED = re.compile(r"^\s{0,3}\[[^\]\n]{1,200}\]:\s*(?:<|https?:|/|#|\.)\S*.*$")
NOTE = re.compile(r"\[\^[^\]\s]{1,50}\]")
ADDRESS = re.compile(r"<((?:https?://|mailto:)[^\s<>]{1,2000})>")
LINE_END = re.compile(r"<br\s*/?>", re.IGNORECASE)
TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,20}(?:\s[^<>]{0,2000})?/?>")
# A star between two figures or two blanks is a sign of its own.
EMPHASIS = re.compile(r"(?<!\\)(?:\*{2,3}|(?<![\d\s])\*|\*(?![\d\s])|~~|`{1,3})")
UNDERLINES = re.compile(r"(?<![A-Za-z0-9_\\])_{1,3}(?![_\s])|(?<![\s_\\])_{1,3}(?![A-Za-z0-9_])")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
ROW = re.compile(r"^\s{0,3}\|.*\|\s*$")
DIVIDER = re.compile(r"^\s{0,3}\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
CELLS = re.compile(r"(?<!\\)\|")


def unmarked(text: str) -> str:
    """The text without Markdown's marks. Never raises; linear in the text's length."""
    if KEY.match(text):
        text = FRONT_MATTER.sub("", text, count=1)
    lines = COMMENT.sub("", text).splitlines() if "-->" in text else text.splitlines()
    return "\n".join(_lines(lines)) + "\n"


def _lines(lines: list[str]) -> Iterator[str]:
    at = 0
    while at < len(lines):
        divided = at + 1 < len(lines) and "|" in lines[at] and DIVIDER.match(lines[at + 1])
        if divided and "-" in lines[at + 1]:
            end = at + 2
            while end < len(lines) and "|" in lines[end]:
                end += 1
            yield from table_lines([_cells(lines[at]), *map(_cells, lines[at + 2 : end])])
            at = end
            continue
        yield from _plain(lines[at])
        at += 1


def _plain(line: str) -> Iterator[str]:
    if FENCE.match(line) or (RULE.match(line) and line.strip()) or DEFINED.match(line):
        return
    line = LISTED.sub("", QUOTED.sub("", line))
    if HEADING.match(line):
        line = HEADING_END.sub("", HEADING.sub("", line))
    for piece in LINE_END.split(line):
        yield _inline(piece).rstrip()


def _cells(line: str) -> list[Raw]:
    pieces = CELLS.split(line.strip().removeprefix("|").removesuffix("|"))
    return [Raw("\n".join(_inline(t).strip() for t in LINE_END.split(p))) for p in pieces]


def _inline(text: str) -> str:
    """Marks within a line taken off; a link keeps its words, a picture nothing."""
    if not any(sign in text for sign in "*_`~[<&\\!"):
        return text
    text = NOTE.sub("", LINK.sub(r"\1", IMAGE.sub("", text)))
    text = TAG.sub("", ADDRESS.sub(r"\1", text))
    text = UNDERLINES.sub("", EMPHASIS.sub("", text))
    return unescape(ESCAPED.sub(r"\1", text))
