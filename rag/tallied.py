"""Whether a question asks which unit has the most to do, as against who does one thing.

谁牵头最多, 哪个部门任务最重, which bureau leads most often: the superlative and the question word
are taken out, so that what is left is the role counted and the part of the plan that is meant.
"""

from __future__ import annotations

from rag.lexicon import pattern
from rag.question import Lang
from rag.taken_out import blank, framing_of


def take_tally(flat: str, lang: Lang) -> tuple[bool, str]:
    """Whether it is asked, and the text with what asks it blanked; offsets stay."""
    found = pattern("tally", lang).search(flat)
    if found is None:
        return False, flat
    return True, blank(flat, framing_of(found))
