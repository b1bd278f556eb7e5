"""The sentences of scoring in both languages: instructions, terminal, report."""

from __future__ import annotations

from collections.abc import Mapping

from eval.human.words import Kind, Lang, Words

# -- sheets -------------------------------------------------------------------------------

# By what an answer is judged; the terminal shows it too.
CRITERIA: Mapping[Lang, Mapping[Kind, tuple[str, ...]]] = {
    "zh": {
        "verdict": (
            "“回答评分”只看内容，不看文风和长短：",
            "   对：问的都答到了，没有错误。",
            "   部分对：主要内容对，但有遗漏，或者带有次要的错误。",
            "   错：主要内容不对；或者原文没有而编造，原文有而说没有。",
            "   无法判断：凭手头的材料判断不了，请在备注中写明原因。",
            "   原文确实没有提到的，如实说“未提及”就是对。",
        ),
        "citation": (
            "“引用评分”只看列出的引文：",
            "   对：引文能够支持回答的要点。",
            "   错：引文与回答不符，或者有要点得不到引文支持。",
            "   无法判断：看不出引文能不能支持回答。",
            "   没有引用的不用评。",
        ),
    },
    "en": {
        "verdict": (
            "The verdict is about content, not style or length:",
            "   correct: all that was asked is answered, and nothing in it is wrong.",
            "   partly: the main point is right, but a part is missing or a side point is wrong.",
            "   wrong: the main point is wrong, or made up, or denied though it is there.",
            "   cannot_tell: it cannot be judged with what is at hand; say why in the remark.",
            "   Where the plans really do not tell, an answer that says so is correct.",
        ),
        "citation": (
            "The citation verdict is about the quotes listed:",
            "   yes: they bear out the points of the answer.",
            "   no: they do not fit the answer, or a point of it is not borne out.",
            "   cannot_tell: it cannot be seen whether they bear the answer out.",
            "   Answers without citations are not judged.",
        ),
    },
}


def instructions(lang: Lang) -> tuple[str, ...]:
    """What a scorer reads first, line by line."""
    first, *rest = INSTRUCTIONS[lang]
    (verdict, *verdicts), (citation, *citations) = CRITERIA[lang].values()
    judging = (f"2. {verdict}", *verdicts, f"3. {citation}", *citations)
    return (TITLE.of(lang), first, *judging, *rest)


TITLE = Words("人工评分说明", "How to score")
INSTRUCTIONS: Mapping[Lang, tuple[str, ...]] = {
    "zh": (
        "1. 每行是一个问题和一个回答。回答出自哪个系统已隐去，每人拿到的顺序不同。"
        "请对照计划原文独立评分，全部评完以前不要互相商量。",
        "4. 评为“部分对”或“错”的，请尽量在备注中写明错在哪里、漏了什么。",
        "5. 有“参考答案”一列的：参考答案是简短的答法，回答可以更详细；"
        "与参考答案不同、但原文支持的，以原文为准。",
        "6. 只填黄色的格子，暂时不评的留空；“—”表示没有引用，不用填。"
        "其他内容请不要改，行不要增删，文件名不要改。",
        "7. 格子里显示不全的，点中后在上方编辑栏看全文。",
        "8. 评完保存，把这个文件交回。",
    ),
    "en": (
        "1. Each row is a question and an answer. Which system gave it is hidden, and everyone has "
        "another order. Score alone, with the plans at hand; do not talk it over before all is "
        "done.",
        "4. For partly and wrong, please say in the remark what is wrong or missing.",
        "5. Where there is an expected answer: it is a short form, an answer may say more. Where "
        "they differ and the plan bears the answer out, go by the plan.",
        "6. Fill in the yellow cells only and leave empty what you do not score; — means that "
        "there are no citations to judge. Change nothing else, add and delete no rows, and keep "
        "the file's name.",
        "7. Where a cell does not show all of its text, select it and read it in the formula bar.",
        "8. Save the file and hand it back.",
    ),
}
DECIDING: Mapping[Lang, tuple[str, ...]] = {
    "zh": (
        "分歧裁定说明",
        "1. 这里只列评分不一致的回答，各评分人的评分和备注都在表中。请对照计划原文裁定。",
        "2. 只填黄色的格子：“回答终评”填对、部分对、错、无法判断；"
        "“引用终评”填对、错、无法判断。已填“—”的没有分歧，不用填。",
        "3. 暂时定不下来的留空，会按“未裁定”计数。",
    ),
    "en": (
        "How to decide",
        "1. Only answers whose scores differ are listed, with everyone's scores and remarks. "
        "Decide with the plans at hand.",
        "2. Fill in the yellow cells only: final is correct, partly, wrong or cannot_tell; final "
        "citation is yes, no or cannot_tell. A — means there was no difference.",
        "3. Leave empty what cannot be decided; it is counted as open.",
    ),
}

