"""Signing in, in a real browser with a provider of the tests' own; and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Served, serve, settled, visit
from oidc_provider import provider, secrets
from playwright.sync_api import Browser, Page, expect
from store_made_up import table

from glossary.errors import NotAllowedError
from search.corpus import Corpus
from ui.identity import login_configured, who

SECRET = "水文"  # stands in the stored document and nowhere else
PEOPLE = {
    "anna": {"email": "Anna@Example.org", "email_verified": True},
    "stranger": {"email": "stranger@example.org"},
    "nameless": {"preferred_username": "anna"},
    "unproven": {"email": "anna@example.org", "email_verified": False},
}
ROLES = '[roles]\ndefault = "reader"\n"anna@example.org" = "terminologist"\n'


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An app that one signs in to, started by someone whom nobody else must become."""
    home = tmp_path_factory.mktemp("sign_in")
    with Corpus.open(home / "corpus.sqlite") as corpus:
        corpus.add_alignment(table())
    (home / "settings.toml").write_text(ROLES, "utf-8")
    (home / ".streamlit").mkdir()
    with provider(PEOPLE) as issuer:
        (home / ".streamlit" / "secrets.toml").write_text(secrets(issuer), "utf-8")
        with serve(home / "corpus.sqlite", HOME=str(home), DUIZHAO_USER="chief") as app:
            yield app


def sign_in(page: Page, name: str) -> None:
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name=name, exact=True).click()
    page.wait_for_url("http://127.0.0.1:*/**")
    settled(page)


@pytest.mark.parametrize(
    "path", ["", "?q=水文&pair=1", "align?document=1", "review", "glossary", "check", "corpus?document=1"]
)
def test_nothing_is_shown_before_one_has_signed_in(path: str, served: Served, browser: Browser) -> None:
    with visit(browser) as page:
        frames: list[bytes] = []
        page.on("websocket", lambda one: one.on("framereceived", lambda data: frames.append(as_bytes(data))))
        page.goto(f"{served.url}/{path}")
        settled(page)
        expect(page.get_by_text("this corpus is open to people with an account only")).to_be_visible()
        expect(page.get_by_role("main").get_by_role("button")).to_have_count(1)
        assert SECRET not in page.locator("main").inner_text()
    received = b"".join(frames)
    assert b"Sign in" in received
    assert "水文数据".encode() not in received
    assert b"corpus.sqlite" not in received


def as_bytes(data: str | bytes) -> bytes:
    return data.encode() if isinstance(data, str) else data


def test_an_account_is_its_address_with_the_role_of_the_settings_until_it_signs_out(
    served: Served, browser: Browser
) -> None:
    with visit(browser) as page:
        page.goto(f"{served.url}/corpus")
        sign_in(page, "anna")
        expect(page.get_by_text("You are anna@example.org: terminologist")).to_be_visible()
        page.goto(f"{served.url}/corpus")
        expect(page.get_by_text("A/RES/79/1").or_(page.get_by_text(SECRET)).first).to_be_visible()
        settings = served.database.with_name("settings.toml")
        settings.write_text(ROLES.replace("terminologist", "translator"), "utf-8")
        page.reload()
        expect(page.get_by_text("You are anna@example.org: translator")).to_be_visible()
        settings.unlink()
        page.reload()
        expect(page.get_by_text("nobody has been given a role here")).to_be_visible()
        assert SECRET not in page.locator("main").inner_text()
        settings.write_text(ROLES, "utf-8")
        page.reload()
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_whoever_has_no_role_of_their_own_has_the_default(served: Served, browser: Browser) -> None:
    with visit(browser) as page:
        page.goto(served.url)
        sign_in(page, "stranger")
        expect(page.get_by_text("You are stranger@example.org: reader")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nameless", "the account that you signed in with has no e-mail address"),
        ("unproven", "has not verified that anna@example.org is yours"),
    ],
)
def test_an_account_that_does_not_say_who_it_is_is_nobody(
    name: str, sentence: str, served: Served, browser: Browser
) -> None:
    with visit(browser) as page:
        page.goto(f"{served.url}/corpus")
        sign_in(page, name)
        expect(page.get_by_text(sentence)).to_be_visible()
        assert page.get_by_text("chief").count() == 0
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()


@pytest.mark.parametrize("kind", ["no toml", "a folder", "a link to nothing"])
def test_secrets_that_cannot_be_read_open_nothing(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from streamlit import config

    file, ordinary = tmp_path / "secrets.toml", config.get_option
    if kind == "no toml":
        file.write_text("[auth", "utf-8")
    elif kind == "a folder":
        file.mkdir()
    else:
        file.symlink_to(tmp_path / "gone.toml")
    places = [str(tmp_path / "none.toml"), str(file)]
    monkeypatch.setattr(config, "get_option", lambda name: places if name == "secrets.files" else ordinary(name))
    with pytest.raises(NotAllowedError, match=f"^{file} cannot be read, and it may say who must sign in here"):
        login_configured()
    with pytest.raises(NotAllowedError):
        who()
