"""What a reader must be able to trust about the Python code."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.structure.source import ROOT, calls_of, imports_of, name_of, tracked, tree_of

CODE = [*tracked("tracker", ".py"), ROOT / "config.py"]
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base"}
OTHER_CLOCKS = re.compile(
    r"(^|\.)(datetime\.(now|utcnow|today)|date\.today"
    r"|time\.(time|time_ns|localtime|gmtime|strftime|ctime))$"
)
# Beside the one clock: a stopwatch may read the machine's, a moment of work may not.
CLOCKS = {ROOT / "tracker" / "clock.py"}
CATCH_ALL = {"tracker/jobs/scheduler.py", "tracker/web/errors.py"}


# What must never be written, each where it would break one contract.
PLANTED = {
    "domain/planted.py": "import tracker.models",
    "services/planted.py": "import flask\nimport config",
    "web/planted.py": "import sqlalchemy",
    "jobs/planted.py": "import apscheduler",
    "planted.py": "",
}


@pytest.mark.slow
def test_the_layers_hold() -> None:
    checked = lint_imports(ROOT)

    assert checked.returncode == 0, checked.stdout[checked.stdout.find("Broken contracts") :]


@pytest.mark.slow
def test_each_contract_of_the_layers_can_be_broken(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tracker", tmp_path / "tracker")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, source in PLANTED.items():
        planted = tmp_path / "tracker" / name
        planted.parent.mkdir(exist_ok=True)
        (planted.parent / "__init__.py").touch()
        planted.write_text(source)

    found = lint_imports(tmp_path).stdout

    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert f"0 kept, {len(contracts['contracts'])} broken" in found
    assert "tracker.planted" in found


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_rules_stand_on_the_standard_library_alone() -> None:
    foreign = {
        f"{name_of(path)}: {module}"
        for path in [*tracked("tracker/domain", ".py"), ROOT / "tracker" / "clock.py"]
        for module in imports_of(path)
        if module.split(".")[0] not in sys.stdlib_module_names
        and not module.startswith("tracker.domain")
    }

    assert foreign == set()


def test_the_command_line_knows_neither_the_application_nor_the_scheduler() -> None:
    known = {
        f"{name_of(path)}: {module}"
        for path in tracked("tracker/cli", ".py")
        for module in imports_of(path)
        if module.startswith(("tracker.app", "tracker.jobs.scheduler"))
    }

    assert known == set()


@pytest.mark.slow
def test_there_is_one_clock() -> None:
    others = {
        f"{name_of(path)}, line {line}: {call}"
        for path in CODE
        if path not in CLOCKS
        for call, line in calls_of(path)
        if OTHER_CLOCKS.search(call)
    }

    assert others == set()


@pytest.mark.parametrize(
    "call", ["datetime.now", "datetime.datetime.now", "date.today", "time.time"]
)
def test_another_clock_would_be_noticed(call: str) -> None:
    assert OTHER_CLOCKS.search(call)
    assert not OTHER_CLOCKS.search("clock.now")


def test_a_name_says_what_it_holds() -> None:
    vague = {
        name_of(path)
        for path in [*CODE, *tracked("tests", ".py")]
        if path.stem in FORBIDDEN_NAMES and name_of(path) != "tracker/models/base.py"
    }

    assert vague == set()


@pytest.mark.slow
def test_each_file_says_what_a_reader_finds_in_it() -> None:
    silent = {
        name_of(path)
        for path in [*CODE, *tracked("tests", ".py"), *tracked("migrations", ".py")]
        if not (ast.get_docstring(tree_of(path)) or "").strip()
    }

    assert silent == set()


def test_imports_stand_at_the_head_of_a_file() -> None:
    inside = {
        f"{name_of(path)}, line {node.lineno}"
        for path in CODE
        for function in ast.walk(tree_of(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }

    assert inside == set()


def test_everything_is_caught_only_at_the_edge() -> None:
    broad = {
        f"{name_of(path)}, line {node.lineno}"
        for path in CODE
        if name_of(path) not in CATCH_ALL
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
    }

    assert broad == set()


def test_a_transaction_is_committed_in_one_place() -> None:
    commits = {
        f"{name_of(path)}, line {line}"
        for path in CODE
        if name_of(path) != "tracker/database.py"
        for call, line in calls_of(path)
        if call.endswith("session.commit")
    }

    assert commits == set()
