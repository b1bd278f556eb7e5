"""Shapes of asking that word lists cannot tell: what is counted, of what, by whom, with whom.

Regular expressions over a Chinese question, used by rag.framing and by the composers that must know
what was asked.
"""

from __future__ import annotations

import re

NUMBER = re.compile(
    r"百分之[一二三四五六七八九十百零点两]+|[一二三四五六七八九十百千万两]{1,5}(?:个百分点|个|家|名|所|人次|人|次|项)|\d+(?:\.\d+)?(?:万|亿|千|百)?(?:%|％|个|家|名|人次|人|所|次|项|平方米)?"
)
# 五家的牵头单位: so many places, and no figure
PLACES = re.compile(
    r"[一二两三四五六七八九十\d]{1,3}(?:家|份|地)(?=的|都|各|分别|牵头|负责|责任|参加)"
    r"|[一二两三四五六七八九十\d]{1,3}个(?:方案|地方|区县|县区|市县|县市)"
)
ASKED_MEASURE = re.compile(
    r"(?:多少|几)(?:百|千|万|十)?(个百分点|个点|个月|个工作日|平方米|人次|个|家|名|人|所|项|场|次|回(?![收归])|趟|遍|件|户|座|处|支|批|期|种|类|门|学时|课时|小时|天|公里|公顷|亩|吨|台|辆|套|(?<=多少)条|栋|部|间|日|周|折|分(?![之钟])|米|万元|亿元|千瓦|年(?![级度])|元|[pgt]b?(?![a-z]))"
)
# all the figures of a part of the plan: 有哪些量化指标, 数字指标全列出来
EVERY_FIGURE = re.compile(
    r"(?:数字|量化|数量)(?:化)?(?:的)?(?:指标|目标|任务|要求|数(?![字据量])|内容)[^，。？,?]{0,6}(?:有?哪|全|都|所有|列|汇总|\s|$)"
    r"|(?:哪些|所有|全部|各项)(?:的)?(?:数字|量化|数量)(?:化)?(?:的)?(?:指标|目标|任务|要求|数(?![字据量])|内容)"
)
NAMED = re.compile(r"叫(?:什么|啥)")
# a share by another name than the one plans use
MEASURE_NOUN = re.compile(r"占比|比率|比重|百分比")
# what says that a number is asked for, and not of what: 科学素质指标是多少
AIM_NOUN = re.compile(
    r"(?<=[\u3400-\u9fff]{2})(?:指标|目标)(?:值|数|任务)?"
    r"(?=$|[，,。；？?、是为定要有设各分差谁\s])"
)


def without_measures(text: str) -> str:
    """The text without what asks for an amount; a share by the name that plans use."""
    bare = ASKED_MEASURE.sub(" ", AIM_NOUN.sub(" ", EVERY_FIGURE.sub(" ", text)))
    return MEASURE_NOUN.sub("比例", bare)


# 2025年的指标: all that is aimed at by then
AIM_ALONE = re.compile(r"(?:指标|目标)(?:值|数)?")
YEAR = re.compile(r"(20\d\d)")
# 25年呢, 到35年底: a year in two figures, told from a span (25年内) by what follows
SHORT = r"(?<![\d.—-])(2[0-9]|3[0-5])年(?=呢|底|末|的|前|那|目标|计划|定|$|[，,。？? ])"
SHORT_YEAR = re.compile(SHORT)
# 23到24年
SPAN = r"(?<![\d.])(2[0-9]|3[0-5])[到至—–、和-]{1,2}(2[0-9]|3[0-5])(?:这?两)?年(?![级度])"
SHORT_SPAN = re.compile(SPAN)
FIVE_YEAR = re.compile(r"十四五|14th five")


