"""The house keeps its own rules: size, names, imports, and the one door through which a state changes."""

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("config", "notifications", "cases", "workflow")
MADE_HERE = {".git", ".venv", "var", "__pycache__", ".hypothesis"}
DOOR = "workflow/engine.py"
NAMELESS = {"utils", "util", "helpers", "helper", "services", "service", "common", "misc"}
TEXTS = {"", ".py", ".toml", ".lock", ".md", ".html", ".css", ".js", ".svg", ".yaml", ".txt", ".csv"}


def house_files():
    """Return every file of the house but what this machine makes, as paths from the root."""
    found = [path for entry in ROOT.iterdir() if not is_made_here(entry.name) for path in walk(entry)]
    return sorted(path.relative_to(ROOT) for path in found)


def walk(entry):
    """Return the file itself, or all files below a directory."""
    candidates = [entry] if entry.is_file() else entry.rglob("*")
    return [path for path in candidates if path.is_file() and not MADE_HERE & set(path.parts)]


def is_made_here(name):
    """Say whether a name at the root is a product of this machine: environment, database, caches."""
    return name in MADE_HERE or name.endswith("_cache")


def code(*tops):
    """Return the Python files under these packages, migrations apart, because Django writes those."""
    return [
        path
        for path in house_files()
        if path.suffix == ".py" and path.parts[0] in tops and "migrations" not in path.parts
    ]


@cache
def tree(path):
    """Return the syntax tree of a file."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def calls(*tops):
    """Yield every call of these packages with its place."""
    for path in code(*tops):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                yield path.as_posix(), node


def called(call):
    """Return the bare name of what is called."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def keywords(call):
    """Return the keyword arguments of a call that are written out."""
    return {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}


# ── Size ────────────────────────────────────────────────────────────────────


def test_no_file_is_longer_than_300_lines_and_no_test_than_400():
    sized = [path for path in house_files() if path.suffix in {".py", ".html", ".css", ".js"}]
    lengths = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in sized}
    too_long = {
        str(path): lines
        for path, lines in lengths.items()
        if "migrations" not in path.parts and lines > (400 if path.parts[0] == "tests" else 300)
    }
    assert too_long == {}


