"""What did not come in, told to the author."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum


class Loss(StrEnum):
    """A kind of thing that is left out."""

    SCRIPT = "script"
    HANDLER = "handler"
    LINK = "link"
    PLACE = "place"
    OUTSIDE_IMAGE = "outside_image"
    EMBEDDED_IMAGE = "embedded_image"
    LOCAL_IMAGE = "local_image"
    DRAWING = "drawing"
    FRAME = "frame"
    PLAYER = "player"
    FORM = "form"
    HIDDEN = "hidden"
    DELETED = "deleted"
    STRUCK = "struck"
    LAYOUT = "layout"


_SENTENCES = {
    Loss.SCRIPT: "去掉了 {n} 段脚本：公开的正文里不允许运行程序。",
    Loss.HANDLER: "去掉了 {n} 处点击或载入时运行的程序：公开的正文里不允许运行程序。",
    Loss.LINK: "去掉了 {n} 个链接，文字保留：地址不是网址、邮箱或本站地址；需要时请重新填写链接地址。",
    Loss.PLACE: "去掉了 {n} 个跳到原文某处的链接，文字保留：粘贴后原来的位置已不存在。",
    Loss.OUTSIDE_IMAGE: "有 {n} 张图片存放在别的网站，没有带进来：请把图片上传为本条信息的文件，再插入正文。",
    Loss.EMBEDDED_IMAGE: "有 {n} 张图片夹在粘贴的内容里，没有带进来：请把图片上传为本条信息的文件，再插入正文。",
    Loss.LOCAL_IMAGE: "有 {n} 张图片只在粘贴者的电脑里，没有带进来：请把图片上传为本条信息的文件，再插入正文。",
    Loss.DRAWING: "有 {n} 个矢量图形或公式没有带进来：请另存为图片，上传后再插入正文。",
    Loss.FRAME: "去掉了 {n} 个嵌入的网页或插件：请改为链接。",
    Loss.PLAYER: "有 {n} 段音频或视频没有带进来：请作为附件上传。",
    Loss.FORM: "去掉了 {n} 个输入框、按钮或选项：正文不能填写；需要填写的表请作为附件上传。",
    Loss.HIDDEN: "有 {n} 处隐藏的文字没有带进来：原文里它们也不显示。",
    Loss.DELETED: "有 {n} 处修订中已删除的文字没有带进来；请核对是否接受了全部修订。",
    Loss.STRUCK: "有 {n} 处删除线去掉了，文字保留；请核对这些文字是否应当删除。",
    Loss.LAYOUT: "有 {n} 个只用来排版的表格去掉了外框，里面的内容按阅读顺序保留。",
}
_ELEMENTS = {
    Loss.SCRIPT: ("script",),
    Loss.DRAWING: ("svg", "math", "canvas"),
    Loss.FRAME: ("iframe", "frame", "object", "embed", "applet"),
    Loss.PLAYER: ("audio", "video"),
    Loss.FORM: ("input", "select", "textarea", "button"),
}


def by_element(elements: Counter[str]) -> Counter[Loss]:
    """Return counted elements as losses."""
    counts = {loss: sum(elements[name] for name in names) for loss, names in _ELEMENTS.items()}
    return Counter({loss: count for loss, count in counts.items() if count})


def sentences(losses: Counter[Loss]) -> tuple[str, ...]:
    """Return one sentence for each kind of loss, in a fixed order."""
    return tuple(_SENTENCES[loss].format(n=losses[loss]) for loss in Loss if losses[loss])
