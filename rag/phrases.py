"""Every text the program itself puts into an answer, in both languages, in one place."""

from __future__ import annotations

from index.plan import Role

ROLE: dict[str, dict[Role, str]] = {
    "zh": {
        "lead": "牵头单位",
        "responsible": "责任单位",
        "participant": "参加单位",
        "support": "配合单位",
    },
    "en": {
        "lead": "Lead units",
        "responsible": "Responsible units",
        "participant": "Participating units",
        "support": "Supporting units",
    },
}
ROLE_ONE: dict[str, dict[Role, str]] = {
    "zh": ROLE["zh"],
    "en": {
        "lead": "a lead unit",
        "responsible": "a responsible unit",
        "participant": "a participating unit",
        "support": "a supporting unit",
    },
}
TEXT: dict[str, dict[str, str]] = {
    "zh": {
        "colon": "：",
        "comma": "、",
        "stop": "。",
        "open": "等",
        "no_lead_but": "方案未指明牵头单位，{role}为：{units}",
        "no_duties": "方案未指明牵头单位，该条也未列出责任分工",
        "no_others": "除牵头单位外，方案未列其他单位",
        "not_mentioned": "方案未提及。",
        "left_out": "（只查看了{n}份方案，其余{more}份未查看；写明地名可查其中任何一份。）",
        "absent": "方案未提及“{term}”。",
        "looked_at": "查看了最接近的条款：{where}",
        "no_figure": "方案未提及这一数字。",
        "no_time": "方案未提及这一时间。",
        "no_unit": "方案未提及该单位承担的任务。",
        "no_meta": "方案未提及其{field}。",
        "out_of_scope": "这个问题与收录的方案无关。"
        "可以问：某项行动由谁牵头、某单位有哪些任务、某项指标是多少。",
        "empty": "请写出问题，例如：智慧助老由谁牵头？",
        "yes": "是。",
        "no": "不是。",
        "is_role": "{unit}是{role}",
        "not_listed": "{unit}不在该条的单位之列",
        "also": "（同为{role}：{units}）",
        "then": "；",
        "never_lead": "没有牵头的任务。",
        "never_role": "未作为{asked}列出。",
        "count": "共{n}项",
        "tasks_role": "{role}（{n}项）",
        "status_draft": "征求意见稿，尚未正式印发",
        "status_issued": "已正式印发",
        "field_title": "标题",
        "field_issuer": "发文单位",
        "field_date": "印发日期",
        "field_number": "文号",
        "field_status": "状态",
        "field_period": "实施期",
        "field_basis": "依据",
        "field_addressees": "主送",
    },
    "en": {
        "colon": ": ",
        "comma": ", ",
        "stop": ".",
        "open": " and others (等)",
        "no_lead_but": "The plan names no lead unit; {role}: {units}",
        "no_duties": "The plan names no lead unit and assigns no units to this clause",
        "no_others": "The plan lists no units besides the lead",
        "not_mentioned": "Not mentioned in the plan (未提及).",
        "left_out": "(Only {n} plans were looked at, {more} others were not; "
        "name a place to ask any of them.)",
        "absent": "Not mentioned in the plan (未提及): “{term}”.",
        "looked_at": "Closest clause looked at: {where}",
        "no_figure": "The plan does not state this figure (未提及; not stated).",
        "no_time": "The plan does not state this date (未提及; not stated).",
        "no_unit": "The plan does not mention tasks of this unit (未提及; not mentioned).",
        "no_meta": "The plan does not state its {field} (未提及; not stated).",
        "out_of_scope": "This question is not about the plans held here. You can ask who leads an "
        "action, what a unit has to do, or what a target is.",
        "empty": "Please ask a question, for instance: who leads the smart assistance action?",
        "yes": "Yes. ",
        "no": "No. ",
        "is_role": "{unit} is {role}",
        "not_listed": "{unit} is not among the units of this clause",
        "also": " (also {role}: {units})",
        "then": "; ",
        "never_lead": "It leads no task.",
        "never_role": "It is not listed among: {asked}.",
        "count": "{n} in all",
        "tasks_role": "{role} ({n})",
        "status_draft": "Draft for comments (征求意见稿), not yet issued",
        "status_issued": "Issued",
        "field_title": "Title",
        "field_issuer": "Issued by",
        "field_date": "Date of issue",
        "field_number": "Document number",
        "field_status": "Status",
        "field_period": "Period",
        "field_basis": "Based on",
        "field_addressees": "Addressed to",
    },
}


def say(lang: str, key: str, **fields: str | int) -> str:
    """The phrase in the language, its fields filled in."""
    return TEXT[lang][key].format(**fields)
