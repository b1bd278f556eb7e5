"""What a statement says that its source does not: the stretches no word of the source covers.

Chinese: the longest stretch of two characters or more that stands in the source is covered, and so
are the words that hold any sentence together and the words for roles. English: a word that stands
in the source, one of whose translations does, or that any sentence may hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from index.figures import FIGURE
from index.tokens import squeeze
from index.vocabulary import stem
from rag.llm.evidence import Evidence
from rag.llm.wordlists import english_glue, glue, role_words

RUN = re.compile(r"[\u3400-\u9fff]+")
WORD = re.compile(r"[^\W\d_\u3400-\u9fff](?:[^\W\d_\u3400-\u9fff]|['’-])*")  # of any other script
LEAST = 2  # characters; a single one stands in nearly every text
Translate = Callable[[str], tuple[str, ...]]


def novel(said: str, source: Evidence, translate: Translate) -> tuple[list[str], int]:
    """The stretches that are new, and of how many characters and words the statement consists.

    A Latin word counts as one.
    """
    pool = source.pool
    masked = FIGURE.sub(" ", said)  # held against the source's figures by itself
    for _, pattern in role_words():
        masked = pattern.sub(lambda m: " " * len(m.group(0)), masked)
    found: list[str] = []
    size = 0
    for run in RUN.findall(masked):
        size += len(run)
        found += _uncovered(run, pool)
    words = WORD.findall(masked)
    latin = {_stem(w) for w in WORD.findall(source.text)}
    for word in words:
        size += 1
        if not _known(word, latin, pool, translate):
            found.append(word)
    return found, size


def _uncovered(run: str, pool: str) -> list[str]:
    if len(run) < LEAST and run in pool:  # between brackets: 协（学）会
        return []
    found, new, at = [], "", 0
    while at < len(run):
        size = max(_carried(run, at, pool), len(next(glue().at(run, at), "")))
        if size:
            found += [new] if new else []
            new, at = "", at + size
        else:
            new, at = new + run[at], at + 1
    return found + ([new] if new else [])


def _carried(run: str, at: int, pool: str) -> int:
    """How many characters from `at` stand in the pool as they are; 0 where fewer than LEAST."""
    size = LEAST
    while at + size <= len(run) and run[at : at + size] in pool:
        size += 1
    return size - 1 if size > LEAST else 0


def _known(word: str, latin: set[str], pool: str, translate: Translate) -> bool:
    bare = _bare(word)
    if bare in english_glue() or stem(bare) in latin:
        return True
    return any(squeeze(t) in pool for t in translate(bare))


def _bare(word: str) -> str:
    return word.lower().replace("’", "'").removesuffix("'s")


def _stem(word: str) -> str:
    return stem(_bare(word))


def share(text: str, said: str) -> float:
    """The share of a text's pairs of characters and Latin words that `said` has as well, 0 to 1."""
    have, words = squeeze(said), [_stem(w) for w in WORD.findall(text)]
    kept = {_stem(w) for w in WORD.findall(said)}
    pairs = [r[i : i + 2] for r in RUN.findall(squeeze(text)) for i in range(len(r) - 1)]
    total = len(pairs) + len(words)
    shared = sum(p in have for p in pairs) + sum(w in kept for w in words)
    return shared / total if total else 1.0