# 25%是指什么, 200人次和300人次是一码事吗: the number is known and what it counts is asked for
STANDS_FOR = re.compile(
    r"(?:指|代表|表示|对应|统计|衡量|说|讲)的?(?:又|都|各|分别)?(?:是)?"
    r"(?:什么|啥|哪(?:个|项|方面|一)?|谁)(?!时候)"
    r"|是(?:什么|啥|哪(?:个|项|方面)的?)(?:的)?"
    r"(?:意思|数字?|指标|概念|东西|内容|事|目标)?(?=$|[，,。？?呢啊])"
    r"|(?:是不是|是否|都|算|不)?是?"
    r"(?:同?一(?:码|回|件|个)|同一(?:个|项)?)(?:事|东西|指标|意思|内容)"
    r"|(?:从|打)哪[里儿]?(?:来|冒)|怎么来|哪来的|干(?:什么|啥|嘛)(?:的|用)|(?:用|出)在(?:哪|什么)"
    r"|\bstands? for\b|\brefers? to\b|\bthe same thing\b"
    r"|\bwhat (?:is|does) (?:the|that|this)? ?(?:number|figure)?\s*\d[\d,.]*%?"
    r"|\bwhat (?:does|do|is|are) (?:it|that|this|they|the figures?|the numbers?) "
    r"(?:for|mean|refer|about|count)"
)
# whether two places mean the same, which is answered by what each says, side by side
SAME_THING = re.compile(
    r"(?:(?:说|讲|写|提|指)的?)?(?:到底|究竟)?(?:是不是|是否|都|算)?是?"
    r"(?:同?一(?:码|回|件|个)(?:事|东西|意思|指标)|同一回事)(?:吗|么|嘛|不|吧)?(?=$|[，。？?！!])"
    r"|\bthe same thing\b"
)
# 按人次定的吗, 也是人次吗: by what the figure of before is counted
BY_MEASURE = re.compile(
    r"(?:也|还|都)?(?:是)?(?:(?:按|以|用|论)(?P<by>[\u4e00-\u9fff]{1,4}?)(?:来)?"
    r"(?:定|算|计算?|统计|设|要求|分配)的?|(?<=是)(?P<of>人次|人数|场次|户|座))(?=[吗么不吧]|$|[，。？?])"
)
# 5个, 3: so many parts, or too common to be known by the number
FEW = re.compile(r"\d{1,2}[个项条类种件章]?")


def told_in_digits(number: str) -> bool:
    """Whether a number is printed so that it can be known again: 1.2万, 25%, 300人次."""
    return number[:1].isdigit() and not FEW.fullmatch(number)


