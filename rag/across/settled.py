"""The kind of answer every plan is asked for, once it is known what is to be done with the answers.

Which facts, parts, units or numbers a question means that holds plans against each other is told
by the words around it: 多哪一项 asks for parts, 一样不 behind 普及率 for figures, 各叫什么 behind a
unit for its names.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rag.across.asked import Across
from rag.asking_shapes import NOT_SOLE, SAME_UNITS, UNITS_COUNTED
from rag.question import Kind, Question
from rag.turns.slots import readable

# what a unit is called in each of the places: 管科技的局各叫什么
UNIT_NAMED = re.compile(
    r"叫(?:什么|啥|个?什么)(?:名字?|局|部门)?|(?:名称|叫法|全称)(?:是|各|分别|一样)"
    r"|\bcorrespond(?:s|ing)? to\b|\bcounterparts?\b|\bequivalent\b|\bcalled\b"
)
DOCUMENT_NAMED = re.compile(
    r"(?:方案|文件|通知|规划|意见)的?(?:各|分别|都)?(?:叫|名|全称)|印发|发布"
)
TITLED = re.compile(
    r"(?:名字|名称|标题|题目|题名)(?:里|中)?(?:不|没|都|分别)?(?:叫|是|含|带|写|用)"
    r"|(?<!['’]s )\btitle\b|\btitled\b(?! to\b)"
)
# the places, and in the same breath their units: 哪份提了…，谁负责
UNITS_TOO = re.compile(
    r"[,，。?？;；].{0,12}(?:谁|哪[些个几家]{0,2}(?:单位|部门|家))(?:来)?(?:牵头|负责|管|承担|办)"
    r"|\bwho (?:is|are|leads?|runs?|takes?)\b|\bwhich (?:units?|bureaus?|departments?)\b"
)
PARTS_COUNTED = re.compile(
    r"[条项]数|[差多少]几[条项]"
    r"|(?:几|多少)大?[条项个](?:措施|举措|任务|工程|行动|内容|小项|条款)?(?=$|[，。？?,])"
    r"|(?<=工程|行动|任务|措施|举措|原则|保障)的?(?:数目|个数|数量|项数)"
)
COUNTS = re.compile(
    r"(?:工程|行动|任务|措施|举措|原则|保障)(?:的)?(?:数目|个数|数量|项数)"
    r"|how many (?:more |fewer )?(?:[a-z]+ ){0,2}"
    r"(?:projects|actions|measures|tasks|principles|parts)\b"
)
# 建几个 counts what is built: 个 is of parts only where the noun for them is said
BY_NAME = re.compile(r"措施|举措|任务|工程|行动|内容|小项|条款|部分|原则|保障")
DRAFT = re.compile(r"\bdrafts?\b|\bfinali[sz]ed\b|\bfor comments?\b|\bconsultation\b")
# a number is held against another where the noun for what is measured is said: 素养水平, 普及率
TARGETS = re.compile(
    r"\btargets?\b|目标值|指标|数量|数字|数目|多少|比例|个数|目标(?=是|都|一样|相同)"
    r"|(?:水平|[\u4e00-\u9fff]率|比重|占比|人数|场次|人次|门槛|线|标准)"
    r"(?=$|[\s，,、。？?跟和与]|[定设写]|是|都|各)"
)
# what only one of the places has is asked for: 多哪一项, one more action than
ONE_HAS = re.compile(
    r"[多少](?:了|出来?)?的?是?(?:哪(?:些|几|一|[两二三四])?[个项条块件]|什么|啥)"
    r"|[多少][一二两三几][个项条块]?还是[多少]"
    r"|\b(?:one|two|three|\d) (?:more|fewer|extra|additional)\b"
    r"|\b(?:have|has) (?:that|but|and) [^.?]*\b(?:lacks?|(?:does|do)(?: not|n't))\b"
)
PLAN_PARTS = re.compile(
    r"工程|行动|任务|措施|举措|原则|保障|部分|项目|章|\b(?:actions?|projects?|measures?|tasks?"
    r"|parts?|principles?|campaigns?)\b"
)
SAME_YEAR = re.compile(r"(?:同一?|一样的?)(?:年|时间|个?时候)|同年|\bsame (?:year|time|date)\b")
TARGET_SET = re.compile(
    r"(?:设|定|写|提|有|列)(?:了|出|明|过)?[^，。？?]{0,12}(?:目标|指标)|\btargets?\b"
    r"|(?:目标|指标)[，,]?[^。？?]{0,14}(?:写|设|定|提|列)(?:了|没|有)"
)
COUNTED_PARTS = re.compile(r"(?:工程|行动|任务|部分|原则|措施|举措|保障|章|条)(?![一-鿿])")
ISSUE_DATE = re.compile(
    r"印发|发布|下发|出台|发文|成文|公布|(?<![多少高低排列摆整理])出来|出得|(?:[才先后早晚]|几号|哪一?天|哪年|什么时候|啥时候|何时)发(?![展动挥现明生放扬])"
    r"|\bissued?\b|\bpublished\b|\bc[ao]mes? out\b"
)
ISSUED = re.compile(
    r"\bc[ao]mes? out\b|\b(?:or|and|which|was|is)\b|plans?|documents?|issued?|dates?"
    r"|文件|方案|规划|出来|出得|出台|印发|发布|下发|发文|公布"
)


def _of_documents(question: Question) -> bool:
    """Whether facts of the documents are asked for; 题目 is asked of matters, too."""
    matter = bool(SPOKEN.search(ISSUED.sub("", question.matter)))
    return bool(question.meta) and not (question.meta == ("title",) and matter)


SPOKEN = re.compile(r"[\u3400-\u9fff]{4}")
OF_UNIT = re.compile(r"单位|部门|[谁哪几]家|牵头|负责|责任")


def _joins_in(question: Question) -> bool:
    """各地都组织学生参加比赛吗: the verb is of the matter, no unit's role is asked for."""
    return question.yes_no and not (question.who or question.units or OF_UNIT.search(question.text))


