"""What a document says of itself, in the forms of notices, signatures, speeches and titles."""

from __future__ import annotations

import pytest

from index.plan import Metadata
from tests.test_metadata import metadata_of

BODY = "一、任务\n做好，抓实。\n"


def values(meta: Metadata) -> tuple[str, str, str, str, str]:
    """Title, issuer, date, number, status."""
    facts = (meta.title, meta.issuer, meta.date, meta.number, meta.status)
    return tuple(f.value for f in facts)  # type: ignore[return-value]


def test_a_notice_that_issues_a_plan() -> None:
    text = (
        "青石县人民政府办公室\n关于印发青石县“十四五”\n科普发展规划的通知\n青政办发〔2021〕7号\n"
        "各乡镇人民政府：\n现印发给你们，请遵照执行。\n青石县人民政府办公室\n2021年3月5日\n"
        f"青石县“十四五”科普发展规划\n为做好科普，制定本规划。\n{BODY}"
    )
    assert values(metadata_of(text)) == (
        "青石县“十四五”科普发展规划", "青石县人民政府办公室", "2021年3月5日", "青政办发〔2021〕7号",
        "issued",
    )  # fmt: skip


def test_a_notice_of_the_state_council() -> None:
    text = (
        "国务院关于印发国家科普改革方案的通知\n国发〔2024〕3号\n"
        "各省、自治区、直辖市人民政府，国务院各部委、各直属机构：\n现印发给你们，请认真贯彻执行。\n"
        f"国务院\n2024年1月24日\n国家科普改革方案\n{BODY}"
    )
    assert values(metadata_of(text)) == (
        "国家科普改革方案", "国务院", "2024年1月24日", "国发〔2024〕3号", "issued",
    )  # fmt: skip


def test_several_who_issue_each_on_a_line() -> None:
    text = (
        "关于印发《青石县科普方案》的通知\n各乡镇：\n现印发给你们。\n"
        f"青石县科学技术局\n青石县财政局\n青石县教育局\n2024年3月5日\n青石县科普方案\n{BODY}"
    )
    assert metadata_of(text).issuer.value == "青石县科学技术局、青石县财政局、青石县教育局"


def test_another_name_of_who_signs_stays_with_it() -> None:
    text = (
        "关于印发《青石县科普方案》的通知\n各乡镇：\n现印发给你们。\n"
        "青石县科学技术局\n（青石县科普工作领导小组办公室）\n青石县财政局\n2024年3月5日\n"
        f"青石县科普方案\n{BODY}"
    )
    assert metadata_of(text).issuer.value == (
        "青石县科学技术局（青石县科普工作领导小组办公室）、青石县财政局"
    )


# -- titles -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("青石县科普若干措施（试行）", "青石县科普若干措施（试行）"),
        ("关于加快打造科普高地的若干举措", "关于加快打造科普高地的若干举措"),
        # over several lines
        ("关于加快推进全县科普事业\n高质量发展的实施意见",
         "关于加快推进全县科普事业高质量发展的实施意见"),
        ("青石县贯彻落实科学素质行动规划纲要\n实施方案（2021—2025年）",
         "青石县贯彻落实科学素质行动规划纲要实施方案（2021—2025年）"),
        ("青石县科普行动计划\n（2024—2026年）", "青石县科普行动计划（2024—2026年）"),
        # a line of who issues above is no part of it
        ("青石县人民政府\n关于加强科普工作的意见", "关于加强科普工作的意见"),
        ("政府工作报告", "政府工作报告"),
    ],
)  # fmt: skip
def test_titles(lines: str, title: str) -> None:
    assert metadata_of(f"{lines}\n{BODY}").title.value == title


def test_a_notice_is_the_title_only_where_it_issues_nothing_that_follows() -> None:
    text = f"关于印发《青石县科普工作方案》的通知\n青科〔2024〕2号\n{BODY}"
    assert metadata_of(text).title.value == "青石县科普工作方案"


