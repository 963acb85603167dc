"""Which servers `make test` and `make bench` work with."""

import pytest

from scripts import broker, postgres

NOBODY_LISTENS = "127.0.0.1:9"


def test_a_named_postgresql_that_does_not_answer_is_refused(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"postgresql://somebody:secret@{NOBODY_LISTENS}/partnerloket")

    with pytest.raises(SystemExit) as refusal:
        postgres.find()

    assert str(refusal.value).startswith("The PostgreSQL that DATABASE_URL names is of no use for tests: connection")
    assert "secret" not in str(refusal.value)


def test_a_named_broker_that_does_not_answer_is_refused(monkeypatch):
    monkeypatch.setenv("BROKER_URL", f"redis://:secret@{NOBODY_LISTENS}/0")

    with pytest.raises(SystemExit) as refusal:
        broker.find()

    assert str(refusal.value) == f"The broker that BROKER_URL names does not answer: redis://:**@{NOBODY_LISTENS}/0"


@pytest.mark.slow
def test_where_no_postgresql_runs_one_is_brought_and_taken_away(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(postgres, "_usual", list)

    with postgres.available() as url:
        assert postgres._refusal(url) is None

    assert postgres._refusal(url) is not None


@pytest.mark.broker
def test_the_broker_of_this_run_answers(broker_url):
    assert broker.answers(broker_url)
