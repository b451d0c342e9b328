"""The standard catalogue (政务公开事项标准目录) as a table: its layout, reading, checking, writing."""
