"""The Tasks page: filters, the task table or the matrix, and the clause beside it."""

# No `from __future__ import annotations` here: Gradio looks for `EventData` in the annotations.
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr

from index.errors import InputError
from rag.web import scripts, style_sheets
from rag.web.files import give
from rag.web.pages.ask import HIDDEN, SEAL
from rag.web.paper import shown as as_text
from rag.web.site import Site
from rag.web.task_table import role_choices
from rag.web.tasking import FORMS, NOTHING, Beside, Tasking, Wanted, tell
from rag.web.words import Lang, word

STORE = "tiaowen-bureau"  # in the browser: the unit whose list is wanted
VIEWS = ("list", "matrix")


def remembered() -> Any:
    """The unit that the browser remembers. It must stand outside the tabs: what is in one is read
    only when that is first opened."""
    return gr.BrowserState("", storage_key=STORE, secret=SEAL)


def build(site: Site, blocks: Any, bureau: Any, lang: Any, lang0: Lang) -> Any:
    """The page inside the tab that is open; `bureau` is what `remembered` gave.

    Returns the state that holds the action whose comparison was asked for, for the Compare page.
    """
    tasking = Tasking(site)
    beside, action = gr.State(NOTHING), gr.State("")
    with gr.Row(elem_classes="tw-two"):
        with gr.Column(scale=7, elem_classes="tw-left"):
            with gr.Row(elem_classes="tw-filters"):
                view = gr.Radio(
                    _views(lang0), value="list", show_label=False, container=False,
                    label=word(lang0, "tasks_view"), elem_classes="tw-switch", elem_id="tw-view",
                )  # fmt: skip
                mine = gr.Button(word(lang0, "tasks_mine"), size="sm", elem_id="tw-mine")
                keep = gr.Button(word(lang0, "tasks_keep"), size="sm", elem_id="tw-keep")
                clear = gr.Button(word(lang0, "tasks_clear"), size="sm", elem_id="tw-clear")
                saves = [
                    gr.Button(_save(form, lang0), size="sm", elem_id=f"tw-save-{form}")
                    for form in FORMS
                ]
                file = gr.DownloadButton(elem_id="tw-task-file", elem_classes="tw-sr")
            with gr.Row(elem_classes="tw-fields"):
                chosen = gr.Dropdown(
                    site.choices(), value=[], multiselect=True, elem_id="tw-task-plans",
                    label=word(lang0, "tasks_all_plans"),
                )  # fmt: skip
                unit = gr.Dropdown(
                    tasking.units(()), value=None, allow_custom_value=True, elem_id="tw-unit",
                    label=word(lang0, "tasks_unit"),
                )  # fmt: skip
                roles = gr.Dropdown(
                    role_choices(lang0), value=[], multiselect=True, elem_id="tw-roles",
                    label=word(lang0, "tasks_role"),
                )  # fmt: skip
                group = gr.Dropdown(
                    tasking.groups(()), value=None, allow_custom_value=True, elem_id="tw-group",
                    label=word(lang0, "tasks_group"),
                )  # fmt: skip
            table = gr.HTML(
                tasking.table(Wanted(), lang0), elem_id="tw-task-table",
                elem_classes="tw-scroll", js_on_load=style_sheets.PICK,
            )  # fmt: skip
        with gr.Column(scale=4, elem_classes="tw-right"):
            side = gr.HTML(
                tasking.beside(NOTHING, lang0), elem_id="tw-task-side", elem_classes="tw-pane",
                js_on_load=style_sheets.PICK + style_sheets.SHOW,
            )  # fmt: skip

    def wanted(
        plans: list[str] | None, unit: str | None, roles: list[str] | None, group: str | None,
        view: str,
    ) -> Wanted:  # fmt: skip
        return Wanted(tuple(plans or ()), unit or "", tuple(roles or ()), group or "", view)

    def shown(*said: Any) -> str:
        *fields, lang, beside = said
        return tasking.table(wanted(*fields), lang, beside)

    def select(event: gr.EventData, *said: Any) -> tuple[Any, ...]:
        *fields, lang, before = said
        beside: Beside = tasking.select(event._data, before)
        table = tasking.table(wanted(*fields), lang, beside)
        return table, tasking.beside(beside, lang), beside

    def picked(event: gr.EventData) -> tuple[Any, ...]:
        """What there is instead, or no filter at all; or an action to compare."""
        data = event._data
        if "action" in data:
            return gr.skip(), gr.skip(), gr.skip(), gr.skip(), str(data["action"])
        if "clear" in data:
            return [], None, [], None, gr.skip()
        return (
            gr.skip(),
            str(data["unit"]) if "unit" in data else gr.skip(),
            [str(data["role"])] if "role" in data else gr.skip(),
            str(data["group"]) if "group" in data else gr.skip(),
            gr.skip(),
        )

    def remember(unit: str | None, before: object, lang: Lang) -> tuple[Any, ...]:
        if not (unit or "").strip():
            _tell(word(lang, "tasks_mine_none"), lang)
            return before, gr.skip()
        _tell(word(lang, "tasks_kept", unit=unit or ""), lang)
        return unit, _mine(unit or "", lang)

    def recall(kept: object, lang: Lang) -> tuple[Any, ...]:
        if not isinstance(kept, str) or not kept:
            _tell(word(lang, "tasks_mine_none"), lang)
            return gr.skip(), gr.skip()
        return kept, "list"

    def known(plans: list[str] | None) -> tuple[Any, ...]:
        return gr.update(choices=tasking.units(plans or ())), gr.update(
            choices=tasking.groups(plans or ())
        )

    def fields_for(view: str) -> list[Any]:
        """The matrix has places alone."""
        return [gr.update(visible=view == "list") for _ in (unit, roles, group, keep, *saves)]

    def saved(form: str, *said: Any) -> Path | None:
        *fields, lang, _ = said
        try:
            return give(*tasking.file(wanted(*fields), form))
        except InputError as error:
            _tell(tell(error, lang), lang)
            return None

    def translate(kept: object, *said: Any) -> tuple[Any, ...]:
        *_, lang, beside = said
        plain = [gr.update(value=word(lang, f"tasks_{k}")) for k in ("keep", "clear")]
        return (
            gr.update(choices=_views(lang), label=word(lang, "tasks_view")),
            _mine(kept, lang),
            *plain,
            *(gr.update(value=_save(form, lang)) for form in FORMS),
            gr.update(label=word(lang, "tasks_all_plans")),
            gr.update(label=word(lang, "tasks_unit")),
            gr.update(label=word(lang, "tasks_role"), choices=role_choices(lang)),
            gr.update(label=word(lang, "tasks_group")),
            shown(*said),
            tasking.beside(beside, lang),
        )

    def opened(kept: object, lang: Lang) -> tuple[Any, ...]:
        return _mine(kept, lang), gr.update(choices=site.choices()), *known(None)

    filters = [chosen, unit, roles, group, view]
    told = [*filters, lang, beside]
    for field in filters:
        field.change(shown, told, table, **HIDDEN)
    chosen.change(known, chosen, [unit, group], **HIDDEN)
    view.change(fields_for, view, [unit, roles, group, keep, *saves], **HIDDEN)
    table.click(picked, None, [chosen, unit, roles, group, action], **HIDDEN)
    for place in (table, side):
        place.select(select, told, [table, side, beside], **HIDDEN)
    clear.click(lambda: ([], None, [], None), None, filters[:4], **HIDDEN)
    keep.click(remember, [unit, bureau, lang], [bureau, mine], **HIDDEN)
    mine.click(recall, [bureau, lang], [unit, view], **HIDDEN)
    fetch = scripts.fetch("tw-task-file")
    for button, form in zip(saves, FORMS, strict=True):
        button.click(partial(saved, form), told, file, **HIDDEN).then(js=fetch, fn=None)
    words = [view, mine, keep, clear, *saves, chosen, unit, roles, group, table, side]
    lang.change(translate, [bureau, *told], words, **HIDDEN)
    blocks.load(opened, [bureau, lang], [mine, chosen, unit, group], **HIDDEN)
    return action


def _views(lang: Lang) -> list[tuple[str, str]]:
    return [(word(lang, f"tasks_{v}"), v) for v in VIEWS]


def _save(form: str, lang: Lang) -> str:
    names = {"xlsx": "Excel", "docx": "Word", "csv": "CSV"}
    return word(lang, "tasks_save", form=names[form])


def _tell(said: str, lang: Lang) -> None:
    """A notice; what Gradio shows there it reads as HTML."""
    gr.Info(as_text(said), title=word(lang, "name"))


def _mine(unit: object, lang: Lang) -> Any:
    """The button of one's own list; what the browser kept may be anything."""
    known = isinstance(unit, str) and unit
    said = word(lang, "tasks_mine_is", unit=known) if known else word(lang, "tasks_mine")
    return gr.update(value=said)
