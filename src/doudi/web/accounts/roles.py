"""The roles (角色). An account has one role in one region, so no account unites duties that must be apart."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from doudi.web.choices import TextChoices


class Role(TextChoices):
    """What an account is for."""

    RESIDENT = "resident", _("居民")
    VILLAGE_ASSISTANT = "village_assistant", _("村级协理员")
    TOWNSHIP_CLERK = "township_clerk", _("乡镇经办人")
    TOWNSHIP_HEAD = "township_head", _("乡镇负责人")
    COUNTY_CLERK = "county_clerk", _("县级经办人")
    COUNTY_HEAD = "county_head", _("县级负责人")
    DEPARTMENT = "department", _("部门人员")
    ORGANISATION = "organisation", _("社会组织")
    ANALYST = "analyst", _("分析员")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("系统管理员")
    SECURITY_ADMINISTRATOR = "security_administrator", _("安全管理员")
    AUDITOR = "auditor", _("审计员")


STAFF = frozenset(Role) - {Role.RESIDENT}
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR})
