"""Templates compiled without the detours that only dynamic template languages need.

Jinja looks up every attribute by name or as an item, escapes through an object of its own and binds the
arguments of a macro at each call. Our templates read typed views and call macros by position, so the
generated code can read attributes, escape and call directly: the same bytes, in less than half the time. A
call with keyword arguments takes Jinja's way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from types import FunctionType, MethodType
from typing import Any, TypeAlias

import markupsafe
from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    nodes,
)
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

TemplateFault: TypeAlias = TemplateError | AttributeError
TEMPLATE_FAULTS = (TemplateError, AttributeError)
"""What a faulty template raises while it is read or filled."""

_escape_text = getattr(markupsafe, "_escape_inner", escape)


def text(value: Any) -> str:
    """A value as HTML text: plain strings escaped, finished markup as it is."""
    kind = type(value)
    if kind is str:
        return _escape_text(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    if kind is int or kind is float:
        return str(value)
    return escape(value)


def insert(context: Context, function: Any, *arguments: Any) -> str:
    """The text of a call that stands alone between braces."""
    kind = type(function)
    if kind is Macro and function._argument_count == len(arguments):
        return function._func(*arguments)  # type: ignore[no-any-return]
    if kind is FunctionType or kind is MethodType:
        return text(function(*arguments))
    return text(context.call(function, *arguments))


def direct(macro: Any) -> Callable[..., str]:
    """A macro of a template's module as a plain function of its positional arguments."""
    return macro._func  # type: ignore[no-any-return]


class DirectCode(CodeGenerator):
    """Emits direct attribute reads, escapes and macro calls."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """`view.name` as it stands; a missing attribute is an AttributeError at its line."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(  # type: ignore[override]  # noqa: N802 (the caller of a call block comes by keyword)
        self, node: nodes.Call, frame: Frame, **options: Any
    ) -> None:
        """A call; one that is the whole output needs no markup object around its text."""
        if not getattr(node, "inserted", False):
            super().visit_Call(node, frame, **options)
            return
        self.write("environment.insert(context, ")
        self.visit(node.node, frame)
        for argument in node.args:
            self.write(", ")
            self.visit(argument, frame)
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if isinstance(node, nodes.Call) and not (node.kwargs or node.dyn_args or node.dyn_kwargs):
            node.inserted = True  # type: ignore[attr-defined]
        else:
            self.write("environment.text(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not getattr(node, "inserted", False):
            self.write(")")


class DirectTemplate(Template):
    """A template whose imported macros are always those of its module: ours read nothing of the importer."""

    def new_context(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002 (Jinja's name)
        shared: bool = False,
        locals: Mapping[str, Any] | None = None,  # noqa: A002
    ) -> Context:
        """The names that a rendering sees. The globals, a chain of mappings, are made flat once."""
        if shared or locals:
            return super().new_context(vars, shared, locals)
        known: dict[str, Any] | None = getattr(self, "_flat_globals", None)
        if known is None:
            known = self._flat_globals = dict(self.globals)
        return Context(self.environment, {**known, **(vars or {})}, self.name, self.blocks)

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        return self._module or super()._get_default_module()


class CompiledTemplates(BytecodeCache):
    """Compiled templates for the life of the process, whoever renders them next, and for the next process."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}
        self._kept: FileSystemBytecodeCache | None = None

    def keep_in(self, folder: Path) -> None:
        """Read and keep compiled templates in a folder, too, under the name of what compiles them."""
        folder.mkdir(parents=True, exist_ok=True)
        compiler = hashlib.sha256(f"{version('jinja2')} {Path(__file__).read_text('utf-8')}".encode())
        self._kept = FileSystemBytecodeCache(str(folder), f"%s-{compiler.hexdigest()[:16]}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what is known; Jinja checks that the source is the same."""
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])
        elif self._kept:
            self._kept.load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._code[bucket.key] = bucket.bytecode_to_string()
        if self._kept:
            self._kept.dump_bytecode(bucket)


COMPILED = CompiledTemplates()


class DirectEnvironment(Environment):
    """The templates of a folder, compiled by `DirectCode`: escaped, and undefined names are errors."""

    code_generator_class = DirectCode
    template_class = DirectTemplate

    def __init__(self, templates: Path) -> None:
        super().__init__(
            bytecode_cache=COMPILED,
            loader=FileSystemLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        self._known: dict[str, Template] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: Any = None,  # noqa: A002
    ) -> Template:
        """A template by name, compiled once for the life of the environment."""
        if not isinstance(name, str) or globals:
            return super().get_template(name, parent, globals)
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = super().get_template(name, parent)
        return known

    def compile_all(self) -> None:
        """Compile every template, so that processes which are forked now need not do so each."""
        for name in self.list_templates(extensions=["j2"]):
            self.get_template(name)

    text = staticmethod(text)
    insert = staticmethod(insert)
