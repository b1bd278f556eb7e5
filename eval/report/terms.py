"""The names of question types and what the measures mean, as the report words them."""

from __future__ import annotations

from eval.report.words import Lang

# What a question of a type asks.
TYPE_NAMES: dict[Lang, dict[str, str]] = {
    "zh": {
        "lead_unit": "牵头单位",
        "lead_unit_none": "未指明牵头",
        "participants": "参加单位",
        "unit_role": "单位职责",
        "number": "数字指标",
        "measure": "措施",
        "list": "列举",
        "meta": "文件信息",
        "unanswerable": "方案未提及",
        "english": "英文提问",
        "comparison": "方案对比",
        "aggregate": "多方案汇总",
        "followup": "追问",
    },
    "en": {
        "lead_unit": "lead unit",
        "lead_unit_none": "no lead named",
        "participants": "participants",
        "unit_role": "role of a unit",
        "number": "figure",
        "measure": "means",
        "list": "list",
        "meta": "metadata",
        "unanswerable": "unanswerable",
        "english": "in English",
        "comparison": "comparison",
        "aggregate": "over all plans",
        "followup": "follow-up",
    },
}

# The English meanings stand with the measures (eval.measures.definitions).
MEANINGS_ZH = {
    "correct": "判定：must 各项都有、must_not 一项没有、且不过长；"
    "方案没写的题，拒答为对。适用于所有题。",
    "claims": "must 中既非单位也非数字的各项答到的份额；"
    "出现这类 must_not 则为 0。适用于作了答的可答题。",
    "units_exact": "答出的单位集合是否与应答集合完全相同。"
    "适用于作了答的牵头、未指明牵头、参加单位题。",
    "units_f1": "答出的单位集合对应答集合的 F1；适用的题同上。",
    "figures": "应有的数字是否都在，单位、年份相符，且没有不该有的数字。适用于作了答的数字题。",
    "char_f1": "与人写的简短答案逐字比较的 F1（汉字逐个计，外文词和数字整个计）。"
    "适用于作了答的文字题。",
    "citation_recall": "依据中被引用覆盖的份额。适用于有依据且作了答的题。",
    "citation_precision": "引用中覆盖依据的份额；没有引用为 0。适用的题同上。"
    "这是下限：题库只写明必须引的依据，没有写尽可以引的。",
    "verbatim": "引文与原文所标位置逐字相同的份额。适用于所有带引用的回答。",
    "refused": "是否说明方案没有写。适用于所有题；精度与召回由它在一组题上算出。",
    "success@5": "前五条里是否有依据。适用于有依据的题，且系统给出检索结果。",
    "recall@5": "依据中出现在前五条的份额；适用的题同上。",
    "recall@10": "同上，前十条。",
    "rr": "第一处依据名次的倒数，未检索到为 0。",
    "ndcg@10": "前十条依据的折损累计增益，与最佳次序相比。",
    "length": "回答的字符数。",
    "latency_ms": "系统作答所用的毫秒数。",
}
