"""Follow-ups about what was told: its figures reckoned with, its words, items further back, what
a number stands for, and the like in another place.

Two places that do not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from rag.assistant import Assistant
from tests.test_across_turns import talk
from tests.test_assistant import ask, plain

NORTH = """北岭县乡村阅读行动方案
北岭县人民政府
2022年3月1日
一、主要目标
到2025年，全县居民综合阅读率超过60%。到2035年，全县居民综合阅读率达到75%。
二、重点行动
（一）书香进村行动
1.建设书屋。到2025年，建成县级示范书屋4座，乡级示范书屋9座。
2.培训管理员。每年培训书屋管理员300人次。
3.组织朗诵比赛。鼓励村干部、退休教师等担任阅读推广员，实行“一村一名阅读推广员”计划。
（牵头单位：县教育局、县文旅局；责任单位：县财政局、县妇联）
（二）数字阅读行动
1.推广有声书。每年发放听书卡1.2万张，发展阅读志愿者800名，培训骨干志愿者200名。
（牵头单位：县文旅局；责任单位：县科协、县气象局）
三、组织保障
（一）进度安排
2025年全面总结验收。（牵头单位：县文旅局；责任单位：县财政局）
"""
SOUTH = """南屏区乡村阅读行动方案
南屏区人民政府
2023年5月10日
一、主要目标
到2025年，全区居民综合阅读率超过55%。
二、重点行动
（一）书香进村行动
1.建设书屋。到2025年，建成示范书屋20座。
2.培训管理员。采取线上线下相结合的方式，加大对书屋管理员的培训力度，每个书屋配备1名以上管理员。
（牵头单位：区教育局；责任单位：区财政局、区文旅局）
（二）数字阅读行动
1.推广有声书。听书点击量突破1.2万次。
（牵头单位：区文旅局；责任单位：区科协）
"""
RATE = "北岭2025年居民综合阅读率要达到多少"
ROOMS = "北岭要建多少座示范书屋"
LEADS = "北岭书香进村行动谁牵头"


@pytest.fixture(scope="module")
def two(assistant_of: Callable[[Mapping[str, str]], Assistant]) -> Assistant:
    return assistant_of({"beiling": NORTH, "nanping": SOUTH})


# -- figures of the talk ---------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["两头差几个点", "十年提高多少", "涨了几个百分点", "哪个更高"])
def test_two_years_of_one_place(two: Assistant, asked: str) -> None:
    answer = talk(two, RATE, "2035年的呢", asked)
    assert answer.startswith("2035年更高，高15个百分点（2035年75%，2025年超过60%）。")
    assert "超过60%" in answer.split("\n")[1]


def test_two_matters_of_one_place(two: Assistant) -> None:
    row = ("北岭阅读志愿者发展多少", "骨干志愿者培训多少")
    assert "多600名（" in talk(two, *row, "两个差多少人")
    assert talk(two, *row, "加起来一共多少").startswith("合计1000名（800名 + 200名）。")
    assert "的4倍（" in talk(two, *row, "前者是后者的几倍")


def test_figures_of_one_answer_are_added_up(two: Assistant) -> None:
    assert talk(two, ROOMS, "一共几座").startswith("合计13座（4座 + 9座）。")
    row = ("How many 阅读志愿者 does Beiling recruit?", "And how many 骨干志愿者 are trained?")
    assert talk(two, *row, "So how many altogether?").startswith("1000名 in all (800名 + 200名).")


def test_the_sum_is_held_against_another_place(two: Assistant) -> None:
    answer = talk(two, ROOMS, "两级加起来比南屏多还是少")
    assert answer.startswith("合计13座（4座 + 9座）。南屏区更多，多7座（南屏区20座，北岭县13座）。")
    assert talk(two, ROOMS, "南屏呢", "北岭两级加起来比南屏多还是少").startswith("合计13座")


def test_how_many_times_as_much_another_place_has(two: Assistant) -> None:
    assert "倍（" in talk(two, ROOMS, "那南屏是它的几倍").split("\n")[0]


def test_shares_are_not_added_up_and_sorts_not_compared(two: Assistant) -> None:
    assert talk(two, RATE, "2035年的呢", "加起来多少").startswith("比例不能相加。")
    mixed = talk(two, RATE, "北岭每年培训书屋管理员多少人次", "差多少")
    assert mixed.startswith("口径不同，不能直接相比。")


def test_units_are_no_figures_to_be_added(two: Assistant) -> None:
    assert "合计" not in talk(two, LEADS, "一共几家")
    assert "合计" not in talk(two, ROOMS, "责任单位一共几家")


# -- the words, and items further back -------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    ["原话怎么写的？我要引用，顺便告诉我在哪条", "这话写在哪一条", "出处是哪", "把原文发给我"],
)
def test_the_last_answer_is_quoted_with_its_path(two: Assistant, asked: str) -> None:
    answer = talk(two, "北岭每年培训多少书屋管理员", asked)
    assert answer == (
        "原文见二、重点行动 › （一）书香进村行动 › 2.培训管理员：\n每年培训书屋管理员300人次。"
    )


def test_it_is_quoted_in_english_and_of_several_places(two: Assistant) -> None:
    first = "How many 书屋管理员 does Beiling train each year?"
    assert "stands in" in talk(two, first, "What exactly does it say, and where?")
    both = talk(two, "北岭和南屏2025年居民综合阅读率要达到多少", "原文分别怎么写的")
    assert "超过60%" in both
    assert "超过55%" in both
    one = talk(two, "北岭和南屏2025年居民综合阅读率要达到多少", "南屏的原文呢")
    assert "超过60%" not in one
    assert "超过55%" in one


def test_what_was_refused_is_refused_again(two: Assistant) -> None:
    assert "方案未提及" in talk(two, "北岭要修多少公里地铁", "原文怎么写的")


def test_items_are_reached_behind_a_turn_between(two: Assistant) -> None:
    row = ("北岭书香进村行动有哪几条", "都是谁牵头")
    assert "300人次" in talk(two, *row, "第二条讲什么")
    assert "县妇联" in talk(two, *row, "最后那条的责任单位有谁")
    asked = talk(two, "北岭书香进村行动有哪几条", "第二条的责任单位是谁", "第三条呢")
    assert asked.startswith("责任单位：县财政局、县妇联")


# -- what a number stands for ----------------------------------------------------------------


def test_a_number_is_told_with_its_sentence(two: Assistant) -> None:
    assert plain(ask(two, "北岭方案里的75%是指什么")) == "到2035年，全县居民综合阅读率达到75%"
    assert "听书卡1.2万张" in plain(ask(two, "北岭的1.2万说的是啥"))
    assert "300人次" in plain(ask(two, "What does 300 refer to in the Beiling plan?"))


def test_a_number_that_is_not_printed_is_not_mentioned(two: Assistant) -> None:
    answer = ask(two, "北岭方案里的88%是指什么")
    assert answer.status == "not_mentioned"
    assert plain(answer) == "方案未提及“88%”。"
    assert ask(two, "北岭的300名是指什么").status == "not_mentioned"  # 人次 are no persons


def test_a_number_in_two_places(two: Assistant) -> None:
    answer = plain(ask(two, "北岭和南屏都出现了1.2万这个数，说的是一回事么"))
    assert "听书卡1.2万张" in answer
    assert "点击量突破1.2万次" in answer
    own = plain(ask(two, "北岭的75%、南屏的55%，说的是一码事吗"))
    assert "达到75%" in own
    assert "超过55%" in own
    assert "未提及" not in own


def test_so_many_parts_are_no_number_to_be_known_by(two: Assistant) -> None:
    assert two.understand("北岭的2项行动是什么").kind != "stands_for"


# -- another place ---------------------------------------------------------------------------


def test_the_like_of_what_was_told_is_the_answer(two: Assistant) -> None:
    answer = talk(two, "北岭每年培训多少书屋管理员", "南屏有没有类似要求")
    assert "表述：采取线上线下" in answer
    assert "1名以上管理员" in answer


# -- units -----------------------------------------------------------------------------------


def test_a_role_named_asks_for_the_units_again(two: Assistant) -> None:
    row = (LEADS, "责任单位里有妇联吗")
    assert talk(two, *row, "换成南屏，责任单位是哪些").startswith("责任单位：区财政局、区文旅局")
    assert talk(two, LEADS, "负责的都有谁，列全").count("\n") < 2


@pytest.mark.parametrize(
    "asked",
    ["这两家里哪家在全方案牵头最多", "这两家里谁还牵头别的", "整个方案里这两家谁牵头得最多"],
)
def test_each_of_the_units_told_with_what_it_has(two: Assistant, asked: str) -> None:
    first, second = talk(two, LEADS, asked).split("\n")
    assert first.startswith("县文旅局：牵头单位3项")
    assert second.startswith("县教育局：牵头单位1项")


def test_which_of_the_units_told_in_english(two: Assistant) -> None:
    asked = "Which of those two leads the most items in the whole plan?"
    answer = talk(two, "Who leads the 书香进村行动 action in Beiling?", asked)
    assert answer.startswith("县文旅局")


def test_who_serves_in_what_was_told(two: Assistant) -> None:
    answer = talk(two, "北岭的阅读推广员有什么计划", "这个计划打算让谁来当")
    assert "退休教师" in answer


def test_the_place_named_is_ranked_among_those_spoken_of(two: Assistant) -> None:
    answer = talk(two, "北岭方案什么时候印发", "南屏的呢，这两份里是不是最晚")
    assert answer.startswith("最晚：南屏区")


# -- ways of asking --------------------------------------------------------------------------


def test_one_or_several_is_told_with_the_units(two: Assistant) -> None:
    assert talk(two, LEADS, "南屏呢，是一家还是几家") == "牵头单位：区教育局"
    asked = plain(ask(two, "书香进村行动，北岭是一家牵头还是几家牵头"))
    assert asked == "牵头单位：县教育局、县文旅局"
    english = "Who is in charge of 书香进村行动 in Beiling versus Nanping - one bureau or several?"
    assert two.understand(english).kind == "duty"


def test_a_percentage_or_a_target_of_a_year_asks_for_the_figure(two: Assistant) -> None:
    asked = plain(ask(two, "居民综合阅读率那个百分比，北岭、南屏一样不一样"))
    assert asked.startswith("不一样。")
    assert two.understand("北岭2035年居民综合阅读目标").kind == "figure"
    assert two.understand("北岭2035年有哪些目标").kind != "figure"


def test_every_one_of_all(two: Assistant) -> None:
    said = plain(ask(two, "全部方案过一遍：培训书屋管理员，是不是家家都写了？有没有漏的"))
    assert said.startswith("2份都提到。")
    assert two.understand("家家都有听书卡吗").across is not None


def test_the_two_years_of_one_question(two: Assistant) -> None:
    asked = "北岭2025年和2035年居民综合阅读率各是多少"
    assert talk(two, asked, "中间要涨多少").startswith("2035年更高，高15个百分点")


def test_the_words_of_both_places_asked_in_a_row(two: Assistant) -> None:
    answer = talk(two, RATE, "南屏呢", "出处分别给我")
    assert "超过60%" in answer
    assert "超过55%" in answer


# -- items one by one ------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["每个谁牵头", "牵头单位分别是谁", "各由谁牵头"])
def test_the_units_of_each_item_of_the_list_told(two: Assistant, asked: str) -> None:
    assert talk(two, "北岭重点行动有哪几项", asked).split("\n") == [
        "书香进村行动：牵头单位：县教育局、县文旅局",
        "推广有声书：牵头单位：县文旅局",  # its only item has the note
    ]


def test_the_units_of_the_first_few_items(two: Assistant) -> None:
    told = talk(two, "北岭书香进村行动有哪几条", "前两条的责任单位").split("\n")
    assert [line.split("：")[0] for line in told] == ["建设书屋", "培训管理员"]


@pytest.mark.parametrize("asked", ["这两家谁牵头的单位多", "哪边单位多"])
def test_units_counted_are_of_places_and_no_units(two: Assistant, asked: str) -> None:
    assert talk(two, LEADS, "南屏呢", asked).startswith("最多：北岭县（2家）")


def test_units_of_one_sort_in_places_counted(two: Assistant) -> None:
    row = ("北岭数字阅读行动谁牵头", "南屏呢", "两家牵头的都是同类单位吗")
    assert talk(two, *row).startswith("一样（同类单位）。")


def test_a_word_of_the_matter_is_asked_of_it(two: Assistant) -> None:
    asked = "北岭每年培训多少书屋管理员"
    question = two.examine("怎么培训", history=[(asked, "300人次。")]).question
    assert "书屋管理员" in question.matter


def test_where_something_is_set_up_asks_for_no_plan(two: Assistant) -> None:
    question = two.examine("在哪些地方设借书点", history=[(ROOMS, "4座。")]).question
    assert question.plans == ("beiling",)
