"""Cutting a draft into statements while it comes.

A statement ends with a sentence, Chinese or English, or with its line; the citation numbers behind
its full stop belong to it. What is incomplete at the end of a draft that broke off is not a
statement.
"""

from __future__ import annotations

import re

END = re.compile(r"(?:[。！？!?]+[”’\"）)]*|(?<=[\w\])%”\"])\.(?=[\s\[]|$)|\n)")
TAIL = re.compile(r"[ \t]*(?:\[[^\[\]\n]{0,12}\][ \t]*)*[。.]?")
OPEN_TAIL = re.compile(r"[ \t]*(?:\[[^\[\]\n]{0,12}\][ \t]*)*(?:[\[［【][^\[\]\n]{0,12})?$")
LIST_NUMBER = re.compile(
    r"^\s*(?:[-*•·]\s+|\(?\d{1,2}[.、)）]\s*(?!\d)|[（(][一二三四五六七八九十]{1,2}[)）])"
)
EMPHASIS = re.compile(r"\*\*|__|^#{1,6}\s+", re.M)
THINKING = re.compile(r"<think>.*?(?:</think>|$)", re.S)
NUMBERED = re.compile(r"^\s*\(?\d{1,2}$|\b(?:[A-Z]|No|e\.g|i\.e|etc|vs)$")
VERDICT = re.compile(r"\s*(?:不?是的?|否|有的?|没有|不?对|yes|no)\s*", re.I)
WIDE_MARK = re.compile(r"[［【\[]\s*(\d{1,3})\s*[\]】］]")
SEVERAL = re.compile(r"[［【\[](\d{1,3}(?:\s*[,，、]\s*\d{1,3})+)[\]】］]")


class Statements:
    """Feed it text as it comes; it gives back the statements that are complete."""

    def __init__(self) -> None:
        self._text = ""

    def feed(self, piece: str) -> list[str]:
        """The statements that this piece completes."""
        self._text += piece
        if "<think>" in self._text and "</think>" not in self._text:
            return []
        self._text = _marks(THINKING.sub("", self._text))
        found = []
        while (end := self._end()) is not None:
            found.append(self._text[:end])
            self._text = self._text[end:]
        return _tidy(found)

    def rest(self) -> list[str]:
        """What is left at the end of a draft that was complete."""
        left, self._text = THINKING.sub("", self._text), ""
        return _tidy([left])

    def _end(self) -> int | None:
        """Where the first statement ends; None while it may go on."""
        for m in END.finditer(self._text):
            if m.group(0) == "." and NUMBERED.search(self._text[: m.start()]):
                continue
            if VERDICT.fullmatch(self._text[: m.start()]):
                continue  # 不是。 says nothing by itself and belongs to what follows
            if m.group(0) == "\n":
                return m.end()
            tail = TAIL.match(self._text, m.end())
            stop = tail.end() if tail else m.end()
            # more numbers may come as long as nothing else has
            if OPEN_TAIL.match(self._text, m.end()):
                return None
            return stop
        return None


def cut(text: str) -> list[str]:
    """The statements of a whole text."""
    cutter = Statements()
    return [*cutter.feed(text), *cutter.rest()]


def _tidy(found: list[str]) -> list[str]:
    """Without list marks and emphasis, citation numbers in one form, empty ones left out."""
    bare = (LIST_NUMBER.sub("", EMPHASIS.sub("", text)).strip() for text in found)
    return [_marks(text) for text in bare if text]


def _marks(text: str) -> str:
    """[1, 2] and 【1】 as [1][2]: another way to write numbers is no fault."""
    text = SEVERAL.sub(lambda m: "".join(f"[{n}]" for n in re.findall(r"\d+", m.group(1))), text)
    return WIDE_MARK.sub(r"[\1]", text)
