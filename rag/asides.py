"""Clauses that ask nothing and say nothing of what is asked: 我同事问我我一下卡壳了, 标题想用.

They tell of the asker, of the day, of what the answer is for, or how a thing strikes the asker. No
plan speaks of these, so left in they are looked for in vain, and their nouns (标题, 名字) read as
what is asked for. A clause is an aside by its form, whatever it is about; one that asks is none,
nor is one without which no question is left. Where the question goes on about the unit that an
aside names (昨天司法局也来了，它参加哪一项), the unit takes the place of the pronoun.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

STOP = re.compile(r"[，,。；;！!？?：:—…]+\s*|\s+(?=[\u3400-\u9fff])")
# 啥也没交代, 谁都说不清: an asking word that asks nothing
ANY = re.compile(
    r"(?:谁|哪[里儿个些]?|什么|啥|怎么|咋|几个?)[^，。？?]{0,3}?[也都](?=[没不]|找|查|说|弄|想|记)"
)
ASKS = re.compile(
    r"谁|哪|什么|啥|多少|几|怎么|怎样|如何|咋|何时|有没有|有无|是否|([\u3400-\u9fff])[不没]\1"
    r"|多[大高长久远重]|[吗么呢](?=$|\s)|[不没]$"
)
DAY = (
    r"(?:前天|昨[天晚]|今[天早晚]|刚才|刚刚|方才|[上下]午|早上|晚上|那天|前(?:几|两)天|前阵子"
    r"|上(?:个?星期|周|回|次|个?月)|这[几两]天)"
)
# what the answer is for: 下周培训班要讲, 明天请人来作报告
SOON = (
    r"(?:下(?:个?星期|周|个月)|明[天早晚]|后天|过[几两]天|待会儿?|一会儿|马上|周[一二三四五六日末])"
)
SHORTLY = 12  # characters of a clause that tells what is ahead
CHIEF = r"(?:领导|主任|主编|编辑|老板|[处科局]长|前任|同事|同行|朋友|客户)"
OTHERS = r"(?:同学|老师|家里|孩子|[表堂]?[哥弟姐妹]|爸|妈|爷爷|奶奶|爹|娘|老[公婆]|邻居|单位|科室)"
LEADS_ON = r"(?:突然|忽然|老是?|总是?|一直|正好?|非|又|就|也|都|还|刚|[啥谁]也|什么也|没有?|不)"
SAYS = r"(?:问|追问|催|交代|要|让|叫|逼|说|等着|急)"
# 我国, 我省 is whose plan it is; 我想, 我要 and 我问 lead up to what is asked
SELF = (
    r"(?:(?:我(?!国|省|市|县|区|州|旗|镇|乡|们|问|想|要|在|听|看|记|这)|俺(?!们)|本人)"
    rf"|[我俺]们?(?:{CHIEF}|{OTHERS}))"
)
PAPER = (
    r"(?:标题|题目|导语|稿[子件里]?|文章|版面|报道|推文|海报|展板|材料|课件|脚注|图注|表格|引用|汇报"
    r"|ppt)"
)
KNOWS_NOT = (
    r"卡壳|纳闷|[犯发]愁|着急|头[大疼]|懵|糊涂|好奇|想不起来|[记搞弄分说拿吃]不[清准懂明]|记不[住得]"
    r"|忘[了记]|没印象|没底|不(?:太|大|怎么|是很)?(?:确定|清楚|明白|了解|熟悉|懂)了?$"
)
IN_VAIN = (
    r"[翻找查搜看问](?:了|来|去|遍|过|一[圈遍]|老?半天|好[久几]遍?)*[也都就还]?(?:是|愣是)?"
    r"[没不](?:有)?[翻找查搜看问]?(?:着|到|见|出来?|明白|懂)了?$"
)
FOR_PAPER = (
    rf"^(?:我们?|这边)?[做写放印]?{PAPER}(?:里|上|中|时)?[头面边]?(?:{DAY}|明[天早晚]|后天|马上|还|也|都|就)*"
    r"(?:想|得|要|需要|等着|急着|准备|打算)(?:用|标|写|引|放|填|署|交|配)?[^，。]{0,4}$"
)
# how it strikes the asker; nothing but the name or the saying of it stands before
STRIKES = (
    r"^(?:那个|这个|[它其]的?)?(?:全名|全称|名字|名称|名儿|叫法|说法|提法|牌子|[念听读看](?:着|起来)|感觉|这|那|倒)?"
    r"[还倒也都]?是?(?:(?:挺|蛮|怪|好|很|特别?|有点)[^，。]{1,5}[的呢啊哈]|太[^，。]{1,4}了)$"
)
AHEAD = rf"^(?:我们?|这边)?{SOON}"
ASIDE = re.compile(
    rf"^(?:{DAY}|因为|可是?|但是?|反正|结果)*(?:{SELF}|{DAY}|{CHIEF}(?:{DAY}|{LEADS_ON})*{SAYS})"
    rf"|{KNOWS_NOT}|{IN_VAIN}|{FOR_PAPER}|{STRIKES}|{AHEAD}[^，。]{{0,{SHORTLY}}}$"
)
# 别和劳动竞赛混了: what the question says it does not mean is no part of it
CONFUSED = re.compile(
    r"[，,；;。]\s*(?:请|可|千万)*(?:别|不要|勿)(?:和|跟|与|同|把|将)[^，,；;。？?]{2,24}"
    r"(?:混(?:淆|在一起|为一谈|到一起|同)?|搞[混错]|弄[混错]|算(?:进来|进去|在内|上))了?"
)
# （不是它引的那份）: what is not asked for
NOT_MEANT = re.compile(r"[（(](?:不是|不要|别给|不用)[^（）()]{1,20}[）)]")
# 农业局牵头我知道: what is known is not asked
KNOWN = re.compile(r"我们?(?:都|也|已经?|是)?(?:知道|晓得|清楚|有数)了?的?$")
# 领导今天突然问: leads up to the question in the same clause
PASSED_ON = re.compile(
    rf"^{DAY}*(?:[我俺]们?)?{CHIEF}(?:{DAY}|{LEADS_ON})*"
    r"(?:追?问(?![题卷责询答计政诊世候需])|[让叫要](?:我|咱)们?(?:查|找|核))(?:我们?|起|到|一下|的是|了)*"
)
IT = re.compile(
    r"(?<![\u3400-\u9fff])(?:它|他们|人家|这家|那家|这个?(?:单位|局|部门))(?![的])"
    r"|[我咱]们(?:局|单位|部门)?(?=到底|究竟|都|要|在|得|该|能|是|参加|参与|负责|牵头|配合)"
)
SOFT = "呢啊呀哈哦"  # at the end of what is only told: 我还纳闷呢
# 下周要报劳模，这评选归谁: what is ahead is what is asked about
POINTED_AT = re.compile(
    r"这(?:个|项|次|场|届)?(?:评选|评比|评审|活动|比赛|竞赛|大赛|培训|行动|工程|项目|展览?|奖)"
)
LEAST = 8  # characters of a question that stands by itself


def without_asides(
    text: str, names_place: Callable[[str], bool], units: Callable[[str], Sequence[str]]
) -> str:
    """The question without its asides; as it is where none is told, or nothing else asked.

    `names_place` tells whether a text names a place, `units` gives the units that it names.
    """
    kept: list[str] = []
    dropped: list[str] = []
    text = NOT_MEANT.sub("", CONFUSED.sub("", text))
    pointed = bool(POINTED_AT.search(text))
    for clause in _clauses(text):  # what a place is told of is what is asked about
        told = names_place(clause) or (pointed and re.match(AHEAD, clause))
        is_aside = _is_aside(clause) and not told
        (dropped if is_aside else kept).append(clause)
    rest = "".join(PASSED_ON.sub("", c) if _asks(c) else c for c in kept)
    if rest == text:
        return text
    rest = rest.strip(" ，,；;。：:")
    if len(rest) < LEAST or not _asks(rest):
        return text
    return _spoken_of(rest, units("".join(dropped)))


def _spoken_of(rest: str, named: Sequence[str]) -> str:
    """The question with the one unit named in its asides in place of the pronoun for it."""
    return IT.sub(named[0], rest, count=1) if len(named) == 1 else rest


def _clauses(text: str) -> list[str]:
    """The clauses, each with the stop behind it."""
    ends = [m.end() for m in STOP.finditer(text)]
    cuts = [0, *ends, len(text)]
    return [text[a:b] for a, b in pairwise(cuts) if a < b]


def _is_aside(clause: str) -> bool:
    said = STOP.sub("", clause).strip().rstrip(SOFT)
    return bool(ASIDE.search(said) or KNOWN.search(said)) and not _asks(said)


def _asks(clause: str) -> bool:
    return bool(ASKS.search(ANY.sub(" ", STOP.sub(" ", clause).strip()))) or "？" in clause