# asks for tasks as such: 哪些任务, 几项, 什么活
TASKS = re.compile(
    r"(?:哪些|哪几|哪一|哪|几|什么|啥|多少)(?:个|项|条|件|块|类|样|方面)?(?:任务|工作任务|活|事|工作|行动|工程|项|条|件|职责)"
    r"|(?:任务|活儿?|职责)(?:有|是|都有|包括)?(?:哪|什么|啥)|有(?:什么|啥|哪些)(?:任务|活|事|职责)|(?:做|干|办|管|忙|承担|负责|搞)(?:些|点|了)?(?:什么|啥|哪些)"
    r"|(?:干|管|负责)(?:的是)?(?:哪|什么|啥)[一几]?摊"
    # 管哪块, 配合做哪一块科普工作, 各分到哪些科普任务
    r"|(?:干|管|负责|做|抓|配合|分到|承担|参加|参与)(?:的是)?(?:哪|什么|啥)[一几]?(?:块|方面|头)"
    r"(?:[\u4e00-\u9fff]{0,4}(?:工作|任务|活儿?|事儿?))?(?=$|[，。？?呢啊呀嘛])"
    r"|(?:哪些|哪几项|哪几样|什么|啥)[\u4e00-\u9fff]{1,4}(?:任务|活儿?|职责)(?=$|[，。？?呢啊呀嘛])"
    r"|(?:参加|参与|承担|配合)(?:些|的)?(?:什么|啥|哪些)(?=$|[，。？?呢啊])"
    # 有没有活, 把它列在哪两项提升行动下
    r"|有没有(?:什么|啥)?(?:活儿?|任务|份儿?|职责)(?=$|[，。？?要干做呢啊])"
    r"|(?:列|排|放|归|算|摆|编)(?:在|入|进|到)了?哪[一两二三四五六几些]*(?:个|项|条|大)?[\u4e00-\u9fff]{0,4}"
    r"(?:行动|工程|任务|措施)"
)
# 一人公司: who it is of, and no number
ONE = re.compile(r"一[人个家名户项条所次支座处]")
CALLED_UP = "(?:打|热线|电话|号码)"  # before a number that is no figure
# “三长制”里那三个长各是谁: what a number of chiefs stands for, and no unit
CHIEFS = re.compile(
    r"长制?[”\"](?:到底|究竟|都|分别)*(?:是|指)(?:的是)?哪(?P<m>[一二两三四五六七八九十几])家的?(?:头头|头儿|一把手|负责人|领导)"
    r"|长制?[”\"][^，。？?]{0,4}(?P<n>[一二两三四五六七八九十几])个?长(?:到底|各自?|都|分别)?(?:是|指)谁"
)
# 有个让农民提学历的行动计划，全称: a thing that the plan speaks of, and not the plan
SOME_THING = re.compile(
    r"有(?:一?[个项]|那么[个项])[^，,。？?]{2,}的[^，,。？?]{2,8}[，, ]?的?(?:全称|全名|大名|名称)"
)
# 推进会一年开几次: what is held or done is counted, and no tasks
EVENTS = re.compile(r"(?:几|多少)[场届期次回]")
# 立多少块, 按几块钱算, 什么大课堂: things, and not parts of a plan
COUNTED_THINGS = re.compile(
    r"[高低差多少降升](?:了|出)?(?:几|多少)个(?:百分)?点|多少块|(?<=[立设建做挂装放竖摆于])几块|几块(?=钱|元)|(?:什么|啥)大"
)
# “210”服务
NAMED_BY_NUMBER = re.compile(r"[“\"][\u3400-\u9fff]{0,3}\d{2,4}[\u3400-\u9fff]{0,3}[”\"]")
# what a quoted name means is asked, whoever it is of: 科协那个“三长制”到底是哪三个长
DECODED = re.compile(r"[”\"](?:到底|究竟|具体|都|分别)*(?:是|指)(?:的是)?(?:哪|什么|啥)")
ADJECTIVE = r"(?:重点|主要|具体|提升|保障|大的?|小|专项|核心)?"
COUNTED = re.compile(
    r"第[一二三四五六七八九十](?:项|条|个|大)|[一二三四五六七八九十两几]+(?:大|项|个|条|类|块|家)"
)
# 什么样的馆 counts nothing; 条 counts roads and lines, too
NO_PART = re.compile(
    r"(?:什么|啥|哪)样|哪一?[种类](?:情况|情形|做法|说法)"
    r"|(?:几|哪些|哪|多少|什么|啥)(?:几|一)?条[\u4e00-\u9fff]{0,2}?(?:路(?!径)|街|巷|河|线|道(?!理)|链)"
)
# 四大工程, 五项重点任务: so many parts of the plan
NUMBERED_PARTS = re.compile(
    r"[一二两三四五六七八九十几\d](?:大|项|个|条)[^，。？的]{0,4}(?:工程|行动|任务|举措|措施|原则|保障|部分|板块)"
)
TIME = re.compile(
    rf"{SPAN}|{SHORT}"
    r"|(?:到|至|在|截至)?(?:20\d\d)年?(?:底|末|之前|前)?|每一?年|一年|年年"
    r"|“?十四五”?(?:期间|末|结束前|结束)?"
)
MONTHS = re.compile(r"[一两二三几每半\d]个?月")
# 牵头的除了组织部还有谁
BESIDES = re.compile(r"除(?:了|开|去)?\s+(?:以外|之外|外)?[，,]?(?:还|另外|其他)")
# 让孩子参加, 要求干部参加: what is done for them, and no unit's role
CAUSED = re.compile(
    r"(?:让|叫|使|组织|鼓励|要求|支持|引导|发动|动员|吸引|带领?|安排|选派|方便)"
    r"(?:(?!单位|部门|谁|哪|牵头|负责)[^，。？?、]){1,10}?(?:参加|参与)"
)
ROLE_NOUN = re.compile(r"(?:牵头|责任|参加|参与|配合|负责|协办)的?(?:单位|部门)")
# the role itself is asked for, as against whether it is that one: 牵头还是参加, 什么角色
ROLE_ITSELF = re.compile(
    r"还是|角色|身份|算什么|算啥"
    r"|\b(?:what|which) (?:role|part|capacity)\b|\bor (?:does|is|do) it\b"
)
# the units of a role are counted: 牵头的有几家, 几个部门参加
UNITS_COUNTED = re.compile(
    r"(?:牵头|负责|责任|参加|参与|配合)(?:单位|部门)?的?(?:一?共|总共|各|都)?(?:有|是)?(?:几|多少)家(?:单位|部门)?(?=$|[，。？?,])"
    r"|(?:几|多少)(?:个|家)(?:单位|部门|局)(?:一起|共同|来)?(?:牵头|负责|参加|参与|配合)"
    r"|(?<![哪])(?:几|多少)家(?:一起|共同|来)?(?:牵头|负责|参加|参与|配合|扛|挑头|领头|带头|抓|管(?!理))"
    r"|(?<![哪])(?:几|多少)(?:个|家)(?:牵头|责任|参加|参与|配合)(?:单位|部门)"
    r"|有(?:几|多少)(?:个|家)(?:是)?(?:牵头|参加|参与|配合)的?(?=$|[，。？?,])"
)
# 是不是同样那两个部门: the units are held against each other, and no figure
SAME_UNITS = re.compile(
    r"(?:同样|同类|同|那|这|一样|对应)的?[一二两三四五六几]?(?:个|家)?(?:单位|部门|机构|局|口子|家(?=$|[，。？?吗么吧]))"
)
NUMBERED_REST = 8  # beside a document's number, with the words that go with it (国务院那份, 依据)
# what is asked of a document and of nothing else
OF_DOCUMENT = frozenset(
    {"number", "issuer", "effective", "delivery", "closing", "basis", "title", "addressees"}
    | {"approval", "meeting", "forwarded", "comments", "openness"}
)
# what may as well be asked of a matter that a plan speaks of (基地由谁批准)
OF_MATTERS = frozenset({"approval", "meeting", "forwarded", "comments", "openness"})
# the document that one measure follows: 课后服务依的是哪个文件. Where no plan is named, 哪个 was
# read as asking for one and is blank by now.
GROUND = re.compile(
    r"(?:依据|依照|依|按照?|根据|照着?|凭|落实|执行|遵照|遵循|贯彻)(?:的|是)*[^，。？?]{0,6}"
    r"(?:哪|什么|啥|  )[^，。？?]{0,4}"
    r"(?:文件|规定|政策|办法|通知|意见|条例|纲要|规划|法规|法律|文)(?:来|去)?(?:办|做|定|搞|的)*"
    r"|(?:有没有|有无|有什么|有啥)?(?:政策|文件|制度|法律)依据(?:是|在)?(?:哪里?|什么|啥)?|依据(?:是|在)(?:哪里?|什么|啥)"
    r"|出自(?:哪|什么|啥)[个份一]*(?:文件|文)"
    r"|引用?的(?:是)?[^，。？?]{0,6}(?:哪|什么|啥|几号?|多少号?|  )[一个份号]*(?:文件|文)"
    r"(?=$|[，。？?呢啊])"
    r"|引用?的[^，。？?]{0,8}?(?:文件|文)(?:是|为)*(?:几|多少|什么|啥|哪)[一个]?(?:文号|号)?"
    r"|(?:依据|按照?|根据)的(?:上级)?(?:文件)?(?:的)?(?:文号|编号)(?:是)?(?:多少|什么|哪个)?"
)
# the passage of the plan that is meant: 讲安全那句, 提到演练的地方
PASSAGE = re.compile(
    r"(?:讲|说|提|写|谈)到?[\u3400-\u9fff、]{2,16}?(?:那[句段条处]|的?时候?|的?地方)(?=$|\s|[，,引用])"
)
DOCUMENT_OPENS = (
    "若干",
    "支持",
    "政策",
    "指导",
    "实施",
    "行动",
    "工作",
    "分工",
    "专项",
    "暂行",
    "试行",
)
HEADING_WORDS = 2  # in a row, from which headings speak of what is said
STANDS = 3  # characters in a row from which the words beside a question are a matter
ISSUING = re.compile(
    r"印发|下发|发布|出台|公布|发文|发出|制定|通过|之[前后]|以[前后]|(?<=[发印布台])[前后]|政府|常务|审议|会议?"
)
DOCUMENT_REST = 8
NOTHING_BESIDE = 2  # characters; what documents are called and asked for is all that is said
TITLED_REST = 4  # characters beside a title and the framing; more is a matter of its own
# who holds a post or serves as something (谁当组长, 由哪些人来当), with whom an office is (设在哪个
# 局): told in the text, and no duty
SERVES = re.compile(
    r"(?:谁|(?:哪些|哪几[个位名]|什么样?的?|哪类)人)来?(?:担任|出任|充当|兼任|当|任)"
    r"|(?:组长|队长|主任|召集人|指挥长?|会长|理事长|秘书长|成员|委员)(?:[和、及与][\u3400-\u9fff]{2,4})?(?:都|各|分别)?(?:是|由|有)谁"
    r"|(?:设|放|挂|安)在(?:哪|什么|啥)[^，。？?]{0,4}(?:局|委|办|部门|单位)(?=$|[，。？?呢啊])"
    r"|由(?:谁|(?:哪些|哪几[个位名]|什么样?的?|哪类)人)(?:来)?(?:组成|构成)"
)
# whom to work with, learn from or go to is told in the text; the units are those that do it
PARTNERS = re.compile(
    r"(?:靠|依靠|依托|指望|指着|跟|找)谁|(?:靠|依靠|依托|走进|进|走访)(?:了)?(?:哪|什么)[^，。？?]{0,4}(?:单位|部门|机构)"
    r"|(?:跟|与|同|和|向|找|对接)(?:了)?(?:谁|(?:哪|什么)[^，。？?]{0,4}(?:单位|部门|机构|地方))"
    r"[^，。？?]{0,6}(?:合作|结|联|搭|抱团|对接|走动|交流|来往|学|共建|签|协作|取经)"
)
# 乡镇要不要再做一份方案: whether something is to be done, and not what there is to do; 落实什么制度
OBLIGED = re.compile(
    r"(?:要不要|需不需要|该不该|用不用|必不必须)[^，。？?]{3}"
    r"|(?:落实|执行|建立|实行|健全|推行|遵守)(?:什么|啥|哪[些个种项]?)(?:制度|机制|规定|标准|办法)"
)
NAME_BEHIND = 9  # characters behind a post within which its holder's name is asked for
# 居民健康素养那个百分比, 2025年公民科学素质目标: what is asked for is the number that the noun
# stands for, where nothing but how the answers compare is said behind it
FIGURE_NOUN = re.compile(
    r"(?:(?:个数|家数|百分比|百分数|占比|比率|比例|目标值|指标值|具体数字)"
    r"|20\d\d年?底?的?[^，。？?]{2,16}(?<!哪些)(?<!什么)(?:目标|指标))"
    r"(?=\s*(?:是|呢|各|为)|[\s，,、和跟与？?。！!]*$)"
)
HOW_HIGH = re.compile(r"(?:达到?|提高?到|升到|要到|做到)(?:什么|啥|怎样的?)(?:水平|比例)")
# 是一家还是几家: how many there are is told with the units
ONE_OR_MORE = re.compile(
    r"[，,]?\s*(?:是|就|到底|究竟)*一(?:家|个)(?:单位|部门|局)?(?:单独|独自)?(?:(?:来)?(牵头|负责|管))?"
    r"[，,]?还是(?:有)?(?:几|多|两|好几)(?:家|个)(?:单位|部门|局)?(?:一起|共同)?(?:(?:来)?(牵头|负责|管))?"
    r"|[,;]?\s*(?:is it |just )?(?:a single|one) (?:bureau|unit|department|body|office|agency)"
    r" or (?:several|many|more|two)\b(?: bureaus| units| departments)?"
)


