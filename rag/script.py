"""Questions in traditional script: read as their simplified twins.

Characters first (prepared at build time from CC-CEDICT), then quotation marks, then the words that
differ by region (資訊 for 信息), which are looked for only where the script was traditional: in
simplified script 支援 and 品质 mean themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.vocabulary import is_common
from rag.lexicon import regional

MARKS = str.maketrans("「」『』", "“”‘’")


class Script:
    """Turns traditional script into simplified; what is simplified already stays as it is."""

    def __init__(self, characters: Mapping[str, str]) -> None:
        # 著 and 乾 stand in simplified text as well: they tell nothing of the script
        certain = {old: new for old, new in characters.items() if not is_common(old)}
        self._certain = str.maketrans(certain)
        self._characters = str.maketrans(dict(characters))
        words = sorted(regional(), key=len, reverse=True)
        self._regional = re.compile("|".join(map(re.escape, words)) or r"(?!)")

    def simplified(self, text: str) -> str:
        """The text in simplified script and mainland words."""
        marked = text.translate(MARKS)
        if marked.translate(self._certain) == marked:
            return marked
        converted = marked.translate(self._characters)
        return self._regional.sub(lambda m: regional()[m.group(0)], converted)