# -- terminal -----------------------------------------------------------------------------

MOVES = {
    "b": Words("上一条", "back"),
    "s": Words("跳过", "skip"),
    "q": Words("保存退出", "save, quit"),
}
ASK: Mapping[Kind, Words] = {
    "verdict": Words("回答对不对", "Is the answer right"),
    "citation": Words("引文能否支持回答", "Do the quotes bear the answer out"),
}
HOW = Words(
    "每条先评回答，再评引用；评一次存一次。按键后空一格可写备注，例如：w 漏了一个单位",
    "Each answer is scored, then its quotes; every key is saved. A remark may follow the key after "
    "a blank: w one unit is missing",
)
COUNT = Words("第 {n} 条，共 {of} 条，已评 {scored} 条", "{n} of {of}, {scored} scored")
NOW = Words("现评：{word}，直接回车保留", "now: {word}, Enter keeps it")
UNKNOWN = Words("没有“{key}”这个键，请用：{keys}", "no key {key!r}; use {keys}")
FIRST = Words("已经是第一条", "this is the first")
ALL_DONE = Words("全部 {of} 条都已评完，文件：{path}", "all {of} are scored; the file is {path}")
SAVED = Words(
    "已保存：评了 {scored} 条，还剩 {left} 条；再次运行从没评的第一条接着评",
    "saved: {scored} scored, {left} to go; run it again to go on at the first that is not",
)

# -- report -------------------------------------------------------------------------------

