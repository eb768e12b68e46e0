from autofill.api import Profile as Profile
from autofill.api import load as load
from autofill.api import plan as plan
from autofill.api import run as run
from autofill.api import run_async as run_async

__version__: str
__all__ = ("Profile", "load", "plan", "run", "run_async")
