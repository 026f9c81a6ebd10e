"""Builds the gateway. The only file that knows every package."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

import shop as shop_package
from server import actions_webhook, health, internal, language, registry
from server import services as services_package
from server.channels.base import Channel
from server.channels.outbox import Outbox
from server.conversations import routes as conversation_routes
from server.conversations.live import Announcer, Publisher
from server.conversations.service import Conversations
from server.conversations.worker import Turns
from server.dialogue import fallback
from server.dialogue.base import Dialogue, Reply, TurnInput
from server.errors import RateLimited, ServerError
from server.events.base import EventBus
from server.gateway import Gateway
from server.handover import routes as handover_routes
from server.handover import service as handover
from server.handover.sweeper import AgentSweeper
from server.identity.service import Identity
from server.limiting import Limiter
from server.logging import configure
from server.mail.worker import MailWorker, create_mailer
from server.metrics import Metrics
from server.mood import AttentiveDialogue, SentimentMood
from server.private import close_to_others, write_privately
from server.retention.service import Retention
from server.security import BodyLimit, SecurityHeaders
from server.settings import Settings, load_settings
from server.staff import console as staff_console
from server.staff import knowledge as knowledge_routes
from server.staff import routes as staff_routes
from server.staff.library import Library
from server.storage.engine import Database
from server.storage.migrate import migrate
from server.storefront import pages as storefront_pages
from server.storefront import routes as storefront_routes
from shop.models import Actor
from shop.operations import Shop
from shop.wording import write_amounts_as_in

log = structlog.get_logger()


def create_app(settings: Settings | None = None, *, dialogue: Dialogue | None = None, with_actions: bool = True) -> FastAPI:
    """Build the app.

    Args:
        settings: Read from the environment when not given.
        dialogue: Used instead of the one that the settings name.
        with_actions: Whether knowledge, answers and recommendations are built and Rasa's calls are answered here; tests of the
            gateway alone do without.
    """
    settings = settings or load_settings()
    write_amounts_as_in(settings.locale)
    app = FastAPI(title=f"{settings.brand_name} conversations", version="1", lifespan=_lifespan(with_actions=with_actions), redoc_url=None)
    app.state.gateway = _build(settings, dialogue)
    _add_errors(app)
    _add_middleware(app, settings)
    _add_routes(app)
    return app


def _build(settings: Settings, dialogue: Dialogue | None) -> Gateway:
    database = Database(settings.database_url)
    bus: EventBus = registry.build("server.events", settings.events, settings)
    dialogue = dialogue or registry.build("server.dialogue", settings.dialogue, settings)
    if settings.sentiment_model:
        dialogue = AttentiveDialogue(dialogue, SentimentMood(settings.sentiment_model, settings.min_upset))
    limiter, metrics = Limiter(settings), Metrics()
    shop = shop_package.create(settings.shop_settings())
    identity = Identity(database, shop, settings, limiter)
    console = staff_console.create(settings, database, bus, shop, identity)
    ask_person = partial(handover.request, desk=console.desk)
    turns = Turns(database, bus, dialogue, _make_fallback(identity, shop), ask_person, metrics, identity.meet)
    channels: dict[str, Channel] = {name: registry.build("server.channels", name, settings) for name in settings.channels}
    outbox = Outbox(database, channels, metrics)
    database.on_commit(Announcer(bus, turns.streams, turns.ledgers.stop))
    database.on_commit(outbox.hear)
    return Gateway(
        settings=settings,
        database=database,
        bus=bus,
        limiter=limiter,
        metrics=metrics,
        dialogue=dialogue,
        turns=turns,
        identity=identity,
        conversations=Conversations(database, turns, identity, ask_person, limiter, metrics, settings, console.desk),
        publish=Publisher(database, bus, turns.streams),
        shop=shop,
        console=console,
        channels=channels,
        outbox=outbox,
    )


def _make_fallback(identity: Identity, shop: Shop) -> Any:
    async def answer(turn: TurnInput) -> list[Reply]:
        try:
            actor = await identity.get_actor(turn.conversation_id)
        except ServerError:
            actor = Actor()  # the honest line and the person need no identity
        return await fallback.answer(turn, actor, shop)

    return answer


def _lifespan(*, with_actions: bool) -> Any:
    @asynccontextmanager
    async def live(app: FastAPI) -> AsyncIterator[None]:
        gateway: Gateway = app.state.gateway
        if gateway.settings.migrate_on_start:
            await asyncio.to_thread(migrate, gateway.settings.database_url)
        await asyncio.to_thread(language.detect, "warm the classifier up with a few words")
        jobs = await _prepare(gateway, with_actions=with_actions)
        running = [asyncio.create_task(_guarded(name, job)) for name, job in jobs.items()]
        await gateway.turns.start()
        await gateway.outbox.start()
        log.info("server.started", channels=list(gateway.channels), dialogue=gateway.dialogue.name)
        try:
            yield
        finally:
            await _stop(gateway, running)

    return live


async def _prepare(gateway: Gateway, *, with_actions: bool) -> dict[str, Coroutine[Any, Any, None]]:
    settings, database = gateway.settings, gateway.database
    outbox_folder = None if settings.smtp_url else Path(settings.data_dir) / "outbox"
    jobs: dict[str, Coroutine[Any, Any, None]] = {
        "mail": MailWorker(database, create_mailer(settings)).run(),
        "sweeper": AgentSweeper(database, gateway.console.desk).run(),
        "retention": Retention(database, settings.retention_days, outbox_folder).run(),
    }
    jobs |= {f"channel {name}": channel.run(gateway.conversations.receive) for name, channel in gateway.channels.items()}
    if with_actions:
        build = services_package.build_services
        built = await asyncio.to_thread(build, settings, gateway.shop, gateway.identity, gateway.publish, gateway.turns.ledgers)
        gateway.services, gateway.executor = built.services, built.executor
        jobs["warm-up"] = services_package.warm_up(built.services)
        jobs["catalogue"] = services_package.follow_catalogue(gateway.shop, built.catalogue)
    return jobs


async def _guarded(name: str, job: Coroutine[Any, Any, None]) -> None:
    try:
        await job
    except Exception:
        log.exception("job.failed", job=name)


async def _stop(gateway: Gateway, running: list[asyncio.Task[None]]) -> None:
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    await gateway.turns.stop()
    await gateway.outbox.stop()
    for channel in gateway.channels.values():
        with suppress(ServerError):
            await channel.close()
    if gateway.services is not None:
        await gateway.services.knowledge.close()
    await gateway.dialogue.close()
    await gateway.bus.close()
    await gateway.shop.close()
    await gateway.database.close()


def _add_routes(app: FastAPI) -> None:
    gateway: Gateway = app.state.gateway
    app.include_router(health.router)
    app.include_router(conversation_routes.router)
    app.include_router(actions_webhook.router)
    app.include_router(internal.router)
    app.include_router(staff_routes.create_router(gateway.console))
    app.include_router(handover_routes.create_router(gateway.console))
    library = Library(gateway.database, gateway.settings.documents_dir, gateway.find_knowledge)
    app.include_router(knowledge_routes.create_router(gateway.console, library))
    for channel in gateway.channels.values():
        app.include_router(channel.routes(gateway.conversations.receive))
    if gateway.settings.demo:
        app.include_router(storefront_routes.create_router(gateway.settings, gateway.shop, gateway.find_knowledge))
    app.include_router(storefront_pages.create_router(gateway.settings))  # last: it takes the paths that are left


def _add_middleware(app: FastAPI, settings: Settings) -> None:
    # The last one added is the first to see a request.
    app.add_middleware(BodyLimit, limit=settings.max_body_bytes)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=list(settings.allowed_origins),
        allow_methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Type", "Prefer", "Last-Event-ID"],
        expose_headers=["Retry-After", "Preference-Applied"],
        max_age=600,
    )
    app.add_middleware(SecurityHeaders)


def _add_errors(app: FastAPI) -> None:
    def count(name: str) -> None:
        app.state.gateway.metrics.errors.labels(error=name).inc()

    @app.exception_handler(ServerError)
    async def say_error(_: Request, exc: ServerError) -> JSONResponse:
        count(type(exc).__name__)
        if exc.status >= 500:
            log.error("request.failed", error=type(exc).__name__, detail=str(exc))
        headers = {"Retry-After": str(exc.retry_after_s)} if isinstance(exc, RateLimited) else None
        return JSONResponse({"error": type(exc).__name__, "detail": str(exc)}, status_code=exc.status, headers=headers)

    @app.exception_handler(RequestValidationError)
    async def say_malformed(_: Request, exc: RequestValidationError) -> JSONResponse:
        count("MalformedRequest")
        # What was sent is not repeated: it may be anything, half characters included.
        problems = [f"{'.'.join(str(part) for part in error['loc'])}: {error['msg']}" for error in exc.errors()[:5]]
        detail = "; ".join(problems).encode("utf8", "replace").decode("utf8")
        return JSONResponse({"error": "MalformedRequest", "detail": detail}, status_code=422)

    @app.exception_handler(HTTPException)
    async def say_http(_: Request, exc: HTTPException) -> JSONResponse:
        names = {404: "NotFound", 405: "MethodNotAllowed"}
        name = names.get(exc.status_code, "BadRequest" if exc.status_code < 500 else "InternalError")
        return JSONResponse({"error": name, "detail": str(exc.detail)}, status_code=exc.status_code, headers=exc.headers)

    @app.exception_handler(Exception)
    async def say_unexpected(request: Request, exc: Exception) -> JSONResponse:
        count("InternalError")
        log.error("request.crashed", path=request.url.path, exc_info=exc)
        detail = "Something went wrong on our side. It is logged; please try again."
        return JSONResponse({"error": "InternalError", "detail": detail}, status_code=500)


def run() -> None:
    """Serve on the settings' host and port until told to stop."""
    import uvicorn

    write_privately()
    settings = load_settings()
    close_to_others(settings.data_dir)
    configure(settings.log_level, settings.log_format)
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        ws_max_size=settings.max_body_bytes,
        ws_per_message_deflate=False,
        ws_ping_interval=20,
        timeout_graceful_shutdown=5,
    )
