"""What a full refresh says of the imports that it does again."""

from runner.orchestrate.replay_phase import one_of_each


def test_warnings_that_differ_in_numbers_alone_are_one_with_how_many_there_are() -> None:
    warnings = (
        "2 values of `a` are late",
        "1,300 values of `b` are late",
        "31 values of `a` are late",
    )
    assert one_of_each(warnings) == (
        "31 values of `a` are late (and 1 more like this)",
        "1,300 values of `b` are late",
    )
