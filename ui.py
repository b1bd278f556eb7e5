"""The pages: `tiaowen serve` or `python ui.py`, then http://127.0.0.1:7860 in a browser.

They are served to this machine only, unless TIAOWEN_HOST says otherwise and TIAOWEN_AUTH sets a
password, and ask nothing of any other: no analytics, no web fonts, no sharing. Conversations live
in the browser. What is shown is made in `rag/web`, the pages are wired in `rag/web/pages`; this
file puts them under one roof and serves them.

Settings come from the environment, as `tiaowen serve` sets them: TIAOWEN_INDEX, TIAOWEN_CORPUS,
TIAOWEN_HOST, TIAOWEN_PORT, TIAOWEN_FEEDBACK, TIAOWEN_RUNS, and TIAOWEN_AUTH (name:password,
several by commas; the first one alone adds and removes plans and reads what others said).
TIAOWEN_READONLY=1: nobody adds or removes a plan on the page. TIAOWEN_LLM_…: a language model
(rag/llm/settings.py).
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from index.errors import IndexMissing, InputError, TiaowenError
from rag.feedback import Feedback
from rag.llm.settings import Settings
from rag.llm.settings import settings as llm_settings
from rag.web import style
from rag.web.site import Site
from rag.web.words import LANGUAGES, Lang, word

HOST = "127.0.0.1"
PORT = 7860
LARGEST = "50mb"  # of an upload; the longest plan known has 3 MB
ROOT = Path(__file__).resolve().parent
OFFLINE = {
    "GRADIO_ANALYTICS_ENABLED": "0",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "DO_NOT_TRACK": "1",
}
KEPT_S = 86_400  # seconds that files made for downloads are kept
AT_ONCE = 8  # readers served at once by one handler: one who waits for a model holds up nobody


def brand(lang: Lang) -> str:
    """Name and what it is for."""
    return f"<h1>{word(lang, 'name')}</h1><span>{word(lang, 'tagline')}</span>"


def build(site: Site, kept: Feedback, runs: Path, model: Settings | None = None) -> Any:
    """All pages as Gradio Blocks, wired and not yet launched; `runs` is where runs are kept,
    `model` the language model that answers may be worded by."""
    import gradio as gr

    from eval import page as evaluate
    from rag.web.pages import ask, compare, feedback, plans, tasks

    lang0: Lang = "zh"
    pages = ("ask", "plans", "tasks", "compare", "evaluate", "feedback")
    with gr.Blocks(
        title="条问 Tiaowen",
        fill_width=True,
        analytics_enabled=False,
        delete_cache=(KEPT_S, KEPT_S),
    ) as blocks:
        with gr.Row(elem_id="tw-top"):
            head = gr.HTML(brand(lang0), elem_id="tw-brand", js_on_load=None)
            lang = gr.Radio(
                list(LANGUAGES),
                value=lang0,
                show_label=False,
                container=False,
                label=word(lang0, "language"),
                elem_id="tw-language",
            )
        bureau = tasks.remembered()
        with gr.Tabs(elem_id="tw-tabs") as roof:
            tabs = [gr.Tab(word(lang0, f"tab_{name}"), id=name) for name in pages]
        with tabs[0]:
            chosen = ask.build(site, kept, blocks, tabs[0], lang, lang0, model)
        with tabs[1]:
            plans.build(site, readonly(), blocks, roof, tabs[1], chosen, lang, lang0)
        with tabs[2]:
            action = tasks.build(site, blocks, bureau, lang, lang0)
        with tabs[3]:
            compare.build(site, blocks, lang, lang0, action)
        with tabs[4]:
            evaluate.build(site, runs, tabs[4], lang, lang0)
        with tabs[5]:
            feedback.build(site, kept, tabs[5], lang, lang0)

        def translate(lang: Lang) -> tuple[Any, ...]:
            labels = [gr.update(label=word(lang, f"tab_{name}")) for name in pages]
            return brand(lang), gr.update(label=word(lang, "language")), *labels

        lang.change(
            translate, [lang], [head, lang, *tabs], show_progress="hidden", api_visibility="private"
        )
    return blocks


# -- serving ------------------------------------------------------------------------------


def host(users: object) -> str:
    """TIAOWEN_HOST, else this machine alone. Raises InputError where others are to be let in and
    there is no password."""
    raw = os.environ.get("TIAOWEN_HOST") or HOST
    if raw not in (HOST, "localhost", "::1") and not users:
        raise InputError(
            f"TIAOWEN_HOST is {raw}: other machines are let in only with a password; "
            "set TIAOWEN_AUTH=name:password too"
        )
    return raw


def port() -> int:
    """TIAOWEN_PORT, else 7860. Raises InputError for what is no port."""
    raw = os.environ.get("TIAOWEN_PORT") or str(PORT)
    if not raw.isascii() or not raw.isdigit() or not 1 <= int(raw) <= 65535:
        raise InputError(f"TIAOWEN_PORT is {raw!r}; a port is a number from 1 to 65535")
    return int(raw)


def accounts() -> list[tuple[str, str]] | None:
    """The names and passwords of TIAOWEN_AUTH; None where there is none.

    Raises InputError where it is not name:password, several by commas; the message does not
    repeat it.
    """
    raw = os.environ.get("TIAOWEN_AUTH", "")
    if not raw.strip():
        return None
    pairs = [one.strip().partition(":") for one in raw.split(",")]
    if any(not name or not password for name, _, password in pairs):
        raise InputError("TIAOWEN_AUTH must be name:password, several separated by commas")
    return [(name, password) for name, _, password in pairs]


def readonly() -> bool:
    """Whether TIAOWEN_READONLY forbids to add and remove plans on the page."""
    return os.environ.get("TIAOWEN_READONLY", "").strip() not in ("", "0")


def feedback_file() -> Path:
    """TIAOWEN_FEEDBACK, else feedback.sqlite beside the index's folder."""
    raw = os.environ.get("TIAOWEN_FEEDBACK")
    return Path(raw) if raw else ROOT / "feedback.sqlite"


