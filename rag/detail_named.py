"""The detail that a question asks for by a noun or a name: which fund, what team, called what.

什么宣讲团 is answered only by a text that speaks of one, 叫什么 only by a name, 哪几个 only by
several, 谁当组长 only where somebody is 组长.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from index.numbering import chinese_number
from index.texts import character_pairs
from rag.asking_shapes import CHIEFS

# who holds a post: 谁当组长, 组长由谁担任
POST_NAMES = "副?组长|队长|团长|站长|馆长|班长|主任|召集人|总?指挥长?|会长|理事长|秘书长|主席"
WHO = "(?:谁|哪位|什么人|哪级领导|哪个领导)"
POSTS = (
    re.compile(rf"{WHO}来?(?:担任|出任|兼任|当|任|做|是)[^，。？?]{{0,6}}?(?P<post>{POST_NAMES})"),
    re.compile(rf"(?P<post>{POST_NAMES})(?:是|由)?{WHO}"),
)
# one of two is asked for: 省级的还是市级的
EITHER = re.compile(r"([\u4e00-\u9fff]{2,6})还是([\u4e00-\u9fff]{2,6})(?=$|[，。？?呢啊])")
# how something is called: by a name in quotation marks, or with the noun of what is so called
CALLED = re.compile(
    r"(?<![都别])叫(?:什么|啥)(?:名字|名称|名儿?)?(?:来着)?(?=$|[，。？?呢啊 ])"
    r"|(?:起|取|命)(?:了|的|个|过|是)*(?:什么|啥|哪个)名|(?:什么|啥|哪(?:一|几|个|块|些)*)(?:牌子|招牌|口号|名堂|名目|标语|名称|主题)"
    r"|(?:called|(?<!\bare )named(?! (?:after|for)\b))\b|\bwhat (?:brand|slogan|name|theme|motto)\b"
)
# several are asked for by name: 选了哪几个社区, 是哪三定
SEVERAL = re.compile(
    r"哪(?P<n>几|[两二三四五六七八九十])(?:个|项|类|所|家|种|条|大|方面|点|步|处|支|座|位|名|本|款)?"
    r"(?P<noun>[a-z\u3400-\u9fff]{0,8}?)(?=$|[，。、？?呢啊 来去给用在里“\"])"
)
# what is called so: 大赛叫什么名字, 产品有哪几种，各叫什么
OF_THING = re.compile(
    r"([\u3400-\u9fff]{2})(?:又|是|要|都|分别|各自?|有?(?:哪|几)[^，。？?]{0,3}[，,]?\s*(?:各自?|分别|都)?)?"
    r"叫(?:什么|啥)"
)
# nouns of names: 工匠牌子叫什么 asks for the name of 工匠
NAME_NOUNS = "牌子|招牌|名头|名号|品牌|称号"
NAMES_ONLY = re.compile(rf"的?(?:{NAME_NOUNS}|叫法)(?=(?:又|是|要|都|分别|各自?)?叫)")
# the same of one: parts are all called something (七条都叫什么)
ONE_CALLED = re.compile(r"([\u3400-\u9fff]{2})(?<![都别各条块])叫(?:什么|啥)(?!的)")
LISTED = re.compile(r"、|”“|》《|[:：]")
TWO = re.compile(r"[和与及]")
NAME = re.compile(r"[“《]([^”》]{2,24})[”》]")
# Names as they stand without quotation marks, by the last noun of what is asked for: a team, a
# programme, an event, a prize. What leads up to one is a verb or another of a row.
FAMILIES = (
    "宣讲团|报告团|讲师团|服务团|服务队|小分队|宣讲队|团队|团|队",
    "工程|计划|行动|项目",
    "系列活动|活动|大赛|竞赛|比赛",
    "奖项|奖",
    "工作室|实验室|工作站",
    "平台|网站|公众号|小程序",
    "大讲堂|讲堂|课堂",
)
THINGS = re.compile(rf"(?P<noun>队伍|{'|'.join(FAMILIES)})[^，。？?；]{{0,6}}$")
LEADS_UP = (
    "组建|组织|成立|开展|实施|推进|推动|打造|举办|建立|建设|设立|启动|深化|参加|探索|评选"
    "|[和与及、，。；]"
)
NAMELY = re.compile(r"品牌|口号|主题为|名为|称为|称作|叫做|简称")
# Nouns of things that have names or at least are called so where they are meant.
NOUNS = (
    "计划|工程|宣讲团|讲师团|联盟|协会|平台|品牌|基金|条例|大赛|奖项|热线|实验室|工作室|杂志|报纸"
    r"|网站|公众号|医院|公司|银行|大学"
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
    "app": "app|小程序|客户端|平台",
    "compan": "公司|企业",
    "hospital": "医院",
    "bank": "银行",
    "universit": "大学|高校|学院",
}
ENGLISH_ASKED = re.compile(
    r"\b(?:which|what|set(?:s|ting)? up|establish(?:es|ing)?|creat(?:e|es|ing)) (?:an? )?"
    r"(?:[\w-]+ ){0,4}?"
    rf"(?P<noun>{'|'.join(ENGLISH_NOUNS)})(?:s|ies|es)?\b"
)
KIND_CALLED = re.compile(rf"(?P<noun>(?!品牌)(?:{NOUNS}))(?:又|是|要|都|分别|各自?)?叫(?:什么|啥)")
# whether there is one: 有没有以县长名义设的奖
HAVING = re.compile(rf"有没有[^，。？?]{{2,24}}的(?P<noun>{NOUNS}|奖|专家库)(?=$|[，。？?])")
HAVING_SOME = re.compile(
    rf"有没有(?:哪|什么|一)?[个种项支](?P<noun>{NOUNS}|奖|专家库)(?=[是用给叫])"
)
UNITS = re.compile(r"单位|部门|牵头|负责|谁")  # asked for are units, whatever noun stands beside
# what sites of a sort: 办起哪些创业场所
SITES = re.compile(
    r"(?:哪[几些个类]*|什么样?的?)(?:个|类|种)?(?P<of>[\u3400-\u9fff]{2,4}?)(?:场所|场地|基地|阵地|园区|场馆)"
)
SITE = "场|所|馆|站|室|中心|基地|园|区|空间|平台|阵地|校|吧|廊|栏|村|镇"


def lacks_named(question: str, said: str, words: Collection[str] = ()) -> bool:
    """Whether what the question asks for by a noun or a name is not said; `words` are the
    language's words of two characters."""
    return (
        any(post not in said for post in _posts(question))
        or _without_site(question, said)
        or _neither(question, said)
        or _unnamed(question, said)
        or _uncounted(question, said, words)
        or _without_noun(question, said)
    )


