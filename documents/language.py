"""The template language of legal staff: a closed part of Jinja over plain data.

Two locks, independent of each other: what is not on the list of allowed constructs is refused when a text is saved (with
the line), and the sandbox in which texts are rendered can look up names in dicts and nothing else.
"""

import functools

from django.utils.translation import gettext as _
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from documents import markup
from documents.jinja_words import in_words
from documents.markup import Fault
from documents.words import FILTERS

LOOP = dict.fromkeys(("index", "first", "last", "length"), "")
TESTS = {"none": lambda value: value is None}
LEAF = ""

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Name, nodes.Const, nodes.Getattr,
    nodes.Getitem, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
    nodes.CondExpr, nodes.Concat, nodes.List, nodes.Tuple, nodes.Call, nodes.Keyword,
)  # fmt: skip


class LanguageError(Exception):
    """A text that cannot be rendered with this data; `line` is where, when it is known."""

    def __init__(self, message, line=None):
        self.line, self.reason = line, message
        super().__init__(f"Regel {line}: {message}" if line else message)


class Missing(ValueError):
    """An expression has no value: a legal text must not show a hole."""


class Environment(ImmutableSandboxedEnvironment):
    """Looks names up in dicts and positions in lists; Python's attributes do not exist here."""

    def getattr(self, obj, attribute):
        if isinstance(obj, LoopContext):
            return getattr(obj, attribute) if attribute in LOOP else self.undefined(obj=obj, name=attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj, argument):
        if isinstance(obj, dict) and isinstance(argument, str) and argument in obj:
            return obj[argument]
        if isinstance(obj, list) and isinstance(argument, int) and -len(obj) <= argument < len(obj):
            return obj[argument]
        return self.undefined(obj=obj, name=argument)

    def is_safe_callable(self, obj):
        return getattr(obj, "is_clause_lookup", False)


def _shown(value):
    if value is None:
        raise Missing
    return value


def _environment():
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.filters = dict(FILTERS)
    environment.tests = dict(TESTS)
    environment.globals = {}
    return environment


ENVIRONMENT = _environment()


@functools.lru_cache(maxsize=256)
def _compiled(source):
    return ENVIRONMENT.from_string(source)


def render(source: str, context: dict, clauses: dict[str, str] | None = None) -> Markup:
    """The body as HTML. Clauses are texts by code; each is rendered over the same data."""

    def clause(code):
        if code not in (clauses or {}):
            raise LanguageError(_("de clausule “%(code)s” bestaat niet.") % {"code": code})
        return _rendered(clauses[code], context)

    clause.is_clause_lookup = True
    return _rendered(source, context | {"clause": clause})


def _rendered(source, context):
    try:
        return Markup(_compiled(source).render(context))  # noqa: S704 -- rendered with autoescape from a checked text
    except LanguageError:
        raise
    except Missing as error:
        raise LanguageError(_("een gegeven is leeg."), _line_of(error)) from error
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        raise LanguageError(str(error), _line_of(error)) from error


def _line_of(error):
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    line, step = None, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == "<template>":
            line = step.tb_lineno
        step = step.tb_next
    return line


# -- checking what is saved ---------------------------------------------------------------------


def check(source: str, schema: dict, clauses: frozenset | set = frozenset(), *, clause_itself=False) -> list[Fault]:
    """Every fault in a text, with its line: syntax, forbidden constructs, unknown variables and filters, markup.

    `clauses` are the codes of the clauses that can be used; a clause itself uses none.
    """
    try:
        tree = ENVIRONMENT.parse(source)
    except TemplateError as error:
        what = _("dit is geen geldige sjabloontaal: %s.") % in_words(error.message or "")
        return [Fault(getattr(error, "lineno", 1) or 1, what)]
    checker = _Checker(frozenset() if clause_itself else frozenset(clauses))
    checker.visit(tree, dict(schema))
    return sorted(set(checker.faults + markup.check_source(_without_expressions(source))))


def try_out(source: str, example: dict, clauses: dict[str, str]) -> list[Fault]:
    """What goes wrong when a checked text is rendered over an example: an empty value, a tag that is not closed."""
    try:
        body = render(source, example, clauses)
    except LanguageError as error:
        return [Fault(error.line or 1, error.reason)]
    unbalanced = markup.unbalanced(body)
    return [Fault(1, unbalanced)] if unbalanced else []


@functools.lru_cache(maxsize=256)
def clauses_in(source: str) -> frozenset[str]:
    """The codes of the clauses that a text uses."""
    return frozenset(
        call.args[0].value
        for call in ENVIRONMENT.parse(source).find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name == "clause" and call.args
    )


