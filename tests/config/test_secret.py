"""The secret a machine keeps: drawn once, for its owner alone."""

from concurrent.futures import ThreadPoolExecutor
from stat import S_IMODE

from config.secret import kept


def test_a_secret_is_drawn_once_and_kept(tmp_path):
    first = kept(tmp_path / "var" / "secret-key")
    assert kept(tmp_path / "var" / "secret-key") == first
    assert len(first) == 86


def test_two_machines_share_no_secret(tmp_path):
    assert kept(tmp_path / "one") != kept(tmp_path / "other")


def test_only_its_owner_may_read_it_and_no_draft_is_left(tmp_path):
    kept(tmp_path / "secret-key")
    assert {path.name: oct(S_IMODE(path.stat().st_mode)) for path in tmp_path.iterdir()} == {
        "secret-key": "0o600"
    }


def test_workers_that_start_together_read_the_same_secret(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(kept, [tmp_path / "secret-key"] * 64))
    assert len(secrets) == 1