def _posts(question: str) -> list[str]:
    return [m.group("post") for asked in POSTS if (m := asked.search(question))]


def _without_site(question: str, said: str) -> bool:
    """Whether sites of a sort are asked for and none of that sort is said, though the sort is."""
    sites = SITES.search(question)
    of = sites["of"] if sites else ""
    return bool(of and of in said and not re.search(rf"{of}[^，。；、]{{0,8}}(?:{SITE})", said))


def _without_noun(question: str, said: str) -> bool:
    """Whether a thing is asked for by its noun, and the noun is not said."""
    having = HAVING.search(question) or HAVING_SOME.search(question)
    if having and having["noun"] not in said:
        return True
    named = ENGLISH_ASKED.search(question)
    if named and not re.search(ENGLISH_NOUNS[named["noun"]], said.lower()):
        return True
    noun = ASKED.search(question)
    if noun is None or UNITS.search(question) or NAMES_IN_A_ROW.search(said):
        return False
    return noun["noun"] not in said


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
    names: list[str] = NAME.findall(said)
    if any(q in name and q != name for q in QUOTED.findall(question) for name in names):
        return False  # 以“某城”冠名的奖项叫什么: “最美某城人”
    kind = KIND_CALLED.search(question)
    if kind and kind["noun"] not in said:  # 工作室叫什么: nothing speaks of one
        return True
    if NAMELY.search(said) or named_plainly(question, said):
        return False
    thing = OF_THING.search(NAMES_ONLY.sub("", question))
    about = [s for s in CLAUSES.split(said) if thing and thing[1] in s]
    if _nowhere(thing, question, said):  # 夜校叫什么: no 夜校 is spoken of
        return True
    return all(name in question for name in NAME.findall("\n".join(about) or said))


