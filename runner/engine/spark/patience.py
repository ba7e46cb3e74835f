"""How long a server is waited for that does not answer."""

from pyspark.sql.connect.client.retries import DefaultPolicy, RetryPolicyState

RETRIES = 5
"""How often a request is sent again to a server that does not answer: some 20 seconds."""


class Patience(DefaultPolicy):
    """Waits once in a session: after that, a request that fails is not sent again.

    Else a build whose server has ended would wait for each of its last requests.
    """

    def __init__(self) -> None:
        super().__init__(max_retries=RETRIES)

    def to_state(self) -> RetryPolicyState:
        """Return the state of one request."""
        return _Waiting(self)


class _Waiting(RetryPolicyState):
    def next_attempt(self, exception: BaseException | None = None) -> int | None:
        wait = super().next_attempt(exception)
        if wait is None:
            # Requests of other threads give up too.
            self.policy.max_retries = 0
            if exception is not None:
                # The client would first print a warning.
                raise exception
        return wait
