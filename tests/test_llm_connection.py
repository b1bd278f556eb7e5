"""A model's answers and faults, each told apart, from a scripted server on loopback."""

from __future__ import annotations

import socket
import time
from dataclasses import replace

import pytest

from index.errors import InputError
from rag.llm import errors
from rag.llm.connection import Connection, Deadline
from rag.llm.settings import Settings, settings
from tests.llm_server import Reply, Server, serving

KEY = "sk-very-secret-0123456789"


def asked(server: Server, seconds: float = 5.0, **changes: float) -> str:
    named = Settings("scripted", server.base_url, KEY, wait_s=0.4, retries=0, pause_s=0.01)
    connection = Connection(replace(named, **changes))  # type: ignore[arg-type]
    return "".join(connection.stream("问", Deadline(seconds)))


def test_text_comes_as_the_model_says_it() -> None:
    with serving(Reply("牵头单位为县教育局。[1]")) as server:
        assert asked(server) == "牵头单位为县教育局。[1]"
    assert server.keys == [f"Bearer {KEY}"]
    assert server.bodies[0]["stream"] is True
    assert server.bodies[0]["max_tokens"] == 800
    assert server.bodies[0]["temperature"] == 0


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply("一半", fault="cut"), errors.Cut),
        (Reply("一半", fault="drop"), errors.Cut),
        (Reply(fault="empty"), errors.Empty),
        (Reply(fault="blank"), errors.Empty),
        (Reply(fault="html"), errors.Garbage),
        (Reply(fault="json"), errors.Garbage),
        (Reply(fault="junk"), errors.Garbage),
        (Reply(fault="odd"), errors.Garbage),
        (Reply(fault="told"), errors.Broken),
        (Reply(fault="hang"), errors.Hang),
        (Reply(fault="drip"), errors.Hang),
        (Reply(status=400, message="maximum context length is 4096 tokens"), errors.TooLong),
        (Reply(status=400, message="temperature must be positive"), errors.Rejected),
        (Reply(status=401, message=f"Incorrect API key provided: {KEY}"), errors.Denied),
        (Reply(status=403), errors.Denied),
        (Reply(status=404, message="no model"), errors.NoSuchModel),
        (Reply(status=429), errors.Busy),
        (Reply(status=500), errors.Broken),
        (Reply(status=503), errors.Broken),
    ],
    ids=lambda value: getattr(value, "__name__", None) or f"{value.fault}{value.status}",
)
def test_each_fault_is_told_apart(reply: Reply, error: type[errors.ModelError]) -> None:
    with serving(reply) as server, pytest.raises(errors.ModelError) as raised:
        asked(server)
    assert type(raised.value) is error
    assert KEY not in str(raised.value)
    assert raised.value.__cause__ is None


def test_a_refused_connection_is_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(errors.Unreachable):
        asked(Server(f"http://127.0.0.1:{port}/v1"))


def test_the_time_for_all_is_kept_whatever_trickles_in() -> None:
    with serving(Reply(fault="drip")) as server:
        began = time.monotonic()
        with pytest.raises(errors.Late):
            asked(server, seconds=0.3, wait_s=5.0)
        assert time.monotonic() - began < 2.0


@pytest.mark.parametrize("status", [429, 500])
def test_asking_again_helps_where_it_may(status: int) -> None:
    with serving(Reply(status=status), Reply("好。")) as server:
        assert asked(server, retries=2) == "好。"
    assert len(server.prompts) == 2


@pytest.mark.parametrize(
    "reply", [Reply(status=401), Reply("一半", fault="cut"), Reply(fault="junk")]
)
def test_asking_again_is_left_where_it_does_not(reply: Reply) -> None:
    with serving(reply) as server, pytest.raises(errors.ModelError):
        asked(server, retries=2)
    assert len(server.prompts) == 1


def test_closing_the_stream_cancels_the_request() -> None:
    with serving(Reply("很长的回答" * 200, pace=0.01)) as server:
        stream = Connection(Settings("scripted", server.base_url)).stream("问", Deadline(5))
        assert next(stream)
        stream.close()  # type: ignore[attr-defined]
        assert server.left.wait(2)


def test_a_fault_of_the_program_itself_leaves_nobody_waiting() -> None:
    class Odd:
        def astream(self, _: str) -> None:
            raise SystemError("not an error of a model")

    connection = Connection(Settings("odd", "http://127.0.0.1:9/v1"))
    connection._model = Odd()
    with pytest.raises(errors.Broken):
        list(connection.stream("问", Deadline(1)))


def test_a_library_that_is_not_there_is_told() -> None:
    with pytest.raises(errors.ModelError):
        list(Connection(Settings("nosuchprovider:model")).stream("问", Deadline(1)))


def test_settings_come_from_the_environment() -> None:
    assert settings({}) is None
    assert settings({"TIAOWEN_LLM_BASE_URL": "http://h/v1"}) is None
    named = settings({"TIAOWEN_LLM_MODEL": "qwen", "TIAOWEN_LLM_API_KEY": KEY})
    assert named is not None
    assert (named.mode, named.window) == ("words", 4096)
    assert KEY not in repr(named)
    assert settings({"TIAOWEN_LLM_MODEL": "q", "TIAOWEN_LLM_MODE": "full"}, "off").mode == "off"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("environment", "mode", "said"),
    [
        ({}, "words", "needs a model"),
        ({"TIAOWEN_LLM_MODEL": "q"}, "wörds", "unknown mode"),
        ({"TIAOWEN_LLM_MODEL": "q", "TIAOWEN_LLM_WINDOW": "12"}, None, "WINDOW is '12'"),
        ({"TIAOWEN_LLM_MODEL": "q", "TIAOWEN_LLM_TIMEOUT": "soon"}, None, "TIMEOUT is 'soon'"),
        ({"TIAOWEN_LLM_MODLE": "q"}, None, "unknown setting TIAOWEN_LLM_MODLE"),
    ],
)
def test_faulty_settings_are_refused(
    environment: dict[str, str], mode: str | None, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        settings(environment, mode)
