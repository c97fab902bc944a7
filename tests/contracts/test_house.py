"""The house as promised: arrows between rooms, names that shadow nobody, no word about places outside."""

from __future__ import annotations

import importlib.metadata
import re
import subprocess
from pathlib import Path

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parent.parent.parent
ROOMS = (
    "kazus",
    "cases",
    "library",
    "intake",
    "ocr",
    "classify",
    "search",
    "text",
    "store",
    "models",
    "benchmarks",
    "tests",
    "notebooks",
)
TEXT_SUFFIXES = {".py", ".md", ".toml", ".ipynb", ".json", ".sh", ".txt", ".csv", ".lock", ""}


def tracked_files() -> list[Path]:
    """Files of the project: what git tracks, or every file outside hidden folders in an export without git."""
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode == 0 and listing.stdout:
        return [ROOT / name for name in listing.stdout.splitlines() if (ROOT / name).is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and not any(part[0] == "." for part in path.parts[1:])]


def test_arrows_between_rooms_are_kept() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS


def test_top_level_names_shadow_no_installed_distribution() -> None:
    owners = importlib.metadata.packages_distributions()
    for room in ROOMS:
        foreign = set(owners.get(room, [])) - {"kazus"}
        assert not foreign, f"{room} is also a package of {foreign}"


def test_only_make_and_ci_name_the_outside_folder() -> None:
    outside = re.compile(r"\.\./" + "shared|/" + r"work/|pypi\." + r"org|/opt/" + "pypi")
    naming = {
        path.relative_to(ROOT).as_posix()
        for path in tracked_files()
        if path.suffix in TEXT_SUFFIXES and outside.search(path.read_text(encoding="utf-8", errors="replace"))
    }
    assert naming <= {"Makefile", ".ci/run"}


def test_files_stay_readable_in_length() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in tracked_files()
        if path.suffix == ".py"
        and "tests" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 550
    }
    assert not long
