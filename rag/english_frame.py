"""The framing of an English question: the words around the matter that tell what is wanted.

Found by the lists of rag/data/asking.toml, section `en`. `kind` decides in a fixed order, as for
Chinese questions (rag.framing): what is asked of a unit, of a unit's role in a matter, of a
figure's truth, of the units of a matter, of a time, of a number, of the plan's parts, else how.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.plan import Role
from rag.asking_shapes import STANDS_FOR, told_in_digits
from rag.lexicon import asking, pattern
from rag.question import ROLES, Kind

META = (
    "number",
    "date",
    "issuer",
    "title",
    "status",
    "effective",
    "delivery",
    "approval",
    "meeting",
    "forwarded",
    "comments",
    "openness",
    "closing",
    "period",
    "basis",
    "addressees",
)
ASKING = ("who", "how_many", "how_often", "when", "how", "list")
DUTY = ("exclude_lead", "lead", "responsible", "participant", "support", "guide", "any")
OF_UNITS: tuple[Kind, ...] = ("duty", "role_check", "tasks")

YES_NO = re.compile(
    r"(?:is|are|does|do|did|has|have|will|must|was|were|should|can|could|would)\b"
    r"|.*\b(?:is it (?:true|right|correct|the case)|isn't it|doesn't it|right\?$)"
)
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?%?")
TIME = re.compile(
    r"(?:\b(?:by|in|until|before|from|at|during|over|within)\s+)?(?:the\s+)?(?:end\s+of\s+)?(?:the\s+)?"
    r"(?:20\d\d\b|\b(?:14th|fourteenth) five[- ]year plan(?: period)?)"
    r"|\b(?:each|every|per|a) year\b|\bper annum\b|\bannually\b|\byearly\b"
)
ATTRIBUTED = re.compile(
    r",? ?\baccording to (?:the )?(?:state council|central government|plan|document|notice|text)\b"
)
WHEN = re.compile(r"^when\b|\bwhen (?:is|are|will|was|were|must|should|does|did|do|can)\b")
AND_WHEN = re.compile(r"(?:\band|,) (?:when|on (?:what|which) (?:day|date))\s*\??$")
LEVEL = re.compile(
    r"what (?:[\w'-]+ ){0,4}?(?:level|rate|percentage|proportion"
    r"|share(?! (?:with|among|between|its|their|out)\b)|target|number|figure"
    r"|growth|increase|decrease|reduction)\b"
    r"|\b(?:gives?|sets?|have|has|states?|names?|puts?) (?:a|any|an) (?:[\w-]+ ){0,2}?"
    r"(?:figure|number|percentage|target figure|numerical target|floor|ceiling|minimum|threshold)\b"
    r"|what (?:[\w'-]+ ){0,3}?(?:budget|amount|sum|quota)\b"
    r"|what (?:[\w'-]+ ){1,3}?(?:is|are) (?:targeted|aimed (?:at|for)|to be (?:reached|achieved))"
)
# the units themselves are counted: how many, which plan has more of them
UNITS_COUNTED = re.compile(
    r"\b(?:how many|more|most|fewer|fewest|the number of) (?:lead|leading|participating|responsible"
    r"|supporting|guiding)? ?(?:units|bodies|bureaus|departments|agencies|offices)\b"
)
# Whom to work with is told in the text; the units are those that do it.
PARTNERS = re.compile(
    r"\bwho(?:m)?\b.*\b(?:cooperat|collaborat|partner|exchang)\w*\b.*\bwith\b"
    r"|\bwho(?:m)? (?:does|do|did|will|should|must|can|to)\b.*\bwork\b.*\bwith\b"
    r"|\b(?:which|what) (?:[\w-]+ ){1,3}(?:cooperate|collaborate|work|team up|join forces) with\b"
    r"|\bwho(?:m)?\b.*\b(?:team|link|pair|join)\w* (?:up|forces)\b"
    r"|\bwith who(?:m)?\b.*\b(?:cooperat|collaborat|partner|exchang|work)"
)
# Who sits in a body or presides over it, and where its office is, is told in the text, too.
BODY = r"(?:group|committee|commission|panel|task force|conference)"
COMPOSED = re.compile(
    r"\bwho (?:makes? up|belongs? to|sits? (?:in|on)|chairs|directs|presides)\b"
    rf"|\bwho (?:are|is) (?:in|on) the (?:[a-z-]+ ){{0,4}}?(?:{BODY}|team)\b"
    r"|\bwho (?:are|is) the (?:members?|head|chair\w*|director) of\b"
    rf"|\bwho (?:heads|leads) the (?:[a-z-]+ ){{0,4}}?{BODY}\b"
    r"|\b(?:hosts?|houses?) (?:its|the|their) (?:[a-z]+ )?office\b"
)
NUMBER_WORDS = "two|three|four|five|six|seven|eight|nine|ten"
PARTS = re.compile(r"\b(?:actions|projects|sections|parts|chapters|principles|tasks|items)\b")
NUMBERED_PARTS = re.compile(
    rf"\b(?:{NUMBER_WORDS}) (?:[\w-]+ ){{0,3}}?(?:actions|projects|sections|parts|chapters"
    r"|principles|tasks|items|campaigns|initiatives|programmes|programs)\b"
)
COUNTED_PARTS = re.compile(
    r"(?!.*\bworth\b)how many (?:[\w-]+ ){0,2}?"
    r"(?:actions|projects|sections|parts|chapters|principles|campaigns|items|points|clauses)"
    r"\b(?=.*\b(?:are there|have|has|contain|list|set out|divided|consist|make up|under|in))"
)


class EnglishFrame:
    """What the words of a question say is wanted; `text` without places, `bare` without units.

    `named` tells that it names units, `titled` that it speaks of a document by its title; what does
    so is left out of the texts.
    """

    def __init__(self, text: str, bare: str, named: bool, titled: bool = False) -> None:
        self.text = text
        self._titled = titled
        self.bare = re.sub(r"\s+", " ", bare).strip()
        self.named = named
        self.has = {n: bool(pattern("en", n).search(self.bare)) for n in asking()["en"]}
        without = pattern("en", "exclude_lead").sub(" ", self.bare)
        self.roles: tuple[Role, ...] = tuple(r for r in ROLES if pattern("en", r).search(without))
        # who leads and who else is responsible: all are wanted
        self.drop_lead = self.has["exclude_lead"] and "lead" not in self.roles
        if self.has["exclude_lead"] and not self.drop_lead:
            self.roles = ()
        self.any_role = self.has["any"]
        self.numbers = tuple(NUMBER.findall(re.sub(r"20\d\d", " ", text)))
        self.yes_no = bool(YES_NO.match(self.bare))
        self.when = bool(WHEN.search(self.bare)) or self.has["when"]
        self.how_many = self.has["how_many"] or bool(LEVEL.search(self.bare))
        self.only_lead = bool(re.search(r"only (?:the )?lead|leads? only", self.bare))
        self.sole = bool(re.search(r"\b(?:sole|only|alone|on its own)\b", self.bare))
        self.per_year = bool(
            re.search(r"each year|every year|per year|annual|a year|yearly|per annum", text)
        )
        found = tuple(n for n in META if self.has[n])
        if {"issuer", "number"} & set(found) and AND_WHEN.search(self.bare):
            found = tuple(dict.fromkeys((*found, "date")))
        if found == ("status",) and not self.yes_no and not re.search(r"\bstatus\b", self.bare):
            found = ()  # the draft plan is only called so
        self.meta = found if self._of_plan(found) else ()

    def kind(self) -> Kind:
        """The kind of answer wanted, where there is a matter besides the framing."""
        if self.meta:
            return "meta"
        if self.named and (self.roles or self.any_role) and self.yes_no:
            return "role_check"
        if any(map(told_in_digits, self.numbers)) and STANDS_FOR.search(self.text):
            return "stands_for"
        if self.yes_no and self.numbers:
            return "figure_check"
        counts = self.how_many or self.when or self.has["how"] or self.has["how_often"]
        asks_units = self.has["who"]
        if UNITS_COUNTED.search(self.text) and not self.named:
            return "duty"
        in_text = PARTNERS.search(self.bare) or COMPOSED.search(self.bare)
        if not in_text and (asks_units or (self.roles and self._only_role() and not counts)):
            return "duty"
        if (self.when and not self.how_many) or self.has["how_often"]:
            return "when"
        if COUNTED_PARTS.search(self.bare):
            return "list"
        if self.how_many:
            return "figure"
        return "list" if self._parts() else "measure"

    def extra(self, kind: Kind) -> tuple[Kind, ...]:
        """What is asked besides, in the same breath: how much or how often, beside the units."""
        if kind != "duty" or UNITS_COUNTED.search(self.text):
            return ()
        if self.has["how_often"] or self.when:
            return ("when",)
        return ("figure",) if self.how_many else ()

    def matter(self, kind: Kind) -> str:
        """What is searched: the question without its framing, without units if asked of them."""
        text = self.bare if kind in OF_UNITS else re.sub(r"\s+", " ", self.text)
        counted = NUMBERED_PARTS.search(text) if kind == "list" else None
        if counted:
            return counted.group(0)
        sections: Sequence[str] = ASKING if kind not in OF_UNITS else (*ASKING, *DUTY)
        if kind in ("figure", "figure_check"):
            sections = (*sections, "measured")
        if kind == "tasks":
            sections = ("tasks", *sections, "tasks")
        if kind == "stands_for":
            text = NUMBER.sub(" ", STANDS_FOR.sub(" ", text))
        text = TIME.sub(" ", ATTRIBUTED.sub(" ", text))
        for name in sections:
            text = pattern("en", name).sub(" ", text)
        text = re.sub(r"\s+(?=[,.;:?!])", "", re.sub(r"\s+", " ", text))
        return text.strip(" ,.;:?!()-")

    def _only_role(self) -> bool:
        """The role is the question (lead units for …), not a word in a question of another kind."""
        return not re.match(r"(?:what|how|where|why|which)\b", self.bare) or self.has["who"]

    def _parts(self) -> bool:
        """Names or lists parts of the plan itself."""
        asked = self.has["list"] or re.search(r"\b(?:which|what)\b", self.bare)
        return bool(NUMBERED_PARTS.search(self.bare) or (asked and PARTS.search(self.bare)))

    def _of_plan(self, meta: tuple[str, ...]) -> bool:
        told = {"number", "basis", "title", "addressees", "effective", "delivery"}
        if (told | {"meeting", "closing", "comments"}) & set(meta):
            return True
        document = (
            r"\b(?:plan|document|notice|scheme|circular|measures|opinions?|guidance|guidelines?"
            r"|report|polic(?:y|ies)|programme)\b"
        )
        spoken_of = self._titled or re.search(document, self.bare)
        return bool(meta and (spoken_of or self._bare_fact(meta)))

    def _bare_fact(self, meta: tuple[str, ...]) -> bool:
        """Whether nothing but the fact is spoken of: and who issued it?"""
        left = self.bare
        for name in meta:
            left = pattern("en", name).sub(" ", left)
        return not set(re.findall(r"[a-z]+", left)) - set(asking()["en"]["stop"])
