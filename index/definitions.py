"""Other names that plans define: OPC（One Person Company，一人公司）, 某某中心（以下简称中心）.

Who asks may use either name. So each name leads to the other where a plan says in a bracket that
both are one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.tokens import normalise

HAN = "[\u3400-\u9fff]"
SHORT = re.compile(
    rf"({HAN}{{4,20}}|[A-Za-z]{{2,12}})[（(](?:以下|下)?(?:统)?简?称(?:为)?[“\"]?({HAN}{{2,10}}|[A-Za-z]{{2,12}})[”\"]?[)）]"
)
# OPC（One Person Company，一人公司）: the acronym, its words, its Chinese
ACRONYM = re.compile(
    rf"([A-Z]{{2,8}})[（(][A-Za-z ]{{4,40}}[，,、]?\s*[“\"]?({HAN}{{2,10}})[”\"]?"
    r"(?=[)），,。；、指])"
)
# “一人公司”（OPC）
GLOSSED = re.compile(rf"[“\"]({HAN}{{2,10}})[”\"]{HAN}{{0,4}}[（(]([A-Z]{{2,8}})[)）]")


def defined(source: str) -> Mapping[str, str]:
    """Each name with the other one that the text gives for it, both in lower case."""
    found: dict[str, str] = {}
    for pattern in (SHORT, ACRONYM, GLOSSED):
        for m in pattern.finditer(source):
            one, other = normalise(m.group(1)), normalise(m.group(2))
            if one != other:
                found.setdefault(one, other)
                found.setdefault(other, one)
    return found
