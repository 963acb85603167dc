"""Custody of the keys: where they may be, and that a wrap opens only where it belongs."""

import base64
import stat

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from documents.envelopes import keys
from documents.envelopes.keys import KeyUnusableError, LocalKeys, Purpose, WrapDamagedError

SECRET = b"0123456789abcdef0123456789abcdef"


@pytest.fixture(autouse=True)
def key_dir(tmp_path, settings, monkeypatch):
    for purpose in Purpose:
        monkeypatch.delenv(purpose.variable, raising=False)
    settings.KEY_DIR = tmp_path / "keys"
    return settings.KEY_DIR


def base64_key(byte):
    return base64.b64encode(bytes([byte]) * 32).decode()


def put_key(key_dir, name, byte):
    key_dir.mkdir(mode=0o700, exist_ok=True)
    path = key_dir / name
    path.write_text(base64_key(byte))
    path.chmod(0o600)
    return path


def test_missing_keys_are_made_once_for_their_owner_alone(key_dir):
    assert keys.create_missing() == ["draft-1.key", "vault-1.key", "opened-1.key", "receipt-1.key"]
    made = {path.name: path.read_bytes() for path in key_dir.iterdir()}

    assert keys.create_missing() == []
    assert {path.name: path.read_bytes() for path in key_dir.iterdir()} == made
    assert len(set(made.values())) == 4
    assert stat.S_IMODE(key_dir.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in key_dir.iterdir()} == {0o600}
    assert keys.problems() == []


def test_a_wrap_opens_for_its_own_purpose_and_record_only():
    custody = LocalKeys()
    wrapped = custody.wrap(Purpose.DRAFT, SECRET, bound_to="envelope:1")

    assert custody.unwrap(Purpose.DRAFT, wrapped, bound_to="envelope:1") == SECRET
    with pytest.raises(WrapDamagedError):
        custody.unwrap(Purpose.DRAFT, wrapped, bound_to="envelope:2")
    with pytest.raises(KeyUnusableError):
        custody.unwrap(Purpose.VAULT, wrapped, bound_to="envelope:1")


def test_purposes_that_share_a_key_still_do_not_open_each_others_wraps(monkeypatch):
    monkeypatch.setenv("DRAFT_KEY", base64_key(1))
    monkeypatch.setenv("VAULT_KEY", base64_key(1))
    wrapped = LocalKeys().wrap(Purpose.DRAFT, SECRET, bound_to="envelope:1")

    with pytest.raises(WrapDamagedError):
        LocalKeys().unwrap(Purpose.VAULT, wrapped, bound_to="envelope:1")


@hypothesis_settings(deadline=None)
@given(st.data())
def test_any_changed_character_of_a_wrap_is_noticed(data):
    wrapped = LocalKeys().wrap(Purpose.VAULT, SECRET, bound_to="box:1")
    place = data.draw(st.integers(0, len(wrapped) - 1))
    other = data.draw(st.sampled_from("abcdefABCDEF0123456789._-=").filter(lambda each: each != wrapped[place]))

    with pytest.raises((WrapDamagedError, KeyUnusableError)):
        LocalKeys().unwrap(Purpose.VAULT, wrapped[:place] + other + wrapped[place + 1 :], bound_to="box:1")


def test_the_newest_file_wraps_and_the_older_ones_still_unwrap(key_dir):
    put_key(key_dir, "vault-9.key", 9)
    before = LocalKeys().wrap(Purpose.VAULT, SECRET, bound_to="box:1")
    put_key(key_dir, "vault-10.key", 10)
    after = LocalKeys().wrap(Purpose.VAULT, SECRET, bound_to="box:1")

    assert before.split(".")[1] == keys.key_id(bytes([9]) * 32)
    assert after.split(".")[1] == keys.key_id(bytes([10]) * 32)
    assert LocalKeys().unwrap(Purpose.VAULT, before, bound_to="box:1") == SECRET
    assert LocalKeys().unwrap(Purpose.VAULT, after, bound_to="box:1") == SECRET


def test_the_environment_wins_over_files_and_may_hold_older_keys(key_dir, monkeypatch):
    put_key(key_dir, "vault-1.key", 1)
    monkeypatch.setenv("VAULT_KEY", f"{base64_key(3)} {base64_key(2)}")

    wrapped = LocalKeys().wrap(Purpose.VAULT, SECRET, bound_to="box:1")

    assert wrapped.split(".")[1] == keys.key_id(bytes([3]) * 32)
    assert keys.create_missing() == ["draft-1.key", "opened-1.key", "receipt-1.key"]


def test_a_key_that_is_gone_is_named_and_not_taken_for_damage(key_dir):
    wrapped = LocalKeys().wrap(Purpose.VAULT, SECRET, bound_to="box:1")
    put_key(key_dir, "vault-1.key", 7)

    with pytest.raises(KeyUnusableError, match=wrapped.split(".")[1]):
        LocalKeys().unwrap(Purpose.VAULT, wrapped, bound_to="box:1")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_key_file_that_others_may_read_is_refused(key_dir, mode):
    put_key(key_dir, "vault-1.key", 1).chmod(mode)

    with pytest.raises(KeyUnusableError, match="0600"):
        LocalKeys().wrap(Purpose.VAULT, SECRET, bound_to="box:1")


def test_a_key_directory_that_others_may_enter_is_refused(key_dir):
    keys.create_missing()
    key_dir.chmod(0o750)

    with pytest.raises(KeyUnusableError, match="0700"):
        LocalKeys().wrap(Purpose.DRAFT, SECRET, bound_to="envelope:1")
    with pytest.raises(KeyUnusableError, match="0700"):
        keys.create_missing()
    assert len(keys.problems()) == 4


@pytest.mark.parametrize("text", ["", "short", "c2hvcnQ=", "not base64 at all!"])
def test_a_malformed_key_is_refused_without_repeating_it(key_dir, text):
    put_key(key_dir, "opened-1.key", 1).write_text(text)

    with pytest.raises(KeyUnusableError) as refusal:
        LocalKeys().wrap(Purpose.OPENED, SECRET, bound_to="envelope:1")
    assert str(refusal.value) == f"{key_dir / 'opened-1.key'} holds no key of 32 bytes in base64."


def test_production_makes_no_key_by_itself(settings, key_dir):
    settings.PRODUCTION = True

    with pytest.raises(KeyUnusableError, match="make_keys"):
        LocalKeys().wrap(Purpose.DRAFT, SECRET, bound_to="envelope:1")
    assert not key_dir.exists()
    assert [line.split()[3] for line in keys.problems()] == ["draft", "vault", "opened", "receipt"]