def lacks_thing_called(question: str, said: str) -> bool:
    """Whether it is asked how a thing is called (讲堂叫啥名字) and no such thing is said."""
    return _nowhere(ONE_CALLED.search(question), question, said)


def _nowhere(thing: re.Match[str] | None, question: str, said: str) -> bool:
    """Whether a thing is named whose name is asked for, not loosely, and nothing speaks of one."""
    spoken_of = thing and re.search("[^，。；、]?".join(thing[1]), said)  # 公号 of 公众号
    return bool(thing and not spoken_of and not LOOSELY.search(question))


def named_plainly(question: str, said: str) -> bool:
    """Whether a team, a programme or the like is asked for and one is named without quotation
    marks: a noun of its kind behind words that the question does not say."""
    called = CALLED.search(question)
    thing = THINGS.search(question[: called.start()].rstrip("，。？? ")) if called else None
    if thing is None:
        return False
    kind = next((f for f in FAMILIES if thing["noun"] in f.split("|")), FAMILIES[0])
    named = re.compile(
        rf"(?:^|{LEADS_UP})(?P<own>(?:(?!{BEGUN})[\u3400-\u9fff]){{3,20}}?)(?:{kind})(?=系列|[，。；、和等（(]|$)",
        re.M,
    )
    return any(
        not LOOSE.search(m["own"]) and len(set(m["own"]) - set(question)) >= NEW_CHARS
        for m in named.finditer(said)
    )


LOOSELY = re.compile(r"[那这哪种个些]")  # 那个玩法叫啥: what it is is told in other words
# 丰富多彩的活动: no name
LOOSE = re.compile(r"的|各|等|相关|有关|多种|一批")
BEGUN = "举办|开展|实施|组织|组建|成立|参加"  # what is done with a thing is no part of its name
NEW_CHARS = 2  # of a name that the question does not say


def _uncounted(question: str, said: str, words: Collection[str]) -> bool:
    """Whether several are asked for and not so many are said."""
    if _by_initials(question, said, words):
        return False
    return _undecoded(question, said) or _unlisted(question, said)


def _undecoded(question: str, said: str) -> bool:
    """Whether it is asked what a quoted number of things are (“五进”是哪五个) and nothing beside
    the quotation enumerates so many."""
    several = CHIEFS.search(question) or SEVERAL.search(question)
    told = several.groupdict() if several else {}
    number = told.get("n") or told.get("m") or "几"
    if number == "几":
        return False
    counted = [q for q in QUOTED.findall(question) if number in q]
    runs = [r for r in CLAUSES.split(said) if any(q in r for q in counted)]
    least = chinese_number(number) - 1  # separators between as many
    return bool(counted) and all(r.count("、") < least for r in runs)


def _by_initials(question: str, said: str, words: Collection[str]) -> bool:
    """Whether right before a quoted number of things as many characters stand for them (校卫技企
    “四长”): no two of them make a word, nor are printed together elsewhere."""
    counted = (m for q in QUOTED.findall(question) if (m := COUNTED.match(q)))
    for quoted in counted:
        n, at = chinese_number(quoted[1]), said.find(f"“{quoted[0]}”")
        before = said[max(at - n, 0) : at]
        joined = (p for p in character_pairs(before) if p in words or said.count(p) > 1)
        if at >= n and HAN.fullmatch(before) and not any(joined):
            return True
    return False


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
HAN = re.compile(r"[\u3400-\u9fff]+")
COUNTED = re.compile(r"([两二三四五六七八九])[\u3400-\u9fff]+")
# several names in a row stand for the noun that is asked for: “某云”“某通”
NAMES_IN_A_ROW = re.compile(r"”[、和与]?“[^”]+”")
SENTENCES = re.compile(r"[。；\n]")
CLAUSES = re.compile(r"[，。；\n]")
