"""Words that people shorten and plans print whole: 长护险 for 长期护理保险, 综保区 for 综合保税区.

A shortened word keeps one character of each word it is made of: the first, or of the last word the
last. So of every three or four characters in a row that no plan prints, a stretch of a plan is
looked for that has them in order, each beginning a word of two characters of its own (the last may
end its word, or stand alone: 区, 法), with nothing else in between.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence

from rag.lexicon import function_chars

HAN = re.compile(r"[\u3400-\u9fff]{2,}")
SIZES = (4, 3)  # characters; two could stand for too much
RARELY = 1  # occurrences from which a stretch is taken for what is meant


def whole_words(
    matter: str,
    sources: Sequence[str],
    words: Container[str],
    printed: Container[str],
    sizes: Sequence[int] = SIZES,
) -> dict[str, str]:
    """The shortened words of the matter, each with what the plans print most often for it.

    `words` are the language's words of two characters, `printed` the pairs of characters that
    plans print: a run of which all pairs are printed is no shortened word.
    """
    found: dict[str, str] = {}
    for run in HAN.findall(re.sub(f"[{function_chars()}]", " ", matter)):
        taken: set[int] = set()
        for size in sizes:
            for i in range(len(run) - size + 1):
                if taken & set(range(i, i + size)):
                    continue
                said = run[i : i + size]
                whole = "" if _is_printed(said, printed) else _whole(said, sources, words)
                if whole:
                    found[said] = whole
                    taken |= set(range(i, i + size))
    return found


def _is_printed(said: str, printed: Container[str]) -> bool:
    return all(said[k : k + 2] in printed for k in range(len(said) - 1))


def _whole(said: str, sources: Sequence[str], words: Container[str]) -> str:
    # any character, since what is no word is left out below: a class of all Chinese characters
    # takes longer to compile than all sources to search
    head = "".join(f"{re.escape(c)}." for c in said[:-1])
    last = re.escape(said[-1])
    pattern = re.compile(f"{head}(?:{last}.?|.{last})")
    counted: Counter[str] = Counter()
    for source in sources:
        if all(c in source for c in said):
            counted.update(
                filter(None, (_cut(m.group(0), said, words) for m in pattern.finditer(source)))
            )
    best = counted.most_common(1)
    return best[0][0] if best and best[0][1] >= RARELY else ""


def _cut(stretch: str, said: str, words: Container[str]) -> str:
    """The stretch without what follows its last word; "" where it is not made of such words."""
    heads = 2 * (len(said) - 1)
    if any(stretch[k : k + 2] not in words for k in range(0, heads, 2)):
        return ""
    end = stretch[heads:]
    if end[:1] == said[-1]:
        return stretch if end in words else stretch[: heads + 1]
    return stretch if end in words else ""