def _without_expressions(source):
    """The text with a placeholder for every expression, block and comment, on the same lines."""
    result, inside = [], False
    for _line, kind, value in ENVIRONMENT.lex(source):
        if kind in {"variable_begin", "block_begin", "comment_begin", "raw_begin", "raw_end"}:
            inside = kind not in {"raw_begin", "raw_end"}
            result.append(markup.PLACEHOLDER)
        result.append(value if kind == "data" and not inside else "\n" * value.count("\n"))
        if kind in {"variable_end", "block_end", "comment_end"}:
            inside = False
    return "".join(result)


class _Checker:
    """Walks a template with what each name stands for in the schema."""

    def __init__(self, clauses):
        self.clauses = clauses
        self.faults = []

    def fault(self, node, message):
        self.faults.append(Fault(node.lineno, message))

    def visit(self, node, names):
        """Check a node; for an expression, return what it stands for: a part of the schema, or a single value."""
        if not isinstance(node, _ALLOWED):
            construct = type(node).__name__
            self.fault(node, _("de constructie “%(construct)s” is niet toegelaten.") % {"construct": construct})
            return LEAF
        method = getattr(self, f"visit_{type(node).__name__.lower()}", self.visit_children)
        return method(node, names)

    def visit_children(self, node, names):
        for child in node.iter_child_nodes():
            self.visit(child, names)
        return LEAF

    def visit_output(self, node, names):
        for child in node.nodes:
            meaning = self.visit(child, names)
            if isinstance(meaning, dict | list):
                self.fault(child, _("dit is een groep of lijst; toon er één gegeven van."))

    def visit_name(self, node, names):
        if node.name not in names:
            self.fault(node, _("de variabele “%(name)s” bestaat niet.") % {"name": node.name})
            return LEAF
        return names[node.name]

    def visit_getattr(self, node, names):
        return self._member(node, self.visit(node.node, names), node.attr)

    def visit_getitem(self, node, names):
        meaning = self.visit(node.node, names)
        if not isinstance(node.arg, nodes.Const):
            self.fault(node, _("tussen [ ] kan alleen een vaste naam of een vast nummer staan."))
            return LEAF
        if isinstance(meaning, list) and isinstance(node.arg.value, int):
            return meaning[0]
        return self._member(node, meaning, node.arg.value)

    def _member(self, node, meaning, name):
        if isinstance(meaning, dict) and name in meaning:
            return meaning[name]
        self.fault(node, _("de variabele heeft geen gegeven “%(name)s”.") % {"name": name})
        return LEAF

    def visit_for(self, node, names):
        meaning = self.visit(node.iter, names)
        if node.recursive or not isinstance(node.target, nodes.Name):
            self.fault(node, _("een herhaling heeft één naam: {% for lot in lots %}."))
            return
        if not isinstance(meaning, list):
            self.fault(node, _("een herhaling kan alleen over een lijst."))
            meaning = [LEAF]
        inner = names | {node.target.name: meaning[0], "loop": LOOP}
        if node.test is not None:
            self.visit(node.test, inner)
        for child in node.body:
            self.visit(child, inner)
        for child in node.else_:
            self.visit(child, names)

    def visit_condexpr(self, node, names):
        self.visit(node.test, names)
        if node.expr2 is None:
            self.fault(node, _("zeg met “else” wat er anders staat."))
        meanings = [self.visit(each, names) for each in (node.expr1, node.expr2) if each is not None]
        return meanings[0]

    def visit_filter(self, node, names):
        if node.node is None or node.name not in FILTERS:
            self.fault(node, _("de filter “%(name)s” bestaat niet.") % {"name": node.name})
            return LEAF
        self.visit(node.node, names)
        for argument in (*node.args, *(keyword.value for keyword in node.kwargs)):
            if not isinstance(argument, nodes.Const):
                self.fault(node, _("een filter krijgt alleen vaste waarden."))
        if node.dyn_args or node.dyn_kwargs:
            self.fault(node, _("een filter krijgt alleen vaste waarden."))
        return LEAF

    def visit_test(self, node, names):
        if node.name not in TESTS:
            self.fault(node, _("de vraag “is %(name)s” bestaat niet.") % {"name": node.name})
        self.visit(node.node, names)
        return LEAF

    def visit_call(self, node, names):
        if not (isinstance(node.node, nodes.Name) and node.node.name == "clause"):
            self.fault(node, _("een aanroep is niet toegelaten, behalve clause(“…”)."))
            return LEAF
        fixed = len(node.args) == 1 and isinstance(node.args[0], nodes.Const) and isinstance(node.args[0].value, str)
        if not fixed or node.kwargs or node.dyn_args or node.dyn_kwargs:
            self.fault(node, _("een clausule wordt gebruikt met één vaste code: clause(“…”)."))
        elif node.args[0].value not in self.clauses:
            self.fault(node, _("de clausule “%(code)s” bestaat niet.") % {"code": node.args[0].value})
        return LEAF
