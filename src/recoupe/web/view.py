"""How does a page become HTML? One frozen context struct a page, one template; whatever comes from an article is escaped."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import HTMLResponse

from recoupe import __version__
from recoupe.language.pack import LANGUAGES
from recoupe.model import Language
from recoupe.web.wording import wording

LANGUAGE_COOKIE = "recoupe-language"
SECTIONS = ("events", "search", "voices", "labels", "outlets", "review", "add")

_environment = Environment(
    loader=PackageLoader("recoupe.web", "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


def render(request: Request, template: str, page: Struct, status: int = 200) -> HTMLResponse:
    """The HTML of a page; the template knows it as `page`, the words of the visitor's language as `t`."""
    language = language_of(request)
    html = _environment.get_template(template).render(
        page=page,
        t=wording(language),
        language=language,
        sections=SECTIONS,
        here=request.url.path,
        tongues=tuple((each, f"{request.url.path}?{request.url.include_query_params(lang=each).query}") for each in LANGUAGES),
        version=__version__,
    )
    response = HTMLResponse(html, status, headers={"vary": "accept-language, cookie, hx-request"})
    if request.query_params.get("lang") == language:
        response.set_cookie(LANGUAGE_COOKIE, language, samesite="strict", max_age=365 * 86_400)
    return response


def written(template: str, page: Struct, language: Language) -> str:
    """The HTML of a page that stands by itself, outside the workbench."""
    return _environment.get_template(template).render(page=page, t=wording(language), language=language, version=__version__)


def language_of(request: Request) -> Language:
    """The language that the visitor chose, or that the browser asks for; French where it asks for neither."""
    for chosen in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        for language in LANGUAGES:
            if chosen == language:
                return language
    asked = [part.strip()[:2].lower() for part in request.headers.get("accept-language", "").split(",")]
    return next((language for name in asked for language in LANGUAGES if language == name), LANGUAGES[0])


def is_fragment(request: Request) -> bool:
    """Whether a part of the page is asked for, to be put into one that is open."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-history-restore-request") != "true"
