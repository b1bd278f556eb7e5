"""Facts of the document that a sentence tells: who approved it and in which meeting, who forwarded
it, from when it holds, until when and how comments may be sent, to whom it goes, who spoke.

Most stand before the first clause or behind the last. With whose approval a document is issued is
told beside its issue (经县政府同意，现印发给你们); what the clauses say of approvals is about other
things.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from index.plan import Clause
from rag.answer import Span, Statement
from rag.context import Context

Find = Callable[[Context], tuple[int, int] | None]
LINE_END = re.compile(r"\s*\n\s*")
TITLE = re.compile(r"《[^《》]*(?:《[^》]*》[^《》]*)*》")


def stated(context: Context, field: str, label: str) -> Statement:
    """The words that tell the fact behind its label, or that the plan does not state it."""
    found = STATED[field](context)
    if found is None:
        return Statement(context.say("no_meta", field=context.say(f"field_{field}")))
    said = LINE_END.sub(" ", context.reading.text[slice(*found)].strip())
    return Statement(label + said, (cited(context, *context.reading.to_source(*found)),))


def cited(context: Context, start: int, end: int) -> Span:
    """The source span with the innermost clause that it lies in."""
    clause = [c for c in context.plan.clauses if c.start <= start < c.end][-1]
    return Span(context.plan.id, clause.id, start, end)


def _anywhere(wanted: re.Pattern[str]) -> Find:
    """The last sentence that says it; in what stands around the clauses it is said last."""

    def find(context: Context) -> tuple[int, int] | None:
        found = list(wanted.finditer(context.reading.text))
        return found[-1].span() if found else None

    return find


def _in_front(wanted: re.Pattern[str]) -> Find:
    """What the pattern's group `said` finds before the first clause."""

    def find(context: Context) -> tuple[int, int] | None:
        return next((m.span("said") for m in _around(context, wanted, ("front",))), None)

    return find


def _about_the_clauses(wanted: re.Pattern[str]) -> Find:
    """What the pattern finds first before the clauses or behind them."""

    def find(context: Context) -> tuple[int, int] | None:
        return next((m.span() for m in _around(context, wanted)), None)

    return find


def _around(
    context: Context, wanted: re.Pattern[str], levels: tuple[str, ...] = ("front", "tail")
) -> list[re.Match[str]]:
    """Where it stands before the first clause and behind the last, outside of titles 《…》."""
    text = TITLE.sub(lambda m: "《" + "\0" * (len(m.group(0)) - 2) + "》", context.reading.text)
    around: list[Clause] = [c for c in context.plan.clauses if c.level in levels]
    spans = [context.reading.from_source(c.start, c.end) for c in around]
    return [m for lo, hi in spans for m in wanted.finditer(text, lo, hi)]


BREAK = "。；;\n"
# 经县政府同意; 已经市政府第99次常务会议审议通过. 经研究 names nobody.
APPROVED = re.compile(
    r"(?:经|报请?)(?!研究|审核|审议|审查|讨论|认真|充分)[^，,。；;\n]{2,40}?"
    r"(?:研究|审核|审查|审议|讨论|会议)*(?:同意|批准|审议通过|通过|审定|核准)"
    r"|[（(][^（）()\n]{2,50}会议?[^（）()\n]{0,12}通过[^（）()\n]{0,12}[）)]"
)
ISSUES = re.compile(r"现(?:将|予|印|提|就|发|公布|转发)|印发|制定|公布|发布|下发|提出|通过[）)]")
MEETING = re.compile(r"会议|常委会|常务会|办公会|联席会|全会|大会")


def _approval(context: Context) -> tuple[int, int] | None:
    """The comma clause that tells who approved the document, in a sentence that issues it."""
    text = context.reading.text
    for m in _around(context, APPROVED):
        lo = max(text.rfind(c, 0, m.start()) for c in BREAK) + 1
        hi = min((p for c in BREAK if (p := text.find(c, m.end())) >= 0), default=len(text))
        if ISSUES.search(text, lo, hi):
            comma = max(text.rfind(c, lo, m.start()) for c in "，,")
            return max(lo, comma + 1), m.end()
    return None


def _meeting(context: Context) -> tuple[int, int] | None:
    """The approval, if it was a meeting's."""
    found = _approval(context)
    return found if found and MEETING.search(context.reading.text, *found) else None


FORWARDED = re.compile(r"[^，,。；;\n]*转发[^。；;\n]*")
# how comments are sent: 意见请发送至电子邮箱…
COMMENTS = re.compile(
    r"[^。；;\n]*(?:(?:意见|建议|反馈)[^。；;\n]*(?:邮箱|邮件|信函|来信|邮寄|寄至|传真|电话|网站|平台|@)"
    r"|(?:邮箱|邮件|信函|来信|邮寄|传真|电话|网站|平台)[^。；;\n]*(?:意见|建议|反馈))[^。；;\n]*"
)
ADDRESSEES = re.compile(r"^(?P<said>[^。；\n]{4,160})[：:]$", re.M)
# 自2026年5月21日起施行，有效期至2028年12月31日
EFFECTIVE = re.compile(
    r"(?=[^。；\n]*(?:本|有效期至|此|印发之日|施行))"
    r"[^。；\n]*(?:自[^。；\n]{0,24}?(?:起|之日)[^。；\n]{0,6}?(?:施行|实施|执行|生效)"
    r"|有效期(?:限)?(?=[^。；，,内\n]{0,6}[至到为\d一二三四五六七八九十]))[^。；\n]*[。；]?"
)
# 征求意见截止…日; 请于…日前反馈意见
DAY = r"(?:\d{4}年)?\d{1,2}月\d{1,2}日"
CLOSING = re.compile(
    rf"[^。；\n]*(?:意见[^。；\n]{{0,40}}(?:截止|截至|止于|期限|时间)[^。；\n]{{0,30}}{DAY}"
    rf"|{DAY}[^。；\n]{{0,8}}前[^。；\n]{{0,60}}(?:反馈|意见))[^。；\n]*[。；]?"
)
# ——2021年2月2日在…第六次会议上, and below it who speaks: 市长 …
DELIVERED = re.compile(
    r"^[—－–-]*\s*(?P<said>\d{4}年\d{1,2}月\d{1,2}日[^\n]{0,4}?在[^\n。；]{4,50}(?:会议|大会|全会)上"
    r"(?:\s*\n[^\n，。；：:]{2,24}(?=\s*\n))?)",
    re.M,
)
# （此件主动公开）, 公开属性：主动公开
OPENNESS = re.compile(
    r"(?:此件|本件|此文)?(?:公开(?:属性|方式|类别)[:：]\s*)?(?<!应)(?:主动公开|依申请公开|不予公开|此件公开发布)"
)
STATED: Mapping[str, Find] = {
    "addressees": _in_front(ADDRESSEES),
    "effective": _anywhere(EFFECTIVE),
    "closing": _anywhere(CLOSING),
    "delivery": _in_front(DELIVERED),
    "approval": _approval,
    "meeting": _meeting,
    "forwarded": _about_the_clauses(FORWARDED),
    "comments": _about_the_clauses(COMMENTS),
    "openness": _about_the_clauses(OPENNESS),
}
