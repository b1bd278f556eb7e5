"""The corpus folder: encodings, what cannot be read, the manifest and what it overrides."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.corpus import (
    corpus_hash,
    load_corpus,
    load_plan,
    plan_files,
    read_manifest,
)
from index.errors import CorpusError, InputError
from index.plan import Fact
from tests.conftest import CORPUS, PLAN_IDS, SYNTHETIC


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_the_corpus_is_read_whole() -> None:
    assert [p.stem for p in plan_files(CORPUS)] == list(PLAN_IDS)
    for plan, _ in load_corpus(CORPUS):
        assert plan.source.encode() == (CORPUS / plan.file).read_bytes()


def test_empty_file(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"leer\.txt is empty"):
        load_plan(write(tmp_path, "leer.txt", b" \r\n\t"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is a picture"),
        (b"PK\x03\x04\0\0", "is cut short or damaged"),
        (b"\0" * 100, "is not a text file"),
    ],
)
def test_binary_file(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(CorpusError, match=rf"bild\.txt {said}"):
        load_plan(write(tmp_path, "bild.txt", data))


def test_bytes_in_no_known_encoding(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"x\.txt is in no encoding known here"):
        load_plan(write(tmp_path, "x.txt", b"\xff\xff\xff\xff"))


def test_gb18030_reads_like_utf8(tmp_path: Path) -> None:
    utf8, _ = load_plan(write(tmp_path, "a.txt", SYNTHETIC))
    (tmp_path / "gb").mkdir()
    gb, _ = load_plan(write(tmp_path / "gb", "a.txt", SYNTHETIC.encode("gb18030")))
    assert gb.source == utf8.source
    assert gb.clauses == utf8.clauses
    assert gb.sha256 != utf8.sha256


def test_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    plain, _ = load_plan(write(tmp_path, "a.txt", SYNTHETIC))
    (tmp_path / "win").mkdir()
    data = b"\xef\xbb\xbf" + SYNTHETIC.replace("\n", "\r\n").encode()
    windows, _ = load_plan(write(tmp_path / "win", "a.txt", data))
    assert (
        windows.meta.title.value
        == plain.meta.title.value
        == "青石县全民科学素质行动实施方案（2021—2025年）"
    )
    assert [(c.number, c.title, c.units()) for c in windows.clauses] == [
        (c.number, c.title, c.units()) for c in plain.clauses
    ]
    note = next(c.note for c in windows.clauses if c.note)
    assert note is not None
    assert windows.source[note.start] == "（"


def test_file_without_any_numbering(tmp_path: Path) -> None:
    plan, _ = load_plan(write(tmp_path, "a.txt", "关于科普工作的一段话，没有编号。由县科协牵头。"))
    assert [c.level for c in plan.clauses] == ["plan", "front"]


def test_no_folder_and_no_files(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--corpus"):
        plan_files(tmp_path / "none")
    write(tmp_path, ".hidden.txt", "x")
    write(tmp_path, "readme.md", "x")
    write(tmp_path, "~$a.docx", "x")
    with pytest.raises(InputError, match="holds no plan texts"):
        plan_files(tmp_path)


def test_plan_files_are_those_of_every_format(tmp_path: Path) -> None:
    names = ["a.txt", "b.MD", "c.docx", "d.pdf", "e.html", "f.htm"]
    for name in [*names, "g.mht", "h.doc", "manifest.toml"]:
        write(tmp_path, name, "x")
    assert [p.name for p in plan_files(tmp_path)] == names


def test_two_files_of_one_plan_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", SYNTHETIC)
    write(tmp_path, "a.md", SYNTHETIC)
    with pytest.raises(CorpusError, match=r"a\.md and a\.txt in .* both be the plan 'a'"):
        plan_files(tmp_path)


def test_digest_follows_names_bytes_and_manifest(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", SYNTHETIC)
    first = corpus_hash(tmp_path)
    assert corpus_hash(tmp_path) == first
    write(tmp_path, "manifest.toml", '[[plan]]\nid = "a"\nplace = "白沙区"\n')
    with_manifest = corpus_hash(tmp_path)
    write(tmp_path, "a.txt", SYNTHETIC + " ")
    changed = corpus_hash(tmp_path)
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    assert len({first, with_manifest, changed, corpus_hash(tmp_path)}) == 4


# -- manifest -----------------------------------------------------------------------------


def test_manifest_entry_goes_before_the_text(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", SYNTHETIC)
    write(
        tmp_path, "manifest.toml",
        '[[plan]]\nid = "a"\nplace = "东江县"\naliases = ["东江"]\nprovince = "东海省"\n'
        'status = "issued"\n',
    )  # fmt: skip
    ((plan, _),) = load_corpus(tmp_path)
    assert (plan.place, plan.aliases, plan.province, plan.level) == (
        "东江县",
        ("东江",),
        "东海省",
        "county",
    )
    assert plan.meta.status.value == "issued"  # the draft that the text calls itself is one no more


def test_without_an_entry_the_text_is_read(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", SYNTHETIC)
    ((plan, _),) = load_corpus(tmp_path)
    assert (plan.id, plan.place, plan.level) == ("a", "青石县", "county")
    assert plan.aliases == ("青石", "Qingshi", "Qingshi County")
    assert read_manifest(tmp_path) == {}


def test_unknown_manifest_field_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", SYNTHETIC)
    write(tmp_path, "manifest.toml", '[[plan]]\nid = "a"\ncolour = "red"\n')
    with pytest.raises(CorpusError, match="unknown field 'colour'"):
        load_corpus(tmp_path)


@pytest.mark.parametrize("text", ["[[plan]\n", "id = ", b"\xff\xfe"])
def test_broken_manifest_is_refused(tmp_path: Path, text: str | bytes) -> None:
    write(tmp_path, "a.txt", SYNTHETIC)
    write(tmp_path, "manifest.toml", text)
    with pytest.raises(CorpusError, match="not valid TOML"):
        load_corpus(tmp_path)


def test_manifest_entry_without_id_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", SYNTHETIC)
    write(tmp_path, "manifest.toml", '[[plan]]\nplace = "东江县"\n')
    with pytest.raises(CorpusError, match="id"):
        load_corpus(tmp_path)


def test_manifest_field_of_the_wrong_type_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", SYNTHETIC)
    write(tmp_path, "manifest.toml", '[[plan]]\nid = "a"\nplace = 3\n')
    with pytest.raises(CorpusError, match="place"):
        load_corpus(tmp_path)


# -- a person's word ----------------------------------------------------------------------


def test_a_persons_word_stands_over_the_text_and_has_no_span(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", SYNTHETIC)
    said = 'number = "青政发〔2021〕3号"\ndate = "2021-07-01"\nstatus = "issued"'
    write(
        tmp_path,
        "manifest.toml",
        f'[[plan]]\nid = "a"\n{said}\nperiod_start = "2022"\nperiod_end = "2026"\n',
    )
    ((plan, _),) = load_corpus(tmp_path)
    meta = plan.meta
    assert meta.number == Fact("青政发〔2021〕3号")
    assert meta.date == Fact("2021年7月1日")
    assert (meta.status, meta.period) == (Fact("issued"), Fact("2022—2026年"))
    assert plan.source[meta.title.start : meta.title.end].startswith("青石县")  # nothing said of it


def test_what_the_text_says_too_keeps_its_span(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", SYNTHETIC)
    said = 'title = "青石县全民科学素质行动实施方案(2021-2025年)"\nstatus = "draft"'
    write(tmp_path, "manifest.toml", f'[[plan]]\nid = "a"\n{said}\n')
    ((plan, _),) = load_corpus(tmp_path)
    assert plan.meta.title.value == "青石县全民科学素质行动实施方案（2021—2025年）"
    assert plan.meta.title.end > plan.meta.title.start
    assert plan.meta.status.end > plan.meta.status.start


def test_the_record_of_the_corpus_says_what_its_plans_say() -> None:
    """No fact of the five plans is a person's alone: each can be cited."""
    for plan, _ in load_corpus(CORPUS):
        for name in ("title", "issuer", "date", "number", "status", "period"):
            fact = getattr(plan.meta, name)
            assert (fact.end > fact.start) == bool(fact.value), (plan.id, name)
