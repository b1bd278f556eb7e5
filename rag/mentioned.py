"""Whether a plan speaks of one thing at all, asked in English: does it mention maker spaces.

Search always finds something near, and safety education is near to nuclear safety education. Here
it is the thing itself that counts: by the Chinese words that the term table or the dictionary has
for its words, it is printed in this plan, or it is not. What neither can tell (a word that no
dictionary has, words that stand far apart) is left to search and to likelihood (rag.confidence).
"""

from __future__ import annotations

import re
from collections.abc import Container

from index.vocabulary import stem
from rag.answer import Draft
from rag.confidence import rated
from rag.context import Context
from rag.hits import Entry, Sentence
from rag.question import Concept, Question

_OF_PLAN = (
    r"(?:the|its?|this|that|'?s|plan|document|scheme|text|county|city|district|of|even|ever|also)"
)
_TELLS = (
    r"(?:mentions?|refers? to|speaks? of|talks? (?:about|of)|touch(?:es)? (?:on|upon)|brings? up"
    r"|covers?|(?:says?|includes?|contains?|has|have|offers?) (?:anything|something|a word)"
    r" (?:about|on|of|for|regarding|concerning))"
)
_TOLD = r"(?:mentioned|brought up|referred to|spoken of|talked about|touched (?:on|upon)|covered)"
_END = (
    r"(?:,? and in (?:what|which) words)?"
    rf"(?:\s+(?:anywhere|at all|or not|in|by|within|under|{_OF_PLAN}))*\s*[?.]*\s*$"
)
ASKED = tuple(
    re.compile(form)
    for form in (
        rf"^\s*(?:does|do|did)(?:\s+{_OF_PLAN})*\s+{_TELLS}\s+(?P<thing>.+?){_END}",
        rf"^\s*(?:is|are|was|were)\s+(?P<thing>.+?)\s+(?:ever\s+|even\s+)?{_TOLD}{_END}",
        r"^\s*(?:(?:is|are) there\s+)?(?:any\s?thing|something|any mention|a mention|a word)\s+"
        rf"(?:about|on|of|for|regarding|concerning)\s+(?P<thing>.+?){_END}",
    )
)
# what is asked for further makes another question of it: whether it says who, or how many
FURTHER = re.compile(
    r"\b(?:who|whom|whose|which|what|when|where|how|why|whether|that|target|number|figure|date"
    r"|deadline|budget|units?|bod(?:y|ies)|lead|leads|leading)\b|\d\d"
)
# does it run a campaign for science communities (科普社区): the name in Chinese is the thing
WHETHER = re.compile(r"^\s*(?:and |so )?(?:is|are|does|do|did|has|have|will)\b")
CHINESE = re.compile(r"[(（\"“]([\u3400-\u9fff]{3,12})[)）\"”]")
ARTICLE = re.compile(r"^(?:the|an?|any|some)\s+")
MOST = 5  # words of a thing; longer ones tell what is done, and that in other words


def thing_asked(text: str) -> str:
    """The thing of which the question asks whether the plan speaks of it at all, or "".

    `text` is in small letters and without the place.
    """
    found = next(filter(None, (asked.match(text) for asked in ASKED)), None)
    named: list[str] = CHINESE.findall(text)
    if found is None and len(named) == 1 and WHETHER.match(text) and not FURTHER.search(text):
        return named[0]
    if found is None:
        return ""
    thing = ARTICLE.sub("", found["thing"].strip())
    return "" if FURTHER.search(thing) or len(thing.split()) > MOST else thing


def unprinted(question: Question, here: str, known: Container[str]) -> str:
    """What of the thing is printed nowhere `here` by any of its Chinese words, or "".

    `known` has the stems of the English words of the dictionary: of one that it does not have,
    nothing follows. Nor of the last of several words, which other words may stand for
    (counsellor: 师).
    """
    last = question.concepts[-1] if len(question.concepts) > 1 else None
    for concept in question.concepts:
        if _printed(concept, here):
            continue
        translated = concept.carriers or stem(concept.said) in known
        if translated and (concept is not last or len(concept.said.split()) > 1):
            return concept.said
    return ""


def mentioning(context: Context) -> Draft | None:
    """The sentence that prints all of the thing, with its headings; None where none does."""
    concepts = context.question.concepts

    def carried(entry: Entry, sentence: Sentence) -> float | None:
        said = entry.clause.title + sentence.text
        if not concepts or not all(_printed(c, said) for c in concepts):
            return None
        return context.searcher.coverage(concepts, sentence.pairs)

    told = context.told_best(carried)
    return rated(context, told) if told else None


def _printed(concept: Concept, text: str) -> bool:
    return any(word in text for word in (concept.said, *concept.carriers))
