"""The framing of a Chinese question: the words around the matter that tell what is wanted.

Found word by word from the lists of rag/data/asking.toml. `kind` decides between the kinds of
answer in a fixed order: what is asked of the document itself, of a unit, of a unit's role in a
matter, of the units of a matter, of a time, of the plan's parts, of a number, and else how.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.plan import Role
from index.tokens import bigrams
from index.units import Mention
from rag.asking_shapes import (
    ADJECTIVE,
    AIM_ALONE,
    ALONE,
    BESIDES,
    CALLED_UP,
    CAUSED,
    CHIEFS,
    COUNTED,
    COUNTED_THINGS,
    DECODED,
    DOCUMENT_OPENS,
    DOCUMENT_REST,
    EVENTS,
    EVERY_FIGURE,
    FIGURE_NOUN,
    GROUND,
    HEADING_WORDS,
    HOW_HIGH,
    ISSUING,
    MENTION_ASKED,
    MENTIONS,
    NAME_BEHIND,
    NAMED,
    NAMED_BY_NUMBER,
    NO_PART,
    NOTHING_BESIDE,
    NUMBER,
    NUMBERED_PARTS,
    NUMBERED_REST,
    OBLIGED,
    OF_DOCUMENT,
    OF_MATTERS,
    ONE,
    PARTNERS,
    PASSAGE,
    PLACES,
    ROLE_ITSELF,
    ROLE_NOUN,
    SAME_THING,
    SAME_UNITS,
    SERVES,
    SOLE,
    SOME_THING,
    STANDS,
    STANDS_FOR,
    TASKS,
    TIME,
    TITLED_REST,
    UNITS_COUNTED,
    told_in_digits,
    without_measures,
)
from rag.asks import MEASURES
from rag.lexicon import asking, document_words, lay, pattern
from rag.periods import years_of
from rag.question import QUOTED, ROLES, Kind
from rag.taken_out import LEFT, aside, blank, strip


class Frame:
    """The framing of a Chinese question, found word by word."""

    def __init__(
        self,
        text: str,
        units: list[Mention],
        headings: frozenset[str],
        has_organ: bool,
        titled: tuple[int, int] | None = None,
    ) -> None:
        """`titled` is the span of the words that name a document by its title."""
        self.text = text
        self._titled = [titled] if titled else []
        self.has_organ = has_organ
        self._headings = headings
        self.units = units
        self.bare = blank(text, [(u.start, u.end) for u in self.units])
        asked = pattern("ask", "which").sub(" ", self.bare)
        self.which = asked != self.bare
        self.who = bool(pattern("ask", "who").search(self.bare))
        self.how_many = bool(
            pattern("ask", "how_many").search(asked)
            or HOW_HIGH.search(self.bare)
            or FIGURE_NOUN.search(self.bare)
        )
        # 期限是多少 is one of several measures, and no date
        timed = MEASURES.sub(" ", self.bare)
        self.when = bool(pattern("ask", "when").search(timed))
        self.yes_no = bool(pattern("ask", "yes_no").search(self.bare))
        self.how = bool(pattern("ask", "how").search(self.bare))
        self.lists = bool(pattern("ask", "list").search(self.bare))
        self.roles = self._named_roles()
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
        self.years = years_of(text)
        self.numbers = tuple(
            m.group(0)
            for m in NUMBER.finditer(PLACES.sub(" ", re.sub(r"20\d\d年?|\d+g\b", " ", text)))
        )
        self.per_year = bool(re.search(r"每年|(?<![满第头首前后])一年|年均|(?<!\d)年年", text))
        self.meta = self._meta()

    def _meta(self) -> tuple[str, ...]:
        """What is asked of the document itself; a time with nothing else is that of its issue."""
        beside = blank(self.text, self._titled)
        found = tuple(n for n in asking()["meta"] if pattern("meta", n).search(beside))
        if {"issuer", "number"} & set(found) and not {"date", "effective", "period"} & set(found):
            rest = strip(beside, ("meta",))
            if pattern("ask", "when").search(rest):
                return (*found, "date")
        return found

    def _named_roles(self) -> tuple[Role, ...]:
        """The roles asked for by name; who does it, asked before them by itself (由谁来建，参与单位
        有哪些), is the lead."""
        told = self._without_exclusion()
        roles = tuple(r for r in ROLES if pattern("roles", r).search(told))
        if not roles or "lead" in roles:
            return roles
        who, role = pattern("ask", "who"), [pattern("roles", r) for r in roles]
        clauses = COMMA.split(told)
        first = next(n for n, c in enumerate(clauses) if any(r.search(c) for r in role))
        return ("lead", *roles) if any(who.search(c) for c in clauses[:first]) else roles

    def _without_exclusion(self) -> str:
        told = PARTNERS.sub(" ", CAUSED.sub(" ", self.bare))
        return pattern("exclude", "others").sub(" ", pattern("exclude", "lead").sub(" ", told))

    def kind(self) -> Kind:
        """The kind of answer wanted, from the framing alone."""
        rest = self._rest()
        posts = bool(pattern("contact", "titles").search(self.bare))
        holder = any(
            pattern("contact", "names").search(self.bare, m.end(), m.end() + NAME_BEHIND)
            for m in pattern("contact", "titles").finditer(self.bare)
        )
        if holder or (pattern("contact", "what").search(self.bare) and (not self.meta or posts)):
            return "contact"
        if self.meta == ("status",) and self.when:
            return "when"
        if GROUND.search(self.bare) and self._measure_named():
            return "ground"
        if self.meta == ("title",) and NUMBERED_PARTS.search(self.bare):
            return "list"
        if self.meta and self._asks_of_plan(rest) and not SOME_THING.search(self.bare):
            return "meta"
        said = MENTION_ASKED.search(self.bare)
        if said and not (self.units or self.who or self.which or self.how_many or self.when):
            return "measure"
        others = self.who and self.roles and BESIDES.search(self.bare)
        of_units = not others and self.units and (self._asks_tasks(rest) or self._only_units(rest))
        if of_units and not (OBLIGED.search(self.bare) or DECODED.search(self.bare)):
            return "tasks"
        if others:
            return "duty"
        if self.units and (self.roles or self.any_role) and self._asks_yes_no():
            return "role_check"
        if self.yes_no and SAME_UNITS.search(self.bare) and not self.units:
            return "duty"
        if CHIEFS.search(self.bare):
            return "list"
        by_number = NAMED_BY_NUMBER.search(self.bare) and not SAME_THING.search(self.bare)
        stands = STANDS_FOR.search(self.bare) and not by_number
        if stands and any(map(told_in_digits, self.numbers)):
            return "stands_for"
        checked = any(map(self._is_figure, self.numbers))
        if self.yes_no and checked and not (self.who or self.how or self.which):
            return "figure_check"
        in_text = SERVES.search(self.bare) or PARTNERS.search(self.text)
        if in_text and not self.roles:
            return "measure"
        if (
            self.separate
            or ROLE_NOUN.search(self.bare)
            or UNITS_COUNTED.search(self.bare)
            or (self.roles and (self.who or not self._asks_other()))
        ):
            return "duty"
        if self.who or (self.any_role and self.which and re.search(r"单位|部门", self.bare)):
            return "duty"
        named = self.lists and NAMED.search(self.bare)
        if self.when and not (self.how or (self.lists and not named)):
            return "when"
        if EVERY_FIGURE.search(self.text):
            return "figure"
        if self._structural():
            return "list"
        if self.how_many:
            return "figure"
        if self.lists and not self.how:
            return "list"
        return "measure"

    def framed(self, kind: Kind) -> bool:
        """Whether the kind is said in words, and not only what is left where none is said."""
        if kind == "tasks":
            asked = self.roles or self.any_role or self.how_many or self.which or self.how
            return bool(asked) or bool(TASKS.search(self.bare))
        if kind == "list":
            return self._structural() or bool(NAMED.search(self.bare))
        return kind != "measure" or self.how

    def extra(self, kind: Kind) -> tuple[Kind, ...]:
        """What is asked besides, in the same breath: the units, and how much or how often."""
        units = r"(?:几|多少)(?:个|家)?(?:单位|部门|局|家)"
        if UNITS_COUNTED.search(self.bare):  # 甲县有几个牵头的，乙县有几个
            units = r"(?:几|多少)(?:个|家)"
        counted = re.sub(units, " ", self.bare)
        if kind == "duty" and pattern("ask", "how_many").search(
            pattern("ask", "which").sub(" ", pattern("ask", "who").sub(" ", counted))
        ):
            return ("figure",)
        return ()

    def _asks_tasks(self, rest: str) -> bool:
        """Tasks are asked for, of an organ, or of a collective and nothing else."""
        asked = bool(TASKS.search(self.bare))
        return asked and (self.has_organ or not self._speaks_of_matter(rest))

    def _is_figure(self, number: str) -> bool:
        """Whether a number may be a figure of a plan: 一人公司 and 打12316 name something."""
        return not (ONE.fullmatch(number) or re.search(f"{CALLED_UP}{number}", self.text))

    def _only_units(self, rest: str) -> bool:
        """Nothing but units is named, and not merely a collective such as 乡镇 with a how."""
        held = EVENTS.search(self.bare) and not self.roles
        matter = QUOTED.search(rest) or self._speaks_of_matter(rest) or held
        return not (self.how and not self.has_organ) and not matter

    def _speaks_of_matter(self, rest: str) -> bool:
        """Whether what is left beside the framing names something that headings speak of."""
        return bool(lay().find(rest)) or any(b in self._headings for b in bigrams(rest))

    def _asks_yes_no(self) -> bool:
        """A yes/no word, 还是, or a plain statement put as a question (归宣传部一家牵头？)."""
        if (self.yes_no and not self.who) or self.alternative():
            return True
        return not (
            self.who or self.which or self.lists or self.how or self.how_many or self.drop_lead
        )

    def alternative(self) -> bool:
        """牵头还是参加, 什么角色: the role itself is asked for."""
        return bool(ROLE_ITSELF.search(self.bare))

    def _asks_other(self) -> bool:
        """Something else than units is asked for: how, how many, what."""
        return self.how or self.how_many or self.which or self.when

    def _structural(self) -> bool:
        """几项, 哪几条, 分成几块: counts or names parts of the plan itself."""
        nouns = "|".join(asking()["structure"]["nouns"])
        digits = "[一二三四五六七八九十]"
        numbered = rf"哪{digits}+(?:个|项|类|条|种|大)|第{digits}(?:大)?(?:部分|章|块)"
        asked = rf"(?:几|哪些|哪|多少|什么|啥)(?:个|大|小|些)?{ADJECTIVE}(?:{nouns})"
        named = rf"(?:{nouns})(?:是|有|叫|包括|都有)?(?:哪|什么|啥|几)"
        listed = rf"(?:{nouns})[^，。？]{{0,8}}(?:叫|名字|名称|有哪些|分别)"
        bare = COUNTED_THINGS.sub(" ", NO_PART.sub(" ", self.bare))
        return bool(
            re.search(f"{asked}|{named}|{listed}|{numbered}|下面分|分成几|分几|哪几类", bare)
        )

    def _asks_of_plan(self, rest: str) -> bool:
        content = re.sub(r"[^\u3400-\u9fff]", "", rest)
        names_plan = re.search(
            r"方案|通知|文件|规划|纲要|[这那]份|红头|文号|几号文|落的?款|发文|标题|抬头"
            r"|行动计划|意见稿|(?:指导|实施)意见|(?:若干|[这那][个些份项]|该|本)(?:条)?(?:举措|措施|政策|意见|办法|计划|规定)",
            self.text,
        )
        if "delivery" in self.meta and "报告" in self.text:
            return True
        left = self._beside_facts()
        beside = len(re.sub(r"[^\u3400-\u9fff]", "", left))
        if set(self.meta) <= OF_MATTERS:
            if self._speaks_of_matter(left):
                return False
            return bool(names_plan) or beside <= DOCUMENT_REST
        if OF_DOCUMENT & set(self.meta) and beside <= NOTHING_BESIDE:
            return True
        if not self._titled:
            return bool(names_plan) or len(content) <= 2
        told = OF_DOCUMENT & set(self.meta)
        return bool(names_plan) or len(content) <= (DOCUMENT_REST if told else TITLED_REST)

    def _beside_facts(self) -> str:
        """What is left beside the facts asked for and what documents are called."""
        bare = GROUND.sub(" ", blank(self.bare, self._titled))
        bare = strip(bare, ("meta", "plan", "exclude", "ask", "filler"))
        nouns = "|".join(sorted(document_words()["nouns"], key=len, reverse=True))
        return re.sub(rf"(?:{'|'.join(DOCUMENT_OPENS)})*(?:{nouns})", " ", ISSUING.sub(" ", bare))

    def _measure_named(self) -> bool:
        """Whether a measure is spoken of beside the documents asked for, and not the plan."""
        if PASSAGE.search(self.bare):
            return True
        left = self._beside_facts()
        content = re.sub("|".join(asking()["generic"]["words"]), "", left)
        runs = [r for r in re.findall(r"[\u3400-\u9fff]+", content) if len(r) > STANDS]
        told = any(pair in self._headings for run in runs for pair in bigrams(run))
        return told or self._stands(left)

    def _stands(self, rest: str) -> bool:
        """Whether a stretch of what is left is a matter that headings speak of, or one quoted."""
        if QUOTED.search(rest):
            return True
        for run in re.findall(rf"[\u3400-\u9fff]{{{STANDS},}}", rest):
            pairs = bigrams(run)
            told = sum(b in self._headings for b in pairs)
            if lay().find(run) or told >= HEADING_WORDS or told > len(pairs) / 2:
                return True
        return False

    def speaks_beside(self, span: tuple[int, int]) -> bool:
        """Whether the question has a matter of its own beside the span (a document's number)."""
        beside = strip(blank(self.bare, [span]), ("ask", "plan", "meta", "filler"))
        return len(re.sub(r"[^\u3400-\u9fff]", "", beside)) > NUMBERED_REST

    def _rest(self) -> str:
        """The question without any framing: empty if it asks of a unit or the plan as such."""
        bare = blank(self.bare, self._titled)
        rest = strip(bare, ("exclude", "roles", "ask", "tasks", "plan", "meta", "filler"))
        return re.sub("|".join(asking()["generic"]["words"]), "", rest)

    def ignore(self, spans: Sequence[tuple[int, int]]) -> None:
        """Leaves the spans (五份方案里) out of the matter; they have told what they tell."""
        self.text, self.bare = blank(self.text, list(spans)), blank(self.bare, list(spans))

    def matter(self, kind: Kind) -> str:
        """What is searched: the question without framing and, if asked of units, without them."""
        base = self.bare if kind in ("duty", "role_check", "tasks") else self.text
        if kind == "meta":
            return strip(base, ("ask", "filler"))
        if kind == "ground":
            base = GROUND.sub(" ", strip(base, ("meta", "plan")))
        beside = self._matter(kind, blank(base, self._titled))
        if kind == "tasks" or (self._names_document() and _says_something(beside)):
            return beside
        return self._matter(kind, base)

    def _names_document(self) -> bool:
        """Whether a document is named by its title and kind (某某方案), not by its subject only."""
        nouns = "|".join(document_words()["nouns"])
        return any(re.search(rf"(?:{nouns})$", self.text[a:b]) for a, b in self._titled)

    def _matter(self, kind: Kind, base: str) -> str:
        sections = ("exclude", "ask", "filler")
        base, quoted = aside(base)
        if kind in ("duty", "role_check", "tasks"):
            base = ALONE.sub(" ", base) if self.sole else base
            base = strip(base, ("exclude", "roles"))
        if kind == "measure" and MENTION_ASKED.search(base):
            base = MENTIONS.sub(" ", base)
        if kind == "measure":  # who serves is asked for, and of no matter: 让谁来当
            base = SERVES.sub(" ", base)
        base = TIME.sub(" ", base)
        if kind == "stands_for":
            base = STANDS_FOR.sub(" ", base)
        if kind in ("figure_check", "stands_for"):
            base = NUMBER.sub(" ", base)
        if kind in ("figure", "figure_check"):
            base = without_measures(base)
            bare = AIM_ALONE.sub(" ", base)
            base = base if self._speaks_of_matter(bare) else bare
        if kind == "list":
            base = COUNTED.sub(" ", strip(base, ("list",)))
        matter = LEFT.sub(" ", strip(base, sections)).translate(quoted)
        return re.sub(r"\s+", " ", matter).strip(" ，。？?！!、；：:,.（）()")


COMMA = re.compile(r"[，,；;。？?]")


def _says_something(beside: str) -> bool:
    """Whether what is left beside a document's name is a matter to search for."""
    bare = re.sub("|".join(asking()["generic"]["words"]), "", beside)
    return len(re.sub(r"[^\u3400-\u9fff]", "", bare)) > TITLED_REST
