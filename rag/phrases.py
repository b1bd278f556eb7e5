"""Every text the program itself puts into an answer, in both languages, in one place."""

from __future__ import annotations

from collections.abc import Sequence

from index.held import Card
from index.plan import Role
from rag.across.phrases import ACROSS
from rag.question import Question

ROLE: dict[str, dict[Role, str]] = {
    "zh": {
        "lead": "牵头单位",
        "responsible": "责任单位",
        "participant": "参加单位",
        "support": "配合单位",
        "guide": "指导单位",
    },
    "en": {
        "lead": "Lead units",
        "responsible": "Responsible units",
        "participant": "Participating units",
        "support": "Supporting units",
        "guide": "Guiding units",
    },
}
ROLE_ONE: dict[str, dict[Role, str]] = {
    "zh": ROLE["zh"],
    "en": {
        "lead": "a lead unit",
        "responsible": "a responsible unit",
        "participant": "a participating unit",
        "support": "a supporting unit",
        "guide": "a guiding unit",
    },
}
_PLAIN: dict[str, dict[str, str]] = {
    "zh": {
        "year": "{year}年",
        "beside_lead": "牵头单位以外",
        "nothing_else": "该条未提及其他内容。",
        "no_more_tasks": "没有其他任务，只有：",
        "colon": "：",
        "comma": "、",
        "stop": "。",
        "open": "等",
        "no_lead_but": "方案未指明牵头单位，{role}为：{units}",
        "no_duties": "方案未提及：未指明牵头单位，该条也未列出责任分工。",
        "no_duties_there": "上面那一条未列出责任分工，另一条提到：",
        "no_duties_but": "方案未指明牵头单位，该条也未列出责任分工。相关表述",
        "no_others": "除此之外，方案未提及其他单位",
        "not_mentioned": "方案未提及。",
        "left_out": "（只查看了{n}份方案，其余{more}份未查看；写明地名可查其中任何一份。）",
        "absent": "方案未提及“{term}”。",
        "looked_at": "查看了最接近的条款：{where}",
        "no_figure": "方案未提及这一数字。",
        "part_unstated": "“{part}”：方案未提及这一数字。",
        "part_unsaid": "“{part}”：{said}",
        "no_time": "方案未提及这一时间。",
        "only_regularly": "未规定具体频次，只写：",
        "no_unit": "方案未提及该单位承担的任务。",
        "no_ground": "方案未提及这一事项依据的文件。",
        "no_number": "方案未提及该文件的文号。",
        "no_meta": "方案未提及其{field}。",
        "by_hand": "（人工登记，原文未载）",
        "out_of_scope": "收录的方案未提及这类内容，无法回答。"
        "可以问：某项行动由谁牵头、某单位有哪些任务、某项指标是多少。",
        "not_held": "未收录{places}的方案，收录的方案未提及。现有：{held}。",
        "more_held": "等{n}份",
        "empty": "请写出问题，例如：智慧助老由谁牵头？",
        "yes": "是。",
        "no": "不是。",
        "is_role": "{unit}是{role}",
        "not_listed": "{unit}不在该条的单位之列",
        "no_part": "方案未提及{unit}在该条的分工",
        "also": "（同为{role}：{units}）",
        "then": "；",
        "never_lead": "没有牵头的任务。",
        "never_role": "未作为{asked}列出。",
        "count": "共{n}项",
        "which_one": "这个问题可能指不同的条款，请选一项：",
        "in_clause": "〔{clause}〕",
        "pages": "第{pages}页",
        "related": "相关表述：{said}",
        "no_detail": "方案未说明这一细节。",
        "not_found": "方案中未找到直接的说明。",
        "told_in": "见“{clause}”：",
        "stands_in": "原文见{where}：",
        "nearest_clause": "未找到完全对应的说明，最接近的条款是“{clause}”：",
        "nearest": "最接近的表述：{said}",
        "tasks_listed": "{role}{n}项：",
        "listed": "列名",
        "in_none_of_all": "没有一家在{n}项里都有，最多的是：",
        "no_role_at_all": "通篇没有标明{role}。",
        "units_count": "（共{n}家）",
        "units_listed": "（列出{n}家）",
        "units_in_all": "以上合计{n}家（重复的只计一次）。",
        "years_points": "相差{gap}个百分点",
        "years_count": "相差{gap}",
        "tasks_role": "{role}（{n}项）",
        "in_text_too": "正文中另有：",
        "status_draft": "征求意见稿，尚未正式印发",
        "status_issued": "已正式印发",
        "field_title": "标题",
        "field_issuer": "发文单位",
        "field_date": "印发日期",
        "field_number": "文号",
        "field_status": "状态",
        "field_period": "实施期",
        "field_effective": "施行与有效期",
        "field_delivery": "作报告",
        "field_closing": "征求意见截止",
        "field_approval": "批准情况",
        "field_meeting": "审议会议",
        "field_forwarded": "转发情况",
        "field_comments": "意见提交方式",
        "field_openness": "公开属性",
        "field_basis": "依据",
        "field_addressees": "主送",
        # with a language model: why the answer stands as it was composed, or is shorter
        "llm_unreachable": "语言模型无法连接，答案未经其改写。",
        "llm_denied": "语言模型拒绝访问（密钥有误或无权限），答案未经其改写。",
        "llm_no_model": "服务器上没有这个语言模型，答案未经其改写。",
        "llm_too_long": "内容超出语言模型的长度，答案未经其改写。",
        "llm_rejected": "语言模型不接受该请求，答案未经其改写。",
        "llm_busy": "语言模型繁忙，答案未经其改写。",
        "llm_broken": "语言模型出错，答案未经其改写。",
        "llm_cut": "语言模型的回答中断，答案未经其改写。",
        "llm_empty": "语言模型没有作答，答案未经其改写。",
        "llm_garbage": "语言模型的回复无法读取，答案未经其改写。",
        "llm_hang": "语言模型没有响应，答案未经其改写。",
        "llm_late": "语言模型超时，答案未经其改写。",
        "llm_missing": "未安装连接该语言模型的程序库，答案未经其改写。",
        "llm_unfaithful": "语言模型的改写未通过核对，答案未经其改写。",
        "llm_no_room": "条文超出语言模型的长度，答案未经其改写。",
        "llm_known": "已知事实：",
        "llm_shortened": "语言模型的{n}句话未通过核对，已删去。",
        "llm_left_out": "另有{n}条条文超出语言模型的长度，未交给它。",
    },
    "en": {
        "year": "{year}",
        "beside_lead": "units besides the lead",
        "nothing_else": "The clause does not mention anything else (未提及).",
        "no_more_tasks": "None besides:",
        "colon": ": ",
        "comma": ", ",
        "stop": ".",
        "open": " and others (等)",
        "no_lead_but": "The plan names no lead unit; {role}: {units}",
        "no_duties": "Not mentioned (未提及): the plan names no lead unit and assigns this clause "
        "to no units.",
        "no_duties_there": "The clause above assigns no units; another mentions it:",
        "no_duties_but": "The plan names no lead unit and assigns this clause to no units. "
        "What it says",
        "no_others": "The plan names no other units (未提及)",
        "not_mentioned": "Not mentioned in the plan (未提及).",
        "left_out": "(Only {n} plans were looked at, {more} others were not; "
        "name a place to ask any of them.)",
        "absent": "Not mentioned in the plan (未提及): “{term}”.",
        "looked_at": "Closest clause looked at: {where}",
        "no_figure": "The plan does not state this figure (未提及; not stated).",
        "part_unstated": "“{part}”: the plan does not state this figure (未提及; not stated).",
        "part_unsaid": "“{part}”: {said}",
        "no_time": "The plan does not state this date (未提及; not stated).",
        "only_regularly": "The frequency is not stated (未规定); it only says: ",
        "no_unit": "The plan does not mention tasks of this unit (未提及; not mentioned).",
        "no_ground": "The plan names no document that this follows (未提及).",
        "no_number": "The plan does not state that document's number (未提及).",
        "no_meta": "The plan does not state its {field} (未提及; not stated).",
        "by_hand": " (entered by hand; not in the plan's text)",
        "out_of_scope": "Not mentioned in the plans held here (未提及): they do not cover this "
        "kind of question. You can ask who leads an action, what a unit has to do, or what a "
        "target is.",
        "not_held": "No plan of {places} is held here, so this is not stated (未提及). "
        "Plans held: {held}.",
        "more_held": " and others, {n} in all",
        "empty": "Please ask a question, for instance: who leads the smart assistance action?",
        "yes": "Yes. ",
        "no": "No. ",
        "is_role": "{unit} is {role}",
        "not_listed": "{unit} is not among the units of this clause",
        "no_part": "The plan gives {unit} no part in this clause (not mentioned, 未提及)",
        "also": " (also {role}: {units})",
        "then": "; ",
        "never_lead": "It leads no task.",
        "never_role": "It is not listed among: {asked}.",
        "count": "{n} in all",
        "which_one": "This may mean different clauses. Please choose one:",
        "in_clause": " [{clause}]",
        "pages": "p. {pages}",
        "related": " What it does say: {said}",
        "no_detail": "This detail is not stated in the plan (未说明).",
        "not_found": "Not stated directly in the plan (未找到直接的说明).",
        "told_in": "Told in “{clause}”:",
        "stands_in": "The text stands in {where}:",
        "nearest_clause": "Not stated in full (未找到完全对应的说明); closest is “{clause}”:",
        "nearest": " What comes nearest: {said}",
        "tasks_listed": "{role} ({n}): ",
        "listed": "Listed",
        "in_none_of_all": "No unit has a part in all {n}; the most have: ",
        "no_role_at_all": "The plan names no units of this kind anywhere: {role}.",
        "units_count": " ({n} in all)",
        "units_listed": " ({n} listed)",
        "units_in_all": "{n} in all, each counted once.",
        "years_points": "A difference of {gap} percentage points",
        "years_count": "A difference of {gap}",
        "tasks_role": "{role} ({n})",
        "in_text_too": "Besides, in the text:",
        "status_draft": "Draft for comments (征求意见稿), not yet issued",
        "status_issued": "Issued",
        "field_title": "Title",
        "field_issuer": "Issued by",
        "field_date": "Date of issue",
        "field_number": "Document number",
        "field_status": "Status",
        "field_period": "Period",
        "field_effective": "In force",
        "field_delivery": "Delivered",
        "field_closing": "Open for comments until",
        "field_approval": "Approval",
        "field_meeting": "Approving meeting",
        "field_forwarded": "Forwarding",
        "field_comments": "How to send comments",
        "field_openness": "Openness",
        "field_basis": "Based on",
        "field_addressees": "Addressed to",
        # with a language model: why the answer stands as it was composed, or is shorter
        "llm_unreachable": "The language model cannot be reached; the answer is not worded by it.",
        "llm_denied": "The language model denied access (key or permission); the answer is not "
        "worded by it.",
        "llm_no_model": "The server has no such language model; the answer is not worded by it.",
        "llm_too_long": "Too long for the language model; the answer is not worded by it.",
        "llm_rejected": "The language model rejected the request; the answer is not worded by it.",
        "llm_busy": "The language model is busy; the answer is not worded by it.",
        "llm_broken": "The language model failed; the answer is not worded by it.",
        "llm_cut": "The language model broke off; the answer is not worded by it.",
        "llm_empty": "The language model said nothing; the answer is not worded by it.",
        "llm_garbage": "The language model's reply cannot be read; the answer is not worded by it.",
        "llm_hang": "The language model does not respond; the answer is not worded by it.",
        "llm_late": "The language model took too long; the answer is not worded by it.",
        "llm_missing": "The library for the language model is not installed; the answer is not "
        "worded by it.",
        "llm_unfaithful": "The language model's wording failed the check; the answer is not "
        "worded by it.",
        "llm_no_room": "The clauses are too long for the language model; the answer is not worded "
        "by it.",
        "llm_known": "Known facts: ",
        "llm_shortened": "Sentences of the language model left out because they failed the check: "
        "{n}.",
        "llm_left_out": "Clauses too long for the language model, not handed to it: {n}.",
    },
}

TEXT = {lang: {**texts, **ACROSS[lang]} for lang, texts in _PLAIN.items()}

# The facts of a document by the names they are asked with.
META: dict[str, dict[str, str]] = {
    lang: {k.removeprefix("field_"): v for k, v in texts.items() if k.startswith("field_")}
    for lang, texts in TEXT.items()
}


def say(lang: str, key: str, **fields: str | int) -> str:
    """The phrase in the language, its fields filled in."""
    return TEXT[lang][key].format(**fields)


SHOWN_PLACES = 8  # names of held plans in one line; more no longer fit


def turned_away(question: Question, key: str, plans: Sequence[Card]) -> str:
    """Why a question is not answered: another place's plan, or nothing for plans at all."""
    lang, comma = question.lang, TEXT[question.lang]["comma"]
    held = [p.name for p in plans]
    more = say(lang, "more_held", n=len(held)) if len(held) > SHOWN_PLACES else ""
    places = comma.join(question.elsewhere)
    return say(lang, key, places=places, held=comma.join(held[:SHOWN_PLACES]) + more)
