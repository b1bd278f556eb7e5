"""The evaluators' and trainers' page of the interface: score now, runs, scoring by hand.

Made of Gradio's components like the pages in rag/web/pages; it stands here because it shows what
only eval/ knows. Sheets to be scored are files of `python -m eval human sheets`; a sheet uploaded
is filled in a copy of the reader's own and given back as a file.
"""

# No `from __future__ import annotations` here: Gradio looks for `Request` in the annotations.
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import gradio as gr

from eval import screens
from eval.gold import GOLD, read_placed, split_of, spread
from eval.human.files import SheetFile
from eval.human.words import CITATIONS, VERDICTS
from eval.runner import ask_all
from eval.runs import open_run
from eval.systems.tiaowen import Tiaowen
from index.errors import TiaowenError
from rag.web import scripts
from rag.web.files import give
from rag.web.pages.ask import HIDDEN
from rag.web.site import Site
from rag.web.words import Lang, word

SAMPLE, MOST = 50, 300  # questions scored at a click: some two seconds, and some fifteen
SHEETS = [".xlsx", ".jsonl"]


@dataclass(frozen=True, slots=True)
class Scoring:
    """A sheet being scored: where the reader's copy lies, and the row shown."""

    path: Path
    at: int = 0


def build(site: Site, runs: Path, tab: Any, lang: Any, lang0: Lang) -> None:
    """The page inside `tab`; `runs` is the folder that runs are kept in."""
    files = {p.name: p for p in sorted(GOLD.glob("*.dev.jsonl"))}
    with gr.Column(elem_classes="tw-sheet tw-scroll"):
        title_score = gr.HTML(_title("score_title", lang0), js_on_load=None)
        with gr.Row(elem_classes="tw-tools"):
            gold = gr.Dropdown(
                list(files), value=next(iter(files), None), label=word(lang0, "score_file"),
                elem_classes="tw-field",
            )  # fmt: skip
            size = gr.Number(
                SAMPLE, minimum=1, maximum=MOST, precision=0, label=word(lang0, "score_size"),
                elem_classes="tw-field",
            )  # fmt: skip
            score = gr.Button(word(lang0, "score_now"), size="sm")
        scored = gr.HTML("", js_on_load=None)
        title_runs = gr.HTML(_title("runs_title", lang0), js_on_load=None)
        listed = gr.HTML("", js_on_load=None)
        with gr.Row(elem_classes="tw-tools"):
            chosen = gr.Dropdown([], label=word(lang0, "run_choose"), elem_classes="tw-field")
        report = gr.HTML("", js_on_load=None)
        title_hand = gr.HTML(_title("sheet_title", lang0), js_on_load=None)
        scoring = gr.State(None)
        with gr.Row(elem_classes="tw-tools"):
            upload = gr.UploadButton(
                word(lang0, "sheet_open"), size="sm", file_types=SHEETS, file_count="single"
            )
            save = gr.Button(word(lang0, "sheet_save"), size="sm")
            file = gr.DownloadButton(elem_id="tw-sheet-file", elem_classes="tw-sr")
        row = gr.HTML(screens.sheet_row((), 0, lang0), js_on_load=None)
        with gr.Row(elem_classes="tw-tools", visible=False) as marks:
            verdict = gr.Radio(
                _words(VERDICTS, lang0), label=word(lang0, "sheet_verdict"), elem_classes="tw-pills"
            )
            citation = gr.Radio(
                _words(CITATIONS, lang0), label=word(lang0, "sheet_citation"),
                elem_classes="tw-pills",
            )  # fmt: skip
            remark = gr.Textbox(label=word(lang0, "sheet_remark"), lines=1, max_lines=3)
            before = gr.Button(word(lang0, "previous"), size="sm")
            after = gr.Button(word(lang0, "sheet_next"), size="sm")
        title_quiz = gr.HTML(_title("quiz_title", lang0), js_on_load=None)
        quiz = gr.HTML(_quiz(lang0), js_on_load=None)

    def run_score(name: str | None, size: float | None, lang: Lang) -> str:
        if name not in files:
            return ""
        asked = spread(list(read_placed([files[name]])), min(int(size or SAMPLE), MOST))
        assistant = site.assistant
        there = {p.id: p.source for p in site.plans.values()}
        held = [(split_of(path), g) for path, g in asked if set(g.doc) <= there.keys()]
        items = list(ask_all(Tiaowen(assistant), held, there))
        left = f'<p class="tw-foot">{word(lang, "score_left", n=len(asked) - len(held))}</p>'
        return screens.figures(items, lang) + (left if len(held) < len(asked) else "")

    def list_runs(lang: Lang) -> tuple[str, Any]:
        found = screens.find_runs(runs)
        names = [(r.name, str(r.folder)) for r in found if r.head and r.head.finished]
        return screens.runs_table(found, runs, lang), gr.update(choices=names)

    def show_run(folder: str | None, lang: Lang) -> str:
        known = {str(r.folder) for r in screens.find_runs(runs)}
        if folder not in known:
            return ""
        try:
            return screens.figures(open_run(Path(str(folder))).items, lang)
        except TiaowenError as error:
            gr.Warning(str(error))
            return ""

    def opened(path: str | None, lang: Lang) -> tuple[Any, ...]:
        try:
            copy = Path(tempfile.mkdtemp(prefix="tiaowen-")) / Path(str(path)).name
            shutil.copyfile(str(path), copy)
            rows = SheetFile(copy, lang).rows
        except (TiaowenError, OSError) as error:
            gr.Warning(str(error))
            return None, *_shown(None, lang)
        first = next((n for n, r in enumerate(rows) if not r.scored), 0)
        made = Scoring(copy, first)
        return made, *_shown(made, lang)

    def step(by: int, now: Scoring | None, marks: tuple[Any, ...], lang: Lang) -> tuple[Any, ...]:
        if now is None:
            return None, *_shown(None, lang)
        try:
            sheet = SheetFile(now.path, lang)
            said, cited, text = marks
            row = replace(
                sheet.rows[now.at], verdict=said or "", citation=cited or "", remark=text or ""
            )
            if row != sheet.rows[now.at]:
                sheet.put(now.at, row if row.cited else replace(row, citation=""))
        except TiaowenError as error:
            gr.Warning(str(error))
        moved = replace(now, at=min(max(now.at + by, 0), len(sheet.rows) - 1))
        return moved, *_shown(moved, lang)

    def forward(now: Any, a: Any, b: Any, c: Any, lang: Lang) -> tuple[Any, ...]:
        return step(1, now, (a, b, c), lang)

    def backward(now: Any, a: Any, b: Any, c: Any, lang: Lang) -> tuple[Any, ...]:
        return step(-1, now, (a, b, c), lang)

    def saved(now: Scoring | None) -> Path | None:
        return give(now.path.name, now.path.read_bytes()) if now else None

    def translate(lang: Lang, now: Scoring | None) -> tuple[Any, ...]:
        titles = [_title(k, lang) for k in ("score_title", "runs_title", "sheet_title")]
        labels = [
            gr.update(label=word(lang, k)) for k in ("score_file", "score_size", "run_choose")
        ]
        buttons = [
            gr.update(value=word(lang, k))
            for k in ("score_now", "sheet_save", "previous", "sheet_next")
        ]
        opening = gr.update(label=word(lang, "sheet_open"))
        quizzes = _title("quiz_title", lang), _quiz(lang)
        return *titles, *labels, *buttons, opening, *quizzes, *list_runs(lang), *_shown(now, lang)

    filled = [row, marks, verdict, citation, remark]
    score.click(run_score, [gold, size, lang], scored, **(HIDDEN | {"show_progress": "minimal"}))
    tab.select(list_runs, [lang], [listed, chosen], **HIDDEN)
    chosen.input(show_run, [chosen, lang], report, **HIDDEN)
    upload.upload(opened, [upload, lang], [scoring, *filled], **HIDDEN)
    marked = [scoring, verdict, citation, remark, lang]
    after.click(forward, marked, [scoring, *filled], **HIDDEN)
    before.click(backward, marked, [scoring, *filled], **HIDDEN)
    save.click(saved, [scoring], file, **HIDDEN).then(fn=None, js=scripts.fetch("tw-sheet-file"))
    told = [title_score, title_runs, title_hand, gold, size, chosen, score, save, before, after]
    lang.change(
        translate, [lang, scoring], [*told, upload, title_quiz, quiz, listed, chosen, *filled],
        **HIDDEN,
    )  # fmt: skip


def _title(key: str, lang: Lang) -> str:
    return f'<h2 class="tw-h2">{word(lang, key)}</h2>'


def _quiz(lang: Lang) -> str:
    return f'<p class="tw-foot">{word(lang, "quiz_text")}</p>'


def _words(choices: Any, lang: Lang) -> list[tuple[str, str]]:
    return [(said.of(lang), name) for name, said in choices.items()]


def _shown(now: Scoring | None, lang: Lang) -> tuple[Any, ...]:
    """The row, whether it can be marked, and its marks."""
    if now is None:
        return screens.sheet_row((), 0, lang), gr.update(visible=False), *([gr.update()] * 3)
    rows = SheetFile(now.path, lang).rows
    row = rows[now.at]
    return (
        screens.sheet_row(rows, now.at, lang),
        gr.update(visible=True),
        gr.update(
            choices=_words(VERDICTS, lang), value=row.verdict or None,
            label=word(lang, "sheet_verdict"),
        ),
        gr.update(
            choices=_words(CITATIONS, lang), value=row.citation or None, visible=row.cited,
            label=word(lang, "sheet_citation"),
        ),
        gr.update(value=row.remark, label=word(lang, "sheet_remark")),
    )  # fmt: skip
