"""`python -m server`: the gateway."""

from server.app import run

run()
