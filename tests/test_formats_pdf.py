"""PDF files: the page undone, its paragraphs put together again, pages kept."""

from __future__ import annotations

import io
import re
import resource
import shutil
import subprocess
import time
from typing import Any

import pytest

from index.errors import CorpusError
from index.formats.files import read_bytes
from index.formats.limits import MAX_PAGES
from index.formats.numerals import chinese
from index.formats.pdf import read_pdf
from tests.conftest import SYNTHETIC
from tests.made_files import A4, MARGIN, PITCH, SIZE, pdf, pdf_of, wrapped

LONG = "为做好科普工作，全县各级各部门要认真组织实施，确保各项任务落到实处。" * 4
VERBS, MATTERS = "推进加强完善建设培育办好开展做实", "科普场馆教师培训流动展览智慧助老应急演练"
TEXT = "\n".join(
    ["青石县方案"]
    + [
        f"{n}.第{n}项工作。"
        + "".join(
            f"{VERBS[2 * ((n + k) % 8) :][:2]}{MATTERS[4 * ((n * k) % 5) :][:4]}，"
            f"落实{n * k + k}个。"
            for k in range(n % 7 + 1)
        )
        for n in range(1, 60)
    ]
    + ["短的一段。", "青石县人民政府"]
)


# The type of these pages is not embedded: where no Chinese one is installed, PDFium has only the
# widths of a Latin one to go by.
needs_chinese_font = pytest.mark.skipif(
    not (
        shutil.which("fc-list")
        and subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout
    ),
    reason="no Chinese font is installed",
)


def lines(data: bytes) -> list[str]:
    return read_pdf(data, "a.pdf")[0].splitlines()


def test_paragraphs_headers_and_page_numbers() -> None:
    assert lines(pdf_of(TEXT, header="青石县人民政府公报")) == TEXT.splitlines()


def test_headers_of_a_short_document() -> None:
    text = "\n".join(TEXT.splitlines()[:16])
    data = pdf_of(text, header="青石县人民政府公报 2023年第3期")
    assert len(read_pdf(data, "a.pdf")[1]) == 2
    assert lines(data) == text.splitlines()


@pytest.mark.parametrize("numbers", ["{}", "- {} -", "第 {} 页 共 9 页", "{}/9", "－{}－"])
def test_page_numbers(numbers: str) -> None:
    assert lines(pdf_of(TEXT, numbers=numbers)) == TEXT.splitlines()


def test_a_document_that_does_not_indent() -> None:
    """After a full line only a number tells a new paragraph, so the two short lines go."""
    text = "\n".join(TEXT.splitlines()[:-2])
    assert lines(pdf_of(text, indent=0)) == text.splitlines()