def serve() -> None:
    """Opens the index, then serves until interrupted. Raises TiaowenError where it cannot."""
    from rag.cli import corpus_folder, index_folder, open_assistant

    number, users, model = port(), accounts(), llm_settings(os.environ)
    address = host(users)
    os.environ.update(OFFLINE)
    for name in ("NO_PROXY", "no_proxy"):  # Gradio calls itself once, which no proxy can pass on
        os.environ[name] = ",".join(filter(None, [os.environ.get(name), HOST]))
    settings = argparse.Namespace(corpus=None, index=None, encoder="")
    site = Site(
        lambda: open_assistant(settings),
        index_folder(settings),
        corpus_folder(settings),
        users[0][0] if users else "",
    )
    try:
        import gradio as gr
    except ModuleNotFoundError as error:
        raise InputError("the page needs Gradio; install it: pip install -e '.[ui]'") from error
    theme = gr.themes.Base(
        primary_hue="red", neutral_hue="stone", font=list(style.FONTS), font_mono=list(style.MONO)
    )
    runs = Path(os.environ.get("TIAOWEN_RUNS") or ROOT / "eval" / "out" / "runs")
    blocks = build(site, Feedback(feedback_file()), runs, model)
    blocks.queue(default_concurrency_limit=AT_ONCE)
    try:
        blocks.launch(
            server_name=address,
            server_port=number,
            auth=users,
            max_file_size=LARGEST,
            share=False,
            quiet=True,
            inbrowser=False,
            ssr_mode=False,
            run_history=False,
            mcp_server=False,
            pwa=False,
            footer_links=[],
            enable_monitoring=False,
            prevent_thread_lock=True,
            theme=theme,
            css=style.CSS,
        )
    except OSError as error:
        raise InputError(
            f"port {number} is taken; choose another: tiaowen serve --port {number + 1}"
        ) from error
    print(f"条问 Tiaowen: http://{address}:{number}  (Ctrl+C ends it)", flush=True)
    blocks.block_thread()


def main() -> int:
    """Serves the pages; returns the exit code. Errors are one line."""
    try:
        serve()
    except IndexMissing as error:
        print(f"tiaowen: {error}", file=sys.stderr)
        return 3
    except TiaowenError as error:
        print(f"tiaowen: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