def by_whom(text: str) -> str:
    """The question for the units in place of the one whether there is one of them or several."""

    def asked(found: re.Match[str]) -> str:
        role = found.group(1) or found.group(2)
        return f"由谁{role}" if role else ""

    return ONE_OR_MORE.sub(asked, text)


SOLE = re.compile(
    r"(?:一家|独家|单独|独自|只有|仅有?|唯一)(?:一家|一个|单独|独自)?(?:单位|部门|来|在)?(?:牵头|由|是|主责|领头|挑头)"
    r"|(?:只|就|仅|光|单|也|都|还)(?:有|是|由)[^，。？?]{2,12}?一家(?=[^\u3400-\u9fff]|[吗么吧不牵]|$)"
    r"|(?:单独|独自)(?:由)?一家|就是?.{0,8}一家|独自"
)
NOT_SOLE = re.compile(
    r"(?:不光|不止|不只|不仅|不单)(?:仅)?(?:是|有|由)?[^，。？?]{0,12}?(?:一家|一个|单独)"
)
# 一家单独牵头: beside the role it is no part of what is asked about
ALONE = re.compile(
    r"(?:就|只|仅)?(?:是|有|由)?(?:单独|独自|唯一)?(?:一家|一个|独家)(?:单独|独自)?"
    r"(?=$|\s|[来在]?牵头|[吗么吧，。？?])"
)
# 写了没, 提没提, 有没有讲到: whether the words are there
MENTION_ASKED = re.compile(
    r"(?:提|写|讲|说)(?:没|不)(?:提|写|讲|说)|(?:提到|提及|提了|写到|写了|讲到|讲了|说到|说了)(?:没|吗|么)"
    r"|有没有(?:明确)?(?:提|写|讲|出现)"
    r"|(?:提到|提及|写到|讲到|说到)(?:过|了)?[^，。？?多什哪怎几]{2,12}(?:没有?|吗|么)(?=$|[，。？?呢啊])"
)
# the verb of it, which is no part of what is to be mentioned: 里面说到评职称没有
MENTIONS = re.compile(r"(?:提|写|讲|说|谈)(?:到|及)(?:过|了)?")
# what is to be mentioned, behind the verb; what stands before tells in which part (农技那块)
MENTIONED = re.compile(
    r"(?:提到|提及|提了|点到|写到|写了|写明|讲到|说到|涉及|出现)(?:过|了)?[“\"]?([\u3400-\u9fff]{2,12})[”\"]?"
    r"(?=$|[，。？?,的吗])"
)
