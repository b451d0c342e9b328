"""gongkai 命令：中文说明与中文报错、退出码、需要 Django 与不需要 Django 的命令分开。"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec, resolve_name
from types import SimpleNamespace

import pytest

from gongkai.project import cli
from gongkai.project.cli import GROUPS, VERBS, Verb, main
from gongkai.project.cli.errors import CommandError
from gongkai.project.cli.parser import Parser, in_chinese


def started(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a shell would, in an environment of its own."""
    clean = {"PATH": os.defpath, "LANG": "C.UTF-8", **environment}
    return subprocess.run(
        [sys.executable, "-m", "gongkai", *words],
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )


def plant(monkeypatch: pytest.MonkeyPatch, run: object) -> None:
    """Put a verb called ``due`` in place of the real one."""
    verb = SimpleNamespace(SUMMARY="", EXAMPLE="", configure=lambda _: None, run=run)
    monkeypatch.setattr("gongkai.project.cli.importlib.import_module", lambda *_: verb)


def test_the_list_names_every_verb_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    """不带参数：分组列出全部命令，每个一行、写着用处，正常结束。"""
    assert main([]) == 0
    listed, title = dict[str, list[tuple[str, str]]](), ""
    for line in capsys.readouterr().out.partition("某个命令怎么用")[0].splitlines()[2:]:
        if line.startswith("  "):
            name, _, use = line.strip().partition(" ")
            listed[title].append((name, use.strip()))
        elif line:
            title = line.removesuffix("：")
            listed[title] = []
    assert listed == {
        title: [(name, verb.summary) for name, verb in verbs.items()]
        for title, verbs in GROUPS.items()
    }
    assert [name for one in listed.values() for name, _ in one] == list(VERBS)
    assert list(listed) == [
        "安装和日常运行",
        "数据与备份",
        "公开与检索",
        "台账和年度报告",
        "期限与费用",
    ]


def test_every_verb_is_written() -> None:
    """表里的命令都有自己的模块；due、fee、check、rollup、compare 不需要 Django。"""
    names = {name: resolve_name(verb.module, cli.__name__) for name, verb in VERBS.items()}
    # The place of a module can be looked up without importing it, which would need Django.
    absent = [name for name, module in names.items() if find_spec(module) is None]
    assert absent == []
    pure = [name for name, verb in VERBS.items() if not verb.django]
    assert pure == ["check", "rollup", "compare", "due", "fee"]


def test_an_unknown_verb_is_answered_with_the_known_ones(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """写错命令：一行中文，退出码 2。"""
    assert main(["duo"]) == 2
    known = (
        "demo、migrate、admin、doctor、serve、work、backup、restore、upgrade、keys、audit、ledger、purge、"
        "publish、search、exchange、report、check、rollup、compare、due、fee、calendar"
    )
    assert capsys.readouterr().err == f"错误：没有“duo”这个命令。可用的命令：{known}。\n"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["due"], "错误：缺少参数：日期。用法见 gongkai due --help。\n"),
        (
            ["due", "2024-02-08", "--lim", "x"],
            "错误：多出了不认识的参数：--lim x。用法见 gongkai due --help。\n",
        ),
        (
            ["due", "2024-02-08", "--limit"],
            "错误：--limit 后面要写一个值。用法见 gongkai due --help。\n",
        ),
    ],
)
def test_what_argparse_says_is_chinese(
    capsys: pytest.CaptureFixture[str], words: Sequence[str], line: str
) -> None:
    """参数写错：argparse 的话译成一句中文，退出码 2。"""
    with pytest.raises(SystemExit) as leaving:
        main(words)
    assert leaving.value.code == 2
    assert capsys.readouterr().err == line


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        (
            "argument --format: invalid choice: 'xml' (choose from 'text', 'json')",
            "--format 不能是 'xml'，只能是：'text', 'json'。",
        ),
        ("argument N: invalid int value: 'a'", "N 的值 'a' 写法不对。"),
        ("argument --a: not allowed with argument --b", "--a 和 --b 只能写一个。"),
        ("one of the arguments --a --b is required", "要写明其中一个：--a --b。"),
        ("argument --a: expected 2 arguments", "--a 后面要写 2 个值。"),
        ("argument --a: ignored explicit argument 'b'", "--a 是开关，后面不写值（写了 'b'）。"),
        ("something new", "参数有误（something new）。"),
    ],
)
def test_argparse_sentences(english: str, chinese: str) -> None:
    """逐句核对；不认识的句子原样引用，不吞掉。"""
    assert in_chinese(english) == chinese


