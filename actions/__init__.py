"""What the bot does when words are not enough: one file per topic, answering Rasa's action webhook."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rasa_sdk.executor import ActionExecutor

    from actions.services import Services


def create_executor(services: Services) -> ActionExecutor:
    """Register every action of every topic: the modules of this package, and of its folders, that define `create(services)`."""
    import importlib
    import pkgutil

    from rasa_sdk.executor import ActionExecutor

    executor = ActionExecutor()
    for found in pkgutil.walk_packages(__path__, f"{__name__}."):
        topic = importlib.import_module(found.name)
        for action in topic.create(services) if hasattr(topic, "create") else ():
            executor.register_action(action)
    return executor
