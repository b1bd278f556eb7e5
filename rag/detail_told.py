"""Whether a text has what a question asks for in form: a row of the things asked for, or a name.

The counterpart of `rag.detail`: 跟哪些媒体互推 is answered by “甲网”“乙端”等媒体, 品牌叫什么 by
“某某”品牌. A sentence that has it is likelier to be the one meant than its words alone tell.
"""

from __future__ import annotations

import re

from rag.composers.called import names, noun_asked
from rag.detail_named import named_plainly
from rag.evidence import longest

SEVERAL = re.compile(
    r"(?:哪(?:些|几|[两二三四五六七八九十])|什么样?的?)(?:个|项|类|种|家|样|条|大|支|位|所|本)?"
    r"(?P<noun>[\u3400-\u9fff]{2,6})"
)
SUCH_AS = re.compile(
    r"(?P<noun>[\u3400-\u9fff]{2,4}?)(?:又|都|分别|各自?)?(?:有|是|包括|指)(?:的是)?(?:哪(?:些|几)|什么|啥)"
)
BRANDS = "品牌|招牌|牌子|名号|称号"
BRAND_ASKED = re.compile(
    rf"(?:{BRANDS})[^，。？?]{{0,4}}(?:叫|是|为)?(?:什么|啥)|(?:什么|啥|哪个|那个?块?)(?:{BRANDS})"
)
BRAND = re.compile(rf"“([^“”]{{2,12}})”[^，。；“”]{{0,8}}(?:{BRANDS})")
PROGRAMME_ASKED = re.compile(r"叫(?:什么|啥)(?P<noun>行动|计划|工程|项目|活动|大赛|制度|机制)")
ALIKE = 3  # characters in a row that a programme's name has from the question
LONGEST, SHORTEST = 4, 2  # characters of the noun asked for


def tells(question: str, said: str) -> bool:
    """Whether the text lists several of what the question asks for by a noun (哪些平台), or names
    what it asks the name of. The question is in lower case and without its place."""
    noun = noun_asked(question)
    if noun and names(question, noun, said):
        return True
    if named_plainly(question, said) or _called(question, said):
        return True
    return any(_lists(noun, said) for noun in _nouns(question))


def _nouns(question: str) -> list[str]:
    """The nouns that may be asked for: where one ends is not told, so each beginning of what
    follows 哪些, also without its first character (新技术 -> 技术)."""
    found: list[str] = []
    for m in SEVERAL.finditer(question):
        for at in (0, 1):
            found += [m["noun"][at : at + n] for n in range(LONGEST, SHORTEST - 1, -1)]
    found += [m["noun"][-n:] for m in SUCH_AS.finditer(question) for n in (3, 2)]
    return [n for n in dict.fromkeys(found) if len(n) >= SHORTEST]


def _lists(noun: str, said: str) -> bool:
    """Whether the text has a row of them: 甲、乙等平台, 甲平台、乙平台."""
    rows = (
        rf"(?:、|”“)[^，。；、]{{1,20}}等[^，。；、等]{{0,6}}{noun}",
        rf"、[^，。；、]{{1,24}}{noun}等",
        rf"{noun}、[^，。；]*{noun}",
    )
    return any(re.search(row, said) for row in rows)


def _called(question: str, said: str) -> bool:
    """Whether a brand is named as such, or a programme asked for by its noun (叫啥行动) is told by
    words that the question has, too."""
    brand = BRAND_ASKED.search(question)
    if brand and any(name not in question for name in BRAND.findall(said)):
        return True
    asked = PROGRAMME_ASKED.search(question)
    told = re.findall(rf"([^，。；、\n]{{2,24}}){asked['noun']}", said) if asked else []
    return any(longest(t, question) >= ALIKE for t in told)
