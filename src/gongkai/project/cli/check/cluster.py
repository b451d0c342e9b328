"""A Dask cluster as a `concurrent.futures.Executor`; its library is loaded only when asked for."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from gongkai.project.cli.errors import CommandError

_ADDRESS = re.compile(r"(?:tcp|tls)://(?:[^\s:/\[\]]+|\[[0-9A-Fa-f:]+\]):\d{1,5}", re.ASCII)
_PATIENCE = 5.0  # seconds until a scheduler that does not answer is given up


@contextmanager
def executor_at(url: str) -> Iterator[Executor]:
    """Offer the cluster behind a scheduler's address. Raises `CommandError`."""
    if not _ADDRESS.fullmatch(url):
        raise CommandError(f"{url}：调度器地址应写成 tcp://主机:端口，例如 tcp://10.0.0.1:8786。")
    client = _connected(_library(), url)
    try:
        threads = sum(int(count) for count in client.nthreads().values())
        if not threads:
            raise CommandError(
                f"{url}：调度器在，但一个工作节点也没有。请先启动 dask worker {url} 再检查。"
            )
        executor = client.get_executor(pure=False)  # two equal files are two tasks
        # `judge_files` keeps as many files under way as there are threads to read them.
        executor._max_workers = threads
        yield executor
    finally:
        client.close()


def cluster_failed(url: str, error: Exception) -> CommandError:
    """Return the refusal for what went wrong on the cluster itself."""
    return CommandError(
        f"{url}：集群没有完成检查（{type(error).__name__}：{error}）。"
        "请核对各工作节点是否在运行、是否装有同一版本的 gongkai；也可以去掉 --executor 在本机检查。"
    )


def _library() -> Any:
    try:
        return importlib.import_module("distributed")
    except ModuleNotFoundError as error:
        raise CommandError(
            f"--executor 需要集群组件，缺少 {error.name}。请安装：pip install 'gongkai[cluster]'。"
        ) from error


def _connected(distributed: Any, url: str) -> Any:
    # Its own reports of a connection that fails would stand beside our sentence.
    logging = importlib.import_module("logging")
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        return distributed.Client(url, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        reason = " ".join(str(error).split())
        raise CommandError(
            f"{url}：连不上调度器（{reason}）。请核对地址（如 tcp://10.0.0.1:8786）和端口，"
            "并确认 dask scheduler 正在运行；也可以去掉 --executor 在本机检查。"
        ) from error
