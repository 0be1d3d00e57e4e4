"""Persons (人员)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.choices import TextChoices
from doudi.web.registry.models.bulk import Bulk, reference
from doudi.web.registry.sensitive import masked_id, masked_name, open_sealed, seal

SEALED = {"id_number": "id_sealed", "phone": "phone_sealed", "account": "account_sealed"}


class Sex(TextChoices):
    """Sex as registered."""

    MALE = "male", _("男")
    FEMALE = "female", _("女")


class State(TextChoices):
    """Whether somebody lives here."""

    PRESENT = "present", _("在册")
    DIED = "died", _("去世")
    LEFT = "left", _("迁出")
    UNPLACED = "unplaced", _("未入户")


class Person(Bulk):
    """A person. ``household`` is the present one or the last. ``name_key`` is the name as it is compared, ``initials`` its
    first letters with either reading of the surname.
    ``earlier_number``: the one given here before a build told of the person under another."""

    household_path = "household_id"
    county = models.CharField(max_length=6, db_collation="C")
    number = models.CharField(_("人员编号"), max_length=40, db_collation="C")
    household = reference("registry.Household", indexed=True, null=True, related_name="people")
    name = models.CharField(_("姓名"), max_length=50, blank=True)
    name_key = models.CharField(max_length=50, blank=True, db_collation="C")
    initials = models.CharField(max_length=20, blank=True, db_collation="C")
    initials_2 = models.CharField(max_length=20, blank=True, db_collation="C")
    sex = models.CharField(_("性别"), max_length=6, choices=Sex.choices, blank=True)
    born = models.DateField(_("出生日期"), null=True)
    id_sealed = models.BinaryField(null=True)
    id_index = models.BinaryField(null=True, max_length=16)
    id_tail = models.CharField(max_length=4, blank=True, db_collation="C")
    phone_sealed = models.BinaryField(null=True)
    account_sealed = models.BinaryField(null=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.PRESENT)
    ended_on = models.DateField(_("去世或者迁出日期"), null=True)
    login = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="person"
    )
    changed_on = models.DateField(null=True)
    earlier_number = models.CharField(max_length=40, db_collation="C", default="", db_default="")

    class Meta:
        verbose_name = _("人员")
        constraints = (models.UniqueConstraint(fields=("county", "number"), name="one_person_by_number"),)
        indexes = (
            models.Index(fields=("name_key", "region", "id"), name="registry_person_name"),
            models.Index(fields=("initials", "region", "id"), name="registry_person_initials"),
            models.Index(
                fields=("initials_2", "region", "id"), name="registry_person_initials_2",
                condition=~models.Q(initials_2=""),
            ),
            models.Index(fields=("id_tail", "region", "id"), name="registry_person_tail"),
            models.Index(fields=("id_index",), name="registry_person_id"),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.number

    @property
    def masked_name(self) -> str:
        """The name as it is shown by default."""
        return masked_name(self.name)

    @property
    def masked_id(self) -> str:
        """The id number as it is shown by default."""
        return masked_id(self.id_tail)

    def plain(self, field: str) -> str:
        """The plain value of ``id_number``, ``phone`` or ``account``; empty if none. Whoever asks records it.

        Raises:
            VaultError: it cannot be opened.
        """
        sealed = getattr(self, SEALED[field])
        return "" if sealed is None else open_sealed(sealed, field, self.seal_owner).decode()

    def put(self, field: str, value: str) -> None:
        """Seal a value into its field; empty takes it away."""
        setattr(self, SEALED[field], seal(value.encode(), field, self.seal_owner) if value else None)

    @property
    def seal_owner(self) -> str:
        """To whom sealed values are bound."""
        return f"{self.county}/{self.number}"