def _asks_unit_name(question: Question) -> bool:
    """Whether the units are known by what they see to, and their names are asked for."""
    if not UNIT_NAMED.search(question.text) or DOCUMENT_NAMED.search(question.text):
        return False
    if question.lang == "en":
        return len(question.concepts) <= 1
    return question.meta == ("title",) or not readable(question)


def _counts_parts(text: str) -> bool:
    """Whether the parts of the plans are to be counted, and not things that a plan sets a number
    of."""
    if COUNTS.search(text.lower()):
        return True
    found = PARTS_COUNTED.search(text)
    return found is not None and ("个" not in found.group(0) or bool(BY_NAME.search(text)))


def _asks_for_parts(question: Question) -> bool:
    """Whether those parts of the plans are asked for that only one of them has."""
    text = question.text.lower()
    return bool(ONE_HAS.search(text)) and bool(PLAN_PARTS.search(text))


def _asks_targets(question: Question, across: Across) -> bool:
    """Whether the plans are to be held against each other by a target, or by having one."""
    if across.which and question.years and TARGET_SET.search(question.text):
        return True
    return across.same and bool(TARGETS.search(question.text.lower()))


def settle(question: Question, across: Across) -> Question:
    """The question every plan is asked, its kind fixed by what is to be done with the answers."""
    kind: Kind = question.kind
    if kind == "tally":  # 哪个 asks for the unit, not for the place
        return replace(question, across=replace(across, which=False, high=True))
    if kind == "document":
        return replace(question, across=across)
    if question.units and _asks_unit_name(question):
        return replace(question, kind="tasks", meta=(), across=across)  # told with its name
    if UNITS_COUNTED.search(question.text) and question.roles and not question.units:
        return replace(question, kind="duty", across=replace(across, which=False, counted=False))
    if across.all_plans and len(question.plans) == 1:
        question = replace(question, plans=())
    if across.which and question.lang == "en" and DRAFT.search(question.text.lower()):
        question = replace(question, meta=("status",))
    if across.which and (_of_documents(question) or TITLED.search(question.text)):
        return replace(question, kind="meta", meta=question.meta or ("title",), across=across)
    if across.sequence and not ISSUE_DATE.search(question.text.lower()):
        only = replace(across, rank=False, early=False, late=False, which=False, same=True)
        return replace(question, kind="list", across=only)
    bare = ISSUED.sub("", question.matter)
    named = bool(re.search(r"[\u3400-\u9fff]{2}|[a-z]{4}", bare))
    if kind == "figure" and question.lang == "en" and across.difference:
        kind = "list" if COUNTS.search(question.text.lower()) else kind
    open_kind = kind in ("measure", "list", "duty") and not (
        question.roles or question.any_role or question.units
    )
    issue = across.early or across.late or across.rank or across.difference
    if issue and ISSUE_DATE.search(question.text.lower()):
        return replace(question, kind="meta", meta=("date",), across=across)
    if (across.early or across.late) and kind != "when" and (open_kind or not named):
        if not named or "date" in question.meta:
            return replace(question, kind="meta", meta=("date",), across=across)
        kind = "when"
    elif across.ordered and (open_kind or kind == "figure") and _counts_parts(question.text):
        kind = "list"
    elif across.number or (across.ordered and not (across.early or across.late)):
        if "date" in question.meta:
            kind = "meta"
        elif open_kind or (across.number and kind in ("measure", "list")):
            kind = "figure"
    elif across.which and open_kind and any(re.search(r"\d", n) for n in question.numbers):
        kind = "figure_check"
    elif (
        open_kind
        and across.same
        and (_asks_for_parts(question) or COUNTS.search(question.text.lower()))
    ):
        kind = "list"
    elif open_kind and _asks_targets(question, across):
        kind = "figure"
    elif kind in ("figure", "measure") and across.same and COUNTED_PARTS.search(question.matter):
        kind = "list"
    elif kind == "duty" and across.which and question.units and question.roles:
        kind = "role_check"  # 谁的责任单位里有某局
    elif across.same and open_kind and SAME_YEAR.search(question.text):
        kind = "when"
    elif kind == "measure" and across.same and SAME_UNITS.search(question.text):
        kind = "duty"
    elif kind in ("measure", "list") and across.which and question.sole and question.roles:
        one = question.units and not NOT_SOLE.search(question.text)
        kind = "role_check" if one else "duty"
    elif kind == "role_check" and across.which and NOT_SOLE.search(question.text):
        kind = "duty"
    elif kind in ("measure", "list") and across.which and question.units and question.roles:
        kind = "role_check" if readable(question) else "tasks"
    elif kind in ("duty", "measure") and across.which and question.units and not question.roles:
        kind = kind if question.concepts else "tasks"
    elif kind == "duty" and across.which and (open_kind or _joins_in(question)):
        kind = "measure"  # 谁写了: the places, not units, are asked for
    if across.which and kind == "measure" and UNITS_TOO.search(question.text.lower()):
        question = replace(question, extra=("duty",))
    if kind == "figure" and across.which:  # 有几家 counts plans, not what they set
        question = replace(question, text=PLACES_COUNTED.sub(" ", question.text))
    return replace(question, kind=kind, across=across)


PLACES_COUNTED = re.compile(
    r"(?:有|是)?(?:哪几|几|多少)(?:家|份|处|地|个(?:地方|方案)?)(?=$|[，。？?,])"
)
