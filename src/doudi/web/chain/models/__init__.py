"""What is stored of chains of measures."""

from doudi.web.chain.models.grant import Grant
from doudi.web.chain.models.referral import Referral

__all__ = ["Grant", "Referral"]
