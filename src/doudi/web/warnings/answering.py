"""What a visit asks on its one A4 page, and what an answer must rest on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from doudi import procedure

QUESTIONS = (
    ("housing", _("住房、水电安全")),
    ("food", _("吃穿、饮水")),
    ("health", _("健康、用药")),
    ("school", _("子女就学")),
    ("work", _("就业")),
    ("income", _("收入变化")),
    ("spending", _("支出变化")),
    ("care", _("照料、急需")),
)
REPLIES = (("", _("未问")), ("fine", _("没有问题")), ("problem", _("有问题")), ("unclear", _("不清楚")))
EVIDENCE = {
    "home": ("入户走访", _("入户走访")),
    "telephone": ("电话核实", _("电话核实")),
    "neighbour": ("邻里访问", _("邻里访问")),
    "papers": ("单据、证件", _("单据、证件")),
    "register": ("部门登记", _("部门登记")),
    "photo": ("照片", _("照片")),
}
"""On what an answer may rest: code → the word in the case, and the word on the page."""

REQUIRED = {
    "apply": ("home",),
    "urgent": ("home", "telephone", "papers"),
    "review": ("home", "papers", "register"),
    "service": ("home", "telephone"),
    "refer": ("home", "telephone", "papers"),
    "in_order": ("home", "telephone", "register"),
    "died": ("papers", "register"),
    "moved": ("neighbour", "papers", "register"),
    "false_alarm": ("home", "papers", "register"),
    "not_eligible": ("home", "papers"),
}
"""For each result the kinds of evidence of which one at least must be there."""

OPENS = {"urgent": "application", "apply": "application", "review": "review", "died": "review"}
"""Results whose closing opens a case, by what is opened; one visit opens each once, for the gravest warning."""


def results() -> list[tuple[str, tuple[str, str]]]:
    """The results of the procedure, in its order: code, Chinese and English."""
    codes = procedure.procedure().inputs["result"].codes
    return [(code, (titles[0], titles[1])) for code, titles in codes.items()]
