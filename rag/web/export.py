"""A conversation as a file to hand on: Markdown or Word, every line with its sources.

What stands in a question, an answer or a plan is text in it: Markdown's own marks are escaped, and
a Word document holds runs of text only.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence

from rag.answer import Answer, Citation
from rag.show import pages, whose
from rag.tasks.sheet import not_installed, printable
from rag.web.conversation import Turn
from rag.web.words import Lang, word

MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#+\-.!|~$&])")
FONT, EAST_ASIAN = "Times New Roman", "宋体"


def markdown(turns: Sequence[Turn], lang: Lang) -> str:
    """The conversation as Markdown; "" where nothing was asked."""
    return "\n".join(_markdown(turns, lang)).strip() + "\n" if turns else ""


def _markdown(turns: Sequence[Turn], lang: Lang) -> Iterator[str]:
    yield f"# {word(lang, 'name')}\n"
    for turn in turns:
        yield f"## {_md(turn.question)}\n"
        if turn.answer is None:
            yield _md(turn.error) + "\n"
            continue
        if turn.answer.resolved:
            yield f"*{_md(word(lang, 'resolved') + turn.answer.resolved)}*\n"
        yield f"**{_md(word(lang, turn.answer.status))}**\n"
        for line in _lines(turn.answer):
            yield _md(line) + "  "
        yield ""
        for citation in turn.answer.citations:
            yield f"> {_md(_label(citation, lang))}  \n> “{_md(_flat(citation.quote))}”\n"
    yield f"---\n\n{_md(word(lang, 'note'))}"


def _md(text: str) -> str:
    """The text, nothing in it read as Markdown or HTML."""
    return MARKDOWN.sub(r"\\\1", text)


def _lines(answer: Answer) -> list[str]:
    return [line.strip() for line in answer.answer.split("\n") if line.strip()]


def _label(citation: Citation, lang: Lang) -> str:
    told = (whose(citation), " › ".join(citation.path), pages([citation], lang))
    return f"[{citation.n}] " + " · ".join(t for t in told if t)


def _flat(quote: str) -> str:
    return re.sub(r"\s*\n\s*", "", quote)


def docx(turns: Sequence[Turn], lang: Lang) -> bytes:
    """The conversation as a Word document. Raises InputError where python-docx is missing."""
    try:
        from docx import Document
        from docx.oxml.ns import qn
        from docx.shared import Pt
    except ModuleNotFoundError as error:
        raise not_installed("a Word file", "python-docx") from error
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(11)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), EAST_ASIAN)
    document.core_properties.title = word(lang, "name")
    document.add_heading(word(lang, "name"), 0)
    for turn in turns:
        document.add_heading(printable(turn.question), 2)
        if turn.answer is None:
            document.add_paragraph(printable(turn.error))
            continue
        if turn.answer.resolved:
            note = document.add_paragraph(printable(word(lang, "resolved") + turn.answer.resolved))
            note.runs[0].italic = True
        document.add_paragraph(word(lang, turn.answer.status)).runs[0].bold = True
        for line in _lines(turn.answer):
            document.add_paragraph(printable(line))
        for citation in turn.answer.citations:
            source = document.add_paragraph(style="Intense Quote")
            source.add_run(printable(_label(citation, lang))).bold = True
            source.add_run("\n" + printable(f"“{_flat(citation.quote)}”"))
    document.add_paragraph(word(lang, "note"))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
