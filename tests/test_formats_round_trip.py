"""The plans of the corpus in every format: the same clauses, titles and duties as the text."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable
from html import escape

import pytest

from index import store
from index.clauses import parse
from index.corpus import load_plan
from index.formats.files import read_bytes
from index.formats.numerals import printed
from index.numbering import marker_at
from index.plan import Clause, Plan
from index.reading import Reading, read
from index.store import Index
from rag.assistant import Assistant
from rag.show import Painter, answer_lines, pages
from rag.web import panel
from rag.web.asking import Shown
from rag.web.conversation import Turn
from tests.conftest import CORPUS, PLAN_IDS, TinyEncoder
from tests.made_files import definition, docx, item, level, listing, para, pdf_of

# What the corpus files have left over from their own conversion; no maker of files prints it.
LEFT_OVER = re.compile(r"\[bookmark:[^\]\n]*\]|\*{1,3}|[\u200b-\u200d\ufeff]")
# Style of a clause's number, and how Word is told to print it.
NUMBERINGS = (
    ("part", "chineseCountingThousand", "%1、"),
    ("section", "chineseCounting", "（%2）"),
    ("item", "decimal", "%3."),
    ("paren", "decimal", "（%4）"),
)
STYLES = [style for style, _, _ in NUMBERINGS]


def plain(plan: str) -> str:
    """A plan as its paragraphs, page breaks undone: what its own document must have held."""
    return read(LEFT_OVER.sub("", (CORPUS / f"{plan}.txt").read_text("utf-8"))).text


def as_docx(text: str) -> bytes:
    from docx import Document

    document = Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def as_numbered_docx(text: str) -> bytes:
    """The numbers left to Word wherever Word would print the same."""
    body, left = "", 0
    counts = [0] * len(STYLES)
    for line in text.split("\n"):
        marker = marker_at(line)
        at = STYLES.index(marker.style) if marker and marker.style in STYLES else None
        if at is None or marker is None:
            body += para(line)
            continue
        _, form, pattern = NUMBERINGS[at]
        shown = pattern.replace(f"%{at + 1}", printed(counts[at] + 1, form))
        if shown != marker.text:
            body += para(line)
            continue
        counts[at] += 1
        counts[at + 1 :] = [0] * (len(STYLES) - at - 1)
        body += item(line[len(marker.text) :], at)
        left += 1
    assert left > 10
    levels = [level(n, form, pattern) for n, (_, form, pattern) in enumerate(NUMBERINGS)]
    return docx(body, definition(levels) + listing())


def as_page(text: str) -> bytes:
    lines = text.split("\n")
    body = "".join(f"<p>　　{escape(line)}</p>" for line in lines)
    return (
        "<!doctype html><html><head><meta charset=gb2312>"
        f"<title>{lines[0]}_政府网</title></head><body>"
        f'<div class="nav"><a>首页</a></div><div class="TRS_Editor">{body}</div>'
        "<div class=footer>版权所有：政府办公室，ICP备1号</div></body></html>"
    ).encode("gb18030")


def as_markdown(text: str) -> bytes:
    marked = [
        f"## {s}" if len(s) < 20 and marker_at(s) else f"**{s[:4]}**{s[4:]}"
        for s in text.split("\n")
    ]
    return "\n\n".join(marked).encode()


MAKERS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "txt": (".txt", lambda text: text.encode("utf-16")),
    "md": (".md", as_markdown),
    "docx": (".docx", as_docx),
    "numbered": (".docx", as_numbered_docx),
    "html": (".html", as_page),
    "pdf": (".pdf", lambda text: pdf_of(text, header="政府公报 2023年第3期")),
}


def facts(clauses: tuple[Clause, ...]) -> list[tuple[object, ...]]:
    return [
        (c.level, re.sub(r"[.．]$", ".", c.number), c.title, c.duty_source,
         tuple((d.unit, d.role) for d in c.duties), "".join(c.text.split()))
        for c in clauses
    ]  # fmt: skip


@pytest.mark.parametrize("maker", MAKERS)
@pytest.mark.parametrize("plan", PLAN_IDS)
def test_every_format_gives_the_same_clauses(plan: str, maker: str) -> None:
    text = plain(plan)
    suffix, make = MAKERS[maker]
    source = read_bytes(make(text), suffix, "a" + suffix)
    assert facts(parse(read(source.text), "a")) == facts(parse(read(text), "a"))


def test_the_plain_texts_are_the_plans() -> None:
    """What is compared above is what the files of the corpus themselves give."""
    for plan in PLAN_IDS:
        own = parse(read((CORPUS / f"{plan}.txt").read_text("utf-8")), "a")
        assert facts(parse(read(plain(plan)), "a")) == facts(own), plan


@pytest.fixture(scope="module")
def of_pdf(
    tmp_path_factory: pytest.TempPathFactory,
    make_index: Callable[[list[tuple[Plan, Reading]]], Index],
    tiny: TinyEncoder,
) -> Assistant:
    """An assistant over one plan that was read from a PDF, stored and loaded again."""
    folder = tmp_path_factory.mktemp("pdf")
    (folder / "plan.pdf").write_bytes(pdf_of(plain(PLAN_IDS[1])))
    store.save(make_index([load_plan(folder / "plan.pdf")]), folder / "index")
    return Assistant(store.load(folder / "index"), tiny)


def test_a_plan_keeps_its_pages(of_pdf: Assistant) -> None:
    (plan,) = of_pdf.index.plans
    assert plan.pages[0] == 0
    assert plan.page(0) == 1
    assert plan.page(len(plan.source) - 2) == len(plan.pages) > 5
    for number, start in enumerate(plan.pages, start=1):
        assert plan.page(start) == number


def test_citations_name_the_page(of_pdf: Assistant) -> None:
    (plan,) = of_pdf.index.plans
    answer = of_pdf.ask("智慧助老由谁牵头")
    assert answer.citations
    for citation in answer.citations:
        assert citation.page == plan.page(citation.start)
        assert citation.to_dict()["page"] == citation.page
    numbers = sorted({c.page for c in answer.citations if c.page})
    told = f"第{'、'.join(map(str, numbers))}页"
    assert told in "\n".join(answer_lines(answer, Painter(sys.stdout)))
    page = panel.panel({plan.id: plan}, [Turn("谁", answer)], "zh", Shown(0, 1))
    assert f"plan.pdf · 第{answer.citations[0].page}页" in page
    assert pages(answer.citations[:1], "en") == f"p. {answer.citations[0].page}"


def test_without_pages_nothing_is_said(synthetic: Assistant) -> None:
    answer = synthetic.ask("青石县智慧助老由谁牵头")
    assert answer.citations
    assert all("page" not in c for c in answer.to_dict()["citations"])
    assert "页" not in "\n".join(answer_lines(answer, Painter(sys.stdout)))