def test_a_title_in_a_line_with_more() -> None:
    text = (
        "青石县人民政府办公室关于推进科普的实施意见青政办发〔2024〕7号各乡镇人民政府："
        f"根据《科普法》，提出以下意见。\n{BODY}"
    )
    meta = metadata_of(text)
    assert meta.title.value == "青石县人民政府办公室关于推进科普的实施意见"
    assert meta.issuer.value == "青石县人民政府办公室"
    assert meta.number.value == "青政办发〔2024〕7号"
    assert [f.value for f in meta.basis] == ["《科普法》"]


def test_what_a_notice_in_one_line_issues() -> None:
    text = f"国务院关于印发国家科普事业改革方案的通知国发〔2024〕3号各省：现印发给你们。\n{BODY}"
    meta = metadata_of(text)
    assert (meta.title.value, meta.issuer.value) == ("国家科普事业改革方案", "国务院")
    assert (meta.number.value, meta.status.value) == ("国发〔2024〕3号", "issued")


# -- dates, drafts, periods ---------------------------------------------------------------


@pytest.mark.parametrize(
    "byline",
    [
        "——2024年1月8日在青石县第十八届人民代表大会第三次会议上",
        "（2024年1月8日在青石县第十八届人民代表大会第三次会议上）",
        "2024年1月8日在青石县第十八届人民代表大会第三次会议上",
    ],
)
def test_a_speech_has_the_day_it_was_held_and_no_issuer(byline: str) -> None:
    meta = metadata_of(f"政府工作报告\n{byline}\n县长 张三\n各位代表：\n{BODY}")
    assert values(meta) == ("政府工作报告", "", "2024年1月8日", "", "")


def test_a_date_in_brackets_below_the_title() -> None:
    meta = metadata_of(f"关于加强科普工作的意见\n（2024年3月5日）\n为做好科普。\n{BODY}")
    assert meta.date.value == "2024年3月5日"


@pytest.mark.parametrize("word", ["征求意见稿", "送审稿", "讨论稿", "草案", "审议稿"])
def test_drafts(word: str) -> None:
    assert metadata_of(f"青石县科普行动计划\n（{word}）\n{BODY}").status.value == "draft"


def test_a_draft_that_running_text_speaks_of_is_none() -> None:
    preface = "青石县科普局此前就征求意见稿向社会公开征求了意见，" * 4
    assert metadata_of(f"青石县科普行动计划\n{preface}\n{BODY}").status.value == ""


@pytest.mark.parametrize("dash", ["—", "－", "-", "~", "～", "至"])
def test_periods(dash: str) -> None:
    meta = metadata_of(f"青石县科普行动计划（2024{dash}2026年）\n{BODY}")
    assert meta.period.value == "2024—2026年"


def test_signed_and_dated_at_the_end() -> None:
    meta = metadata_of(f"青石县科普行动计划\n{BODY}青石县科学技术局\n2024年3月5日\n")
    assert values(meta)[1:] == ("青石县科学技术局", "2024年3月5日", "", "issued")


def test_a_line_that_says_who_published_and_until_when_opinions_are_heard() -> None:
    text = (
        f"青石县科普行动计划（征求意见稿）\n{BODY}"
        "青石县科学技术局2024年5月25日发布，征求意见截止6月25日。\n"
    )
    assert values(metadata_of(text))[1:] == ("青石县科学技术局", "2024年5月25日", "", "draft")


def test_the_plan_that_a_notice_issues_is_no_basis() -> None:
    text = (
        "关于印发《青石县科普方案》的通知\n各乡镇：\n"
        "现将《青石县科普方案》印发给你们，请贯彻落实。\n青石县科学技术局\n2024年3月5日\n"
        f"青石县科普方案\n{BODY}"
    )
    assert metadata_of(text).title.value == "青石县科普方案"
    assert metadata_of(text).basis == ()