TEXT = {
    "sheets": Words("评分表 {n} 份，回答 {rows} 条，问题 {questions} 个，系统 {systems} 个",
                    "{n} sheets, {rows} answers, {questions} questions, {systems} systems"),
    "lacking": Words("尚未交回：{names}", "not handed back: {names}"),
    "reference": Words("看得到参考答案的评分人：{names}", "shown the expected answer: {names}"),
    "sampled": Words("抽样：{drawn} 个问题，取自 {of} 个（按题型分层，每类至少一个）",
                     "sample: {drawn} of {of} questions (by type, at least one of each)"),
    "given": Words("各人评分", "scores given"),
    "unscored": Words("未评", "not scored"),
    "verdict": Words("回答评分", "verdict"),
    "citation": Words("引用评分", "citation verdict"),
    "pair": Words("{a} 与 {b}：共同评 {n} 条，相同 {agreed}",
                  "{a} and {b}: {n} rows, same {agreed}"),
    "weighted": Words("加权 κ", "weighted κ"),
    "all": Words("全体 {k} 人：都评的 {n} 条，全同 {agreed}",
                 "all {k}: {n} rows, all the same {agreed}"),
    "undefined": Words("无定义（评分全是同一种，或没有共同评的）",
                       "not defined (one and the same verdict throughout, or no common rows)"),
    "no_interval": Words("无区间：条数太少或评分全同", "no interval: too few rows or all the same"),
    "alone": Words("只有一份评分表，无法计算一致程度；终评就是这一个人的评分。",
                   "There is one sheet, so no agreement; the final verdicts are one person's."),
    "caution": Words(
        "注：[ ] 内为 95% 区间。强弱的说法出自 Landis 和 Koch（1977），界限是人为定的；"
        "绝大多数评分相同时，Cohen κ 和 Fleiss κ 会偏低，要与相同比例、Randolph κ 一起看。",
        "[ ] holds the 95% interval. The words are those of Landis & Koch (1977), whose limits are "
        "arbitrary. Where nearly all verdicts are the same, Cohen's and Fleiss' κ come out low: "
        "read them with the share that is the same and Randolph's κ."),
    "differing": Words("评分有分歧的回答：{n} 条（回答评分 {verdict} 条，引用评分 {citation} 条）",
                       "answers on which scorers differ: {n} (verdict {verdict}, citation "
                       "{citation})"),
    "more": Words("……其余 {n} 条见分歧裁定表（--out DIR 时写出）",
                  "… {n} more are in the adjudication sheet (written with --out DIR)"),
    "held": Words("其中留出题（held）{n} 条，只计数不显示（--held 显示）",
                  "held ones among them: {n}; counted, not shown (--held shows them)"),
    "finals": Words("终评：{told}", "final verdicts: {told}"),
    "final": Words("终评{word}", "people: {word}"),
    "cited": Words("{system} 的引用终评：{told}，未定 {open}",
                   "final citation verdicts of {system}: {told}, open {open}"),
    "agreed": Words("一致", "agreed"),
    "single": Words("一人评", "one scorer"),
    "decided": Words("裁定", "adjudicated"),
    "open": Words("有分歧未裁定", "open"),
    "incomplete": Words("评分人数不足", "too few scores"),
    "early": Words("还有 {n} 条没有终评，以下比例不含这些，往往偏高，裁定完以前只作参考。",
                   "{n} have no final verdict and are left out of the shares below, which are "
                   "likely too high: do not quote them before all is decided."),
    "system": Words("系统 / 题型", "system / type"),
    "rows": Words("条数", "rows"),
    "not_final": Words("未定", "open"),
    "right": Words("对的比例", "correct"),
    "lenient": Words("对或部分对", "correct or partly"),
    "automatic": Words("规则判对", "rule"),
    "shares": Words("比例的分母是终评为对、部分对或错的条数；[ ] 内为 95% 区间（Wilson）。",
                    "Shares are of the answers judged correct, partly or wrong; [ ] holds the 95% "
                    "interval (Wilson)."),
    "versus": Words("人评与自动规则（{n} 条，部分对{how}）",
                    "people and the automatic rule ({n} answers, partly counts as {how})"),
    "as_wrong": Words("算错", "wrong"),
    "as_right": Words("算对", "right"),
    "rule_right": Words("规则判对", "rule: right"),
    "rule_wrong": Words("规则判错", "rule: wrong"),
    "human_right": Words("人评为对", "people: right"),
    "human_wrong": Words("人评不对", "people: wrong"),
    "same": Words("相同", "same"),
    "no_partly": Words("（终评没有“部分对”，把部分对算对时结果相同）",
                       "(no final verdict is partly, so it is the same with partly as right)"),
    "against": Words("人评与规则不同的 {n} 条（部分对算错）：标准答案、规则或人评可能有误，"
                     "请逐条核对",
                     "{n} on which people and the rule differ (partly taken as wrong): the gold, "
                     "the rule or the scorers may be wrong; look at each"),
}  # fmt: skip
KAPPA_WORDS = {
    "poor": Words("极弱", "poor"),
    "slight": Words("很弱", "slight"),
    "fair": Words("较弱", "fair"),
    "moderate": Words("中等", "moderate"),
    "substantial": Words("较强", "substantial"),
    "almost perfect": Words("很强", "almost perfect"),
}

# -- what was written ---------------------------------------------------------------------

WRITTEN = {
    "sheet": Words("{path}：{n} 条回答", "{path}: {n} answers"),
    "key": Words("{path}：对照表，内有系统名称和自动评分。请自行保管，"
                 "只把各人自己的评分表发给各人",
                 "{path}: the key; keep it, and give each scorer their own sheet only"),
    "decide": Words("{path}：{n} 条待裁定；填好后再运行一次，加上 --adjudicated {path}",
                    "{path}: {n} to decide; then run it again with --adjudicated {path}"),
    "kept": Words("{path} 已经存在，没有改动；要重新写出，请先删除它",
                  "{path} is there already and was left as it is; delete it to have it anew"),
}  # fmt: skip