def test_pages_begin_where_their_first_character_stands() -> None:
    data = pdf_of(TEXT, header="青石县公报")
    source = read_bytes(data, ".pdf", "a.pdf")
    assert source.format == "pdf"
    assert source.pages[0] == 0
    assert list(source.pages) == sorted(source.pages)
    printed = [line for p in TEXT.splitlines() for line in wrapped(p)]
    on_page = int((A4[1] - 2 * MARGIN - PITCH) // PITCH) + 1
    tops = [line.strip("\u3000") for line in printed[::on_page]]
    assert len(source.pages) == len(tops)
    for number, (start, top) in enumerate(zip(source.pages, tops, strict=True), start=1):
        assert source.text[start:].replace("\n", "").startswith(top)
        assert source.page(start) == number


def test_a_long_title_in_the_middle_is_one_line() -> None:
    title = "关于印发青石县全民科学素质行动规划纲要实施方案的补充通知的说明"

    def draw(canvas: Any) -> None:
        canvas.setFont("STSong-Light", 22)
        canvas.drawCentredString(A4[0] / 2, 760, title[:20])
        canvas.drawCentredString(A4[0] / 2, 725, title[20:])
        canvas.setFont("STSong-Light", SIZE)
        for n, line in enumerate(wrapped(LONG)):
            canvas.drawString(
                MARGIN + (2 * SIZE if not n else 0), 680 - n * PITCH, line.strip("\u3000")
            )

    assert lines(pdf(draw)) == [title, LONG]


def test_blanks() -> None:
    def draw(canvas: Any) -> None:
        canvas.setFont("STSong-Light", SIZE)
        canvas.drawString(72, 700, "县 科 协 2025 年 AI plus 行动")
        canvas.drawString(72, 600, "指标")
        canvas.drawString(300, 600, "16%")

    assert lines(pdf(draw)) == ["县科协2025年AI plus行动", "指标 16%"]


def test_hyphens_at_the_end_of_a_line() -> None:
    def draw(canvas: Any) -> None:
        canvas.setFont("STSong-Light", SIZE)
        for n, line in enumerate(["一二三四五六七八九十一二三四五六济南-", "天津govern"]):
            canvas.drawString(72, 700 - n * PITCH, line)

    assert lines(pdf(draw)) == ["一二三四五六七八九十一二三四五六济南-天津govern"]

    def word(canvas: Any) -> None:
        canvas.setFont("STSong-Light", SIZE)
        for n, line in enumerate(["一二三四五六七八九十一二三四五六七govern-", "ment"] * 4):
            canvas.drawString(72 if n % 2 else 104, 700 - n * PITCH, line)

    assert lines(pdf(word))[0] == "一二三四五六七八九十一二三四五六七government"


def test_look_alike_characters_are_those_meant() -> None:
    """Fonts map 一 and 方 to the radicals that look the same; this one prints them as such."""
    from index.formats.pdf import _meant

    assert "".join(map(_meant, "⼀⽅⼯⾏戶﨑")) == "一方工行戶﨑".replace("﨑", _meant("﨑"))
    assert _meant("（") == "（"


@needs_chinese_font
def test_watermarks_and_turned_pages() -> None:
    def draw(canvas: Any) -> None:
        canvas.setFont("STSong-Light", SIZE)
        for n, line in enumerate(wrapped(LONG)):
            canvas.drawString(
                MARGIN + (2 * SIZE if not n else 0), 700 - n * PITCH, line.strip("\u3000")
            )
        canvas.saveState()
        canvas.translate(200, 500)
        canvas.rotate(45)
        canvas.drawString(0, 0, "内部资料")
        canvas.restoreState()
        canvas.showPage()
        canvas.setFont("STSong-Light", SIZE)
        canvas.rotate(90)
        canvas.drawString(100, -100, "横排的第一行")
        canvas.drawString(100, -140, "横排的第二行")

    assert lines(pdf(draw)) == [LONG, "横排的第一行", "横排的第二行"]


def test_two_columns() -> None:
    column = [f"栏中第{n:02}行文字写到边" for n in range(20)]

    def draw(canvas: Any) -> None:
        canvas.setFont("STSong-Light", 12)
        for n, line in enumerate(column):
            canvas.drawString(72, 700 - 20 * n, f"左{line}")
            canvas.drawString(320, 700 - 20 * n, f"右{line}")

    text = "".join(lines(pdf(draw)))
    assert text.index("左栏中第19行") < text.index("右栏中第00行")


def test_table_rows_are_not_columns() -> None:
    def draw(canvas: Any) -> None:
        canvas.setFont("STSong-Light", 12)
        for n in range(12):
            canvas.drawString(72, 700 - 20 * n, "任务" * (n % 5 + 1))
            canvas.drawString(320, 700 - 20 * n, f"县第{n}局")

    assert "任务 县第0局" in lines(pdf(draw))


def test_contents_are_left_out() -> None:
    def draw(canvas: Any) -> None:
        canvas.setFont("STSong-Light", SIZE)
        for n, line in enumerate(
            ["目 录", "一、总体要求………………1", "二、任务.........12", "一、总体要求"]
        ):
            canvas.drawString(72, 700 - 40 * n, line)

    assert lines(pdf(draw)) == ["一、总体要求"]


# -- tables -------------------------------------------------------------------------------

UNITS = ["县教育局", "县科协、县科技局、团县委", "县农业农村局、各乡镇人民政府（街道办事处）"]


def ruled(rows: list[list[str]], **options: Any) -> bytes:
    """A document of a heading, a ruled table that breaks over pages, and a note."""
    from reportlab.lib.colors import black
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    pdf(lambda canvas: canvas.showPage())  # registers the type
    style = ParagraphStyle("a", fontName="STSong-Light", fontSize=11, leading=16, wordWrap="CJK")
    cells = [[Paragraph(text, style) for text in row] for row in rows]
    table = Table(cells, colWidths=[34, 170, 120, 120], repeatRows=1)
    spans = options.get("spans", [])
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, black), *spans]))
    data = io.BytesIO()
    parts = [Paragraph("任务分解表", style), table, Paragraph("注：本表由县科协负责解释。", style)]
    SimpleDocTemplate(data).build(parts)
    return data.getvalue()


def test_a_table_of_duties_over_pages() -> None:
    head = ["序号", "工作任务", "牵头单位", "配合单位"]
    tasks = [
        [str(n), f"开展第{n}项培训，提高农民和老年人的科学文化素质。" * (n % 3 + 1), UNITS[n % 3],
         UNITS[(n + 1) % 3]]
        for n in range(1, 50)
    ]  # fmt: skip
    text, begins = read_pdf(ruled([head, *tasks]), "a.pdf")
    assert text.splitlines() == [
        "任务分解表",
        *(f"{n}. {task}（牵头单位：{lead}；配合单位：{more}）" for n, task, lead, more in tasks),
        "注：本表由县科协负责解释。",
    ]
    assert len(begins) > 2
    assert all(re.match(r"\d+\. 开展", text[at:]) for at in begins[1:])


