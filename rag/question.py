"""Reading a question: place, matter, kind, roles, units, years, and what is wanted of them.

A question is framing around a matter. The framing (who, how many, 牵头, 列全) tells the kind of
answer; it is taken out, and what is left, the matter, is what is searched. The matter becomes
concepts: a lay word or an English term with the plan words it may stand for, else the pairs of
characters themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from index.plan import Plan, Role
from index.tokens import bigrams, normalise
from index.units import Forms, Mention, UnitNames
from rag.lexicon import asking, lay, pattern
from rag.spelling import Speller

Kind = Literal[  # fmt: skip
    "duty", "tasks", "role_check", "figure", "figure_check", "when", "meta", "list", "measure",
    "contact", "document",
]
Lang = Literal["zh", "en"]
ROLES: tuple[Role, ...] = ("lead", "responsible", "participant", "support")
NUMBER = re.compile(r"百分之[一二三四五六七八九十百零点两]+|[一二三四五六七八九十百千万两]{1,5}(?:个百分点|个|家|名|所|人次|人|次|项)|\d+(?:\.\d+)?(?:万|亿|千|百)?(?:%|％|个|家|名|人次|人|所|次|项|平方米)?")
YEAR = re.compile(r"(20\d\d)")
FIVE_YEAR = re.compile(r"十四五|14th five")


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing the matter speaks of: the words asked with, and words plans may use for it."""

    said: str
    words: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood. `matter` is the searched text; `plans` is () if no place is named."""

    text: str
    lang: Lang
    kind: Kind
    matter: str
    concepts: tuple[Concept, ...]
    plans: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    any_role: bool = False
    drop_lead: bool = False
    only_lead: bool = False
    sole: bool = False
    units: tuple[Mention, ...] = ()
    years: tuple[int, ...] = ()
    numbers: tuple[str, ...] = ()
    meta: tuple[str, ...] = ()
    counts: bool = False
    lists: bool = False
    yes_no: bool = False
    who: bool = False
    document: str = ""
    extra: tuple[Kind, ...] = ()
    per_year: bool = False


class QuestionReader:
    """Reads questions against the places and units of an index."""

    def __init__(
        self,
        plans: Sequence[Plan],
        units: UnitNames,
        speller: Speller,
        dictionary: Mapping[str, Sequence[str]],
    ) -> None:
        self._units = units
        self.dictionary = dictionary
        self._speller = speller
        self._places: dict[str, list[str]] = {}
        for plan in plans:
            for name in (plan.place, *plan.aliases):
                if name:
                    self._places.setdefault(normalise(name), []).append(plan.id)
        printed = {d.unit for plan in plans for c in plan.clauses for d in c.duties}
        self._known = Forms({u for u in printed if len(u) >= 3} | _bare(printed))
        self._on_duty = {units.identity(u) for u in printed}
        generic = {b for w in asking()["generic"]["words"] for b in bigrams(w)}
        self._headings = frozenset(
            b for p in plans for c in p.clauses for b in bigrams(c.title) if b not in generic
        )
        self._numbers = document_numbers(plans)

    def read(self, text: str) -> Question:
        """The question understood; never raises."""
        flat = _flatten(text)
        lang: Lang = "zh" if re.search(r"[\u3400-\u9fff]", _strip_bracketed(flat)) else "en"
        if lang == "en":
            from rag.english import read_english

            return read_english(text, flat, self)
        return self._read_chinese(text, flat)

    # -- places ---------------------------------------------------------------------------

    def places(self, flat: str) -> tuple[tuple[str, ...], str]:
        """Plan ids named in the text, in the order named, and the text without the names."""
        found: list[tuple[int, str]] = []
        for name in sorted(self._places, key=len, reverse=True):
            edge = r"(?<![a-z])" if name[0].isascii() else ""
            end = r"(?:'s)?(?![a-z])" if name[-1].isascii() else ""
            match = re.search(edge + re.escape(name) + end, flat)
            if match:
                found += [(match.start(), plan_id) for plan_id in self._places[name]]
                flat = re.sub(edge + re.escape(name) + end, lambda m: " " * len(m.group(0)), flat)
        ordered = dict.fromkeys(plan_id for _, plan_id in sorted(found))
        return tuple(ordered), flat

    def mentions(self, text: str) -> list[Mention]:
        """Units named in Chinese, those that plans print among them."""
        return self._units.mentions(text, self._known)

    def _is_agency(self, unit: Mention) -> bool:
        """An organ that can hold a duty, as against a museum, a school or 责任单位 as such."""
        if unit.identity.atoms == GENERIC_UNIT and "成员" not in unit.text:
            return False
        return self._units.is_organ(unit.identity) or unit.identity in self._on_duty

    def english_mentions(self, text: str) -> list[Mention]:
        return self._units.english_mentions(text)

    # -- Chinese --------------------------------------------------------------------------

    def _read_chinese(self, text: str, flat: str) -> Question:
        plans, rest = self.places(flat)
        number = document_number(flat)
        plans = plans or self._numbers.get(number, ())
        named = {i for u in self.mentions(rest) for i in range(u.start, u.end)}
        rest = self._speller.correct(rest, _framing(rest) | named)
        whole = "".join(r if f not in " " and r != " " else f for f, r in zip(flat, rest, strict=True))
        units = [u for u in self.mentions(whole) if self._is_agency(u)]
        organs = any(self._units.is_organ(u.identity) for u in units)
        frame = _Frame(rest, units, self._headings, organs)
        kind = frame.kind()
        if number:
            kind = "meta" if frame.meta else "document"
        matter = frame.matter(kind)
        return Question(
            text=text,
            lang="zh",
            kind=kind,
            matter=matter,
            concepts=concepts_of(matter),
            plans=plans,
            document=number,
            roles=frame.roles,
            any_role=frame.any_role,
            drop_lead=frame.drop_lead,
            only_lead=frame.only_lead,
            sole=frame.sole,
            units=tuple(frame.units),
            years=frame.years,
            numbers=frame.numbers,
            meta=frame.meta,
            counts=frame.how_many,
            lists=frame.lists,
            yes_no=frame.yes_no or (kind == "role_check" and not frame.alternative()),
            who=frame.who,
            extra=frame.extra(kind),
            per_year=frame.per_year,
        )


# asks for tasks as such: 哪些任务, 几项, 什么活
TASKS = re.compile(
    r"(?:哪些|哪几|哪一|哪|几|什么|啥|多少)(?:个|项|条|件)?(?:任务|工作任务|活|事|工作|行动|工程|项|条|件|职责)"
    r"|(?:任务|活儿?|职责)(?:有|是|都有|包括)?(?:哪|什么|啥)|有(?:什么|啥|哪些)(?:任务|活|事|职责)|(?:做|干|办|管|忙|承担|负责|搞)(?:些|点|了)?(?:什么|啥|哪些)"
)
ADJECTIVE = r"(?:重点|主要|具体|提升|保障|大的?|小|专项|核心)?"
COUNTED = re.compile(r"第[一二三四五六七八九十](?:项|条|个|大)|[一二三四五六七八九十两]+(?:大|项|个|条|类|块|家)")
TIME = re.compile(r"(?:到|至|在|截至)?(?:20\d\d)年?(?:底|末|之前|前)?|每一?年|一年|年年|“?十四五”?(?:期间|末|结束前|结束)?")
GENERIC_UNIT = frozenset({"成员单位"})
ROLE_NOUN = re.compile(r"(?:牵头|责任|参加|参与|配合|负责|协办)的?(?:单位|部门)")
SOLE = re.compile(r"(?:一家|独家|单独|只有|仅)(?:牵头|由|是)|一家牵头|就是?.{0,8}一家|独自")


DOCUMENT_NUMBER = re.compile(
    r"([\u4e00-\u9fff]{1,6}?发|[\u4e00-\u9fff]{2,6}?)[〔\[(【]?\s*((?:19|20)\d\d)\s*[〕\])】年]?\s*第?\s*(\d{1,4})号"
)


def document_number(text: str) -> str:
    """The document number a text names, in one form (乐府发2023-61), or ""."""
    m = DOCUMENT_NUMBER.search(normalise(text))
    return f"{m.group(1)}{m.group(2)}-{m.group(3)}" if m else ""


def document_numbers(plans: Sequence[Plan]) -> dict[str, tuple[str, ...]]:
    """Plan ids by their own document number."""
    found: dict[str, tuple[str, ...]] = {}
    for plan in plans:
        number = document_number(plan.meta.number.value)
        if number:
            found[number] = (*found.get(number, ()), plan.id)
    return found


def _bare(printed: set[str]) -> set[str]:
    return {re.sub(r"^[县市区省](?!委)", "", u) for u in printed if len(u) >= 4}


def _flatten(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f\s]+", " ", normalise(text)).strip()


def _strip_bracketed(flat: str) -> str:
    """Without Chinese in brackets or quotes: an English question may carry terms in the original."""
    latin = len(re.findall(r"[a-z]{2,}", flat))
    return re.sub(r"[\u3400-\u9fff、（）“”]+", " ", flat) if latin >= 4 else flat


def _framing(text: str) -> set[int]:
    """Positions of question and function words, where no slip is looked for."""
    functional = set(asking()["filler"]["chars"])
    taken = {i for i, char in enumerate(text) if char in functional}
    for name in asking()["ask"]:
        for m in pattern("ask", name).finditer(text):
            taken.update(range(*m.span()))
    for m in pattern("filler", "words").finditer(text):
        taken.update(range(*m.span()))
    return taken


class _Frame:
    """The framing of a Chinese question, found word by word."""

    def __init__(
        self, text: str, units: list[Mention], headings: frozenset[str], has_organ: bool
    ) -> None:
        self.text = text
        self.has_organ = has_organ
        self._headings = headings
        self.units = units
        self.bare = _blank(text, [(u.start, u.end) for u in self.units])
        asked = pattern("ask", "which").sub(" ", self.bare)
        self.which = asked != self.bare
        self.who = bool(pattern("ask", "who").search(self.bare))
        self.how_many = bool(pattern("ask", "how_many").search(asked))
        self.when = bool(pattern("ask", "when").search(self.bare))
        self.yes_no = bool(pattern("ask", "yes_no").search(self.bare))
        self.how = bool(pattern("ask", "how").search(self.bare))
        self.lists = bool(pattern("ask", "list").search(self.bare))
        self.roles: tuple[Role, ...] = tuple(
            r for r in ROLES if pattern("roles", r).search(self._without_exclusion())
        )
        self.any_role = bool(pattern("roles", "any").search(self.bare))
        self.drop_lead = bool(pattern("exclude", "lead").search(self.bare))
        self.only_lead = bool(pattern("exclude", "others").search(self.bare))
        self.sole = bool(SOLE.search(self.bare))
        if self.only_lead:
            self.roles = ("lead",)
        self.separate = bool(pattern("exclude", "separate").search(self.bare) and self.roles)
        if self.separate:
            self.roles = ()
            self.any_role = True
        self.years = _years(text)
        self.numbers = tuple(
            m.group(0) for m in NUMBER.finditer(re.sub(r"20\d\d年?|\d+g\b", " ", text))
        )
        self.per_year = bool(re.search(r"每年|一年|年均|每一年|年年", text))
        self.meta = tuple(n for n in asking()["meta"] if pattern("meta", n).search(text))

    def _without_exclusion(self) -> str:
        return pattern("exclude", "others").sub(" ", pattern("exclude", "lead").sub(" ", self.bare))

    def kind(self) -> Kind:
        """The kind of answer wanted, from the framing alone."""
        rest = self._rest()
        if pattern("contact", "what").search(self.bare) and (
            not self.meta or pattern("contact", "titles").search(self.bare)
        ):
            return "contact"
        if self.meta == ("status",) and self.when:
            return "when"
        if self.meta and self._asks_of_plan(rest):
            return "meta"
        if self.units and (self._asks_tasks(rest) or self._only_units(rest)):
            return "tasks"
        if self.units and (self.roles or self.any_role) and self._asks_yes_no():
            return "role_check"
        if self.yes_no and self.numbers and not self.who and not self.how:
            return "figure_check"
        if self.separate or ROLE_NOUN.search(self.bare) or (self.roles and (self.who or not self._asks_other())):
            return "duty"
        if self.who or (self.any_role and self.which and re.search(r"单位|部门", self.bare)):
            return "duty"
        if self.when and not (self.how or self.lists):
            return "when"
        if self._structural():
            return "list"
        if self.how_many:
            return "figure"
        if self.lists and not self.how:
            return "list"
        return "measure"

    def extra(self, kind: Kind) -> tuple[Kind, ...]:
        """What is asked besides, in the same breath: the units, and how much or how often."""
        counted = re.sub(r"(?:几|多少)(?:个|家)?(?:单位|部门|局|家)", " ", self.bare)
        if kind == "duty" and pattern("ask", "how_many").search(
            pattern("ask", "which").sub(" ", pattern("ask", "who").sub(" ", counted))
        ):
            return ("figure",)
        return ()

    def _asks_tasks(self, rest: str) -> bool:
        """Tasks are asked for, of an organ, or of a collective and nothing else."""
        asked = bool(TASKS.search(self.bare))
        return asked and (self.has_organ or not self._speaks_of_matter(rest))

    def _only_units(self, rest: str) -> bool:
        """Nothing but units is named, and not merely a collective such as 乡镇 with a how."""
        return not (self.how and not self.has_organ) and not self._speaks_of_matter(rest)

    def _speaks_of_matter(self, rest: str) -> bool:
        """Whether what is left beside the framing names something that headings speak of."""
        return bool(lay().find(rest)) or any(b in self._headings for b in bigrams(rest))

    def _asks_yes_no(self) -> bool:
        """A yes/no word, 还是, or a plain statement put as a question (归宣传部一家牵头？)."""
        if self.yes_no or self.alternative():
            return True
        return not (self.who or self.which or self.lists or self.how or self.how_many or self.drop_lead)

    def alternative(self) -> bool:
        """牵头还是参加, 什么角色: the role itself is asked for."""
        return bool(re.search(r"还是|角色|什么身份|算什么|算啥", self.bare))

    def _asks_other(self) -> bool:
        """Something else than units is asked for: how, how many, what."""
        return self.how or self.how_many or self.which or self.when

    def _structural(self) -> bool:
        """几项, 哪几条, 分成几块: counts or names parts of the plan itself."""
        nouns = "|".join(asking()["structure"]["nouns"])
        numbered = r"哪[一二三四五六七八九十]+(?:个|项|类|条|种|大)|第[一二三四五六七八九十](?:大)?(?:部分|章|块)"
        asked = rf"(?:几|哪些|哪|多少|什么|啥)(?:个|大|小|些)?{ADJECTIVE}(?:{nouns})"
        named = rf"(?:{nouns})(?:是|有|叫|包括|都有)?(?:哪|什么|啥|几)"
        listed = rf"(?:{nouns})[^，。？]{{0,8}}(?:叫|名字|名称|有哪些|分别)"
        return bool(re.search(f"{asked}|{named}|{listed}|{numbered}|下面分|分成几|分几|哪几类", self.bare))

    def _asks_of_plan(self, rest: str) -> bool:
        content = re.sub(r"[^\u3400-\u9fff]", "", rest)
        names_plan = re.search(
            r"方案|通知|文件|规划|纲要|这份|红头|文号|几号文|落的?款|发文|标题|抬头", self.text
        )
        return bool(names_plan) or len(content) <= 2

    def _rest(self) -> str:
        """The question without any framing: empty if it asks of a unit or the plan as such."""
        rest = _strip(self.bare, ("exclude", "roles", "ask", "tasks", "plan", "meta", "filler"))
        return re.sub("|".join(asking()["generic"]["words"]), "", rest)

    def matter(self, kind: Kind) -> str:
        """What is searched: the question without framing and, where asked of units, without them."""
        base = self.bare if kind in ("duty", "role_check", "tasks") else self.text
        if kind == "meta":
            return _strip(base, ("ask", "filler"))
        sections = ("exclude", "ask", "filler")
        if kind in ("duty", "role_check", "tasks"):
            base = _strip(base, ("exclude", "roles"))
        base = TIME.sub(" ", base)
        if kind == "figure_check":
            base = NUMBER.sub(" ", base)
        if kind == "list":
            base = COUNTED.sub(" ", _strip(base, ("list",)))
        matter = _strip(base, sections)
        return re.sub(r"\s+", " ", matter).strip(" ，。？?！!、；：:,.（）()“”\"'")


def function_chars() -> str:
    """Characters that carry no matter, for use in a character class."""
    return asking()["filler"]["chars"]  # type: ignore[return-value]


def _strip(text: str, sections: Sequence[str]) -> str:
    for section in sections:
        for name, words in asking()[section].items():
            if isinstance(words, list):
                text = pattern(section, name).sub(" ", text)
    return text


def _blank(text: str, spans: list[tuple[int, int]]) -> str:
    chars = list(text)
    for a, b in spans:
        chars[a:b] = " " * (b - a)
    return "".join(chars)


def _years(text: str) -> tuple[int, ...]:
    years = [int(y) for y in YEAR.findall(text)]
    if FIVE_YEAR.search(text) and not years:
        years.append(2025)
    return tuple(dict.fromkeys(years))


def concepts_of(matter: str) -> tuple[Concept, ...]:
    """Concepts of a Chinese matter: lay words with their plan words, the rest as pairs."""
    found = [Concept(q, (q,), QUOTED_WEIGHT) for q in QUOTED.findall(matter)]
    covered = 0
    for start, end, words in lay().find(matter):
        found += _pairs(matter[covered:start])
        said = matter[start:end]
        found.append(Concept(said, (said, *(w for w in words if w != said)), LAY_WEIGHT))
        covered = end
    found += _pairs(matter[covered:])
    unique: dict[str, Concept] = {}
    for concept in found:
        unique.setdefault(concept.said, concept)
    return tuple(unique.values())


QUOTED = re.compile(r"[“\"]([\u3400-\u9fff]{2,12})[”\"]")
QUOTED_WEIGHT = 2.0  # a name in quotation marks is what the question turns on
LAY_WEIGHT = 1.6  # a whole word says more than one pair of characters


def _pairs(text: str) -> list[Concept]:
    return [Concept(b, (b,)) for b in bigrams(text)]
