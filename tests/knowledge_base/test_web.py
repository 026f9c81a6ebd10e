"""Websites as documents: what is read, what is refused, and what follows when pages change."""

import gzip
import ipaddress
import socket
from dataclasses import replace

import pytest

from knowledge_base.errors import UnreadableDocument
from knowledge_base.ingestion.web.addresses import CheckedNetwork, is_public
from knowledge_base.ingestion.web.crawler import Crawler
from knowledge_base.ingestion.web.fetcher import Fetched, Fetcher, tidy
from knowledge_base.ingestion.web.rules import CrawlRules
from knowledge_base.models import Failure
from tests.fakes.website import FakeWebsite, open_website


@pytest.fixture
def site():
    with open_website() as site:
        yield site


@pytest.fixture
def rules(site: FakeWebsite) -> CrawlRules:
    return CrawlRules(allow=(site.place,), delay_s=0.0, page_s=5.0)


def walk(site: FakeWebsite, rules: CrawlRules, start: str = "/") -> tuple[list[str], list[Failure], Crawler]:
    fetcher = Fetcher(rules)
    crawler = Crawler(f"{site.url}{start}", rules, fetcher)
    found = list(crawler.walk())
    fetcher.close()
    pages = [one.url.removeprefix(site.url) for one in found if isinstance(one, Fetched)]
    return pages, [one for one in found if isinstance(one, Failure)], crawler


class TestAddresses:
    @pytest.mark.parametrize(
        "address",
        [
            "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1",  # noqa: S104
            "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
            "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%1", "fc00::1", "fd12:3456::1", "ff02::1", "fec0::1", "2001:db8::1",
            "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
            "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2001:0:4136:e378:8000:63bf:80ff:fffe", "fd00:ec2::254", "100::1",
        ],
    )  # fmt: skip
    def test_what_is_not_of_the_open_internet_is_told_apart(self, address):
        assert not is_public(ipaddress.ip_address(address))

    @pytest.mark.parametrize(
        "address", ["93.184.215.14", "1.1.1.1", "172.32.0.1", "2606:2800:21f:cb07::1", "::ffff:1.1.1.1", "64:ff9b::101:101"]
    )
    def test_what_is_public_is_let_through(self, address):
        assert is_public(ipaddress.ip_address(address))

    @pytest.mark.parametrize(
        "host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::ffff:127.0.0.1]", "0"]
    )
    def test_no_way_of_writing_this_machine_gets_through(self, host, site, rules):
        port = site.place.rpartition(":")[2]
        with pytest.raises(UnreadableDocument, match=r"not public|no host|none of a public|cannot be read"):
            Fetcher(replace(rules, allow=(f"{host.strip('[]')}:1",))).get(tidy(f"http://{host}/"), lambda _: None)
        with pytest.raises(UnreadableDocument, match=r"none of a public website|cannot be read"):
            Fetcher(replace(rules, allow=())).get(tidy(f"http://{host}:{port}/"), lambda _: None)
        assert site.asked == []

    def test_a_name_with_one_bad_address_among_good_ones_is_refused(self):
        network = CheckedNetwork((), lambda host, port: ["93.184.215.14", "127.0.0.1"])
        with pytest.raises(UnreadableDocument, match=r"127\.0\.0\.1, which is not public"):
            network.connect_tcp("shop.example", 80)

    def test_the_address_that_was_checked_is_the_one_connected_to(self, site, rules, monkeypatch):
        """A name that says something else when it is asked a second time (DNS rebinding) gains nothing: it is asked once."""
        answers = iter([["127.0.0.1"], ["10.9.9.9"], ["10.9.9.9"]])
        port = site.place.rpartition(":")[2]
        site.page("/", "Hello.")
        monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, *rest, **more: _only_numbers(host, port))
        fetcher = Fetcher(replace(rules, allow=(f"shop.example:{port}",)), resolve=lambda host, _: next(answers))
        assert b"Hello." in fetcher.get(f"http://shop.example:{port}/", lambda _: None).body
        assert next(answers) == ["10.9.9.9"]

    @pytest.mark.parametrize(
        "url", ["file:///etc/passwd", "ftp://shop.example/", "http://user:secret@shop.example/", "http://", "gopher://x/", "//x"]
    )
    def test_what_is_no_plain_web_address_is_refused(self, url):
        with pytest.raises(UnreadableDocument):
            tidy(url)

    def test_an_address_is_written_in_one_way(self):
        assert tidy("HTTPS://Shop.Example:443/a/../b?x=1#top") == "https://shop.example/b?x=1"
        assert tidy("../c", "http://shop.example/a/b/") == "http://shop.example/a/c"