@needs_chinese_font
def test_merged_cells_of_a_ruled_table() -> None:
    rows = [
        ["类别", "工作任务", "牵头单位", "配合单位"],
        ["青少年", "办好科技节", "县教育局", "县科协"],
        ["", "建科学教室", "县财政局", "团县委"],
        ["二、组织实施", "", "", ""],
        ["保障", "落实经费", "县财政局", "县科协"],
    ]
    spans = [("SPAN", (0, 1), (0, 2)), ("SPAN", (0, 3), (3, 3))]
    assert lines(ruled(rows, spans=spans))[1:-1] == [
        "青少年",
        "办好科技节（牵头单位：县教育局；配合单位：县科协）",
        "建科学教室（牵头单位：县财政局；配合单位：团县委）",
        "二、组织实施",
        "保障",
        "落实经费（牵头单位：县财政局；配合单位：县科协）",
    ]


def test_frames_and_underlines_are_no_tables() -> None:
    def draw(canvas: Any) -> None:
        canvas.setFont("STSong-Light", SIZE)
        canvas.rect(50, 50, 495, 742)
        canvas.line(72, 690, 500, 690)
        for n in range(3_000):
            canvas.line(60, 60 + n % 20, 90, 60 + n % 20)
        canvas.drawString(72, 700, "一、总体要求")

    assert lines(pdf(draw)) == ["一、总体要求"]


def test_a_drawing_of_many_rules_takes_no_time() -> None:
    def draw(canvas: Any) -> None:
        canvas.setFont("STSong-Light", SIZE)
        for n in range(900):
            canvas.line(50, 50 + 0.8 * n, 500, 50 + 0.8 * n)
            canvas.line(50 + 0.5 * n, 50, 50 + 0.5 * n, 790)
        canvas.drawString(72, 700, "一、总体要求")

    start = time.process_time()
    assert lines(pdf(draw)) == ["一、总体要求"]
    assert time.process_time() - start < 10


# -- what cannot be read ------------------------------------------------------------------


def refusal(data: bytes) -> str:
    with pytest.raises(CorpusError) as caught:
        read_bytes(data, ".pdf", "a.pdf")
    assert "a.pdf" in str(caught.value)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_scan_says_so() -> None:
    from PIL import Image

    def draw(canvas: Any) -> None:
        for _ in range(3):
            canvas.drawInlineImage(Image.new("RGB", (60, 80), "white"), 50, 50, 400, 600)
            canvas.setFont("STSong-Light", 10)
            canvas.drawString(280, 30, "1")
            canvas.showPage()

    assert "without a text layer; run OCR" in refusal(pdf(draw))


def test_a_password() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    data = pdf(lambda c: c.drawString(9, 9, "x"), encrypt=StandardEncryption("secret"))
    assert "protected by a password" in refusal(data)


def test_torn_files() -> None:
    data = pdf_of(SYNTHETIC)
    for broken in (b"%PDF-1.4", b"%PDF-1.7\n%%EOF", data[:400], data[len(data) // 2 :]):
        with pytest.raises(CorpusError):
            read_bytes(broken, ".pdf", "a.pdf")
    for end in range(100, len(data), len(data) // 40):
        try:
            read_bytes(data[:end], ".pdf", "a.pdf")
        except CorpusError:
            continue


def test_flipped_bytes_raise_nothing_else() -> None:
    data = pdf_of("方案\n一、任务")
    for at in range(0, len(data), 17):
        broken = data[:at] + bytes([data[at] ^ 0x15]) + data[at + 1 :]
        try:
            read_bytes(broken, ".pdf", "a.pdf")
        except CorpusError:
            continue


def test_a_pdf_by_any_ending_and_after_junk() -> None:
    data = pdf_of(SYNTHETIC)
    assert read_bytes(data, ".txt", "a.txt").format == "pdf"
    assert read_bytes(b"\r\n" + data, ".docx", "a.docx").format == "pdf"


def many_pages(count: int) -> bytes:
    def draw(canvas: Any) -> None:
        for n in range(count):
            canvas.setFont("STSong-Light", SIZE)
            for row in range(24):
                canvas.drawString(
                    MARGIN, 760 - row * PITCH, chinese(n * 24 + row) + "科普工作文字" * 3
                )
            canvas.showPage()

    return pdf(draw)


def test_too_many_pages() -> None:
    data = pdf(lambda c: [c.showPage() for _ in range(MAX_PAGES + 1)] and None)
    assert f"has {MAX_PAGES + 1} pages, more than the {MAX_PAGES}" in refusal(data)


@pytest.mark.slow
def test_a_thousand_pages_take_little_memory_and_linear_time() -> None:
    few, many = many_pages(100), many_pages(1_000)
    start = time.process_time()
    read_pdf(few, "a.pdf")
    first = time.process_time() - start
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    text, pages = read_pdf(many, "a.pdf")
    assert time.process_time() - start < 20 * first
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kB
    assert len(pages) == 1_000
    assert chinese(23_999) in text
