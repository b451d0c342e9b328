"""信息处理费: by requests or by pages, never both; asked for, paid, cancelled, refunded (国办函〔2020〕109号)."""
