"""What the amount asked for must be: of which measure, of what money, in total or for each.

Read from the words of the question (`wanted`), and held against a figure's unit (`Wanted.of_unit`)
and against the words it stands among (`Wanted.stands_in`, `Wanted.sums_up`, HAPPENED).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.figures import MEASURES
from rag.asking_shapes import ASKED_MEASURE
from rag.english_measures import answers_in
from rag.lexicon import function_chars
from rag.question import Lang

PERCENT = re.compile(
    r"每?一?百个?人|几成|几分之|百[分份]之|占[^，。？?多几]{2,10}多少(?=$|[，。？?呢啊])"
)
PAID = "补[贴帖]|补助|津贴|报酬|工资|奖金|租金|费用|贷款"
MONEY = re.compile(
    rf"多少[\u3400-\u9fff]{{0,4}}钱|多少[\u3400-\u9fff]{{0,8}}(?:{PAID})|(?:{PAID})(?:是|有|要|到|能|最[高多]|上限){{0,3}}多少(?=$|[，。？?呢啊钱万亿元])"
    r"|多少(?:百|千)?(?:万|亿)?元|多少(?:百|千)?(?:万|亿)(?!人|名|次|户|个|家|平|亩|吨|套|辆|台|千瓦|立方)"
    r"|[给奖补花拨投拿领贷](?:了|到|上)?多少(?=$|[，。？?呢啊])|封顶(?:是|为|到)?多少"
    r"|几[十百千]?[百千万亿](?!人|名|次|户|个|家|平|亩|吨|套|辆|台|千瓦|立方|级|全)"
    r"|几[百千万]?块(?:钱|(?=$|[，。？?呢啊]))|[给补奖发交罚拿领][^，。？?]{0,4}几[百千万]元?(?=$|[，。？?呢啊])"
)
# nouns that ask for a share or for money where no measure word asks for anything else
SHARE = re.compile(r"比例|比率|占比|比重|份额|率|水平")
# what is given back of a cost or a loss, often told as a share of it
PARTLY = re.compile(r"补偿|报销|减免|贴息|分担|抵扣|兜底|承担")
FUNDS = re.compile(r"经费|资金|预算|拨款|万元|亿元")
# whether it costs anything: 收不收钱, 要钱吗
FREE = re.compile(r"[收要花用]不[收要花用](?:钱|费)|(?:要|收|花|用)(?:钱|费)(?:吗|么|不)")
FREE_UNIT = "免费"
MONEY_UNITS = ("元", "万元", "亿元", "美元")
PERCENT_UNITS = ("%", "个百分点", "‰", "/10万", "/万", "折")
PEOPLE = {"名", "人", "人次", "位"}
BODIES = {"个", "家", "所", "座", "处", "间", "项", "户", "镇", "村"}
# what stands for each of these in everyday speech is 个
THINGS = BODIES | PEOPLE | {"条", "支", "台", "套", "件", "辆", "部", "门", "栋", "种", "类", "只"}
YEARS, DAYS = {"年", "个月"}, {"天", "日", "个工作日", "工作日", "小时"}
SPANS = YEARS | DAYS | {"周", "分钟", "学时", "课时"}
AREAS = {"平方米", "平方公里", "公顷", "亩"}
LONG = re.compile(r"多久|多长时间|多长(?=$|[，。？?])")
LENGTHS = {"米", "厘米", "毫米", "公里", "千米"}
TALL = re.compile(r"多[高宽深厚远](?=$|[，。？?呢啊的以才就要])")
WIDE = re.compile(
    r"(?:多少|几)(?:个)?平(?:方米?|米)?(?=$|[，。？?呢啊])|多大面积|面积[^，。？?]{0,10}多[少大]"
    r"|多大(?:的|一?[块片])?[\u3400-\u9fff]{0,4}?(?:[展场]厅|场馆?|馆|地方?|空间|园|基地)(?=$|[，。？?呢啊])"
)

MEASURED = (
    (LONG, frozenset(SPANS)),
    (WIDE, frozenset(AREAS)),
    (TALL, frozenset(LENGTHS)),
)

# What money is asked for, and how a text speaks of such money. In the order tried.
GIVEN = "奖|补|资助|津贴|给予"
PURPOSES = (
    (re.compile(r"工资|薪|报酬"), re.compile(r"工资|薪|报酬|待遇|津贴|补贴|补助")),
    (re.compile(r"租金|房租"), re.compile(r"租")),
    (re.compile(r"罚"), re.compile(r"罚")),
    (
        re.compile(r"贷(?:款)?[^，。？?]{0,8}多少|多少[^，。？?]{0,8}贷|授信"),
        re.compile(r"贷|授信|信用"),
    ),
    (
        re.compile(
            r"[花投]多少|(?:花|投|投入|投资)(?:了|上|到|下)?多少|多少(?:钱|资金|经费|亿|万)?(?:来)?(?:投入|投资)"
            r"|预算|经费|总投资|造价|盘子|财政[^，。？?]{0,6}多少"
        ),
        re.compile(r"投|预算|经费|资金|安排|基金|总额|规模|拨"),
    ),
    (re.compile(r"奖"), re.compile(r"奖|助|支持|扶持|给予|资金|经费")),
    (
        re.compile(
            rf"(?:{GIVEN}|拿|领|给|发)[^，。？?]{{0,8}}多少|多少[^，。？?]{{0,4}}(?:{GIVEN})"
        ),
        re.compile(rf"{GIVEN}|助|支持|扶持|发|优惠|贴|券|减|免|标准|资金|经费|投入"),
    ),
)
MONTHLY = re.compile(r"(?:[一每单]个?|按)月")
FOR_A_MONTH = re.compile(r"(?<![\d个])月")  # not a date, nor how long
TOTAL = re.compile(r"总共|一共|总计|合计|加起来|总?盘子|总额|总投入|总投资|总预算|in total")
EACH = re.compile(r"每|[单一各](?!人公司)[个家户名人场次项笔位年月天座所台]|人均|each|per ")
SUM = re.compile(r"总|共|合计|累计|规模|安排|投入|投资|预算|设立|筹")
# a share of a whole, as against a rate: 占到多大比重
PORTION = re.compile(r"占|比重")
RATE = re.compile(r"率")
PORTION_TOLD = re.compile(r"占|比重|比例|份额")
# what each gets: 按一个人多少钱的标准
FOR_EACH = re.compile(r"每|单|人均|最高|一次性|给予|奖励|标准|补[贴助]|资助|/|对[^，。]{1,30}的")
ONE = re.compile(r"每|单[个家户项场次笔人位]|最高|一次性|给予|奖励|对[^，。]{1,30}的")
DONE = re.compile(r"实际|最后|最终|(?:完成|做成|做完|弄完|办成|建成|改造|发放)了|已经|做了")
# how things stand, as against what is aimed at
NOW = re.compile(
    r"实际|目前|现在|现状|眼下|如今|当前|已经?(?:达到|有|建)|基期|[编定订写制出].{0,4}(?:那会儿|的?时候|那时|当时)"
    r"|\b(?:currently|at present|actual(?:ly)?|right now|so far|baseline)\b"
)
# what is reached is asked for, as against by how much it changed: 降到多少
REACHED = re.compile(
    r"(?:降|升|涨|提高|增长|增加|减少|压减|下降|上升|达)(?:到|至)(?:了)?(?:多少|几|什么|啥)"
)
CHANGED = re.compile(
    r"(?:下降|降低|减少|增长|提高|上升|增加|压减|缩短)(?:了|幅度?|率)?(?:为|达到?)?(?:约|近|超过?)?$"
)
PLANNED = re.compile(r"计划(?:数|是|要|的)?[^，。？?]{0,10}多少")
HAPPENED = re.compile(
    r"已|(?<![公一])共(?![同建享青产识])|实际|累计|(?:全面|全部|超额|圆满)完成|完成了|了\d|超额"
)
LITERAL = re.compile(rf"(?:多少|几)((?![{function_chars()}])[\u3400-\u9fff]{{2}})")
GIVEN_NUMBER = re.compile(rf"(\d+(?:\.\d+)?[万亿]?)(?:余|多)?(?:{MEASURES})")


# what each of many is to have: 一个村配几个, 每所学校要几名
OF_EACH = re.compile(
    r"(?:一|每)(?:个|所|家|座|名|位)?(?:行政|自然|中心)?"
    r"(村|社区|学校|校|乡镇|镇|乡|街道|县|户|班|站|企业|园区|基地|医院|部门|单位)"
    r"(?:里|内|都|各|至少|最少|起码|要|得|应|该|必须)*"
    r"(?:配备?|建|设|有|安排|派|培养|培训|聘请?|建立|建成|成立|办|选)(?:多少|几)"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an amount must be to answer. An empty one is answered by an amount of any kind.

    measures    measure words asked with (多少家)
    percent, money, free   a share, money, or whether it is free of charge
    partly      the money may be told as a share of a cost or a loss
    literal     the word that stands where a measure word does (多少卡时), should a text count in it
    purpose     how a text speaks of the money asked for; None where that is open
    monthly     the amount for a month is asked for
    total       the sum is asked for, not what each gets
    each        what each gets is asked for, not the sum
    portion     the share of a whole is asked for, not a rate
    of_each     the thing each of which is to have the number
    done        what was done is asked for, as against what was planned
    now         how things stand is asked for, as against what is aimed at
    reached     what is reached is asked for, not by how much it changes
    given       the numbers that the question names itself
    english     the question, where it is in English: what it measures is told by its own words
    """

    measures: tuple[str, ...] = ()
    percent: bool = False
    money: bool = False
    free: bool = False
    units: frozenset[str] = frozenset()
    literal: str = ""
    purpose: re.Pattern[str] | None = None
    monthly: bool = False
    total: bool = False
    each: bool = False
    portion: bool = False
    of_each: str = ""
    done: bool = False
    now: bool = False
    reached: bool = False
    partly: bool = False
    given: frozenset[str] = frozenset()
    english: str = ""

    @property
    def spans(self) -> bool:
        """Whether a length of time is asked for."""
        return bool(self.units & SPANS) or any(m in SPANS for m in self.measures)

    def of_unit(self, unit: str) -> bool:
        """Whether a figure of the unit is of the measure asked for."""
        if self.english:
            return answers_in(self.english, unit)
        if self.literal and unit == self.literal:
            return True
        if self.literal and unit in MONEY_UNITS:
            return False  # 多少卡时, 多少老人 ask for things
        if self.free:
            return unit == FREE_UNIT
        if unit == FREE_UNIT:
            return False
        if self.money:
            return unit in MONEY_UNITS or (self.partly and unit == "%")
        if self.units:
            return unit in self.units
        if any(same_measure(m, unit) for m in self.measures):
            return True
        if self.percent:
            return unit in PERCENT_UNITS
        return not self.measures and unit not in LOOSE

    def of_one(self, sentence: str) -> bool:
        """Whether the sentence tells of each of the things, where that is asked."""
        thing = self.of_each.removeprefix("学")
        return not thing or bool(
            re.search(rf"[每一各单](?:个|所|家|座)?[^，。]{{0,4}}{thing}", sentence)
        )

    def stands_in(self, words: str) -> bool:
        """Whether money among the words is money such as is asked for."""
        if self.monthly and not FOR_A_MONTH.search(words):
            return False
        return self.purpose is None or bool(self.purpose.search(words))

    def sums_up(self, words: str) -> bool:
        """Whether an amount in the comma clause may be the sum, the part or the rate asked for."""
        if self.each and not FOR_EACH.search(words):
            return False
        if self.portion and RATE.search(words) and not PORTION_TOLD.search(words):
            return False
        if not self.total:
            return True
        return not ONE.search(words) and (not self.money or bool(SUM.search(words)))


