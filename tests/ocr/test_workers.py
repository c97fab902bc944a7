"""Worker processes with a page reader of the test's own: it sleeps, dies, eats memory on command."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ocr_samples import letter_pdf

from ocr import ReadOptions, read_all, read_each
from ocr.errors import FileMissing
from ocr.workers import PageResult, PageTask, read_pages

READER = """
    import os, signal, subprocess, sys, time
    from ocr.document import Page
    from ocr.errors import PageBroken

    def read(data, number, options):
        what = data.decode().split(",")[number - 1]
        if what.startswith("sleep"):
            time.sleep(float(what.split()[1]))
        elif what == "child":
            subprocess.run(["sleep", f"600.{os.getppid()}"])  # told apart from the sleeps of other test runs
        elif what == "linger":
            child = subprocess.Popen(["sleep", f"600.{os.getppid()}"])
            note = os.path.join(os.path.dirname(__file__), "lingering")
            with open(note + ".part", "w") as file:
                file.write(str(os.getpid()))
            os.rename(note + ".part", note)
            child.wait()
        elif what == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        elif what == "exit":
            sys.exit(7)
        elif what == "bug":
            raise KeyError("a fault of ours")
        elif what == "eat":
            bytearray(3_000_000_000)
        elif what == "coded":
            raise PageBroken(number=number)
        elif what == "scratch":
            import tempfile
            descriptor, what = tempfile.mkstemp()
        text = f"{what} {os.getpid()}"
        return Page(number=number, width=1, height=1, source="ocr", source_reason="", grade="good", text=text)
"""


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "kazus_test_reader.py").write_text(textwrap.dedent(READER))
    monkeypatch.syspath_prepend(str(tmp_path))
    return "kazus_test_reader:read"


def tasks(*documents: str) -> Iterator[PageTask]:
    for index, what in enumerate(documents):
        for number in range(1, len(what.split(",")) + 1):
            yield PageTask(document=index, number=number, load=what.encode)


def run(reader: str, *documents: str, **options: object) -> dict[tuple[int, int], PageResult]:
    chosen = ReadOptions(**({"workers": 1, "page_seconds": 20.0} | options))  # type: ignore[arg-type]
    results = list(read_pages(tasks(*documents), chosen, page_reader=reader))
    assert len({(result.task.document, result.task.number) for result in results}) == len(results)
    return {(result.task.document, result.task.number): result for result in results}


def code(result: PageResult) -> str | None:
    return result.page.error.code if result.page.error else None


def process(result: PageResult) -> str:
    return result.page.text.split()[-1]


def test_pages_are_read_side_by_side_and_every_one_answers(reader: str) -> None:
    started = time.monotonic()
    results = run(reader, "sleep 1,sleep 1", "sleep 1,sleep 1", workers=4)
    assert len({process(result) for result in results.values()}) >= 2
    assert set(results) == {(0, 1), (0, 2), (1, 1), (1, 2)}
    assert time.monotonic() - started < 4 + 6  # four workers take their time to start on a busy machine
    assert all(result.seconds >= 1 for result in results.values())


def test_a_page_beyond_its_time_is_stopped_and_the_next_is_read(reader: str) -> None:
    started = time.monotonic()
    results = run(reader, "sleep 600,ok", page_seconds=1.0)
    assert code(results[0, 1]) == "ocr.page_timed_out"
    assert results[0, 1].page.error is not None
    assert results[0, 1].page.error.parameters == {"number": "1", "seconds": "1"}
    assert 0.9 < results[0, 1].seconds < 10
    assert code(results[0, 2]) is None
    assert time.monotonic() - started < 60


def test_the_recogniser_of_a_stopped_page_is_killed_too(reader: str) -> None:
    run(reader, "child", page_seconds=1.0)
    assert not [line for line in command_lines() if f"600.{os.getpid()}" in line]


def command_lines(parent: int | None = None) -> list[str]:
    """Command lines of the machine's processes, or of the children of one."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):  # it ended meanwhile
                of = int((entry / "stat").read_text(errors="replace").rpartition(")")[2].split()[1])
                if parent in (None, of):
                    found.append((entry / "cmdline").read_text(errors="replace").replace("\0", " "))
    return found


@pytest.mark.parametrize(("what", "how"), [("die", "SIGKILL"), ("exit", "exit 7"), ("bug", "exit 1")])
def test_a_worker_that_dies_is_replaced(reader: str, what: str, how: str) -> None:
    results = run(reader, f"ok,{what},ok")
    assert [code(results[0, number]) for number in (1, 2, 3)] == [None, "ocr.page_worker_crashed", None]
    error = results[0, 2].page.error
    assert error is not None
    assert error.parameters["how"] == how
    assert process(results[0, 1]) != process(results[0, 3])


def test_a_fault_is_told_by_its_place_not_by_its_words(reader: str, capfd: pytest.CaptureFixture[str]) -> None:
    run(reader, "bug")
    told = capfd.readouterr().err
    assert "KeyError at" in told
    assert "kazus_test_reader.py:" in told
    assert "a fault of ours" not in told


def test_a_worker_killed_while_idle_costs_no_page(reader: str) -> None:
    results: list[PageResult] = []
    for result in read_pages(tasks("ok,ok,ok"), ReadOptions(workers=1), page_reader=reader):
        results.append(result)
        if len(results) == 1:
            os.kill(int(process(result)), signal.SIGKILL)
            time.sleep(0.3)
    assert [code(result) for result in results] == [None] * 3
    assert process(results[0]) != process(results[1])


