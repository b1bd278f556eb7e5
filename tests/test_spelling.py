"""Typing slips: homophones are mended from the corpus, right words and framing are left alone."""

from __future__ import annotations

import pytest

from index.dictionary import read_dictionary
from index.store import Index
from rag.spelling import Speller

TEXT = "科普教育基地建设。开展科普活动，培育高素质农民，实施智慧助老行动，发挥志愿者作用。" * 5
PINYIN = {
    "普": ("pu",), "谱": ("pu",), "铺": ("pu",), "科": ("ke",), "民": ("min",), "敏": ("min",),
    "助": ("zhu",), "住": ("zhu",), "老": ("lao",), "慧": ("hui",), "会": ("hui", "kuai"),
    "愿": ("yuan",), "原": ("yuan",), "志": ("zhi",), "者": ("zhe",), "曲": ("qu",),
}  # fmt: skip


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller([TEXT], ["谁牵头"], PINYIN, frozenset({"曲谱", "会员"}))


@pytest.mark.parametrize(
    ("typed", "right"),
    [("科谱基地", "科普基地"), ("智慧住老", "智慧助老"), ("志原者", "志愿者"), ("农敏", "农民")],
)
def test_homophone(speller: Speller, typed: str, right: str) -> None:
    assert speller.correct(typed, set()) == right


@pytest.mark.parametrize(
    "text", ["科普基地", "智慧助老", "曲谱", "5G, AI", "", "谁牵头", "那一工程"]
)
def test_right_words_stay(speller: Speller, text: str) -> None:
    assert speller.correct(text, set()) == text


def test_framing_stays(speller: Speller) -> None:
    assert speller.correct("科谱", {1}) == "科谱"


def test_no_homophone_of_another_sound(speller: Speller) -> None:
    assert speller.correct("科曲基地", set()) == "科曲基地"


def test_length_never_changes(speller: Speller) -> None:
    for text in ("科谱科谱", "住老农敏", "a科谱b", "🙂科谱"):
        assert len(speller.correct(text, set())) == len(text)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("科谱信息化", "科普信息化"),
        ("产业工人技能提生", "产业工人技能提升"),
        ("征求意间", "征求意见"),
    ],
)
def test_on_the_corpus(index: Index, typed: str, right: str) -> None:
    words = index.vocabulary
    speller = Speller([p.source for p in index.plans], [], words.pinyin, words.words)
    assert speller.correct(typed, set()) == right


def test_the_plans_own_sentences_are_not_corrected(index: Index) -> None:
    words = index.vocabulary
    speller = Speller([p.source for p in index.plans], [], words.pinyin, words.words)
    for plan in index.plans:
        for clause in plan.clauses[2:12]:
            line = clause.text.replace("\n", "")[:80].lower()
            assert speller.correct(line, set()) == line


PRINTED = "发放Ink券补贴。提高普及率。播放科普电影。"


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("ink卷多", "ink券多"),  # nothing but Latin letters beside it
        ("普及律要", "普及率要"),  # a suffix of a longer word
        ("科普店", "科普店"),  # 科普电 is printed, but only before 影
    ],
)
def test_a_homophone_behind_the_word_before(typed: str, right: str) -> None:
    pinyin = {"卷": ("quan",), "券": ("quan",), "律": ("lv",), "率": ("lv",), "店": ("dian",),
              "电": ("dian",)}  # fmt: skip
    words = frozenset({"普及", "科普", "电影"})
    speller = Speller([PRINTED], [], pinyin, words, lambda s: s.lower() in PRINTED.lower())
    assert speller.correct(typed, set()) == right


@pytest.mark.parametrize("text", ["给园区补算力", "谁当组长", "提科技小院的"])
def test_a_verb_beside_a_word_is_no_slip(text: str) -> None:
    printed = "不算在内。党组成员。实施科技项目。算力平台，组长负责，科技小院。" * 5
    sounds = {"补": ("bu",), "不": ("bu",), "当": ("dang",), "党": ("dang",), "提": ("ti", "shi"),
              "施": ("shi",)}  # fmt: skip
    words = frozenset({"不算", "算力", "党组", "组长", "科技", "实施"})
    speller = Speller([printed], [], sounds, words, lambda s: s in printed)
    assert speller.correct(text, set()) == text


def test_a_written_variant_is_read_as_the_standard_form() -> None:
    assert (
        Speller(["引进人才"], [], {}, frozenset({"人材"})).correct("引进人材", set()) == "引进人才"
    )
    assert Speller(["引进人材"], [], {}, frozenset()).correct("引进人材", set()) == "引进人材"


def test_when_behind_a_verb_is_no_slip() -> None:
    texts = ["推广适用的技术。" * 5]
    pinyin = {"时": ("shi",), "适": ("shi",), "事": ("shi",)}
    assert (
        Speller(texts, [], pinyin, frozenset({"推广"})).correct("推广时喊的", set()) == "推广时喊的"
    )
    assert Speller(texts, [], pinyin, frozenset({"技术"})).correct("推广事用", set()) == "推广适用"


def test_a_reading_that_no_word_has_is_none() -> None:
    """派 may be read bai, but in no word: it is no slip for 白."""
    readings = read_dictionary().pinyin
    assert readings["派"] == ("pai",)
    assert set(readings["长"]) == {"zhang", "chang"}
    assert "lu" in readings["率"]
