"""argparse in Chinese: headings, help, and one line for what was typed wrong."""

from __future__ import annotations

import argparse
import re
import sys
from typing import Any, NoReturn

EXIT_NOT_UNDERSTOOD = 2

# argparse's own sentences → ours. Argument names come as "--limit" or "--limit/-l", unchanged.
SENTENCES = tuple(
    (re.compile(pattern, re.DOTALL), chinese)
    for pattern, chinese in (
        (r"the following arguments are required: (?P<names>.+)", "缺少参数：{names}。"),
        (r"unrecognized arguments: (?P<names>.+)", "多出了不认识的参数：{names}。"),
        (
            r"argument (?P<name>.+?): invalid choice: (?P<value>.+?) "
            r"\((?:choose from (?P<choices>.+)|maybe you meant .+)\)",
            "{name} 不能是 {value}，只能是：{choices}。",
        ),
        (
            r"argument (?P<name>.+?): invalid \S+ value: (?P<value>.+)",
            "{name} 的值 {value} 写法不对。",
        ),
        (r"argument (?P<name>.+?): expected one argument", "{name} 后面要写一个值。"),
        (r"argument (?P<name>.+?): expected at least one argument", "{name} 后面至少要写一个值。"),
        (r"argument (?P<name>.+?): expected at most one argument", "{name} 后面最多写一个值。"),
        (r"argument (?P<name>.+?): expected (?P<n>\d+) arguments?", "{name} 后面要写 {n} 个值。"),
        (
            r"argument (?P<name>.+?): ignored explicit argument (?P<value>.+)",
            "{name} 是开关，后面不写值（写了 {value}）。",
        ),
        (
            r"argument (?P<name>.+?): not allowed with argument (?P<other>.+)",
            "{name} 和 {other} 只能写一个。",
        ),
        (r"one of the arguments (?P<names>.+) is required", "要写明其中一个：{names}。"),
        (
            r"ambiguous option: (?P<name>.+?) could match (?P<names>.+)",
            "{name} 不完整，可能是：{names}。",
        ),
    )
)


def in_chinese(message: str) -> str:
    """Return argparse's *message* as a Chinese sentence; an unknown one is quoted as it is."""
    for pattern, chinese in SENTENCES:
        found = pattern.fullmatch(message)
        if found:
            return chinese.format(**found.groupdict())
    return f"参数有误（{message}）。"


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Keeps the examples' line breaks and says 用法 instead of usage."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An argument parser for a county clerk. Exit code 2 for what is not understood."""

    def __init__(self, *, example: str = "", **options: Any) -> None:
        options.setdefault("formatter_class", _Formatter)
        closing = "示例：\n" + "".join(f"  {line}\n" for line in example.strip().splitlines())
        # Abbreviated options would change their meaning when a new one is added.
        super().__init__(
            add_help=False, allow_abbrev=False, epilog=closing if example else None, **options
        )
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def add_subparsers(self, **options: Any) -> Any:
        """Declare the second words of a verb; one of them has to be written."""
        defaults = {"title": "动作", "metavar": "动作", "dest": "action", "required": True}
        return super().add_subparsers(**{**defaults, **options})

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"错误：{in_chinese(message)}用法见 {self.prog} --help。\n")
        sys.exit(EXIT_NOT_UNDERSTOOD)
