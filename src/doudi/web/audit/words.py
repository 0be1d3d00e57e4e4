"""What actions are called on the screen."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "account.log_in": _("登录"),
    "account.second_factor": _("第二重验证"),
    "account.second_factor_setup": _("设置第二重验证"),
    "account.second_factor_removed": _("取消第二重验证"),
    "account.password": _("修改口令"),
    "account.password_given": _("重置口令"),
    "account.add": _("新建账号"),
    "account.edit": _("修改账号"),
    "account.role": _("变更角色和区划"),
    "account.open": _("启用账号"),
    "account.close": _("停用账号"),
    "account.list": _("查看账号列表"),
    "account.view": _("查看账号"),
    "account.demonstration": _("生成演示账号"),
    "sign_in.end": _("登录结束"),
    "region.add": _("新增区划"),
    "region.edit": _("修改区划"),
    "region.import": _("导入区划"),
    "registry.load": _("载入登记数据"),
    "registry.rotate": _("更换密钥"),
    "household.list": _("查看家庭列表"),
    "household.search": _("查找家庭"),
    "household.search_id": _("按身份证号查找"),
    "household.export": _("导出家庭列表"),
    "household.view": _("查看家庭档案"),
    "household.print": _("打印家庭档案"),
    "household.reveal": _("查看明文"),
    "household.note": _("写备注"),
    "household.tag": _("添加标签"),
    "household.untag": _("取消标签"),
    "household.change_asked": _("申请变更"),
    "household.change_decided": _("审批变更"),
    "referral.send": _("转办部门"),
    "case.open": _("建立办件"),
    "case.step": _("办理环节"),
    "case.list": _("查看办件列表"),
    "case.view": _("查看办件"),
    "case.calculation": _("查看测算"),
    "case.freeze": _("冻结测算"),
    "case.replay": _("复算"),
    "case.assign": _("分办办件"),
    "case.sample": _("抽查"),
    "case.export": _("导出办件列表"),
    "case.escalate": _("超期督办"),
    "kinship.declare": _("近亲属备案"),
    "kinship.end": _("近亲属备案结束"),
    "reading.record": _("记录统一口径"),
    "entitlement.enter": _("登记待遇"),
    "payment.list": _("查看发放清单"),
    "payment.export": _("导出发放清单"),
    "paper.issue": _("出具文书"),
    "paper.view": _("查看文书"),
    "audit.search": _("查询审计"),
    "audit.view": _("查看审计记录"),
    "page.refused": _("访问被拒绝"),
    "page.missing": _("访问不存在或无权查看的内容"),
}


def action_word(action: str) -> str | Promise:
    """The words for an action; its code where it has none."""
    return WORDS.get(action, action)
