"""What a password must not be, said in Chinese: Django's own sentences are translated only in part."""

from __future__ import annotations

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    NumericPasswordValidator,
    UserAttributeSimilarityValidator,
)


class LongEnough(MinimumLengthValidator):
    """Not too short."""

    def get_error_message(self) -> str:
        return f"密码太短：至少 {self.min_length} 个字符。"


class UnlikeLogin(UserAttributeSimilarityValidator):
    """Not what anybody would try first."""

    def get_error_message(self) -> str:
        return "密码与登录名太相近，别人容易猜到。"


class Uncommon(CommonPasswordValidator):
    """Not among the twenty thousand that are tried first."""

    def get_error_message(self) -> str:
        return "这个密码太常见，别人容易猜到。"


class NotOnlyDigits(NumericPasswordValidator):
    """Not a birthday, not a telephone number."""

    def get_error_message(self) -> str:
        return "密码不能全是数字。"
