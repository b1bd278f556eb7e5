"""What a thing of a sort is called here: the sentence that gives one a name of its own.

    甲县、乙县的工匠各叫什么      着力培育“某某工匠”，……

Asked of several plans, a name is what each of them has in place of the other's, so it is found by
the noun it ends with or stands before, however little else of the question the sentence says.
"""

from __future__ import annotations

import re

from rag.answer import Draft
from rag.context import Context
from rag.detail_named import NAME_NOUNS
from rag.hits import Entry, Sentence

WORD = r"(?P<noun>(?:(?![的起各都有是个叫])[\u3400-\u9fff]){2,3})"
ASKED = (
    re.compile(rf"叫(?:什么|啥)(?:样的?)?{WORD}(?=$|[，。？?呢啊])"),
    re.compile(
        rf"“?{WORD}”?的?(?:{NAME_NOUNS}|名字|名称)?"
        r"[，,]?(?:又|是|要|都|各自?|分别)*叫(?:什么|啥)"
    ),
    re.compile(rf"“{WORD}”(?=.*叫(?:什么|啥|法))"),
)
NAME = re.compile(r"[“《](?P<name>[^“”《》]{3,16})[”》](?P<after>[\u3400-\u9fff]{0,14})")
OWN = 2  # characters of a name beside the noun and the question's own
ABOUT = 0.2  # share of the matter that the sentence must carry with its heading


def compose(context: Context) -> Draft | None:
    """The sentence that gives a thing of the noun asked for a name that the question does not say;
    None where no name is asked for by its noun, or none is given."""
    question = context.question
    noun = noun_asked(question.text)

    def carried(entry: Entry, sentence: Sentence) -> float | None:
        if not names(question.text, noun, sentence.text):
            return None
        pairs = sentence.pairs | entry.own
        share = context.searcher.coverage(question.concepts, pairs)
        return share if share >= ABOUT else None

    return context.told_best(carried) if noun else None


def noun_asked(text: str) -> str:
    """The noun of the thing whose name the question asks for, or ""."""
    asked = next(filter(None, (form.search(text) for form in ASKED)), None)
    return asked["noun"] if asked else ""


def names(question: str, noun: str, text: str) -> bool:
    """Whether the text gives a thing of that noun a name that the question does not say."""
    return any(
        (noun in m["name"] or noun in m["after"])
        and m["name"] not in question
        and len(set(m["name"]) - set(noun) - set(question)) >= OWN
        for m in NAME.finditer(text)
    )