def test_a_greedy_page_runs_out_of_its_own_memory(reader: str) -> None:
    results = run(reader, "eat,ok", memory_bytes=1_500_000_000)
    assert code(results[0, 1]) == "ocr.page_out_of_memory"
    assert results[0, 1].page.error is not None
    assert results[0, 1].page.error.parameters["limit_mb"] == "1500"
    assert code(results[0, 2]) is None
    assert process(results[0, 2])


def test_coded_errors_keep_the_worker(reader: str) -> None:
    results = run(reader, "ok,coded,ok")
    assert code(results[0, 2]) == "ocr.page_broken"
    assert process(results[0, 1]) == process(results[0, 3])


def test_workers_are_replaced_after_their_share_of_pages(reader: str) -> None:
    results = run(reader, "ok,ok,ok,ok,ok", pages_a_worker=2)
    assert len({process(result) for result in results.values()}) == 3


def test_a_document_that_cannot_be_loaded_any_more(reader: str) -> None:
    def gone() -> bytes:
        raise FileMissing()

    lost = PageTask(document=5, number=1, load=gone)
    results = list(read_pages([lost, *tasks("ok")], ReadOptions(workers=1), page_reader=reader))
    assert [code(result) for result in results] == ["ocr.file_missing", None]


def test_temporary_pictures_are_gone_afterwards(reader: str) -> None:
    path = Path(run(reader, "scratch")[0, 1].page.text.split()[0])
    assert "kazus-pages-" in str(path)
    assert not path.exists()
    assert not path.parent.exists()


def test_leaving_early_kills_the_workers(reader: str) -> None:
    results = read_pages(tasks("ok,sleep 600,sleep 600"), ReadOptions(workers=2), page_reader=reader)
    pid = int(process(next(results)))
    assert isinstance(results, Iterator)
    results.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_ctrl_c_ends_the_reading_at_once(reader: str) -> None:
    timer = threading.Timer(2.0, signal.pthread_kill, [threading.main_thread().ident, signal.SIGINT])
    timer.start()
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run(reader, "sleep 600", page_seconds=60.0)
    timer.join()
    assert time.monotonic() - started < 30
    assert not [line for line in command_lines(os.getpid()) if "ocr.page_worker" in line]


def test_the_order_of_documents_and_pages_is_the_callers(tmp_path: Path) -> None:
    for index in (2, 10, 1):
        (tmp_path / f"{index}.pdf").write_bytes(letter_pdf(3, lines=(f"Страница дела номер {index} о взыскании",)))
    heard: list[int] = []
    documents = read_all([tmp_path], ReadOptions(workers=2), lambda event: heard.append(event.done))
    assert [document.name for document in documents] == ["1", "2", "10"]
    assert [[page.number for page in document.pages] for document in documents] == [[1, 2, 3]] * 3
    assert [document.pages[0].text.split()[3] for document in documents] == ["1", "2", "10"]
    assert heard == list(range(1, 10))
    assert all(document.cpu_seconds > 0 for document in documents)


def test_workers_end_with_a_caller_that_is_killed(reader: str, tmp_path: Path) -> None:
    script = (
        "from ocr import ReadOptions; from ocr.workers import PageTask, read_pages\n"
        "list(read_pages([PageTask(document=0, number=1, load=lambda: b'linger')], ReadOptions(workers=1),"
        f" page_reader={reader!r}))"
    )
    root = str(Path(__file__).parents[2])
    environment = os.environ | {"PYTHONPATH": f"{root}:{tmp_path}", "TMPDIR": str(tmp_path)}
    caller = subprocess.Popen([sys.executable, "-c", script], env=environment)
    note = tmp_path / "lingering"
    wait_until(note.exists)
    assert list(tmp_path.glob("kazus-pages-*"))
    caller.kill()
    caller.wait()
    wait_until(lambda: not [line for line in command_lines() if f"600.{caller.pid}" in line])
    wait_until(lambda: not list(tmp_path.glob("kazus-pages-*")))
    worker = Path("/proc") / note.read_text() / "cmdline"
    wait_until(lambda: not worker.exists() or not worker.read_bytes())  # gone, or dead and not yet reaped


def wait_until(true: Callable[[], object]) -> None:
    patience = time.monotonic() + 30
    while not true():
        assert time.monotonic() < patience
        time.sleep(0.05)


def test_documents_come_as_soon_as_they_and_all_before_them_are_read(tmp_path: Path) -> None:
    for name in "абв":
        (tmp_path / f"{name}.txt").write_text(f"{name}\f{name}")
    (tmp_path / "г.txt").write_text("а\fа")  # a copy of the first
    heard: list[int] = []
    seen = [
        (document.name, document.copy_of, len(document.pages), len(heard))
        for document in read_each([tmp_path], ReadOptions(workers=1), lambda event: heard.append(event.done))
    ]
    assert seen == [("а", None, 2, 2), ("б", None, 2, 4), ("в", None, 2, 6), ("г", 0, 2, 6)]


def test_a_caller_without_a_main_guard_may_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("текст")
    script = tmp_path / "script.py"
    script.write_text("from ocr import read\nprint(read('a.txt').pages[0].text)\n")
    (tmp_path / "text.py").write_text("raise SystemExit('a stray file was imported')")
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-P", str(script)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": root},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "текст"), done.stderr
