"""The detail that a question asks for by name: which month, which plan, what team.

A sentence about the matter answers 哪个月 only if it names a month, and 什么宣讲团 only if it
speaks of one. Where no sentence of an answer has the detail, the plan does not say it, however near
the sentences are to the matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# What is asked for, and how a text says it.
TIMES = (
    (
        re.compile(r"几月|哪个?月|which month|what month"),
        re.compile(r"\d{1,2}月|[一二三四五六七八九十]月"),
    ),
    (re.compile(r"几号|哪一?[天日](?!起)|几月几[号日]|what day"), re.compile(r"\d{1,2}[日号]")),
)
OFTEN = re.compile(
    r"(?:多久|隔多久|多长时间|几年|几个?月|几天)(?:[\u4e00-\u9fff]{0,2})?一[次回趟轮]|几年几[次回]|一年几[次回]|隔多久"
    r"|多久[^，。？?]{0,14}一[次回趟轮]|多久(?:得|要|能|该|可以|往)?(?:去|办|测|查|评|报|上报|换|更新)"
    r"|how often|how frequently"
)
REGULARLY = re.compile(
    r"每(?!个|所|名|位|家|户|校|县|镇|乡|村|人)|一年|两年|[半逐]年|年度|季度|定期|常态|经常|不定期|\d年"
)
# whether it costs: 要不要买票, 收不收钱
PAYING = re.compile(
    r"(?:买|要|收|花|掏)(?:不[买要收花掏])?(?:门?票|钱|费)(?:吗|么|不|没|$|[，。？?])|免不免费|免费(?:吗|不|么|的吗)"
    r"|free of charge\?|(?:have|need) to pay"
)
PAID = re.compile(r"免费|收费|门票|票价|费用|公益性|公益开放|无偿|有偿|优惠|元")
# who holds a post: 谁当组长, 组长由谁担任
POST_NAMES = "副?组长|主任|召集人|总?指挥长?|会长|理事长|秘书长|主席"
WHO = "(?:谁|哪位|什么人|哪级领导|哪个领导)"
POSTS = (
    re.compile(rf"{WHO}来?(?:担任|出任|兼任|当|任|做|是)[^，。？?]{{0,6}}?(?P<post>{POST_NAMES})"),
    re.compile(rf"(?P<post>{POST_NAMES})(?:是|由)?{WHO}"),
)
# one of two is asked for: 省级的还是市级的
EITHER = re.compile(r"([\u4e00-\u9fff]{2,6})还是([\u4e00-\u9fff]{2,6})(?=$|[，。？?呢啊])")
# how something is called: by a name in quotation marks, or with the noun of what is so called
CALLED = re.compile(
    r"(?<![都别])叫(?:什么|啥)(?:名字|名称|名儿?)?(?=$|[，。？?呢啊])|(?:什么|啥|哪(?:一|几|个|块|些)*)(?:牌子|招牌|口号|名堂|名目|标语|名称|主题)"
    r"|(?:called|named)\b|\bwhat (?:brand|slogan|name|theme|motto)\b"
)
# several are asked for by name: 选了哪几个社区, 是哪三定
SEVERAL = re.compile(
    r"哪(?P<n>几|[两二三四五六七八九十])(?:个|项|类|所|家|种|条|大|方面|点|步|处|支|座)?"
    r"(?P<noun>[a-z\u3400-\u9fff]{0,8}?)(?=$|[，。、？?呢啊 来去给用在里“\"])"
)
# what is called so: 大赛叫什么名字, 产品有哪几种，各叫什么
OF_THING = re.compile(
    r"([\u3400-\u9fff]{2})(?:又|是|要|都|分别|各自?|有?(?:哪|几)[^，。？?]{0,3}[，,]?\s*(?:各自?|分别|都)?)?"
    r"叫(?:什么|啥)"
)
LISTED = re.compile(r"、|”“|》《|[:：]")
TWO = re.compile(r"[和与及]")
NAME = re.compile(r"[“《]([^”》]{2,24})[”》]")
NAMELY = re.compile(r"品牌|口号|主题为|名为|称为|称作|叫做|简称")
TOWN = re.compile(r"哪(?:一|几|两|三)?(?:个|些)?(?:乡镇|镇|街道)(?![级里])")
# a town by its name, as against towns in general
NAMED_TOWN = re.compile(r"[\u4e00-\u9fff]{2}(?:镇|乡|街道)(?!级)")
TOWNS = re.compile(r"各?乡镇(?:[（(、]?街道[）)]?)?|各[镇乡]|各?街道|城镇|镇街|村镇")
# Nouns of things that have names or at least are called so where they are meant.
NOUNS = (
    "计划|工程|宣讲团|讲师团|联盟|协会|平台|品牌|基金|条例|大赛|奖项|热线|实验室|工作室|杂志|报纸"
    r"|网站|公众号"
)
ASKED = re.compile(
    rf"(?:哪(?:一)?(?:个|项|家|支|种|处|座|所|部|本)?|什么|啥|哪[几些两三](?:个|项|家|支|处|座|所|部)?)"
    rf"[\u3400-\u9fff]{{0,10}}?(?P<noun>{NOUNS})(?=[来去，。？?的给用在里]|$)"
)
# the same in English: what alliance, which fund; set up a fund
ENGLISH_NOUNS = {
    "alliance": "联盟",
    "fund": "基金",
    "prize": "奖",
    "award": "奖",
    "hotline": "热线",
    "website": "网站|门户",
    "magazine": "杂志|期刊",
    "newspaper": "报",
    "laboratory": "实验室",
    "laborator": "实验室",
    "insurance": "保险",
    "lottery": "彩票",
    "stipend": "津贴|补贴",
    "scholarship": "奖学金|助学",
    "app": "app|小程序|客户端",
}
ENGLISH_ASKED = re.compile(
    r"\b(?:which|what|set(?:s|ting)? up|establish(?:es|ing)?|creat(?:e|es|ing)) (?:an? )?"
    r"(?:[\w-]+ ){0,4}?"
    rf"(?P<noun>{'|'.join(ENGLISH_NOUNS)})(?:s|ies|es)?\b"
)
KIND_CALLED = re.compile(rf"(?P<noun>{NOUNS})(?:又|是|要|都|分别|各自?)?叫(?:什么|啥)")
# whether there is one: 有没有以县长名义设的奖
HAVING = re.compile(rf"有没有[^，。？?]{{2,24}}的(?P<noun>{NOUNS}|奖|专家库)(?=$|[，。？?])")
HOW = re.compile(r"怎么|怎样|如何|咋|什么|啥")  # 哪个乡镇…怎么处理: any of them
UNITS = re.compile(r"单位|部门|牵头|负责|谁")  # asked for are units, whatever noun stands beside


# which city or province: one by its name, as against 城市 and 本市
REGION = re.compile(
    r"哪(?:一|几|两|些)?(?:个|些)?(?:外省|外地|兄弟)?的?(?:城市|省市|省份|县市|区县|市县)"
)
NAMED_REGION = re.compile(
    r"[\u4e00-\u9fff]{2}(?<![本全各我外省地城县国内关周这那他它些])(?:市|省|县|区)(?![级直域委场区镇])"
    r"|长三角|珠三角|京津冀|大湾区|港澳"
)


# who is to be one: 信息员找谁来当
SERVING = re.compile(r"(?:谁|哪些人|哪[类种]人|什么样?的?人)(?:来|去)?(?:当|担任|充当|出任|兼任)")
SERVES = re.compile(
    r"担任|兼任|兼职|充当|聘|选派|选拔|推选|推荐|成为|作为|招募|遴选|组成|动员|吸纳|吸收|鼓励|引导|发展"
)
# where something is to be: a place and not only a thing with a place's name in it
WHERE = re.compile(
    r"(?:建|设|落|放|办|安|摆|开|送|选址|落户|坐落|位于)(?:在|到)?"
    r"(?:哪(?:里|儿)?(?=$|[，。？?呢啊去])|何处|(?:什么|啥|哪个)(?:地方|位置|地段))"
)
LOCATED = re.compile(r"在(?!于|册|线|校生|职|岗|此)[^，。；]{2,24}|依托|坐落|位于|落户|选址|打造成")
GOES_INTO = re.compile(r"(?:走)?进(?:了|到)?(?:哪|什么)")
INTO = re.compile(r"进(?!行|一?步|展|度|修|程|而|出口?|口|取|军|城务工)")
# into what classes something is divided
CLASSES = re.compile(r"(?:分|划分|归|区分)[成为作]?(?:了)?(?:哪|几)[一几]?(?:大)?[类型种]|哪[一几][类型]")
CLASSED = re.compile(r"类|(?<![模大新转典小])型|分[为成]|划分|种|层次|分级|级别|[一二三四]是")
# what sites of a sort: 办起哪些创业场所
SITES = re.compile(
    r"(?:哪[几些个类]*|什么样?的?)(?:个|类|种)?(?P<of>[\u3400-\u9fff]{2,4}?)(?:场所|场地|基地|阵地|园区|场馆)"
)
SITE = "场|所|馆|站|室|中心|基地|园|区|空间|平台|阵地|校|吧|廊|栏|村|镇"


def lacks_detail(question: str, told: Iterable[str]) -> bool:
    """Whether the question asks for a detail by name that none of the texts has."""
    said = "\n".join(told)
    for asked, form in TIMES:
        if asked.search(question) and not form.search(said):
            return True
    if OFTEN.search(question) and not REGULARLY.search(said):
        return True
    if PAYING.search(question) and not PAID.search(said):
        return True
    if SERVING.search(question) and not SERVES.search(said):
        return True
    if WHERE.search(question) and not LOCATED.search(said):
        return True
    if GOES_INTO.search(question) and not INTO.search(said):
        return True
    if CLASSES.search(question) and not CLASSED.search(said):
        return True
    sites = SITES.search(question)
    of = sites["of"] if sites else ""
    if of and of in said and not re.search(rf"{of}[^，。；、]{{0,8}}(?:{SITE})", said):
        return True
    posts = (m.group("post") for asked in POSTS if (m := asked.search(question)))
    if any(post not in said for post in posts):
        return True
    if REGION.search(question) and not HOW.search(question) and not NAMED_REGION.search(said):
        return True
    if _neither(question, said) or _unnamed(question, said) or _unlisted(question, said):
        return True
    if (
        TOWN.search(question)
        and not HOW.search(question)
        and not NAMED_TOWN.search(TOWNS.sub("，", said))
    ):
        return True
    having = HAVING.search(question)
    if having and having["noun"] not in said:
        return True
    named = ENGLISH_ASKED.search(question)
    if named and not re.search(ENGLISH_NOUNS[named["noun"]], said.lower()):
        return True
    noun = ASKED.search(question)
    if noun is None or UNITS.search(question):
        return False
    return noun.group("noun") not in said


def _neither(question: str, said: str) -> bool:
    """Whether one of two is asked for and neither is said."""
    either = EITHER.search(question)
    if either is None or UNITS.search(question):
        return False
    one, other = (_bare(part) for part in either.groups())
    return bool(one and other) and one not in said and other not in said


def _bare(part: str) -> str:
    """An alternative without what leads up to it: 办的是省级的 is 省级."""
    return re.split(r"[是为算按要用靠在]", part.removesuffix("的"))[-1].strip("的了")


def _unnamed(question: str, said: str) -> bool:
    """Whether a name is asked for and none is said that the question does not say itself."""
    if not CALLED.search(question):
        return False
    kind = KIND_CALLED.search(question)
    if kind and kind["noun"] not in said:  # 工作室叫什么: nothing speaks of one
        return True
    if NAMELY.search(said):
        return False
    thing = OF_THING.search(question)
    about = [s for s in CLAUSES.split(said) if thing and thing[1] in s]
    return all(name in question for name in NAME.findall("\n".join(about) or said))


def _unlisted(question: str, said: str) -> bool:
    """Whether several are asked for by name and no sentence that speaks of them lists any."""
    several = SEVERAL.search(question)
    if several is None or UNITS.search(question) or several["noun"].startswith(tuple("天年月日")):
        return False
    keys = [*QUOTED.findall(question), several["noun"][-2:]]
    keys = [k for k in keys if len(k) > 1]
    about = [s for s in SENTENCES.split(said) if any(k in s for k in keys)]
    two = several["n"] in "两二"
    return not any(LISTED.search(s) or (two and TWO.search(s)) for s in about or [said])


QUOTED = re.compile(r"[“\"]([^”\"]{2,12})[”\"]")
SENTENCES = re.compile(r"[。；\n]")
CLAUSES = re.compile(r"[，。；\n]")