def _only_numbers(host: str, port: int):
    address = ipaddress.ip_address(host)  # fails for a name: nobody asks for one again
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (str(address), port))]


class TestWalk:
    def test_links_are_followed_once_within_the_start(self, site, rules):
        site.page("/help", "Start.", links=("/help/a", "/help/b#part", "/shop", "mailto:x@y.example", "https://other.example/help/z"))
        site.page("/help/a", "A.", links=("/help", "b", "/help/b?"))
        site.page("/help/b", "B.", links=("javascript:void(0)",))
        site.page("/shop", "Not help.")
        pages, failures, crawler = walk(site, rules, "/help")
        assert (pages, failures, crawler.complete) == (["/help", "/help/a", "/help/b"], [], True)
        assert site.asked == ["/robots.txt", "/help", "/help/a", "/help/b"]

    def test_a_sitemap_and_those_inside_it_are_read_packed_or_not(self, site, rules):
        inner = f"<urlset><url><loc>{site.url}/b?x=1&amp;y=2</loc></url><url><loc>https://other.example/c</loc></url></urlset>"
        site.serve("/inner.xml.gz", gzip.compress(inner.encode()), "application/gzip")
        outer = f"<sitemapindex><sitemap><loc>{site.url}/inner.xml.gz</loc></sitemap></sitemapindex>"
        site.serve("/sitemap.xml", outer.encode(), "text/xml")
        site.page("/b?x=1&y=2", "B.")
        pages, failures, crawler = walk(site, rules, "/sitemap.xml")
        assert (pages, failures, crawler.complete) == (["/b?x=1&y=2"], [], True)

    def test_robots_txt_is_obeyed_with_its_wildcards(self, site, rules):
        for_us = b"User-agent: CounterhandBot\nDisallow: /secret/*.html$\n"
        site.serve("/robots.txt", b"User-agent: *\nDisallow: /*private\n\n" + for_us, "text/plain")
        site.page("/", "Start.", links=("/secret/a.html", "/secret/a.htm", "/private"))
        for path in ("/secret/a.html", "/secret/a.htm", "/private"):
            site.page(path, "Page.")
        pages, failures, _ = walk(site, rules)
        assert pages == ["/", "/secret/a.htm", "/private"]
        assert "/secret/a.html" not in site.asked
        assert [failure.reason for failure in failures] == ["The site's robots.txt closes this page."]

    def test_a_robots_txt_that_cannot_be_read_closes_everything(self, site, rules):
        site.serve("/robots.txt", b"", status=503)
        site.page("/", "Start.")
        pages, failures, crawler = walk(site, rules)
        assert (pages, crawler.complete, site.asked) == ([], False, ["/robots.txt"])
        assert "nothing is" in failures[0].reason

    def test_pages_that_ask_for_it_are_left_out(self, site, rules):
        site.page("/", "Start.", links=("/a", "/b", "/c"), head="<meta name=ROBOTS content=noindex>")
        site.page("/a", "A.", links=("/hidden",), head="<meta name=robots content='nofollow'>")
        site.page("/b", "B.", head='<link rel=canonical href="/c">')
        site.page("/c", "C.")
        site.page("/hidden", "Hidden.")
        pages, _, _ = walk(site, rules)
        assert pages == ["/a", "/c"]

    @pytest.mark.parametrize(
        "target", ["http://127.0.0.2/", "http://10.0.0.1/admin", "http://[::1]/", "file:///etc/passwd", "http://169.254.169.254/"]
    )
    def test_a_redirect_elsewhere_is_not_followed(self, site, rules, target):
        site.redirect("/", target)
        pages, failures, crawler = walk(site, rules)
        assert (pages, crawler.complete) == ([], False)
        assert "another host" in failures[0].reason or "not one of the web" in failures[0].reason

    def test_redirects_within_the_site_are_followed_and_end(self, site, rules):
        site.redirect("/", "/start")
        site.page("/start", "Start.", links=("/round",))
        site.redirect("/round", "/round")
        pages, failures, _ = walk(site, rules)
        assert pages == ["/start"]
        assert "more than 5 times" in failures[0].reason

    def test_limits_end_the_visit_and_are_told(self, site, rules):
        for number in range(10):
            site.page(f"/{number or ''}", "Page.", links=(f"/{number + 1}",))
        pages, failures, crawler = walk(site, replace(rules, pages=3))
        assert (len(pages), crawler.complete) == (3, False)
        assert "limit after 3 pages" in failures[0].reason
        pages, _, crawler = walk(site, replace(rules, depth=2))
        assert (pages, crawler.complete) == (["/", "/1", "/2"], False)
        pages, _, crawler = walk(site, replace(rules, total_bytes=10))
        assert (len(pages), crawler.complete) == (1, False)

    def test_what_is_too_big_too_slow_packed_or_of_no_use_is_left_out(self, site, rules):
        site.page("/", "Start.", links=("/big", "/slow", "/packed", "/picture", "/broken", "/good"))
        site.serve("/big", b"x" * 20_000)
        site.serve("/slow", b"x" * 10_000)
        site.serve("/packed", gzip.compress(b"x"), **{"Content-Encoding": "gzip"})
        site.serve("/picture", b"\x89PNG", "image/png")
        site.serve("/broken", b"", status=500)
        site.page("/good", "Good.")
        site.drip_s = 0.05
        pages, failures, crawler = walk(site, replace(rules, page_bytes=10_000, page_s=1.0))
        assert pages == ["/", "/good"]
        reasons = {failure.path.removeprefix(site.url): failure.reason for failure in failures}
        assert set(reasons) == {"/big", "/slow", "/packed", "/broken"}
        assert ("bigger than" in reasons["/big"], "in time" in reasons["/slow"], "packed" in reasons["/packed"]) == (True, True, True)
        assert crawler.complete