def test_nine_functions_in_ten_are_under_20_lines():
    functions = [
        node.end_lineno - node.lineno + 1
        for path in code(*PACKAGES)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    short = sum(1 for lines in functions if lines < 20)
    assert short >= 0.9 * len(functions), f"{short} short functions of {len(functions)}"


# ── Names ───────────────────────────────────────────────────────────────────


def test_no_file_lacks_a_noun():
    nameless = [str(path) for path in house_files() if NAMELESS & {*path.parts[:-1], path.stem}]
    assert nameless == []


def test_every_module_says_why_it_exists():
    silent = [
        str(path)
        for path in code(*PACKAGES)
        if path.name not in {"apps.py", "__init__.py"}  # because Django and Python ask for those
        and (ROOT / path).read_text(encoding="utf-8").strip()
        and not ast.get_docstring(tree(path))
    ]
    assert silent == []


def test_tests_mirror_code():
    """tests/X/test_y.py tests a module or package y of X; stories, browsers and the house's own test stand apart."""
    orphans = [
        str(path)
        for path in code("tests")
        if path.name.startswith("test_") and path.parts[1] in PACKAGES and not mirrored(path)
    ]
    assert orphans == []


def mirrored(path):
    """Say whether the code a test names is there, possibly as one of its parts (test_engine_races)."""
    words = path.stem.removeprefix("test_").split("_")
    names = {"_".join(words[:end]) for end in range(1, len(words) + 1)}
    modules = {part.stem.strip("_") for part in ROOT.joinpath(*path.parts[1:-1]).rglob("*")}
    return bool(names & modules) or "pytest.mark.browser" in (ROOT / path).read_text(encoding="utf-8")


# ── Imports ─────────────────────────────────────────────────────────────────


def test_imports_go_down_only():
    """In a process of its own, because import-linter silences every logger that it does not know."""
    linter = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    told = subprocess.run([sys.executable, "-c", linter], cwd=ROOT, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout


# ── One door ────────────────────────────────────────────────────────────────


def test_nobody_writes_a_state_past_the_engine():
    writers = {"update", "create", "get_or_create", "update_or_create"}
    found = [
        f"{path}:{call.lineno}"
        for path, call in calls(*PACKAGES, "tests")
        if called(call) in writers and "state" in keywords(call) and path != DOOR
    ]
    assert found == []


def test_no_lock_stops_those_who_only_point_at_the_row():
    """A full FOR UPDATE makes whoever writes a row that names this one wait: that is how two people deadlock."""
    taken = [
        (place, keywords(call)) for place, call in calls(*PACKAGES) if called(call) == "select_for_update"
    ]
    assert [place for place, named in taken if "no_key" not in named and "skip_locked" not in named] == []


def test_no_arrow_leaves_from_everywhere():
    found = [
        f"{path}:{call.lineno}"
        for path, call in calls(*PACKAGES)
        if called(call) == "transition" and getattr(keywords(call).get("source"), "value", "") in {"*", "+"}
    ]
    assert found == []


# ── Words ───────────────────────────────────────────────────────────────────


def test_no_view_holds_a_sentence():
    """Sentences stand where who writes French finds them: words, enums, forms, tables, templates, refusals."""
    spoken = [
        f"{path}:{node.lineno} {node.value}"
        for path in code(*PACKAGES)
        if "views" in path.parts
        for node in strings(tree(path))
        if re.search(r"[^\W\d_]{2,}[ ’][^\W\d_]{2,}", node.value)
    ]
    assert spoken == []


def strings(top):
    """Every string of a module but those that explain it."""
    told = {node.value for node in ast.walk(top) if isinstance(node, ast.Expr)}
    found = [node for node in ast.walk(top) if isinstance(node, ast.Constant) and node not in told]
    return [node for node in found if isinstance(node.value, str)]


# ── A form inside an include ────────────────────────────────────────────────


def test_no_included_form_loses_its_token():
    """`only` leaves the token outside: a browser's POST would be refused, which no test client sees."""
    pages = {
        path: (ROOT / path).read_text(encoding="utf-8") for path in house_files() if path.suffix == ".html"
    }
    with_forms = {
        path.as_posix().partition("templates/")[2] for path, text in pages.items() if "{% csrf_token" in text
    }
    includes = re.compile(r'{% include "([^"]+)"([^%]*)\bonly %}')
    lost = [
        f"{path}: {name}"
        for path, text in pages.items()
        for name, given in includes.findall(text)
        if name in with_forms and "csrf_token=csrf_token" not in given
    ]
    assert lost == []


# ── What is committed names no machine ──────────────────────────────────────


@pytest.mark.parametrize(
    "forbidden",
    [
        r"(?<![\w.])/(?:work|root|home|opt|tmp)/",  # a path of somebody's machine
        r"://[^\s/]+/simple\b",  # a package index
        r"://\S*py(?:pi|thonhosted)\b",
    ],
)
def test_no_file_names_a_machine_or_a_package_index(forbidden):
    found = [
        f"{path}:{number}"
        for path in house_files()
        if path.suffix in TEXTS
        for number, line in enumerate((ROOT / path).read_text(encoding="utf-8").splitlines(), 1)
        if re.search(forbidden, line)
    ]
    assert found == []


def test_nothing_that_a_machine_makes_is_committed():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    committed = [name for name in listed.stdout.split("\0") if name]
    assert [name for name in committed if is_made_here(name.split("/")[0]) or name.endswith(".pyc")] == []


# ── The locks ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_package_has_its_hashes(lock):
    entries = re.split(r"\n(?=[a-z])", (ROOT / lock).read_text(encoding="utf-8"))[1:]
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert [entry.split()[0] for entry in entries if not re.match(r"[a-z0-9._-]+==\S+", entry)] == []


def test_the_locks_hold_all_that_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = project["project"]["dependencies"]
    assert names(asked) - locked("requirements.lock") == set()
    assert names(asked + project["dependency-groups"]["dev"]) - locked("requirements-dev.lock") == set()


def test_the_tools_are_tried_with_the_very_versions_that_run():
    assert pins("requirements.lock") - pins("requirements-dev.lock") == set()


def names(requirements):
    """Return the normalised names of requirements."""
    return {
        re.match(r"[\w.-]+", text)[0].lower().replace(".", "-").replace("_", "-") for text in requirements
    }


def pins(lock):
    """Return the « name==version » pairs of a lock."""
    return set(re.findall(r"^([a-z0-9._-]+==\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))


def locked(lock):
    """Return the normalised names of a lock."""
    return names(pin.split("==")[0] for pin in pins(lock))
