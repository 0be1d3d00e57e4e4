"""What is stored about regions, accounts and sign-ins."""

from doudi.web.accounts.models.lockout import Lockout
from doudi.web.accounts.models.region import Region, RegionName
from doudi.web.accounts.models.second_factor import SecondFactor
from doudi.web.accounts.models.sign_in import SignIn
from doudi.web.accounts.models.user import User

__all__ = ["Lockout", "Region", "RegionName", "SecondFactor", "SignIn", "User"]
