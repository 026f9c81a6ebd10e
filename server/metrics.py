"""What operators watch: turns, times, failures, queues. Served at `/metrics`."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_TURN_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 6, 10, 20)


class Metrics:
    """One set of figures per app, so that tests with several apps do not share them."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.messages = Counter("counterhand_messages_total", "Messages committed.", ["author", "channel"], registry=self.registry)
        self.turns = Counter("counterhand_turns_total", "Turns finished, by outcome.", ["outcome"], registry=self.registry)
        self.turn_seconds = Histogram(
            "counterhand_turn_seconds", "From the customer's commit to the reply's.", buckets=_TURN_BUCKETS, registry=self.registry
        )
        self.dialogue_failures = Counter(
            "counterhand_dialogue_failures_total", "Failed calls of the dialogue manager.", ["kind"], registry=self.registry
        )
        self.errors = Counter("counterhand_errors_total", "Requests answered with an error.", ["error"], registry=self.registry)
        self.turns_running = Gauge("counterhand_turns_running", "Turns being answered by this gateway.", registry=self.registry)
        self.listeners = Gauge("counterhand_listeners", "Open live connections.", ["kind"], registry=self.registry)
        self.handovers_waiting = Gauge("counterhand_handovers_waiting", "Conversations that wait for a person.", registry=self.registry)
        self.deliveries = Counter(
            "counterhand_deliveries_total", "Sends to platforms, by result.", ["channel", "result"], registry=self.registry
        )
        self.outbox_size = Gauge(
            "counterhand_outbox_size", "Things to be sent, by kind and state.", ["kind", "state"], registry=self.registry
        )

    def render(self) -> bytes:
        """Give the figures in Prometheus' text format."""
        return generate_latest(self.registry)