def test_a_choice_of_an_argument_that_does_not_exist(capsys: pytest.CaptureFixture[str]) -> None:
    """选项值不在范围内：列出可选值（本机 Python 的原话也认得出）。"""
    parser = Parser(prog="gongkai x")
    parser.add_argument("--format", choices=("text", "json"))
    with pytest.raises(SystemExit):
        parser.parse_args(["--format", "xml"])
    said = capsys.readouterr().err.replace("'", "")
    assert said == "错误：--format 不能是 xml，只能是：text, json。用法见 gongkai x --help。\n"


def test_help_is_chinese_and_shows_examples() -> None:
    """帮助：用法、参数、选项、示例都是中文标题。"""
    answer = started("due", "--help")
    assert (answer.returncode, answer.stderr) == (0, "")
    headings = [
        line.partition("：")[0].rstrip(":")
        for line in answer.stdout.splitlines()
        if line and not line.startswith(" ")
    ]
    assert headings == ["用法", "计算期限截止日，逐日列出计算依据", "参数", "选项", "示例"]


def test_a_refusal_keeps_its_own_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """命令自己的退出码照样传出。"""

    def refuse(_: object) -> int:
        raise CommandError("文件读不到。", code=7)

    plant(monkeypatch, refuse)
    assert main(["due"]) == 7
    assert capsys.readouterr().err == "错误：文件读不到。\n"


def test_an_interruption_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C：一行中文，退出码 130。"""

    def interrupt(_: object) -> int:
        raise KeyboardInterrupt

    plant(monkeypatch, interrupt)
    assert main(["due"]) == 130
    assert capsys.readouterr().err == "\n已中断。\n"


def test_a_reader_that_went_away_is_no_error() -> None:
    """gongkai due … | head：读的人走了，不打印跟踪信息。"""
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as gone:
        done = subprocess.run(
            [sys.executable, "-m", "gongkai", "due", "2024-02-08"],
            stdout=gone,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (141, "")


def test_a_county_without_keys_is_told_in_one_line() -> None:
    """正式运行没有密钥：一行中文说明怎样生成，退出码 2。"""
    answer = started("migrate")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.splitlines() == [
        "错误：正式运行需要自己的 GONGKAI_SECRET_KEY（至少 32 个字符，不可用演示密钥）。"
        "可用 python3 -c 'import secrets; print(secrets.token_urlsafe(48))' 生成，"
        "写入文件后设置 GONGKAI_SECRET_KEY_FILE。"
    ]


def test_missing_server_parts_are_named() -> None:
    """只装了基本组件：说缺什么、怎样补装。"""
    program = (
        "import sys; sys.modules['django'] = None\n"
        "from gongkai.project.cli import main\n"
        "sys.exit(main(['migrate']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr == (
        "错误：这个命令需要服务器组件，缺少 django。请安装：pip install 'gongkai[server]'。\n"
    )


@pytest.mark.parametrize(
    "words", [("due", "2024-02-08"), ("fee", "--items", "31"), ("check", "-h")]
)
def test_light_verbs_load_no_django(words: tuple[str, ...]) -> None:
    """due、fee、check 不加载 Django，乡镇的旧电脑也能用。"""
    program = (
        "import contextlib, io, sys\n"
        "from gongkai.project.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        f"    main({list(words)!r})\n"
        "print('django' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("False\n", "")


def test_a_verb_says_what_it_needs_in_the_table() -> None:
    """演示命令自带演示模式，其余命令不改运行模式。"""
    assert {name: verb.mode for name, verb in VERBS.items() if verb.mode} == {"demo": "demo"}
    assert Verb("x", "说明") == Verb("x", "说明", django=False, mode=None)
