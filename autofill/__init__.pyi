from autofill.api import Profile as Profile
from autofill.api import load as load
from autofill.api import plan as plan
from autofill.api import rehearse as rehearse
from autofill.api import rehearse_async as rehearse_async
from autofill.api import run as run
from autofill.api import run_async as run_async

__version__: str
__all__ = ("Profile", "load", "plan", "rehearse", "rehearse_async", "run", "run_async")
