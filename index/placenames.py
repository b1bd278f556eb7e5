"""Names of places: the place a plan is of, where that lies, and what else it is called.

A full name is a chain from the larger to the smaller (X省Y市Z区), each part a stem and the ending
of its level. Titles run on after it without a mark, so a part is taken only where its ending is
not the beginning of another word (市场) and its stem holds no word that place names never hold
(重点区). The words are data, general to China (index/data/placenames.toml).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from index.tokens import in_order

if TYPE_CHECKING:
    from index.held import Card

NATION = "全国"
NATIONAL = re.compile(
    r"国务院|中共中央|中华人民共和国|国家[^级]|全国|[\u4e00-\u9fff]{2,12}部(?:办公厅)?(?:关于|$|、)"
)
HAN = "[\u4e00-\u9fff]"
LONGEST_STEM = 14  # 双江拉祜族佤族布朗族傣族 (自治县) has 12
PLAIN_STEM = 7  # names without nationalities have up to six characters, and one is to spare
# What follows the place in a signature, or in the head of a report to a congress.
OFFICE = r"(?=人民政府|人大常委会|委员会|第[一二三四五六七八九十百]+届|市长|县长|区长|州长|省长)"


@dataclass(frozen=True, slots=True)
class Level:
    """An administrative level: ending, rank (1 province … 4 town), key of a plan's `level`."""

    ending: str
    rank: int
    key: str
    en: str
    bare: bool = False
    short: str = ""


@dataclass(frozen=True, slots=True)
class Where:
    """A place and the province and city it lies in; "" where the text does not say."""

    place: str = ""
    province: str = ""
    city: str = ""


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(files("index").joinpath("data/placenames.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def levels() -> tuple[Level, ...]:
    """All levels, an ending before those it ends in."""
    return tuple(Level(**entry) for entry in _data()["level"])


def level_of(place: str) -> Level | None:
    """The level that a place's name ends in."""
    return next((v for v in levels() if place.endswith(v.ending) and place != v.ending), None)


def level_ending(place: str) -> str:
    """The ending of a place's level (自治县), or ""."""
    level = level_of(place)
    return level.ending if level else ""


@lru_cache(maxsize=1)
def _part() -> re.Pattern[str]:
    after: dict[str, str] = _data()["words"]["after"]
    endings = [
        v.ending + (f"(?![{after[v.ending]}])" if v.ending in after else "") for v in levels()
    ]
    alone = rf"(?![{_data()['words']['alone']}]){HAN}(?=县(?!区))"
    return re.compile(rf"({alone}|{HAN}{{2,{LONGEST_STEM}}}?)({'|'.join(endings)})")


# -- finding ------------------------------------------------------------------------------


def chain(text: str) -> tuple[str, ...]:
    """The parts of the full name that a text begins with, the larger first; () without one."""
    parts: list[str] = []
    at, rank = 0, 0
    while m := _part().match(text, at):
        part = m.group(0)
        level = level_of(part)
        across = (w for w in _data()["words"]["never"] if w in part and w not in m.group(1))
        if any(w not in level_ending(part) for w in across):  # 住房和城乡
            break
        # a city under a prefecture's capital is a city too (X市Y市)
        deeper = level is not None and (level.rank > rank or (level.rank == rank == 2))
        if not level or not deeper or not _is_name(m.group(1)) or m.end() == len(text):
            break
        parts.append(part)
        at, rank = m.end(), level.rank
    return tuple(parts)


def _is_name(stem: str) -> bool:
    if any(word in stem for word in _data()["words"]["never"]):
        return bare_of_nationality(stem) != stem and "各族" in stem
    return len(bare_of_nationality(stem)) <= PLAIN_STEM


def place_of(title: str) -> str:
    """The place that a title begins with, its last part (X市Y区 -> Y区); "" where it has none."""
    found = chain(title.removeprefix("中共"))
    return found[-1] if found else ""


def locate(title: str, issuer: str, lines: Iterable[str] = ()) -> Where:
    """The place of a plan by its title, else its issuer, else the lines before its text (but not
    those it is addressed to); and the places above it, where one of these writes them."""
    told = [t for t in (title, issuer) if t]
    heads = [m.group(1) for x in lines if not x.endswith(("：", ":")) and (m := _head().search(x))]
    texts = [*told, *(h + "人" for h in heads)]  # `chain` wants something after the name
    chains = [c for t in texts if (c := chain(t.removeprefix("中共")))]
    if not chains:
        national = any(map(NATIONAL.match, (title, issuer)))
        return Where(NATION if national else _province_in(title))
    place = chains[0][-1]
    full = max((c for c in chains if c[-1] == place), key=len)
    above = [(part, level_of(part)) for part in full[:-1]]
    province = next((p for p, v in above if v and v.rank == 1), "")
    city = next((p for p, v in above if v and v.rank == 2), "")
    nearest = next((p for p, v in reversed(above) if v and v.rank > 1), "")
    return Where(place, province, city or nearest)


def _province_in(title: str) -> str:
    """The one province that a title speaks of, by its bare name (支持广西新能源…), or ""."""
    found = {full for full, stem in _provinces() if stem in title}
    return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=1)
def _provinces() -> tuple[tuple[str, str], ...]:
    """Each province in full, and its name without ending and nationality."""
    names: list[str] = _data()["provinces"]["names"]
    stems = [(n, n.removesuffix(v.ending) if (v := level_of(n)) else n) for n in names]
    return tuple((n, bare_of_nationality(stem)) for n, stem in stems)


@lru_cache(maxsize=1)
def _head() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[^\u4e00-\u9fff]|在)((?:(?!在){HAN}){{2,20}}?){OFFICE}")


