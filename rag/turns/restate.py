"""A follow-up as it was understood, in a line: 某市 · 科普信息化提升工程 · 牵头单位."""

from __future__ import annotations

from collections.abc import Sequence

from index.held import Card
from rag.phrases import META, ROLE, say
from rag.question import Question
from rag.turns.slots import readable

DOT = " · "
# What a question asks for, in a restatement of a follow-up; a measure is asked for by its matter.
KIND: dict[str, dict[str, str]] = {
    "zh": {
        "duty": "责任分工",
        "tasks": "任务",
        "role_check": "角色",
        "figure": "数字",
        "figure_check": "数字核对",
        "when": "时间",
        "list": "内容",
        "tally": "任务最多的单位",
        "contact": "联系方式",
        "ground": "依据",
        "more": "其他内容",
        "quote": "原文",
        "stands_for": "数字所指",
    },
    "en": {
        "duty": "units",
        "tasks": "tasks",
        "role_check": "role",
        "figure": "figure",
        "figure_check": "figure to be checked",
        "when": "date",
        "list": "contents",
        "tally": "unit with the most tasks",
        "contact": "contact",
        "ground": "basis",
        "more": "what else it says",
        "quote": "its words",
        "stands_for": "what the number stands for",
    },
}


def restate(question: Question, plans: Sequence[Card]) -> str:
    """Places, matter, what is asked, year, as far as they are known, in the question's language.

    No place is named where all plans are asked.
    """
    lang = question.lang
    cards = {p.id: p for p in plans if p.id in question.plans}
    named = [place_called(cards[i], lang) for i in question.plans if i in cards]
    asks = question.kind in ("tasks", "role_check") and question.units
    units = [say(lang, "comma").join(u.text for u in question.units)] if asks else []
    matter = readable(question) if question.kind != "meta" else ""
    years = [say(lang, "year", year=y) for y in question.years]
    parts = [say(lang, "comma").join(named), matter, *units, _asked(question), *years]
    return DOT.join(p for p in parts if p)


def place_called(plan: Card, lang: str) -> str:
    """What a plan's place is called in that language."""
    latin = next((a for a in plan.aliases if a.isascii()), "") if lang == "en" else ""
    return latin or plan.name


def _asked(question: Question) -> str:
    """The kind in words: the roles of units, the fields of a document, else the kind's name."""
    lang, roles = question.lang, question.roles
    if question.kind == "meta":
        return say(lang, "comma").join(META[lang][m] for m in question.meta if m in META[lang])
    if question.kind in ("duty", "tasks", "role_check") and question.drop_lead:
        return say(lang, "beside_lead")
    if question.kind in ("duty", "tasks", "role_check") and roles:
        return say(lang, "comma").join(ROLE[lang][r] for r in roles)
    return KIND[lang].get(question.kind, "")