class TestIngest:
    @pytest.fixture
    def settings(self, settings, site):
        return settings.model_copy(update={"crawl_allow": (site.place,), "store": "memory"})

    async def test_pages_become_documents_that_point_to_themselves_and_follow_the_site(self, knowledge, site, rules):
        site.page("/help", "Help is here.", "Help", links=("/help/tea", "/help/gone"))
        site.page("/help/tea", "Pour hot water over the tea leaves.", "Tea", head="<meta name=slug content=returning-items>")
        site.page("/help/gone", "Soon gone.", "Gone")
        report = await knowledge.ingest([f"{site.url}/help"], rules=rules)
        assert sorted(report.added) == ["help", "help-gone", "help-tea"]
        (found, *_) = await knowledge.search("how do i brew tea leaves")
        assert (found.passage.url, found.passage.slug) == (f"{site.url}/help/tea", "help-tea")
        assert (await knowledge.get_document("help-tea")).language == "en"
        site.page("/help", "Help is here.", "Help", links=("/help/tea",))
        del site.pages["/help/gone"]
        site.page("/help/tea", "Pour cold water over the tea leaves.", "Tea")
        report = await knowledge.ingest([f"{site.url}/help"], rules=rules)
        assert (sorted(report.changed), report.removed) == (["help", "help-tea"], ["help-gone"])
        assert (await knowledge.ingest([f"{site.url}/help"], rules=rules)).unchanged == ["help", "help-tea"]

    async def test_a_visit_that_is_cut_short_removes_only_what_is_surely_gone(self, knowledge, site, rules):
        site.page("/help", "Help is here.", "Help", links=("/help/a", "/help/b"))
        site.page("/help/a", "A.")
        site.page("/help/b", "B.")
        await knowledge.ingest([f"{site.url}/help"], rules=rules)
        site.page("/help", "Help.", "Help", links=("/help/b",))
        site.serve("/help/b", b"", status=500)
        assert (await knowledge.ingest([f"{site.url}/help"], rules=replace(rules, pages=1))).removed == []
        site.serve("/help", b"", status=500)
        assert (await knowledge.ingest([f"{site.url}/help"], rules=rules)).removed == []

    async def test_the_caller_cannot_widen_what_may_be_reached(self, knowledge, site, rules):
        with open_website() as other:
            other.page("/", "Inside.")
            report = await knowledge.ingest([other.url], rules=replace(rules, allow=(other.place,)))
            assert (report.added, other.asked) == ([], [])
            assert "not" in report.failed[0].reason