# -- other names --------------------------------------------------------------------------


def bare_of_nationality(stem: str) -> str:
    """A stem without the nationalities at its end (恩施土家族苗族 -> 恩施), unless all of it is
    one (东乡族 -> 东乡)."""
    names = "|".join(sorted(_data()["words"]["nationalities"], key=len, reverse=True))
    full = re.sub(rf"(?:(?:{names})族)+$", "", stem)
    if full == stem:  # without 族 only for those that are written so (伊犁哈萨克自治州)
        full = re.sub(r"(?<=..)(?:蒙古|哈萨克|柯尔克孜|塔吉克|维吾尔|锡伯)$", "", stem)
    return full or stem.removesuffix("族")


def aliases_of(place: str) -> tuple[str, ...]:
    """Other names of a place: without its level, with a shorter one, and in pinyin both ways.

    恩施土家族苗族自治州: 恩施, 恩施州, Enshi, Enshi Prefecture.
    """
    level = level_of(place)
    if not place or not level:
        return ()
    stem = place.removesuffix(level.ending)
    if "自治" in level.ending:
        stem = bare_of_nationality(stem)
    name = stem if len(stem) >= 2 else place  # one character is never said without its level
    bare = level.bare and not (level.ending == "旗" and stem[-1] in _data()["words"]["banners"])
    found = [name] if bare or len(stem) < 2 else []
    if level.short:
        found.append(stem + level.short)
    latin = _data()["province_en"].get(stem) or _latin(place, len(stem))
    if bare:
        found.append(latin if len(stem) >= 2 else _latin(place, len(place)))
    if level.en:
        found.append(f"{latin} {level.en}")
    return tuple(n for n in dict.fromkeys(found) if n != place)


def called(place: str, issuer: str) -> tuple[str, ...]:
    """A shorter name that the issuer has for its own place (阜蒙县, 阜新蒙古族自治县), if any."""
    short = place_of(issuer)
    own = short and short != place and in_order(short, place)
    return (short,) if own and short[0] == place[0] and short[-1] == place[-1] else ()


def _latin(name: str, count: int) -> str:
    """The first `count` characters of a name in pinyin, one word, with the apostrophe that keeps
    syllables apart (Xi'an)."""
    from pypinyin import lazy_pinyin

    data = _data()
    stem = name[:count]
    read = data["name_readings"].get(name) or data["name_readings"].get(stem)
    if read is None:
        sounds = zip(stem, lazy_pinyin(stem), strict=True)
        read = [data["readings"].get(char, sound) for char, sound in sounds]
    first, *rest = read[:count]
    return str(first + "".join(f"'{s}" if s[0] in "aeo" else s for s in rest)).capitalize()


# -- names that several held places bear --------------------------------------------------


def told_apart(cards: Sequence[Card]) -> list[Card]:
    """The cards, those that their place's name does not tell apart shown with what does.

    南京市鼓楼区 beside 徐州市鼓楼区: the city, or the province where that is all that is known.
    Several plans of one place are told apart by their titles (鼓楼区《政府工作报告》), and so are
    plans of no place.
    """
    held: dict[str, list[Card]] = {}
    for card in cards:
        held.setdefault(card.place, []).append(card)
    return [_told_apart(c, held[c.place]) for c in cards]


def _told_apart(card: Card, same: Sequence[Card]) -> Card:
    """The card, with `shown` set where others of `same` have its place's name."""
    if card.place in ("", NATION):
        return replace(card, shown=card.title)
    twins = [c for c in same if not _apart(card, c)]
    prefix = (card.city or card.province) if len(twins) < len(same) else ""
    title = ""
    if len(twins) > 1:
        matter = matter_of(card.title)
        alone = matter and [matter_of(c.title) for c in twins].count(matter) == 1
        title = f"《{matter}》" if alone else f"（{card.id}）"
    return replace(card, shown=prefix + card.place + title if prefix or title else "")


def _apart(a: Card, b: Card) -> bool:
    """Whether two places of one name are known to lie in different cities or provinces."""
    city = bool(a.city and b.city and a.city != b.city)
    return city or bool(a.province and b.province and a.province != b.province)


def matter_of(title: str) -> str:
    """What a plan's title says beside the place, without brackets at the end."""
    title = re.sub(r"[（(].*$", "", title)
    for part in chain(title):
        title = title.removeprefix(part)
    return title
