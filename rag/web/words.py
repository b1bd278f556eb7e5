"""Every text of the page itself, in both languages, in one place. Answers bring their own."""

from __future__ import annotations

from typing import Literal

Lang = Literal["zh", "en"]
LANGUAGES: tuple[tuple[str, Lang], ...] = (("中文", "zh"), ("English", "en"))

WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "name": "条问",
        "tagline": "问方案，得条文",
        "language": "语言",
        "new": "新对话",
        "ask": "提问",
        "question": "问题",
        "placeholder": "写下问题，回车即提问",
        "plans": "只查这些方案",
        "plans_hint": "不选即查全部",
        "welcome": "问一问这{n}份方案",
        "welcome_text": "谁牵头、谁参加，到哪一年、达到多少，某个单位要做什么。"
        "每句都标出处，方案没写的就说没写。",
        "examples": "可以这样问",
        "you": "问",
        "place": "地方",
        "told": "方案怎么写",
        "resolved": "理解为：",
        "pending": "正在查找条文……",
        "answered": "已答",
        "not_mentioned": "方案未提及",
        "out_of_scope": "不在收录范围",
        "clarify": "请选择",
        "error": "无法回答",
        "count": "{n}处出处",
        "sure": "把握{percent}%",
        "unsure": "把握{percent}%，请核对原文",
        "time": "{ms}毫秒",
        "sources": "出处",
        "clause": "条文",
        "position": "第{n}处，共{all}处",
        "previous": "上一处",
        "next": "下一处",
        "show": "看第{n}处出处",
        "panel_empty": "回答里的数字是出处。点一下，原文就在这里，引用的话用底色标出。",
        "no_sources": "这个回答没有引用条文。",
        "from_file": "原文件 {file}",
        "added": "这一项由资料目录补充，原文没有这句话。",
        "back": "回到回答",
        "empty": "请先写下问题。",
        "too_long": "问题有{n}个字，最多{limit}个字。请写短一些。",
        "note": "仅在本机运行，问题不会发往任何地方。引用以印发的原文为准。",
    },
    "en": {
        "name": "Tiaowen",
        "tagline": "Ask the plan, get the clause",
        "language": "Language",
        "new": "New conversation",
        "ask": "Ask",
        "question": "Question",
        "placeholder": "Your question; Enter asks",
        "plans": "Only these plans",
        "plans_hint": "All, if none is chosen",
        "welcome": "Ask these {n} plans",
        "welcome_text": "Who leads, who takes part, by when, how much, what a bureau has to do. "
        "Every line names its clause; what a plan does not say is said to be missing.",
        "examples": "For instance",
        "you": "Q",
        "place": "Place",
        "told": "What the plan says",
        "resolved": "Understood as: ",
        "pending": "Looking through the clauses …",
        "answered": "Answered",
        "not_mentioned": "Not mentioned in the plan",
        "out_of_scope": "Outside these plans",
        "clarify": "Please choose",
        "error": "Cannot be answered",
        "count": "sources: {n}",
        "sure": "confidence {percent}%",
        "unsure": "confidence {percent}%; check the clause",
        "time": "{ms} ms",
        "sources": "Sources",
        "clause": "Clause",
        "position": "{n} of {all}",
        "previous": "Previous",
        "next": "Next",
        "show": "Show source {n}",
        "panel_empty": "The numbers in an answer are its sources. Choose one to read the clause "
        "here, with the cited words marked.",
        "no_sources": "This answer cites no clause.",
        "from_file": "File {file}",
        "added": "This was supplied by the catalogue; the text itself does not say it.",
        "back": "Back to the answer",
        "empty": "Please write a question first.",
        "too_long": "The question has {n} characters; the limit is {limit}. Please shorten it.",
        "note": "Runs on this machine only; questions are sent nowhere. "
        "The issued document prevails.",
    },
}


def word(lang: Lang, key: str, **fields: str | int) -> str:
    """The text in the language, its fields filled in."""
    return WORDS[lang][key].format(**fields)
