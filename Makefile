# One line of help per target: the text after "##" is what a bare `make` prints.
.DEFAULT_GOAL := help
.PHONY: help run test check bench lock clean

PYTHON ?= python3
ifdef GONGKAI_INDEX
export GONGKAI_INDEX
endif

# Said by the shell, because a Python too old for bootstrap.py cannot say it itself.
ENVIRONMENT = $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	printf '%s\n' '出错了：没有找到 Python 3.11 或更新的版本（$(PYTHON)）。' \
	'怎么办：Debian 12 请运行 apt-get install python3；已另装的，请写 make PYTHON=/路径/python3.11 …' \
	'Error: Python 3.11 or newer is needed ($(PYTHON)); name one with make PYTHON=/path/to/python3.11 …' >&2; \
	exit 2; }; $(PYTHON) -I bootstrap.py

help: ## 列出各项命令 / list these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1\t\2/p' Makefile | while IFS="$$(printf '\t')" read -r name text; do \
		printf 'make %-7s %s\n' "$$name" "$$text"; done
	@printf '\n%s\n' '镜像 / mirror: make run GONGKAI_INDEX=https://…/simple'

run: ## 启动演示县，浏览器打开所示地址 / start the demo county
	@$(ENVIRONMENT) run
	@exec .venv/bin/gongkai demo run

test: ## 全部测试，SQLite 与 PostgreSQL 各一遍 / every test on both databases
	@$(ENVIRONMENT) test
	@exec .venv/bin/python -m tools.run_tests

check: ## 格式、类型、导入方向、迁移、文档链接 / format, types, imports, migrations, links
	@$(ENVIRONMENT) test
	@exec .venv/bin/python -m tools.check

bench: ## 速度测量 / measure speed
	@$(ENVIRONMENT) test
	@exec .venv/bin/python -m benchmarks

lock: ## 改动依赖后重写锁定文件 / rewrite the locked lists after a dependency change
	@$(ENVIRONMENT) test
	@.tools/uv lock
	@exec .venv/bin/python -m tools.requirements

clean: ## 删除虚拟环境和缓存，不动 var 里的数据 / remove environment and caches, never data
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis dist
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
