"""The rules of the house that no linter knows: CONTRIBUTING.md says why each exists.

Every rule is a function over one file that yields `(line, sentence)`; `main` walks the tree.
"""

import ast
import io
import re
import sys
import tokenize
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
APPS = {
    "accounts",
    "admission",
    "catalogue",
    "config",
    "contracts",
    "desk",
    "documents",
    "lifecycle",
    "partners",
    "procurement",
}
NOT_OURS = {".git", ".venv", ".venv-uv", "node_modules", "var", "vendor", "__pycache__", "assets"}
LONGEST_FILE = 450
NO_IDEA = {"utils", "helpers", "services", "common", "misc"}
CLOCKS = {"datetime", "date", "timezone", "time"}
READINGS = {"now", "utcnow", "today", "localdate", "localtime", "time", "time_ns"}
LEFT_UNDONE = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
INLINE = {
    re.compile(r"\sstyle\s*=", re.IGNORECASE): "an inline style: it belongs in the style sheet (CSP refuses it)",
    re.compile(r"<style\b", re.IGNORECASE): "an inline style sheet (CSP refuses it)",
    re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE): "an inline script (CSP refuses it)",
    re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE): "an inline event handler (CSP refuses it)",
    re.compile(r"javascript:", re.IGNORECASE): "a script in a link (CSP refuses it)",
}
DECIDES = re.compile(r"{%\s*(?:el)?if\b[^%]*\bstate\b[^%]*(?:==|!=|\bin\b)")


def main():
    findings = [
        f"{path.relative_to(HERE)}:{line}: {sentence}"
        for path in sorted(files(HERE))
        for line, sentence in sorted(of_file(path.relative_to(HERE), path.read_text(encoding="utf-8")))
    ]
    for finding in findings:
        print(finding)
    return 1 if findings else 0


def files(folder):
    for path in folder.iterdir():
        if path.is_dir():
            if path.name not in NOT_OURS:
                yield from files(path)
        elif path.suffix in {".py", ".html"} or path.name == "Makefile":
            yield path


def of_file(path, text):
    """All findings in one file; `path` is relative to the root of the house."""
    if path.suffix == ".py":
        yield from left_undone(text)
        yield from shape(path, text)
        if path.parts[0] in APPS | {"scripts", "bench"} and "migrations" not in path.parts:
            tree = ast.parse(text)
            for node in ast.walk(tree):
                yield from of_node(path, node)
    elif path.suffix == ".html":
        yield from of_template(path, text)


def shape(path, text):
    if path.stem in NO_IDEA or NO_IDEA & set(path.parts[:-1]):
        yield 1, f"a module is named after an idea, not {path.stem!r}"
    lines = text.count("\n")
    if lines > LONGEST_FILE and "migrations" not in path.parts:
        yield LONGEST_FILE, f"{lines} lines: this is more than one idea"


def left_undone(text):
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and LEFT_UNDONE.search(token.string):
            yield token.start[0], "finish it or open an issue; the code keeps no list of what is left undone"


# -- one node of a Python file --------------------------------------------------------------------
def of_node(path, node):
    if path.as_posix() != "lifecycle/clock.py" and reads_time(node):
        yield node.lineno, "only lifecycle.clock reads the time"
    if isinstance(node, ast.Call):
        yield from of_call(node)


def reads_time(node):
    match node:
        case ast.Attribute(attr=attr, value=ast.Name(id=base) | ast.Attribute(attr=base)):
            return attr in READINGS and base in CLOCKS
        case ast.ImportFrom(module="django.utils.timezone" | "time", names=names):
            return any(name.name in READINGS for name in names)
        case ast.ImportFrom(module="django.db.models.functions", names=names):
            return any(name.name == "Now" for name in names)
        case ast.keyword(arg="auto_now" | "auto_now_add"):
            return True
    return False


def of_call(node):
    called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if called == "update" and any(keyword.arg == "state" for keyword in node.keywords):
        yield node.lineno, "a state changes only through lifecycle.steps.fire"
    if called == "bulk_update" and any(
        isinstance(part, ast.Constant) and part.value == "state" for part in ast.walk(node)
    ):
        yield node.lineno, "a state changes only through lifecycle.steps.fire"
    if called == "refresh_from_db":
        yield node.lineno, "refresh_from_db lifts the protection of the state for all threads: fetch the record anew"
    if called == "get_model":
        yield node.lineno, "no look-up of models by name: import downwards, or let the upper app register"
    if called == "send_task":
        yield node.lineno, "no look-up of tasks by name: owe it to the outbox"


# -- templates --------------------------------------------------------------------------------------
def of_template(path, text):
    printed = path.parts[:2] == ("templates", "pdf")
    for number, line in enumerate(text.splitlines(), start=1):
        if not printed:
            yield from ((number, sentence) for pattern, sentence in INLINE.items() if pattern.search(line))
        if DECIDES.search(line):
            yield number, "a template compares a state: let the record, its steps or its tone say it"
        if LEFT_UNDONE.search(line):
            yield number, "finish it or open an issue; the code keeps no list of what is left undone"


if __name__ == "__main__":
    sys.exit(main())
