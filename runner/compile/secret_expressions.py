"""What templates make of `env_var()`: hidden as the value itself is (B7)."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

from jinja2 import nodes

from runner.secret_values import SECRETS

ENV_VAR, HIDDEN = "env_var", "_hidden"
"""Functions of templates: what reads a variable, and what hides the value made of it."""


def hiding_secrets(template: nodes.Template) -> nodes.Template:
    """Put a call of `_hidden` around each expression that makes a text of `env_var()`.

    `{{ env_var('SALT') | upper }}` then hides the text in capitals, too.
    """
    for output in template.find_all(nodes.Output):
        output.nodes = [_hiding(node) for node in output.nodes]
    for assigned in template.find_all(nodes.Assign):
        assigned.node = _hiding(cast(nodes.Expr, assigned.node))
    return template


def hide_made(read: Callable[[str], str | None]) -> Callable[[Any, str], Any]:
    """Return the template function `_hidden(value, name)`, which returns the value."""

    def hidden(value: Any, name: str) -> Any:
        if read(name) is not None:
            SECRETS.add(str(value), f"env_var('{name}')")
        return value

    return hidden


def _hiding(node: nodes.Expr) -> nodes.Expr:
    names = [*_variables(node)]
    if not names:
        return node
    if isinstance(node, nodes.CondExpr):
        node.expr1 = _hiding(node.expr1)
        node.expr2 = node.expr2 and _hiding(node.expr2)
        return node
    # What a macro makes is SQL: only what it is given is hidden.
    if macros := [call for call in _calls(node) if _name(call) not in ("", ENV_VAR)]:
        for call in macros:
            call.args = [_hiding(argument) for argument in call.args]
            for keyword in call.kwargs:
                keyword.value = _hiding(keyword.value)
        return node
    function = nodes.Name(HIDDEN, "load", lineno=node.lineno)
    given: list[nodes.Expr] = [node, nodes.Const(names[0])]
    return nodes.Call(function, given, [], None, None, lineno=node.lineno)


def _calls(node: nodes.Node) -> Iterable[nodes.Call]:
    own = [node] if isinstance(node, nodes.Call) else []
    return [*own, *node.find_all(nodes.Call)]


def _name(call: nodes.Call) -> str:
    return call.node.name if isinstance(call.node, nodes.Name) else ""


def _variables(node: nodes.Node) -> Iterator[str]:
    for call in _calls(node):
        if _name(call) == ENV_VAR and call.args and isinstance(call.args[0], nodes.Const):
            yield str(call.args[0].value)
