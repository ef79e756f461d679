"""Behind a reverse proxy the sign-in throttle counts the people's own addresses, and nobody else can name one for themselves."""

from __future__ import annotations

import pytest

from bot.web.application import behind_proxies
from hotline.settings import SettingInvalid, load_settings
from hotline.store import throttle
from tests.panel.site import Site
from tests.panel.test_auth import enter


def behind(site: Site, trusted: str, proxy: str, named: str) -> int:
    """A right sign-in that reaches us from `proxy`, which names `named` as the person's address; the status."""
    settings = load_settings({"TEDUH_TRUSTED_PROXIES": trusted} if trusted else {})
    browser = site.client()
    browser.http = type(browser.http)(
        behind_proxies(site.app, settings),
        base_url="http://testserver",
        follow_redirects=False,
        client=(proxy, 4711),
        headers={"x-forwarded-for": named},
    )
    return enter(browser, "sari", "payung teduh di beranda")


def tire(site: Site, address: str) -> None:
    """Wrong tries for other names, until this address has to wait."""
    with site.database.write() as conn:
        for n in range(throttle.FREE_TRIES_OF_ADDRESS + 1):
            throttle.failed(conn, site.seal, f"nama{n}", address, site.clock())


@pytest.mark.parametrize(
    ("trusted", "proxy", "named", "tired", "status"),
    [
        ("10.0.0.0/24", "10.0.0.7", "203.0.113.9", "10.0.0.7", 303),
        ("10.0.0.0/24", "10.0.0.7", "203.0.113.9", "203.0.113.9", 429),
        ("", "10.0.0.7", "203.0.113.9", "10.0.0.7", 429),
        ("", "127.0.0.1", "203.0.113.9", "203.0.113.9", 429),
        ("10.0.0.0/24", "198.51.100.4", "203.0.113.9", "198.51.100.4", 429),
        ("10.0.0.7", "10.0.0.7", "192.0.2.1, 203.0.113.9", "203.0.113.9", 429),
    ],
    ids=[
        "own address",
        "their own tries",
        "proxy not named",
        "this machine by default",
        "a stranger names another",
        "names before the last",
    ],
)
def test_only_a_trusted_proxy_is_believed(trusted: str, proxy: str, named: str, tired: str, status: int, small: Site) -> None:
    small.operator("sari")
    tire(small, tired)
    assert behind(small, trusted, proxy, named) == status


@pytest.mark.parametrize("value", ["*", "0.0.0.0/0", "::/0", "proxy.local", "10.0.0.0/99", "10.0.0.1,*", ","])
def test_everybody_and_names_are_not_accepted(value: str) -> None:
    with pytest.raises(SettingInvalid) as refused:
        load_settings({"TEDUH_TRUSTED_PROXIES": value})
    assert [problem.variable for problem in refused.value.problems] == ["TEDUH_TRUSTED_PROXIES"]


def test_several_proxies_may_be_named() -> None:
    assert load_settings({"TEDUH_TRUSTED_PROXIES": " 127.0.0.1, 10.0.0.0/24 ,fd00::/8"}).trusted_proxies == "127.0.0.1,10.0.0.0/24,fd00::/8"
