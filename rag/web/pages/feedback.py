"""The Feedback page: what readers said of answers, files of it, and drafts of gold questions."""

# No `from __future__ import annotations` here: Gradio looks for `EventData` in the annotations.
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from index.errors import InputError
from rag.feedback import VERDICTS, Feedback, Remark, csv_table, gold_draft, json_lines
from rag.web import scripts
from rag.web.files import give
from rag.web.pages.ask import HIDDEN
from rag.web.remarks import remarks
from rag.web.site import Site
from rag.web.words import Lang, word

FORMS: dict[str, tuple[str, Callable[[Sequence[Remark]], str]]] = {
    "feedback_csv": ("feedback.csv", lambda found: "\ufeff" + csv_table(found)),
    "feedback_jsonl": ("feedback.jsonl", json_lines),
    "feedback_gold": ("gold-draft.jsonl", gold_draft),
}


def build(site: Site, feedback: Feedback, tab: Any, lang: Any, lang0: Lang) -> None:
    """The page inside `tab`; `lang` is the language switch. Only the keeper sees anything."""

    def found(verdict: str | None, user: str | None) -> Sequence[Remark]:
        if not site.keeps(user):
            return ()
        try:
            return [r for r in feedback.all() if verdict in (None, "", r.verdict)]
        except InputError as error:
            gr.Warning(str(error))
            return ()

    def view(verdict: str | None, lang: Lang, request: gr.Request) -> str:
        if not site.keeps(request.username):
            return f'<div class="tw-hint"><p>{word(lang, "keeper_only")}</p></div>'
        return remarks(found(verdict, request.username), lang)

    def drop(verdict: str | None, lang: Lang, event: gr.EventData, request: gr.Request) -> str:
        number = str(event._data.get("drop"))
        if site.keeps(request.username) and number.isascii() and number.isdecimal():
            feedback.drop(int(number))
        return view(verdict, lang, request)

    def saving(form: str) -> Callable[..., Path | None]:
        name, make = FORMS[form]

        def saved(verdict: str | None, request: gr.Request) -> Path | None:
            chosen = found(verdict, request.username)
            return give(name, make(chosen)) if chosen else None

        return saved

    def choices(lang: Lang) -> list[tuple[str, str]]:
        every = (word(lang, "feedback_all"), "")
        return [every, *((word(lang, f"say_{v}"), v) for v in VERDICTS)]

    with gr.Column(elem_classes="tw-sheet"):
        with gr.Row(elem_classes="tw-tools"):
            verdict = gr.Radio(
                choices(lang0), value="", show_label=False, container=False,
                label=word(lang0, "tab_feedback"), elem_classes="tw-pills",
            )  # fmt: skip
            buttons = [gr.Button(word(lang0, form), size="sm") for form in FORMS]
            file = gr.DownloadButton(elem_id="tw-feedback-file", elem_classes="tw-sr")
        listed = gr.HTML("", js_on_load=scripts.CLICKS, elem_classes="tw-scroll")

    def translate(verdict: str | None, lang: Lang, request: gr.Request) -> tuple[Any, ...]:
        said = [gr.update(value=word(lang, form)) for form in FORMS]
        pills = gr.update(choices=choices(lang), label=word(lang, "tab_feedback"))
        return view(verdict, lang, request), pills, *said

    tab.select(view, [verdict, lang], [listed], **HIDDEN)
    verdict.input(view, [verdict, lang], [listed], **HIDDEN)
    listed.select(drop, [verdict, lang], [listed], **HIDDEN)
    lang.change(translate, [verdict, lang], [listed, verdict, *buttons], **HIDDEN)
    for form, button in zip(FORMS, buttons, strict=True):
        button.click(saving(form), [verdict], file, **HIDDEN).then(
            fn=None, js=scripts.fetch("tw-feedback-file")
        )
