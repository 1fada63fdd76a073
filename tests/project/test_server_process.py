"""A server process takes few requests at once, and lets none wait for a slow one."""

from armstrace.project.server_process import AT_ONCE, LONG_SECONDS, Turns

THREADS = 4


def test_no_more_are_taken_than_a_process_answers_at_once():
    turns = Turns(THREADS)

    for number in range(AT_ONCE):
        assert turns.is_free(0.0)
        turns.begin(number, 0.0)

    assert not turns.is_free(0.0)


def test_one_that_was_answered_makes_room():
    turns = _full(at=0.0)

    turns.end(0)

    assert turns.is_free(0.0)


def test_one_that_lasts_long_keeps_no_other_waiting():
    turns = _full(at=0.0)

    assert not turns.is_free(LONG_SECONDS / 2)
    assert turns.is_free(LONG_SECONDS)


def test_no_more_are_taken_than_there_are_threads():
    turns = Turns(THREADS)
    for number in range(THREADS):
        turns.begin(number, 0.0)

    assert not turns.is_free(100.0)


def _full(*, at):
    turns = Turns(THREADS)
    for number in range(AT_ONCE):
        turns.begin(number, at)
    return turns
