"""How duty notes are worded in Chinese government writing: role labels, role verbs, remarks.

Patterns alone; `index.notes` finds notes with them, `index.duties` reads them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from index.plan import Role

OPENERS, CLOSERS = "（(〔[【［{", "）)〕]】］}"
SEPARATORS = "、，,；;。"
COLON = "[：:]"
BARE = "(?=[：:])"  # 牵头：A；配合：B
WHO = "(?:单位|部门|机构|主体|科室|处室|股室|责任人)"
LABELS: tuple[tuple[Role, str], ...] = (
    (
        "lead",
        rf"(?:总?牵头|主办|主责)(?:责任|负责|实施)?{WHO}|牵头责任{WHO}|(?:总?牵头|主办){BARE}",
    ),
    ("participant", rf"(?:参加|参与){WHO}|(?:参加|参与){BARE}"),
    ("support", rf"(?:配合|协助|协办|支持|协同)(?:责任)?{WHO}|(?:配合|协办|协助){BARE}"),
    ("guide", rf"(?:业务)?指导{WHO}"),
    (
        "responsible",
        rf"(?:主要)?(?:责任|负责|落实|承办|承担|组织实施|实施){WHO}|(?:责任|负责){BARE}",
    ),
)
LABEL = re.compile("|".join(f"(?P<{role}>{pattern})" for role, pattern in LABELS))
LABELLED = rf"(?:{'|'.join(pattern for _, pattern in LABELS)}){COLON}"
HEADER = re.compile(rf"(?:责任|任务|职责)分工{COLON}")
# What else a note states under a label of its own (完成时限：2025年底); it ends the list before it.
OTHER = rf"[\u4e00-\u9fff]{{2,8}}{COLON}"
OTHER_LABEL = re.compile(rf"(?<![\u4e00-\u9fff]){OTHER}")
VERBS: tuple[tuple[Role, str], ...] = (
    ("lead", r"(?:共同|联合)?(?:负责)?(?:总?牵头|主办)(?:负责|组织实施|落实|实施)?"),
    ("participant", r"(?:共同)?(?:参加|参与)(?:落实|实施)?"),
    ("support", r"(?:密切|积极)?(?:配合|协助|协办|协同)(?:落实|实施)?"),
    ("guide", r"(?:业务)?指导"),
    (
        "responsible",
        r"(?:按(?:照)?(?:各自)?(?:职责分工|职责|分工))?(?:分别|共同|具体)?"
        r"(?:负责|落实|组织实施)(?:落实|组织实施|实施)?",
    ),
)
VERB = re.compile(
    "(?:"
    + "|".join(f"(?P<{role}>{pattern})" for role, pattern in VERBS)
    + r")(?=$|[，,；;。、）)〕\]])"
)
BY = re.compile(r"(?:(?:以上|上述|本|此|该)[^、，,；;。]{0,10}?)?由")  # 由A牵头, 以上工作由A负责
# What a note says of its own list and of those after it; no part of it is a unit.
FIRST_LEADS = re.compile(
    r"(?:列|排|居)[^，。；、]{0,4}(?:第一|首)(?:位|个|名)?[^，。；]{0,8}为?牵头"
)
FROM_HERE_ON = re.compile(r"下同|以下(?:各项|任务)?(?:均|同)")
# 2025年6月底前完成, 持续推进: by when, and no unit
BY_WHEN = (
    r"(?<=[，,；;。、])(?:\d{4}年[^，,；;。、）)]{0,14}(?:前|底|完成|取得|实现|建立|出台|启动|落实|推进)"
    r"|(?:持续|长期|常态化|分步|逐步)(?:推进|坚持|落实|实施|开展|完善))"
)
REMARK = re.compile(
    rf"{BY_WHEN}|{FIRST_LEADS.pattern}|(?<=[，,；;。、])下同|以下[^，。；、]{{0,8}}均|不再(?:重复|一一|逐一)?列"
)
# How the names of bodies end. Only asked of what stands where a unit must stand.
BODY_ENDING = (
    "[局委办部厅署院会社站所队处科室馆校行县区市州省乡镇村协联]|街道|政府|单位|部门|机构|中心|集团"
    "|公司|企业|大学|园区|工会|各地|基地|专班|小组|主体|中央"
)
BODY = re.compile(rf"(?:{BODY_ENDING})(?:[（(〈<‹〔\[][^）)〉>›〕\]]*[）)〉>›〕\]])?$")


class Span(NamedTuple):
    """A stretch of the reading text."""

    start: int
    end: int


def role_of(match: re.Match[str]) -> Role:
    """The role after which the matched group is named."""
    name = match.lastgroup
    for role, _ in LABELS:
        if role == name:
            return role
    raise AssertionError(name)  # a group is named after each role


def remark_in(text: str, start: int, end: int) -> int:
    """Where the first remark outside brackets begins in text[start:end]; `end` without one."""
    for m in REMARK.finditer(text, start, end):
        if not depth_at(text, start, m.start()):
            return m.start()
    return end


def depth_at(text: str, start: int, at: int) -> int:
    """How many brackets that open after `start` are open at `at`."""
    depth = 0
    for char in text[start:at]:
        if char in OPENERS + "<‹《〈":
            depth += 1
        elif char in CLOSERS + ">›》〉":
            depth = max(0, depth - 1)
    return depth