# amounts only where they are asked for
LOOSE = frozenset({"年", "日", "折", "分", "米", "厘米", "毫米", "届", "级", "点"})


def wanted(text: str, years: tuple[int, ...] = (), lang: Lang = "zh") -> Wanted:
    """What the question, in lower case, asks for; `years` are those it names."""
    if lang == "en":
        return Wanted(
            total=bool(TOTAL.search(text)) and not EACH.search(text),
            now=bool(NOW.search(text)),
            english=text,
        )
    free = bool(FREE.search(text))
    measures = tuple(ASKED_MEASURE.findall(text))
    money = not free and bool(MONEY.search(text) or (FUNDS.search(text) and not measures))
    units = next((u for asked, u in MEASURED if asked.search(text)), frozenset())
    literal = LITERAL.search(text)
    purpose = next((told for asked, told in PURPOSES if money and asked.search(text)), None)
    return Wanted(
        measures,
        bool(PERCENT.search(text) or (SHARE.search(text) and not measures)),
        money,
        free,
        units,
        literal.group(1) if literal and not (measures or money) else "",
        purpose,
        money and bool(MONTHLY.search(text)),
        bool(TOTAL.search(text)) and not EACH.search(text),
        money and bool(EACH.search(text)) and not TOTAL.search(text),
        bool(PORTION.search(text)) and not RATE.search(text),
        each_of[1] if (each_of := OF_EACH.search(text)) else "",
        bool(DONE.search(text)) and not PLANNED.search(text),
        bool(NOW.search(text)) and not PLANNED.search(text),
        bool(REACHED.search(text)),
        money and bool(PARTLY.search(text)),
        frozenset(GIVEN_NUMBER.findall(text)) - {str(y) for y in years},
    )


def same_measure(asked: str, unit: str) -> bool:
    """Whether an amount of the unit answers a question asked with the measure word."""
    if asked in ("个百分点", "个点"):
        return unit in ("%", "个百分点")
    if asked == unit.lower():
        return True
    for family in (YEARS, DAYS):
        if asked in family:
            return unit in family
    if asked == "个":
        return unit in THINGS
    if asked in PEOPLE and unit in PEOPLE:
        return True
    if asked in BODIES and unit in BODIES:
        return True
    return asked in unit
