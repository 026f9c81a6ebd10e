"""What every answer generator does, run over every generator there is; the one that writes does so against a fake server."""

import pytest

from answers.evidence import Evidence
from answers.generators.base import AnswerGenerator
from answers.settings import AnswerSettings
from answers.units import Kind, Unit
from knowledge_base import registry
from knowledge_base.models import Passage, PassageId
from tests.fakes.openai import FakeOpenAI

PASSAGE = Passage(PassageId("tea#brewing"), "tea", "Tea", ("Brewing",), "/help/tea#brewing", "Pour hot water. Wait 4 minutes.")
EVIDENCE = Evidence(
    (
        Unit(PASSAGE.passage_id, Kind.PASSAGE, "Pour hot water.", PASSAGE, 0, score=0.7, cosine=0.7, coverage=1.0),
        Unit(PASSAGE.passage_id, Kind.PASSAGE, "Wait 4 minutes.", PASSAGE, 1, score=0.9, cosine=0.9, coverage=1.0),
    )
)


@pytest.fixture
def server():
    fake = FakeOpenAI(reply="Wait 4 minutes.\nPour hot water.")
    fake.start()
    yield fake
    fake.stop()


@pytest.fixture(params=registry.names("answers.generators"))
def generator(request: pytest.FixtureRequest, server: FakeOpenAI) -> AnswerGenerator:
    settings = AnswerSettings(generator=request.param, llm_url=server.url, llm_model="fake")
    return registry.build("answers.generators", request.param, settings)


async def test_its_name_is_its_files(generator, request):
    assert generator.name in registry.names("answers.generators")


async def test_a_draft_says_what_the_evidence_gives(generator):
    assert "Wait 4 minutes." in await generator.generate("how long does tea take", EVIDENCE)


async def test_the_pieces_of_a_stream_are_the_draft(generator):
    pieces = [piece async for piece in generator.stream("how long does tea take", EVIDENCE)]
    assert "".join(pieces) == await generator.generate("how long does tea take", EVIDENCE)


async def test_a_stream_can_be_left_at_any_time(generator):
    stream = generator.stream("how long does tea take", EVIDENCE)
    async for piece in stream:
        assert piece
        break
    await stream.aclose()
    assert "Wait 4 minutes." in await generator.generate("how long does tea take", EVIDENCE)
