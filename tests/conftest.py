"""For all tests: none of them depends on how fast the machine is, or on luck. `./task long` looks for other examples with
each run (``--hypothesis-profile=search``)."""

from hypothesis import HealthCheck, settings

settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.register_profile("search", settings.get_profile("steady"), derandomize=False)
settings.load_profile("steady")
