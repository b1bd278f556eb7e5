"""The detail that a question asks for: which month, how often, where, into what classes, whose.

A sentence about the matter answers 哪个月 only if it names a month, and 多久一次 only if it tells
how often. Where no sentence of an answer has the detail, the plan does not say it, however near the
sentences are to the matter. What is asked for by a noun or a name is in `rag.detail_named`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from rag.detail_named import lacks_named

NOTHING = re.compile(r"(?!)")
ANY = re.compile(r"怎么|怎样|如何|咋|什么|啥")  # 哪个乡镇…怎么处理: any of them


class Form(NamedTuple):
    """A question of the form `asked` is answered only by a text of the form `told`.

    `any_of` tells that it names any of the things where it asks how or what as well; `but` is what
    looks like the detail and is none.
    """

    asked: re.Pattern[str]
    told: re.Pattern[str]
    any_of: bool = False
    but: re.Pattern[str] = NOTHING

    def lacking(self, question: str, said: str) -> bool:
        """Whether it is asked for and not told."""
        if not self.asked.search(question) or (self.any_of and ANY.search(question)):
            return False
        return not self.told.search(self.but.sub("，", said))


def _form(asked: str, told: str, any_of: bool = False, but: str = "") -> Form:
    return Form(re.compile(asked), re.compile(told), any_of, re.compile(but) if but else NOTHING)


OFTEN = re.compile(
    r"(?:多久|隔多久|多长时间|几年|几个?月|几天)(?:[\u4e00-\u9fff]{0,2})?一[次回趟轮]|几年几[次回]|隔多久"
    r"|[一每](?:年|季度?|个?月|学期|周)[\u4e00-\u9fff]{0,6}(?:几|多少)[次回场期趟轮]"
    r"|多久[^，。？?]{0,14}一[次回趟轮]|多久(?:得|要|能|该|可以|往)?(?:去|办|测|查|评|报|上报|换|更新)"
    r"|how often|how frequently"
)
CLASSES = r"类|(?<![模大新转典小])型|分[为成]|划分|种|层次|分级|级别|[一二三四]是"
FORMS = (
    # the month and the day
    _form(r"几月|哪个?月|which month|what month", r"\d{1,2}月|[一二三四五六七八九十]月"),
    _form(
        r"几号|哪一?[天日](?!起)|几月几[号日]|what day",
        r"\d{1,2}[日号]|[\u4e00-\u9fff]{3}日(?![益常前后程志期报记均])",
    ),
    # how often
    Form(
        OFTEN,
        re.compile(
            r"每(?!个|所|名|位|家|户|校|县|镇|乡|村|人)|一年|两年|[半逐]年|年度|季度|定期|常态|经常"
            r"|不定期|\d年"
        ),
    ),
    # whether it costs: 要不要买票, 收不收钱
    _form(
        r"[买要收花掏交]不[买要收花掏交][买收花掏交]?(?:门?票|钱|费)"
        r"|[买要收花掏交](?:门?票|钱|费)(?:吗|么|不|没|$|[。？?])|免不免费"
        r"|免费(?:吗|不|么|的吗)|free of charge\?|(?:have|need) to pay",
        r"免费|收费|门票|票价|费用|公益性|公益开放|无偿|有偿|优惠|元",
    ),
    # whether somebody is given money
    _form(
        r"(?:有没有|是否|会不会|能不能|可不可以)[^，。？?]{0,12}(?:发|给|领|拿|付)[\u4e00-\u9fff]{0,4}?"
        r"(?:补[贴助]|津贴|奖金|报酬|工资|钱)",
        r"补[贴助]|津贴|奖|报酬|工资|薪|待遇|资助|经费|元|激励|特殊政策",
    ),
    # who is to be one: 信息员找谁来当
    _form(
        r"(?:谁|哪些人|哪[类种]人|什么样?的?人)(?:来|去)?(?:当(?!龙头|骨干|主力|主体|支撑|补充)|担任|充当|出任|兼任)"
        r"|从(?:什么样?的?|哪[些类种]|哪里?的?)[\u4e00-\u9fff]{0,3}?(?:里头?|里面|中间?|当中)?(?:来)?(?:选|挑|聘|招|抽|产生)",
        r"担任|兼任|兼职|充当|聘|选派|选拔|推选|推荐|成为|作为|招募|遴选|组成|动员|吸纳|吸收|鼓励|引导|发展",
    ),
    # which of its leaders: one by post, as against 领导干部
    _form(
        r"(?:哪|什么)(?:一|几)?[位个级](?:[省市县区]|政府|党委)?(?:领导(?!小组|机构|干部)|[省市县区]长|书记|主任)",
        r"(?:分管|主管|主要)[省市县区]?(?:政府)?领导|[省市县区]长|书记|领导(?:担任|任|为|牵头|挂帅|分管)",
    ),
    # where something is to be: a place, and not only a thing with a place's name in it
    _form(
        r"(?:建|设|落|放|办|安|摆|开|送|选址|落户|坐落|位于)(?:在|到)?"
        r"(?:哪(?:里|儿)?(?=$|[，。？?呢啊去])|何处|(?:什么|啥|哪个)(?:地方|位置|地段))",
        r"在(?!于|册|线|校生|职|岗|此)[^，。；]{2,24}|依托|坐落|位于|落户|选址|打造成",
    ),
    # into what places something is brought
    _form(
        r"(?:走|(?<![算纳列归写编放加评引写卷]))进(?:了|到)?(?:哪|什么)",
        r"进(?!行|一?步|展|度|修|程|而|出口?|口|取|军|城务工)",
    ),
    # into what classes something is divided
    _form(
        r"(?:分|划分|归|区分)[成为作]?(?:了)?(?:哪|几)[一几]?(?:大)?[类型种]",
        CLASSES,
    ),
    # of what sorts something is, which a row of them tells, too
    _form(
        r"(?<![分归为成作了])哪[一几][类型](?!地方|人|群|对象|场|单位|学)",
        rf"{CLASSES}|、[^，。；]{{2,}}(?:[和与及]|等)",
    ),
    # which city or province: one by its name, as against 城市 and 本市
    _form(
        r"哪(?:一|几|两|些)?(?:个|些)?(?:外省|外地|兄弟)?的?(?:城市|省市|省份|县市|区县|市县)",
        r"[\u4e00-\u9fff]{2}(?<![本全各我外省地城县国内关周这那他它些与和及同跟向对为在])"
        r"(?:市|省|县|区)(?![级直域委场区镇内外])|长三角|珠三角|京津冀|大湾区|港澳",
        any_of=True,
    ),
    # the number to call
    _form(
        r"(?:热线|电话|服务|联系)号码|打(?:什么|哪个|哪条|啥)(?:热线|电话)(?:号码?)?|多少号",
        r"(?<![\d年])\d{5,}|\d{3,4}[-—]\d{4,}",
    ),
    # which street: one by its name
    _form(
        r"哪(?:一|几)?条(?:大街|街|马路|路)(?!线|径)|(?:which|what) (?:street|road)",
        r"[\u4e00-\u9fff]{2}(?:路(?![径线子由])|大街|大道)",
    ),
    # which town: one by its name, as against towns in general
    _form(
        r"哪(?:一|几|两|三)?(?:个|些)?(?:乡镇|镇|街道)(?![级里])",
        r"[\u4e00-\u9fff]{2}(?:镇|乡|街道)(?!级)",
        any_of=True,
        but=r"各?乡镇(?:[（(、]?街道[）)]?)?|各[镇乡]|各?街道|城镇|镇街|村镇",
    ),
)


def lacks_detail(question: str, told: Iterable[str], words: Collection[str] = ()) -> bool:
    """Whether the question, in lower case, asks for a detail that none of the texts has; `words`
    are the language's words of two characters."""
    said = "\n".join(told)
    return any(f.lacking(question, said) for f in FORMS) or lacks_named(question, said, words)
