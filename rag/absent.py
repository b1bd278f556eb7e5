"""Named things that another plan speaks of and this one does not.

A county is asked for what only its neighbour has (科技小院, 时间银行). Search will always find
something near; what tells is the name itself. A stretch of the question is missing in a plan if

  * another plan has it word for word (or it is quoted in the question), this plan does not, and
  * it is not merely put together from words this plan has too (科学素质 + 比例): at least two of
    its characters, or one that this plan never prints, belong to no word and to no longer stretch
    of this plan.

On the development questions this holds for nearly half of the unanswerable ones and for none of
the answerable ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from functools import lru_cache, partial
from itertools import pairwise

from index.held import Held
from index.texts import QUOTED, Texts
from rag.asking_shapes import MENTION_ASKED, MENTIONED, TASKS
from rag.check import squeeze
from rag.lexicon import function_chars, lay, narrower
from rag.mentioned import unprinted
from rag.question import Concept, Question

LONGEST, SHORTEST = 8, 3  # characters of a stretch; two characters are too often a chance pair
HAN = re.compile(r"[\u3400-\u9fff]+")
STRETCHES_KEPT = 50_000  # looked up for one plan after another and again in the next turn
# 比赛里有航模的没, 活动中有没有舞龙: whether one thing is among several that are spoken of
SEVERAL = r"(?:比赛|竞赛|赛事|大赛|活动|课程?|培训班?|项目|节目|奖项|基地|场馆)"
THING = r"(?P<thing>(?:(?!什么|啥|哪|的说法|[们去来])[\u3400-\u9fff]){2,8}?)"
AMONG_ASKED = (
    re.compile(
        rf"(?:{SEVERAL}|平台|行动|对象|人群|队伍|主题|名单)(?:里头?|中|当中|里面|之?内)?(?:都|也|还)?"
        r"(?:有没有|包不包括|含不含|有(?=.*(?:没有?|吗|么|不)$)|包括(?=.*[吗么]$))"
        rf"{THING}的?(?:没有?|吗|么|不)?$"
    ),
    re.compile(rf"(?:有没有|[办搞]不[办搞]|[办搞]没[办搞]){THING}的?{SEVERAL}$"),
    re.compile(
        rf"(?<![没所])有{THING}的?{SEVERAL}(?:可以?|能)?(?:报名?|参加|比|上)?(?:没有?|吗|么|不)$"
    ),
)
DOING = re.compile(
    r"^(?:玩|搞|做|办|学|比|跟|和|关于|专门|一些)+"
    r"|(?:有关|沾边|相关|方面|之类|这类|(?<=..)[课班类赛展会])?的?(?:比赛|活动|课程|培训|项目)?$"
)
PAIR = 2  # characters
NAMED_SHORTLY = 8  # characters of what is to be mentioned; what is longer is told in other words
# what is quoted is not what the plan calls it, by the asker's own word: 有个说法叫“…”, 正式名字是
UNOFFICIAL = re.compile(
    r"(?:正式|准确|官方|标准|规范|原文)的?(?:名字|名称|叫法|说法|提法|全称|措辞)|还是别的(?:说法|措辞|词|叫法)"
)
ASKED_FOR = re.compile(r"几|什么|啥|某")
# 市档案馆参加哪些行动: a body by the end of its name
BODY = re.compile(
    r"([省市县区本我]?(?P<bare>(?:(?![给要把向为对被让])[\u3400-\u9fff]){1,10}?(?:局|(?<![举开主承创督协联包代])办|馆|中心|队|院|所|站|公司|协会|学会|商会|集团|银行)))"
    r"(?:参加|参与|负责|承担|牵头|配合|分到|[管做干要有在]|$|\s)"
)
PERIOD = re.compile(r"十[一二三四五六七]五(?:末|期间|时期)?")
CODE = re.compile(r"(?<![\d.])\d{5,}(?![\d.])|[a-z]{2,}\d*(?:\.\d+)?")


class Absence:
    """Knows the plans' texts and finds what a question names and one of them lacks.

    `defined` gives the other names that plans define for things, `glossed` has the stems of the
    English words that the dictionary has.
    """

    def __init__(
        self,
        texts: Texts,
        held: Held,
        words: frozenset[str],
        defined: Callable[[], Mapping[str, str]] = dict,
        glossed: Container[str] = (),
    ) -> None:
        self._texts = texts.squeezed
        self._held = held
        # asked of a stretch that one plan lacks, so whichever has it is another
        self._elsewhere = lru_cache(STRETCHES_KEPT)(texts.somewhere)
        self._words = words
        self._by_word = lru_cache(STRETCHES_KEPT)(partial(self._of_whole_words, texts))
        self._defined, self._glossed = defined, glossed

    def missing(self, question: Question, plan_id: str) -> str:
        """The longest missing stretch of the question, or ""."""
        here = self._texts[plan_id]
        said: list[str] = [] if UNOFFICIAL.search(question.text) else QUOTED.findall(question.text)
        for quoted in map(squeeze, said):
            if PERIOD.fullmatch(quoted) or ASKED_FOR.search(quoted):
                continue  # “十四五” is a time, and no thing; “几长制” is asked for, and not named
            if HAN.fullmatch(quoted) and self._lacks_quoted(quoted, plan_id):
                return quoted
            if quoted not in here and _is_medium(question.text, quoted):
                return quoted
            if not HAN.fullmatch(quoted) and quoted not in here and self._elsewhere(quoted):
                return quoted  # “产业+…”: as it stands
        name = squeeze(question.matter)
        named = question.across and question.across.which and len(name) >= SHORTEST
        if named and name not in here and self._held.quoting.get(name):
            return name  # asked for by itself, and a name to the plans that have it
        if question.lang == "zh":
            codes: list[str] = CODE.findall(question.matter)
            for code in codes:
                if code not in here and self._elsewhere(code):
                    return code
        if question.mention:
            return unprinted(question, here, self._glossed)
        untranslated = self._untranslated(question, here) if question.lang == "en" else ""
        if untranslated:
            return untranslated
        body = self._body(question, here)
        if body:
            return body
        asked = len(name) <= NAMED_SHORTLY and _mention_asked(question)
        unsaid = self._unsaid(question, here) if asked else self._not_among(question, here)
        if unsaid:
            return unsaid
        best = ""
        for stretch in _stretches(self._without_known(question, here)):
            before_latin = bool(re.search(re.escape(stretch) + r"[a-z\d]", question.matter))
            found = self._longest(stretch, here, best, before_latin)
            best = self._whole(found, stretch) if found != best else best
        return self._spelt_out(best, question.matter, here)

    def _body(self, question: Question, here: str) -> str:
        """A body asked for its tasks that no list of units knows and this plan does not print."""
        if question.units or not TASKS.search(question.text):
            return ""
        found = BODY.match(question.matter.strip())
        return found[1] if found and found["bare"] not in here else ""

    def _unsaid(self, question: Question, here: str) -> str:
        """What is to be mentioned, where a word of it is never printed here, nor another for it."""
        unsaid = next((c.said for c in question.concepts if self._is_unsaid(c, here)), "")
        if 2 * len(unsaid) < len(squeeze(question.matter)) - 1:
            return ""  # of much else the rest tells, too: 打击农村假货
        return next((s for s in _stretches(question.matter) if unsaid and unsaid in s), unsaid)

    def _is_unsaid(self, concept: Concept, here: str) -> bool:
        """Whether it is a word by itself, or the name of some people, of which none is printed."""
        alike = narrower().get(concept.said)
        alone = len(concept.words) == 1 and concept.said in self._words
        return bool(alike or alone) and not any(n in here for n in alike or (concept.said,))

    def _not_among(self, question: Question, here: str) -> str:
        """The one thing asked to be among others, where no word of it is printed here.

        What the others are is a matter of its own: it is found without the thing, and would be told
        as if that were there.
        """
        text = question.text.strip("？?。 ")
        found = next(filter(None, (asked.search(text) for asked in AMONG_ASKED)), None)
        if question.lang != "zh" or found is None:
            return ""
        thing = DOING.sub("", found["thing"])
        meant = (w for a, b, words in lay().find(thing) for w in (thing[a:b], *words))
        if len(thing) < PAIR or any(w in here for w in meant):
            return ""
        covered: set[int] = set()
        for size in (PAIR, SHORTEST):  # two characters may meet by chance where they are no word
            for i in range(len(thing) - size + 1):
                part = thing[i : i + size]
                if part in here and (size > PAIR or part == thing or part in self._words):
                    covered.update(range(i, i + size))
        return thing if len(covered) < len(thing) else ""

    def _of_whole_words(self, texts: Texts, part: str, goes_on: bool) -> bool:
        """Whether some plan has the stretch without cutting a word at either end.

        区试点建 stands in 示范区试点建设 by chance. Where the question does not go on, its end is
        the asker's own.
        """
        begins, ends = part[:2] in self._words, part[-2:] in self._words or not goes_on
        if begins and ends:
            return True
        for plan in texts.some_holding(part, PLANS_TRIED):
            text = self._texts[plan]
            for found in re.finditer(re.escape(part), text):
                start, end = found.span()
                before = not begins and text[start - 1 : start + 1] in self._words
                after = not ends and text[end - 1 : end + 1] in self._words
                if not before and not after:
                    return True
        return False

    def _spelt_out(self, part: str, matter: str, here: str) -> str:
        """The part with the function character that ends its last word: 人工智能, not 人工智."""
        at = matter.find(part) + len(part)
        whole = matter[at - len(part) : at + 1]
        ends = part and at < len(matter) and whole[-2:] in self._words
        return whole if ends and matter[at] in function_chars() and whole not in here else part

    def _whole(self, part: str, stretch: str) -> str:
        """The part with what belongs to it on both sides: as far as another plan prints it."""
        start = stretch.index(part)
        end = start + len(part)
        while start and self._elsewhere(stretch[start - 1 : end]):
            start -= 1
        while end < len(stretch) and self._elsewhere(stretch[start : end + 1]):
            end += 1
        return stretch[start:end]

    def _untranslated(self, question: Question, here: str) -> str:
        """An English term whose plan words another plan has, all of them missing here."""
        for concept in question.concepts:
            nearest = concept.words[0]
            printed = any(w in here for w in (*concept.words, *concept.senses))
            if concept.vague or len(nearest) <= SHORTEST or printed:
                continue
            if self._elsewhere(squeeze(nearest)) and self._strange(nearest, here):
                return nearest
        return self._other_compound(question, here)

    def _other_compound(self, question: Question, here: str) -> str:
        """Two English words that another plan has as one (nature education: 自然教育), where this
        plan has the first in other compounds alone (自然科学, 自然资源)."""
        for one, other in pairwise(question.concepts):
            if not re.search(
                rf"\b{re.escape(one.said)} {re.escape(other.said)}\b", question.matter
            ):
                continue
            wholes = [a + b for a in one.words for b in other.words if len(a) == len(b) == PAIR]
            if any(whole in here for whole in wholes):
                continue
            for whole in filter(self._elsewhere, wholes):
                if self._compounded(whole[:PAIR], here):
                    return whole
        return ""

    def _compounded(self, word: str, here: str) -> bool:
        """Whether the word stands here, and never but before another word."""
        behind = [here[m.end() : m.end() + PAIR] for m in re.finditer(word, here)]
        return bool(behind) and all(pair in self._words for pair in behind)

    def _lacks_quoted(self, quoted: str, plan_id: str) -> bool:
        here = self._texts[plan_id]
        quoting = set(self._held.quoting.get(quoted, ()))
        if quoted in here and (len(quoted) > SHORTEST or plan_id in quoting):
            return False
        if quoting - {plan_id}:
            return True
        return quoted not in here and self._strange(quoted, here)

    def _longest(self, stretch: str, here: str, best: str, before_latin: bool) -> str:
        for n in range(min(LONGEST, len(stretch)), max(SHORTEST - 1, len(best)), -1):
            for i in range(len(stretch) - n + 1):
                part = stretch[i : i + n]
                if part in here or not self._elsewhere(part):
                    continue
                beyond = [self._is_known(stretch[k - 1 : k + 1], here) for k in (i, i + n)]
                if not self._strange(part, here, *beyond) or _said_otherwise(part, here):
                    continue
                whole = self._whole(part, stretch)
                start = stretch.index(whole)
                cut = any(self._cuts_word(stretch, k) for k in (start, start + len(whole)))
                goes_on = start + len(whole) < len(stretch) or before_latin
                named = not (cut or _said_once(whole, here) or _is_reach(whole))
                if named and self._by_word(whole, goes_on):
                    return part
        return best

    def _without_known(self, question: Question, here: str) -> str:
        """The matter without the names that this plan has otherwise: another that plans define,
        or the whole of a shortened word."""
        said = [*self._defined().items()]
        said += [(c.said, c.words[0]) for c in question.concepts if c.said != c.words[0]]
        matter = SCOPE.sub(" ", PERIOD.sub(" ", question.matter))
        for name, other in said:
            if name in matter and squeeze(other) in here.lower():
                matter = matter.replace(name, " ")
        return matter

    def _cuts_word(self, stretch: str, at: int) -> bool:
        """Whether a word of the question lies across the position, and none begins there."""
        across, beside = stretch[at - 1 : at + 1], (stretch[at : at + 2], stretch[at - 2 : at])
        if at in (0, len(stretch)) or across not in self._words:
            return False
        return not any(pair in self._words for pair in beside)

    def _is_known(self, pair: str, here: str) -> bool:
        """Whether two characters are a word that this plan has."""
        return len(pair) == 2 and pair in self._words and pair in here

    def _strange(self, part: str, here: str, first: bool = False, last: bool = False) -> bool:
        """Whether the stretch is more than words this plan has, put together.

        `first` and `last` tell that its first and last character belong to words of this plan
        that the stretch cuts.
        """
        known = [False] * len(part)
        known[0], known[-1] = first, last
        for i in range(len(part) - 1):
            pair = part[i : i + 2]
            if pair in here and (pair in self._words or here.count(pair) >= COMMON):
                known[i] = known[i + 1] = True
            if i + SHORTEST <= len(part) and part[i : i + SHORTEST] in here:
                known[i : i + SHORTEST] = [True] * SHORTEST
        known[0] = known[0] or (part[0] in MODIFIERS and part[:2] not in self._words)
        strange = [c for c, k in zip(part, known, strict=True) if not k]
        # 专家库 is no 专家队伍, but 科技奖 may be said of a 科技创新成果县长奖
        headless = part[-1] in HEADS and not known[-1] and not _spread(part, here)
        return len(strange) >= 2 or headless or any(c not in here for c in strange)


PLANS_TRIED = 3  # plans in which it is looked whether a stretch stands by itself
MODIFIERS = "跨全各多新大小老"  # what stands before a thing and makes no other thing of it
# how far something reaches is no part of its name: 跨区域科普合作 is a 科普合作
SCOPE = re.compile(r"跨?(?:区域|地区)(?:性|间)?|域外|外地|对外|向外")
LEVELS = "县市区"  # a plan writes the name with its own level
HEADS = "库团廊报刊奖榜"  # what a compound is, told by its last character alone
COMMON = 3  # a pair printed this often is part of some word of the plan, not a chance seam


# what a quotation before it is the very name of, which nobody says in other words
NAMED_MEDIUM = re.compile(
    r"[“\"]([^”\"]{2,20})[”\"](?:[这那]个|的)?(?:微信)?"
    r"(?:公众号|视频号|订阅号|小程序|客户端|app|网站|频道|栏目|专栏|节目|热线)"
)


def _is_medium(asked: str, quoted: str) -> bool:
    """Whether the quotation names an account, a channel or the like."""
    return quoted in map(squeeze, NAMED_MEDIUM.findall(asked.lower()))


def _spread(part: str, here: str) -> bool:
    """Whether a compound stands here with more between what it begins and what it ends with."""
    between = "[^，。；、：\n]{1,12}?"
    return bool(re.search(re.escape(part[:-1]) + between + re.escape(part[-1]), here))


def _mention_asked(question: Question) -> bool:
    """Whether it is asked that the plan speaks of something, or which plans do."""
    which = question.across is not None and question.across.which
    return bool(MENTION_ASKED.search(question.text) or (which and MENTIONED.search(question.text)))


def _is_reach(part: str) -> bool:
    """Whether nothing but a verb stands before how far it reaches: 争创全国 names no thing."""
    before = REACH.sub("", part)
    return before != part and len(before) < SHORTEST


REACH = re.compile(r"(?:全[国省市县区]|国家|世界)$")


def _said_otherwise(part: str, here: str) -> bool:
    """Whether the plan says it in its own words: 科学素质 for 科学素养, 示范区 for 示范县."""
    for level in LEVELS:
        if level in part and any(part.replace(level, other) in here for other in LEVELS):
            return True
    if _said_once(part, here):
        return True
    return any(words[0] in here for a, b, words in lay().find(part) if part[a:b] not in words)


def _said_once(part: str, here: str) -> bool:
    """Whether the plan says once what the stretch says twice: 校内外 for 校内校外."""
    joined = TWICE.sub(r"\g<of>\g<one>\g<other>", part)
    return joined != part and joined in here


TWICE = re.compile(
    r"(?P<of>[\u3400-\u9fff])(?P<one>[内上前左东南])(?P=of)(?P<other>[外下后右西北])"
)


def _stretches(matter: str) -> list[str]:
    """Runs of Chinese characters without function words; 家 is one only as a measure word."""
    split = re.compile(f"(?!{PERSON})[{function_chars()}]")
    return [
        part for run in HAN.findall(matter) for part in split.split(run) if len(part) >= SHORTEST
    ]


PERSON = "(?<=[专学国农作业科画大行企])家"  # 专家, 科学家, as against 三家
