"""The words of scoring in both languages: verdicts, headers, what stands for what is not there.

A verdict is kept by its English name; people read and write it in either language.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")


class Words(NamedTuple):
    """One text in both languages."""

    zh: str
    en: str

    def of(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en

    @property
    def both(self) -> str:
        return f"{self.zh} {self.en}"


# In order from best to worst, but for cannot_tell, which stands outside the order.
VERDICTS: Mapping[str, Words] = {
    "correct": Words("对", "correct"),
    "partly": Words("部分对", "partly"),
    "wrong": Words("错", "wrong"),
    "cannot_tell": Words("无法判断", "cannot_tell"),
}
ORDERED = ("correct", "partly", "wrong")
CITATIONS: Mapping[str, Words] = {
    "yes": Words("对", "yes"),
    "no": Words("错", "no"),
    "cannot_tell": Words("无法判断", "cannot_tell"),
}
# What people write for the same thing.
ALSO = {
    "verdict": {"正确": "correct", "部分正确": "partly", "错误": "wrong", "不能判断": "cannot_tell",
                "partlycorrect": "partly", "cannottell": "cannot_tell"},
    "citation": {"正确": "yes", "错误": "no", "不能判断": "cannot_tell",
                 "cannottell": "cannot_tell"},
}  # fmt: skip
# Stands in the citation verdict of an answer without citations, where there is nothing to judge.
NOTHING = "—"

NO_ANSWER = "（没有给出回答 no answer was given）"
NO_CITATIONS = "（没有引用 no citations）"
NOT_STATED = "（计划没有提到，回答应当如实说明 the plans do not tell; the answer should say so）"
CUT = "……（后文太长，未列出 the rest is too long for a cell）"
LEFT_OUT = "……（另有 {n} 条引用未列出 {n} more citations are not listed）"
SAME_PLACE = "（同上 same place）"
EARLIER = Words("前文", "earlier")
ASKED = Words("问", "Q")
ANSWERED = Words("答", "A")
NOW = Words("本问", "now asked")

HEADERS: Mapping[str, Words] = {
    "id": Words("编号", "id"),
    "question": Words("问题", "question"),
    "answer": Words("回答", "answer"),
    "citations": Words("引用", "citations"),
    "reference": Words("参考答案", "expected answer"),
    "verdict": Words("回答评分", "verdict"),
    "citation_verdict": Words("引用评分", "citation verdict"),
    "remark": Words("备注", "remark"),
    "final": Words("回答终评", "final"),
    "final_citation": Words("引用终评", "final citation"),
}

SCORES_TAB = "评分 scores"

Kind = Literal["verdict", "citation"]
CHOICES: Mapping[Kind, Mapping[str, Words]] = {"verdict": VERDICTS, "citation": CITATIONS}


def read_word(kind: Kind, text: str) -> str | None:
    """The name of a verdict written in either language or both; None where it is none.

    Full-width letters, capitals and blanks do not matter: “ Ｃorrect ” is `correct`.
    """
    told = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    for name, words in CHOICES[kind].items():
        if told in (name, words.zh, f"{words.zh}{name}"):
            return name
    return ALSO[kind].get(told)


def known_words(kind: Kind) -> str:
    """What may be written, for a message."""
    words = CHOICES[kind].values()
    return f"{', '.join(w.zh for w in words)} ({', '.join(w.en for w in words)})"


def width(text: str) -> int:
    """Columns a text takes up on a screen: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
