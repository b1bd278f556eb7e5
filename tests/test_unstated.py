"""What is told where the plan does not say what was asked: the matter without the number or the
detail, and what comes nearest."""

from __future__ import annotations

import pytest
from conftest import TinyEncoder

from index.store import Index
from rag.assistant import Assistant
from rag.composers.listing import _members
from rag.confidence import Model, model, told_as
from rag.detail import lacks_detail
from rag.detail_named import lacks_thing_called


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("多久测一次科学素质", "开展公民科学素质监测评估。"),
        ("新馆要不要买票", "建设青少年活动场馆。"),
        ("比赛是省级的还是市级的", "举办乡土人才创业大赛。"),
        ("志愿服务打的是哪块牌子", "建立科技志愿服务队伍。"),
        ("品牌叫什么", "开展科技志愿服务活动。"),
        ("试点选了哪几个社区", "支持试点社区开展服务。"),
        ("“三定三评”具体是哪三定", "完善“三定三评”机制，吸引人才和资金。"),
        ("how often is literacy measured", "开展监测评估。"),
        ("青年人的“五小”到底是哪五个", "组织开展“五小”等创新活动，推动创业、创新、创造。"),
        ("新馆选在哪条街", "规划建设现代化科技馆，提升馆舍条件。"),
        ("哪天讲骗术", "开展防骗宣传。"),
        ("采集的是哪几位老科学家", "采集老科学家资料。"),
        ("科协的推进会一年开几次", "科协召开推进会。"),
        ("信息员从什么人里头选", "信息员注册人数达到1万人。"),
        ("结对的是哪几个县市", "加强与省内外发达地区的交流。"),
        ("这项行动由哪位县领导分管", "强化领导干部对科技的认识。"),
        ("农技咨询打什么热线号码", "开通农技热线。"),
        ("基层“三长制”里那三个长各是谁", "推动落实基层“三长制”，建强组织。"),
    ],
)
def test_a_detail_that_no_sentence_has(question: str, told: str) -> None:
    assert lacks_detail(question, [told], words={"基层"})


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("多久测一次科学素质", "每两年开展一次监测。"),
        ("新馆要不要买票", "场馆向市民免费开放。"),
        ("比赛是省级的还是市级的", "参加省级创业大赛。"),
        ("志愿服务打的是哪块牌子", "打造“青石先锋”志愿服务。"),
        ("志愿服务打的是哪块牌子", "打造志愿服务品牌。"),
        ("试点选了哪几个社区", "在东门、西门社区试点。"),
        ("劳模的“五进”是哪五个", "开展劳模进校园、进企业、进机关、进社区、进乡村“五进”活动。"),
        ("新馆选在哪条街", "在东门大街建设科技馆。"),
        ("科协的推进会一年开几次", "每年召开2次推进会。"),
        ("信息员从什么人里头选", "从大学生中选聘信息员。"),
        ("结对的是哪几个县市", "与南溪县、北川县结对。"),
        ("这项行动由哪位县领导分管", "由分管副县长负责。"),
        ("农技咨询打什么热线号码", "拨打热线12316咨询。"),
        ("基层“三长制”里那三个长各是谁", "落实医院院长、学校校长、农技站站长“三长制”。"),
        ("乡村的“四员”是哪四种人", "加强医农教警“四员”队伍建设。"),
        ("学校要办哪几类空间", "推动建设创业基地、创客中心、创新工场等众创空间。"),
        ("场馆体系里谁当龙头", "构建以流动馆为龙头，以网上馆为骨干的体系。"),
        ("自己的科普公号叫什么名", "加强“科普东溪”微信公众号建设。"),
        ("工匠品牌叫什么", "加快培育“东溪工匠”。"),
        ("以“东溪”冠名的奖项叫什么", "开展“最美东溪人”评选。"),
        ("靠哪些平台教", "强化“农技通”“科普云”落地运用。"),
        ("which heritage sites are named", "依托古闸、古祠等遗产点。"),
        ("哪天讲骗术", "在全民反诈骗日开展宣传。"),
        ("开放实验室要有花费，怎么补偿", "建立开放补偿机制。"),  # what it costs is not asked
        ("几个单位是市级还是县级牵头", "推进工作。"),  # units are asked for, told by notes
        ("下面几条都叫什么", "推进工作。"),  # several titles, not one name
    ],
)
def test_a_detail_that_a_sentence_has(question: str, told: str) -> None:
    assert not lacks_detail(question, [told])


def test_headings_are_no_name_of_one_thing() -> None:
    headings = "加强教育培训\n完善考核机制"
    assert lacks_thing_called("给干部办的讲堂叫啥名字", headings)
    assert not lacks_thing_called("给干部办的讲堂叫啥名字", "办好干部讲堂")
    assert not lacks_thing_called("下面几条都叫什么", headings)


def test_members_of_an_enumeration_bear_the_name_asked_for() -> None:
    assert _members("中心", "建设东城中心、西城中心和北城中心")
    assert not _members("顾问", "设立顾问，联合技术专家、产业投资人")


def test_a_number_that_is_not_stated_is_told_with_the_sentence_on_the_matter(
    synthetic: Assistant,
) -> None:
    answer = synthetic.ask("青石县老年大学招生扩大多少人")
    assert answer.status == "not_mentioned"
    assert answer.answer.startswith("方案未提及这一数字。相关表述：扩大老年大学招生")
    assert answer.citations[0].quote.startswith("扩大老年大学招生")


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("duty", "units"),
        ("measure", "text"),
        ("figure", "figures"),
        ("when", "figures"),
        ("role_check", ""),
    ],
)
def test_what_is_told_as_nearest(kind: str, told: str) -> None:
    assert told_as(kind) == told


def test_an_unsure_answer_says_that_it_is_only_the_nearest(
    index: Index, tiny: TinyEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    import rag.confidence

    fitted = model()
    title = next(c.title for p in index.plans for c in p.clauses if c.units("lead") and c.title)
    plan = next(p for p in index.plans if any(c.title == title for c in p.clauses))
    question = f"{title}由谁牵头"
    plain = Assistant(index, tiny).ask(question, plans=[plan.id])
    assert "最接近" not in plain.answer
    doubting = Model(
        fitted.says, dict.fromkeys(fitted.threshold, 0.0), dict.fromkeys(fitted.sure, 1.1),
        fitted.right, fitted.refused,
        fitted.facts,
    )  # fmt: skip
    monkeypatch.setattr(rag.confidence, "model", lambda: doubting)
    unsure = Assistant(index, tiny).ask(question, plans=[plan.id])
    assert unsure.answer.startswith("未找到完全对应的说明，最接近的条款是“")
    assert unsure.answer.endswith(plain.answer)
    assert unsure.status == "answered"
